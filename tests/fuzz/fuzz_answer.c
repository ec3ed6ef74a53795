/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a JSON answer: a refusal has a sentence; what is accepted and
 * written again reads to the same meaning. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "shared/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
write_and_read(const struct answer *answer, struct arena *arena)
{
	char error[LIMIT_ERROR_BYTES];
	json_t *json = answer_write(answer);
	struct answer again;
	struct buf one, other;
	bool has_id;

	if (!answer_read(json, arena, &again, &has_id, error) || !has_id)
		abort();
	buf_init(&one);
	buf_init(&other);
	answer_canonical(answer, &one);
	answer_canonical(&again, &other);
	if (strcmp(buf_text(&one), buf_text(&other)) != 0)
		abort();
	buf_finish(&one);
	buf_finish(&other);
	json_decref(json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *json = json_loadb((const char *)data, size,
	    JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
	char error[LIMIT_ERROR_BYTES];
	struct answer answer;
	struct arena arena;
	bool has_id;

	arena_init(&arena);
	if (answer_read(json, &arena, &answer, &has_id, error))
		write_and_read(&answer, &arena);
	else if (error[0] == '\0')
		abort();
	arena_finish(&arena);
	json_decref(json);
	return 0;
}

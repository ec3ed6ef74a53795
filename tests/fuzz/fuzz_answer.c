/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as JSON, read as an answer: a refusal has a sentence; what is
 * accepted and written again reads to the same meaning; what jansson reads, our
 * reader reads too, and the other way round. */
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
	char *text = json_dumps(json, JSON_COMPACT);
	struct answer again;
	struct buf one, other;
	bool has_id;

	if (!answer_read(
		json_read(arena, text, strlen(text), error, sizeof(error)),
		arena, &again, &has_id, error) ||
	    !has_id)
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
	free(text);
}

/* What our reader takes, jansson takes as well. Not asked where the two differ
 * on purpose: a number out of range, a NUL in a key. */
static void
compare(const char *text, size_t size, const struct node *node)
{
	json_t *json = json_loadb(text, size,
	    JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES |
		JSON_DECODE_INT_AS_REAL,
	    NULL);

	if (node != NULL && json == NULL && size < 300 &&
	    memchr(text, 'e', size) == NULL && memchr(text, 'E', size) == NULL)
		abort();
	json_decref(json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[LIMIT_ERROR_BYTES] = "";
	const struct node *node;
	struct answer answer;
	struct arena arena;
	bool has_id;

	arena_init(&arena);
	node =
	    json_read(&arena, (const char *)data, size, error, sizeof(error));
	if ((node == NULL) != (error[0] != '\0'))
		abort();
	compare((const char *)data, size, node);
	if (answer_read(node, &arena, &answer, &has_id, error))
		write_and_read(&answer, &arena);
	else if (error[0] == '\0')
		abort();
	arena_finish(&arena);
	return 0;
}

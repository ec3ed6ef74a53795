/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a form's body: what is accepted is UTF-8 without NUL, and no
 * longer than it came. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/text/urlencoded.h"
#include "shared/arena.h"
#include "shared/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *body = malloc(size + 1); /* the server's has a NUL after it */
	struct pairs pairs;
	struct arena arena;
	size_t all = 0;

	if (body == NULL)
		abort();
	memcpy(body, data, size);
	body[size] = '\0';
	arena_init(&arena);
	if (urlencoded_read(&arena, body, size, &pairs)) {
		for (size_t i = 0; i < pairs.count; i++) {
			const struct pair *p = &pairs.list[i];

			if (!utf8_valid(p->name, strlen(p->name)) ||
			    !utf8_valid(p->value, strlen(p->value)) ||
			    pairs_get(&pairs, p->name) == NULL)
				abort();
			all += strlen(p->name) + strlen(p->value);
		}
		if (all > size || pairs.count > URLENCODED_PAIRS)
			abort();
	}
	arena_finish(&arena);
	free(body);
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Unicode's own folding (utf8proc), and the one letter that it takes for a
 * letter of its own: đ. */
#include "server/core/text/search_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const char d_bar[] = "\u0111"; /* folded: its capital is gone */

const char *
search_text(struct arena *a, const char *text)
{
	utf8proc_uint8_t *folded = NULL;
	size_t n = 0, length = 0;
	char *out;

	if (text == NULL || text[0] == '\0' ||
	    utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded,
		UTF8PROC_NULLTERM | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
		    UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE) <
		0)
		return "";
	length = strlen((const char *)folded);
	out = arena_alloc(a, length + 1);
	for (size_t i = 0; i < length; i++) {
		const char *at = (const char *)folded + i;

		if (strncmp(at, d_bar, strlen(d_bar)) == 0) {
			out[n++] = 'd';
			i += strlen(d_bar) - 1;
		} else if ((unsigned char)*at > ' ') {
			out[n++] = *at;
		} else if (n > 0 && out[n - 1] != ' ') {
			out[n++] = ' ';
		}
	}
	free(folded);
	return out;
}

const char *
bare_text(struct arena *a, const char *text)
{
	utf8proc_uint8_t *folded = NULL;
	size_t n = 0;
	char *out;

	if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded,
		UTF8PROC_NULLTERM | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK) <
	    0)
		return NULL;
	out = arena_alloc(a, strlen((const char *)folded) + 1);
	for (const char *at = (const char *)folded; *at != '\0'; at++) {
		bool big = strncmp(at, "\u0110", 2) == 0;

		if (big || strncmp(at, d_bar, strlen(d_bar)) == 0) {
			out[n++] = big ? 'D' : 'd';
			at++;
		} else {
			out[n++] = *at;
		}
	}
	free(folded);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)out[i] >= 0x7f)
			return NULL;
	return out;
}

const char *
composed_text(struct arena *a, const char *text)
{
	utf8proc_uint8_t *composed = NULL;
	const char *kept;

	if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &composed,
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE) < 0)
		return arena_strdup(a, text);
	kept = arena_strdup(a, (const char *)composed);
	free(composed);
	return kept;
}

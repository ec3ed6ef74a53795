/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A login is a key: two that look alike to a person must be one, so letters are
 * small and nothing stands around them. A name is words: only what cannot be
 * seen is taken out. */
#include "server/core/text/person_name.h"

#include <string.h>
#include "server/core/text/search_text.h"
#include "shared/arena.h"
#include "shared/utf8.h"

static char
login_letter(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
		       c == '_' || c == '.'
		   ? c
		   : '\0';
}

bool
login_read(const char *entered, char out[LOGIN_TEXT])
{
	size_t n = entered == NULL ? 0 : strlen(entered);

	if (n == 0 || !utf8_whole(entered, n))
		return false;
	utf8_trim(&entered, &n);
	if (n == 0 || n > LIMIT_CODE_BYTES)
		return false;
	for (size_t i = 0; i < n; i++) {
		out[i] = login_letter(entered[i]);
		if (out[i] == '\0')
			return false;
		/* no dot at an end, nor two: such a name is a way upwards */
		if (out[i] == '.' &&
		    (i == 0 || i + 1 == n || out[i - 1] == '.'))
			return false;
	}
	out[n] = '\0';
	return true;
}

const char *
person_name_read(struct arena *a, const char *entered)
{
	size_t n = strlen(entered), kept = 0;
	char *out;

	if (!utf8_valid(entered, n))
		return NULL;
	utf8_trim(&entered, &n);
	if (n > LIMIT_NAME_BYTES)
		return NULL;
	out = arena_strndup(a, entered, n);
	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)out[i] < ' ')
			return NULL;
		if (out[i] != ' ' || out[kept - 1] != ' ')
			out[kept++] = out[i];
	}
	out[kept] = '\0';
	return composed_text(a, out);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only place of the reader that asks utf8proc what a character is:
 *
 *   1. a character is taken from UTF-8 and sorted: letter, digit, blank, mark;
 *   2. plain: compatibility decomposition, case folding, marks stripped, so
 *      that full-width letters, keycap digits and accents are one with a-z;
 *   3. marked: lower case, composed, diacritics kept, because folded "ổn"
 *      (fine) and "ồn" (noisy) are the same word;
 *   4. in both, a letter held down counts once.
 */
#include "server/core/messages/reply_letters.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

size_t
letter_next(const char *text, size_t size, int32_t *c)
{
	utf8proc_ssize_t n = utf8proc_iterate(
	    (const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, c);

	return n > 0 ? (size_t)n : 0;
}

enum letter_kind
letter_kind(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	if (category == UTF8PROC_CATEGORY_CC ||
	    (category >= UTF8PROC_CATEGORY_ZS &&
		category <= UTF8PROC_CATEGORY_ZP))
		return LETTER_BLANK;
	if (category >= UTF8PROC_CATEGORY_LU &&
	    category <= UTF8PROC_CATEGORY_LO)
		return LETTER_LETTER;
	if (category == UTF8PROC_CATEGORY_ND)
		return LETTER_DIGIT;
	if (c >= 0x2000 && category == UTF8PROC_CATEGORY_SO)
		return LETTER_PICTURE;
	return LETTER_MARK;
}

bool
letter_invisible(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category == UTF8PROC_CATEGORY_CF ||
	       category == UTF8PROC_CATEGORY_MN ||
	       category == UTF8PROC_CATEGORY_ME ||
	       category == UTF8PROC_CATEGORY_MC ||
	       (c >= 0x1F3FB && c <= 0x1F3FF);
}

bool
letter_of_old_encoding(int32_t c)
{
	return (c > 0xA0 && c < 0xC0 && c != 0xAD && c != 0xB2 && c != 0xB3) ||
	       c == 0xC6 || c == 0xD7 || c == 0xD8 || c == 0xDE || c == 0xDF ||
	       c == 0xE6 || c == 0xF7 || c == 0xF8 || c == 0xFE;
}

size_t
letter_plain(int32_t c, int32_t out[LETTER_PLAIN_MAX])
{
	int boundary = 0;
	utf8proc_ssize_t n;

	if (c == 0x1F51F) { /* keycap ten has no decomposition */
		out[0] = '1';
		out[1] = '0';
		return 2;
	}
	n = utf8proc_decompose_char(c, out, LETTER_PLAIN_MAX,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
		UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
	    &boundary);
	if (n < 0)
		return 0;
	if (n > LETTER_PLAIN_MAX)
		n = LETTER_PLAIN_MAX;
	for (utf8proc_ssize_t i = 0; i < n; i++)
		if (out[i] == 0x111 || out[i] == 0xF0)
			out[i] = 'd';
	return (size_t)n;
}

void
letter_put(struct buf *b, int32_t c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);

	buf_add(b, bytes, (size_t)n);
}

/* The character without case and marks, other forms of a letter kept. */
static int32_t
letter_base(int32_t c)
{
	int32_t out[LETTER_PLAIN_MAX];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(c, out, LETTER_PLAIN_MAX,
	    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
	    &boundary);

	return n > 0 ? out[0] : c;
}

const char *
letters_once(struct arena *a, const char *word)
{
	size_t size = strlen(word), at = 0, used = 0, start = 0, n;
	char *out = arena_alloc(a, size + 1);
	int32_t c, base, before = -1;
	bool several = false;

	for (; at < size; at += n) {
		n = letter_next(word + at, size - at, &c);
		if (n == 0)
			break;
		base = letter_base(c);
		several = several || (before >= 0 && base != before);
		if (base != before)
			start = used;
		if (base != before || (c >= 0x80 && used - start == 1)) {
			memcpy(out + start, word + at, n);
			used = start + n;
		}
		before = base;
	}
	out[used] = '\0';
	return several ? out : word;
}

const char *
letters_marked(struct arena *a, const char *text, size_t size)
{
	utf8proc_uint8_t *composed = NULL;
	const char *word = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text,
	    (utf8proc_ssize_t)size, &composed,
	    UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
		UTF8PROC_STABLE);

	if (n >= 0)
		word = arena_strndup(a, (const char *)composed, (size_t)n);
	free(composed);
	return letters_once(a, word ? word : arena_strndup(a, text, size));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text comes from Word, from PDF files and from programs that cut it: with
 * vertical tabs for line breaks, form feeds, letters in two parts, half an
 * emoji. One pass copies what is text; then the letters are composed, by which
 * no character gets lost; then the ends are cut. A control character that
 * parts two words (vertical tab, form feed, next line) leaves a blank. Plain
 * ASCII, which most short texts are, is copied as it is.
 */
#include "shared/clean_text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include "shared/buf.h"
#include "shared/utf8.h"

/* Printable ASCII without a blank at its ends: nothing is to be done. */
static bool
is_clean(const char *text, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (text[i] < ' ' || text[i] > '~')
			return false;
	return bytes == 0 || (text[0] != ' ' && text[bytes - 1] != ' ');
}

static bool
parts_words(uint32_t point)
{
	return point == '\v' || point == '\f' || point == 0x85;
}

/* Appends what is text; false when something was left out. */
static bool
copy_text(struct buf *out, const char *text, size_t bytes)
{
	uint32_t point = 0;
	bool all = true;
	size_t n;

	for (size_t i = 0; i < bytes; i += n) {
		n = utf8_read(text + i, bytes - i, &point);
		if (n == 0) {
			all = false;
			n = 1;
		} else if (point == '\r') {
			n += i + 1 < bytes && text[i + 1] == '\n';
			buf_putc(out, '\n');
		} else if (utf8_is_text(point)) {
			buf_add(out, text + i, n);
		} else {
			all = false;
			if (parts_words(point))
				buf_putc(out, ' ');
		}
	}
	return all;
}

const char *
clean_text(struct arena *a, const char *text, size_t bytes, bool *cleaned)
{
	utf8proc_uint8_t *composed = NULL;
	const char *kept;
	struct buf out;

	if (is_clean(text, bytes))
		return arena_strndup(a, text, bytes);
	buf_init(&out);
	if (!copy_text(&out, text, bytes) && cleaned != NULL)
		*cleaned = true;
	if (utf8proc_map((const utf8proc_uint8_t *)buf_text(&out), 0, &composed,
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE) < 0)
		abort(); /* no memory, as in shared/arena.h */
	kept = (const char *)composed;
	bytes = strlen(kept);
	utf8_trim_unseen(&kept, &bytes);
	kept = arena_strndup(a, kept, bytes);
	free(composed);
	buf_finish(&out);
	return kept;
}

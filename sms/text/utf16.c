/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Emoji are surrogate pairs, and a handset may cut a long message between the
 * two halves of one: so parts are joined as UTF-16 bytes and decoded once,
 * here. What arrives as NFD stays NFD; the reply reader normalises. Not by
 * iconv: it stops at every lone surrogate and knows no limit of characters.
 */
#include "sms/text/utf16.h"

#include "shared/utf8.h"

#define REPLACEMENT 0xfffdu

static void
put_unit(struct buf *out, uint32_t unit)
{
	buf_putc(out, (char)(unit >> 8 & 0xff));
	buf_putc(out, (char)(unit & 0xff));
}

void
utf16_from_utf8(struct buf *out, const char *text)
{
	while (*text != '\0') {
		uint32_t c = REPLACEMENT;
		size_t n = utf8_next(text, &c);

		text += n == 0 ? 1 : n;
		if (c >= 0x10000) {
			put_unit(out, 0xd800 + ((c - 0x10000) >> 10));
			c = 0xdc00 + ((c - 0x10000) & 0x3ff);
		}
		put_unit(out, c);
	}
}

static uint32_t
unit_at(const uint8_t *text, size_t at)
{
	return (uint32_t)text[at] << 8 | text[at + 1];
}

size_t
utf16_to_utf8(struct buf *out, const uint8_t *text, size_t bytes, size_t max)
{
	size_t written = 0;

	for (size_t i = 0; i + 1 < bytes && written < max; i += 2) {
		uint32_t c = unit_at(text, i);
		uint32_t low = i + 3 < bytes ? unit_at(text, i + 2) : 0;

		if (c == '\r')
			continue;
		if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 &&
		    low < 0xe000) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		} else if ((c >= 0xd800 && c < 0xe000) || c >= 0xfffe) {
			c = REPLACEMENT; /* no character: not to be handed on */
		}
		if ((c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0))
			c = ' ';
		utf8_put(out, c);
		written++;
	}
	return written;
}

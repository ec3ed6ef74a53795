/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Emoji are surrogate pairs, and a handset may cut a long message between the
 * two halves of one: so parts are joined as UTF-16 bytes and decoded once,
 * here. What arrives as NFD stays NFD; the reply reader normalises.
 */
#include "sms/text/utf16.h"

#define REPLACEMENT 0xfffdu

size_t
utf8_next(const char *text, uint32_t *character)
{
	const uint8_t *u = (const uint8_t *)text;
	size_t n = u[0] < 0x80 ? 1 : u[0] >= 0xf0 ? 4 : u[0] >= 0xe0 ? 3 : 2;
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	uint32_t c;

	if (u[0] == 0 || (u[0] >= 0x80 && u[0] < 0xc2) || u[0] > 0xf4)
		return 0;
	c = n == 1 ? u[0] : u[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (u[i] & 0x3fu);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*character = c;
	return n;
}

void
utf8_put(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		buf_putc(out, (char)c);
	} else if (c < 0x800) {
		buf_putc(out, (char)(0xc0 | c >> 6));
		buf_putc(out, (char)(0x80 | (c & 0x3f)));
	} else if (c < 0x10000) {
		buf_putc(out, (char)(0xe0 | c >> 12));
		buf_putc(out, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_putc(out, (char)(0x80 | (c & 0x3f)));
	} else {
		buf_putc(out, (char)(0xf0 | c >> 18));
		buf_putc(out, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_putc(out, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_putc(out, (char)(0x80 | (c & 0x3f)));
	}
}

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

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * By arithmetic: the letters stand in pairs, Latin-1's 32 apart, the others
 * (U+0102 to U+01B0, U+1EA0 to U+1EF9) the capital first and the small one
 * right behind it.
 */
#include "server/core/report/capitals.h"

#include <stdint.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/utf8.h"

static uint32_t
capital(uint32_t c)
{
	switch (c) {
	case 0x103: /* ă */
	case 0x111: /* đ */
	case 0x129: /* ĩ */
	case 0x169: /* ũ */
	case 0x1a1: /* ơ */
	case 0x1b0: /* ư */
		return c - 1;
	default:
		break;
	}
	if ((c >= 'a' && c <= 'z') || (c >= 0xe0 && c <= 0xfe && c != 0xf7))
		return c - 0x20;
	if (c >= 0x1ea0 && c <= 0x1ef9)
		return c & ~1u;
	return c;
}

const char *
capitals(struct arena *a, const char *text)
{
	uint32_t c;
	struct buf out;
	const char *copy;
	size_t n;

	buf_init(&out);
	for (; *text != '\0'; text += n) {
		n = utf8_next(text, &c);
		if (n == 0) {
			buf_putc(&out, *text);
			n = 1;
		} else {
			utf8_put(&out, capital(c));
		}
	}
	copy = arena_strdup(a, buf_text(&out));
	buf_finish(&out);
	return copy;
}

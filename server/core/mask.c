/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A date of eight digits (12.05.2026) goes with them: better one date too few
 * than one number too many. */
#include "server/core/mask.h"

#include <stdbool.h>
#include <string.h>
#include "shared/buf.h"

#define DIGITS 8

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
between(char c)
{
	return c == ' ' || c == '.' || c == '-';
}

/* The bytes of a number that begins here, and how many digits it has. */
static size_t
number_at(const char *at, size_t *digits)
{
	size_t n = 0, end = 0;

	*digits = 0;
	while (digit(at[n]) || (between(at[n]) && n > 0)) {
		if (digit(at[n])) {
			++*digits;
			end = n + 1;
		} else if (between(at[n - 1])) {
			break;
		}
		n++;
	}
	return end;
}

const char *
mask_numbers(struct arena *a, const char *text)
{
	struct buf out;
	const char *masked;
	size_t digits, n;

	if (text == NULL)
		return NULL;
	buf_init(&out);
	while (*text != '\0') {
		n = digit(*text) ? number_at(text, &digits) : 0;
		if (n == 0) {
			buf_putc(&out, *text++);
			continue;
		}
		if (digits >= DIGITS)
			buf_puts(&out, "\u25cf\u25cf\u25cf");
		else
			buf_add(&out, text, n);
		text += n;
	}
	masked = arena_strndup(a, buf_text(&out), out.size);
	buf_finish(&out);
	return masked;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Word by word. A word with an at sign or that begins like an address is masked
 * as a whole. Else it is searched for numbers: digits, wide ones too, that go
 * on over blanks, dots, hyphens and brackets, also into the next words ("0912 -
 * 345 678"), and over one other sign where the pieces on both sides are as long
 * as those of a telephone number ("0912/345/678"). A number of 8 digits, or of
 * 7 in one piece, is masked; behind letters
 * ("H08.35-230411-0004", "86B1-123.45") 5 are enough, and the word goes with
 * it. What only looks so stays: 15-11-2026, 10.000.000.
 *
 * In doubt it masks: a lost price is a pity, a telephone number is a breach.
 */
#include "server/core/text/mask.h"

#include <stdbool.h>
#include <string.h>
#include "shared/buf.h"

#define MASK        "\u2022\u2022\u2022"
#define WIDE        "\xEF\xBC" /* U+FF10..FF19, then 0x90..0x99 */
#define HARD_SPACE  "\xC2\xA0"
#define LONG        8 /* digits of a number that is masked, … */
#define LONG_PIECE  7 /* … in one piece, … */
#define LONG_LETTER 5 /* … and beside letters */
#define SEPARATORS  3 /* at most, between two pieces: " - " */

struct number {
	const char *end;  /* behind its last digit */
	int digits;       /* in all */
	int groups;       /* pieces between separators */
	int size[4];      /* digits of the first pieces */
	const char *seps; /* the first separator, NULL: one piece */
	bool zero;        /* begins with 0 */
};

/* Bytes of the digit that stands here; 0: none does. */
static size_t
digit(const char *p)
{
	if (*p >= '0' && *p <= '9')
		return 1;
	return strncmp(p, WIDE, 2) == 0 && (unsigned char)p[2] >= 0x90 &&
		       (unsigned char)p[2] <= 0x99
		   ? 3
		   : 0;
}

/* Bytes of what may stand between the digits of one number: what is drawn as a
 * blank, as a hyphen or not at all, a dot, a bracket. */
static size_t
mask_separator(const char *p)
{
	static const char *const wide[] = {HARD_SPACE, "\u00ad", "\u2009",
	    "\u200b", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014",
	    "\u2212", "\u3000"};

	if (*p != '\0' && strchr(" \t\r\n.-()", *p) != NULL)
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(p, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	return 0;
}

/* Digits of a telephone number that are written together. */
static bool
is_piece(int digits)
{
	return digits >= 3 && digits <= 6;
}

/* Bytes between a piece of so many digits and the next one of the same number;
 * 0: the number ends. */
static size_t
gap(const char *p, int piece)
{
	size_t bytes = 0, more = 1;
	int next = 0;

	for (int i = 0; i < SEPARATORS && more > 0; i++) {
		more = mask_separator(p + bytes);
		bytes += more;
	}
	if (bytes > 0)
		return digit(p + bytes) > 0 ? bytes : 0;
	if (*p == '\0' || strchr("/,;:|*_", *p) == NULL || !is_piece(piece))
		return 0;
	for (const char *q = p + 1; digit(q) > 0; q += digit(q))
		next++;
	return is_piece(next) ? 1 : 0;
}

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
space(const char *p)
{
	return (*p != '\0' && (unsigned char)*p <= ' ') ||
	       strncmp(p, HARD_SPACE, 2) == 0;
}

/* Reads the number that begins with the digit here. */
static struct number
read_mask_number(const char *p)
{
	struct number n = {
	    .zero = *p == '0' || strncmp(p, WIDE "\x90", 3) == 0};

	for (;;) {
		size_t bytes;
		int piece = 0;

		while ((bytes = digit(p)) > 0) {
			p += bytes;
			piece++;
		}
		if (n.groups < 4)
			n.size[n.groups] = piece;
		n.groups++;
		n.digits += piece;
		n.end = p;
		bytes = gap(p, piece);
		if (bytes == 0)
			return n;
		if (n.seps == NULL)
			n.seps = p;
		p += bytes;
	}
}

/* 15-11-2026, 15.11.2026. */
static bool
is_date(const struct number *n)
{
	return n->groups == 3 && n->size[0] <= 2 && n->size[1] <= 2 &&
	       n->size[2] == 4;
}

/* 1.500.000, 10,000,000. */
static bool
is_money(const struct number *n)
{
	if (n->groups < 2 || n->groups > 3 || n->zero || n->digits > LONG ||
	    (*n->seps != '.' && *n->seps != ','))
		return false;
	for (int i = 1; i < n->groups; i++)
		if (n->size[i] != 3)
			return false;
	return n->size[0] <= 3;
}

static bool
leads_to_a_person(const struct number *n)
{
	if (is_date(n) || is_money(n))
		return false;
	return n->digits >= LONG || (n->groups == 1 && n->digits >= LONG_PIECE);
}

/* The whole word is an address. */
static bool
is_address(const char *word, const char *end)
{
	const char *at = memchr(word, '@', (size_t)(end - word));

	return (at != NULL && at > word && at + 1 < end) ||
	       strncmp(word, "http://", 7) == 0 ||
	       strncmp(word, "https://", 8) == 0 ||
	       strncmp(word, "www.", 4) == 0;
}

static const char *
word_end(const char *p)
{
	while (*p != '\0' && !space(p))
		p++;
	return p;
}

/* Letters touch the number: it is a code, and the word is masked. */
static bool
word_is_code(const char *word, const char *at, const struct number *n)
{
	if (letter(*n->end) && n->digits >= LONG_PIECE)
		return true; /* a price may have a letter behind it: 50000d */
	return n->digits >= LONG_LETTER &&
	       ((at > word && letter(at[-1])) ||
		   (at - 1 > word && strchr(".-", at[-1]) != NULL &&
		       (letter(at[-2]) || digit(at - 2) > 0)));
}

/* Appends one word, and what of the next ones belongs to its numbers; returns
 * where to go on. */
static const char *
mask_word(const char *word, struct buf *out)
{
	const char *end = word_end(word), *done = word;

	if (is_address(word, end)) {
		buf_puts(out, MASK);
		return end;
	}
	for (const char *p = word; p < end;) {
		struct number n;

		if (digit(p) == 0) {
			p++;
			continue;
		}
		n = read_mask_number(p);
		if (word_is_code(word, p, &n)) {
			buf_puts(out, MASK);
			return n.end > end ? n.end : end;
		}
		if (leads_to_a_person(&n)) {
			/* the sign or bracket before it goes too */
			if (p > done && strchr("+(", p[-1]) != NULL)
				p--;
			buf_add(out, done, (size_t)(p - done));
			buf_puts(out, MASK);
			done = n.end;
		}
		p = n.end;
		end = p > end ? word_end(p) : end;
	}
	buf_add(out, done, (size_t)(end - done));
	return end;
}

const char *
mask_text(struct arena *a, const char *text)
{
	struct buf out;
	const char *kept;

	buf_init(&out);
	for (const char *p = text == NULL ? "" : text; *p != '\0';) {
		if (space(p))
			buf_putc(&out, *p++);
		else
			p = mask_word(p, &out);
	}
	kept = arena_strdup(a, buf_text(&out));
	buf_finish(&out);
	return kept;
}

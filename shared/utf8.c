/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One character after the other is decoded strictly; plain ASCII, which nearly
 * all text is, goes past quickly. */
#include "shared/utf8.h"

size_t
utf8_read(const char *text, size_t n, uint32_t *point)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char)text[0];
	size_t length;

	if (first < 0x80) {
		*point = first;
		return 1;
	}
	if (first >= 0xc2 && first <= 0xdf)
		length = 2;
	else if (first >= 0xe0 && first <= 0xef)
		length = 3;
	else if (first >= 0xf0 && first <= 0xf4)
		length = 4;
	else
		return 0;
	if (n < length)
		return 0;
	*point = first & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | ((unsigned char)text[i] & 0x3f);
	}
	if (*point < least[length] || *point > 0x10ffff ||
	    (*point >= 0xd800 && *point <= 0xdfff))
		return 0;
	return length;
}

/* A byte that begins no character. */
static bool
utf8_inside(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

bool
utf8_is_text(uint32_t point)
{
	if (point < 0x20)
		return point == '\n' || point == '\r' || point == '\t';
	return (point < 0x7f || point > 0x9f) && point != 0xfffe &&
	       point != 0xffff;
}

/* Zero-width blanks, the word joiner, the byte-order mark within a text. */
static bool
is_zero_width(uint32_t point)
{
	return (point >= 0x200b && point <= 0x200d) || point == 0x2060 ||
	       point == 0xfeff;
}

/* The white space of Unicode. */
static bool
is_space(uint32_t point)
{
	return point == ' ' || (point >= '\t' && point <= '\r') ||
	       point == 0x85 || point == 0xa0 || point == 0x1680 ||
	       (point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
	       point == 0x2029 || point == 0x202f || point == 0x205f ||
	       point == 0x3000 || is_zero_width(point);
}

bool
utf8_whole(const char *text, size_t bytes)
{
	uint32_t point;
	size_t n;

	for (size_t i = 0; i < bytes; i += n) {
		n = (unsigned char)text[i] < 0x80
			? 1
			: utf8_read(text + i, bytes - i, &point);
		if (n == 0)
			return false;
	}
	return true;
}

bool
utf8_valid(const char *text, size_t bytes)
{
	uint32_t point;
	size_t n;

	for (size_t i = 0; i < bytes; i += n) {
		n = utf8_read(text + i, bytes - i, &point);
		if (n == 0 || !utf8_is_text(point))
			return false;
	}
	return true;
}

size_t
utf8_length(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += !utf8_inside(*text);
	return n;
}

size_t
utf8_cut(const char *text, size_t characters)
{
	size_t n = 0;

	for (; text[n] != '\0'; n++)
		if (!utf8_inside(text[n]) && characters-- == 0)
			break;
	return n;
}

size_t
utf8_back(const char *text, size_t bytes)
{
	size_t at = bytes, whole;
	unsigned char first;

	while (at > 0 && utf8_inside(text[at - 1]))
		at--;
	if (at == 0)
		return bytes;
	first = (unsigned char)text[--at];
	whole = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	return at + whole > bytes ? at : bytes;
}

size_t
utf8_next(const char *text, uint32_t *character)
{
	/* a NUL where a character should go on ends the reading there */
	return *text == '\0' ? 0 : utf8_read(text, 4, character);
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

/* Characters that are nowhere to be seen: soft hyphen, those that join and part
 * letters, marks of the writing's direction, a byte-order mark. */
static bool
is_unseen(uint32_t point)
{
	return is_space(point) || point == 0xad || point == 0x180e ||
	       (point >= 0x200b && point <= 0x200f) ||
	       (point >= 0x202a && point <= 0x202e) ||
	       (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
}

static void
trim_ends(const char **text, size_t *bytes, bool goes(uint32_t point))
{
	uint32_t point = 0;
	size_t n;

	while (*bytes > 0) {
		n = utf8_read(*text, *bytes, &point);
		if (!goes(point))
			break;
		*text += n;
		*bytes -= n;
	}
	while (*bytes > 0) {
		for (n = 1; utf8_inside((*text)[*bytes - n]);)
			n++;
		utf8_read(*text + *bytes - n, n, &point);
		if (!goes(point))
			break;
		*bytes -= n;
	}
}

void
utf8_trim(const char **text, size_t *bytes)
{
	trim_ends(text, bytes, is_space);
}

void
utf8_trim_unseen(const char **text, size_t *bytes)
{
	trim_ends(text, bytes, is_unseen);
}

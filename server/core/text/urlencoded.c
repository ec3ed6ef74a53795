/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass: cut at '&' and the first '=', then decode '+' and %XX in place of
 * a copy. Control characters other than line ends are refused with the rest by
 * utf8_valid: no honest browser sends them. */
#include "server/core/text/urlencoded.h"

#include <string.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/utf8.h"

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decodes n bytes into the arena; NULL when they are not decodable. */
static const char *
urlencoded_decode(struct arena *a, const char *text, size_t n)
{
	char *out = arena_alloc(a, n + 1);
	size_t length = 0;
	int high, low;

	for (size_t i = 0; i < n; i++) {
		if (text[i] == '+') {
			out[length++] = ' ';
		} else if (text[i] != '%') {
			out[length++] = text[i];
		} else {
			high = i + 2 < n ? hex(text[i + 1]) : -1;
			low = high >= 0 ? hex(text[i + 2]) : -1;
			if (low < 0)
				return NULL;
			out[length++] = (char)(high * 16 + low);
			i += 2;
		}
	}
	return utf8_valid(out, length) ? out : NULL;
}

bool
pairs_add(
    struct arena *a, struct pairs *pairs, const char *name, const char *value)
{
	struct pair *pair;

	if (name == NULL || value == NULL || pairs->count == URLENCODED_PAIRS ||
	    !utf8_valid(name, strlen(name)) ||
	    !utf8_valid(value, strlen(value)))
		return false;
	pair = arena_append(a, &pairs->list, &pairs->count, sizeof(*pair));
	pair->name = name;
	pair->value = value;
	return true;
}

bool
urlencoded_read(
    struct arena *a, const char *body, size_t size, struct pairs *out)
{
	const char *end = body + size, *stop, *equals;

	out->list = NULL;
	out->count = 0;
	for (; body < end; body = stop + 1) {
		stop = memchr(body, '&', (size_t)(end - body));
		if (stop == NULL)
			stop = end;
		if (stop == body)
			continue;
		equals = memchr(body, '=', (size_t)(stop - body));
		if (equals == NULL)
			equals = stop;
		if (!pairs_add(a, out,
			urlencoded_decode(a, body, (size_t)(equals - body)),
			equals == stop ? ""
				       : urlencoded_decode(a, equals + 1,
					     (size_t)(stop - equals - 1))))
			return false;
	}
	return true;
}

const char *
pairs_get(const struct pairs *pairs, const char *name)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (strcmp(pairs->list[i].name, name) == 0)
			return pairs->list[i].value;
	return NULL;
}

void
urlencoded_put(struct buf *out, const char *text, bool path)
{
	for (const unsigned char *c = (const unsigned char *)text; *c != '\0';
	     c++) {
		if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
		    (*c >= '0' && *c <= '9') ||
		    strchr(path ? "-._~/" : "-._~", *c) != NULL)
			buf_putc(out, (char)*c);
		else
			buf_printf(out, "%%%02X", *c);
	}
}

void
pairs_put(struct buf *out, const struct pairs *pairs)
{
	for (size_t i = 0; i < pairs->count; i++) {
		buf_putc(out, i == 0 ? '?' : '&');
		urlencoded_put(out, pairs->list[i].name, false);
		buf_putc(out, '=');
		urlencoded_put(out, pairs->list[i].value, false);
	}
}

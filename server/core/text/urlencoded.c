/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass: cut at '&' and the first '=', then decode '+' and %XX in place of
 * a copy. A value that is no text stays as it came for those who read words,
 * which are cleaned, never refused; who reads a code sees that it is none. */
#include "server/core/text/urlencoded.h"

#include <string.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/clean_text.h"
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

/* Decodes n bytes into the arena, *size of them; NULL when they are not
 * decodable. */
static const char *
urlencoded_decode(struct arena *a, const char *text, size_t n, size_t *size)
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
	*size = length;
	return out;
}

/* The same bytes, or what stands for those that are no text. */
static const char *
as_code(const char *text, size_t size)
{
	return utf8_valid(text, size) ? text : PAIR_NO_TEXT;
}

bool
pairs_take(struct arena *a, struct pairs *pairs, const char *name,
    size_t name_size, const char *value, size_t value_size)
{
	struct pair *pair;

	if (pairs->count == URLENCODED_PAIRS)
		return false;
	pair = arena_append(a, &pairs->list, &pairs->count, sizeof(*pair));
	pair->name = as_code(name, name_size);
	pair->value = as_code(value, value_size);
	pair->words = value;
	pair->size = value_size;
	return true;
}

bool
pairs_add(
    struct arena *a, struct pairs *pairs, const char *name, const char *value)
{
	return name != NULL && value != NULL &&
	       utf8_valid(name, strlen(name)) &&
	       utf8_valid(value, strlen(value)) &&
	       pairs_take(a, pairs, name, strlen(name), value, strlen(value));
}

/* One "name=value" from text to end. */
static bool
read_pair(struct arena *a, const char *text, const char *end, struct pairs *out)
{
	const char *equals = memchr(text, '=', (size_t)(end - text));
	const char *name, *value = "";
	size_t name_size, value_size = 0;

	if (equals == NULL)
		equals = end;
	name = urlencoded_decode(a, text, (size_t)(equals - text), &name_size);
	if (equals < end)
		value = urlencoded_decode(
		    a, equals + 1, (size_t)(end - equals - 1), &value_size);
	return name != NULL && value != NULL &&
	       pairs_take(a, out, name, name_size, value, value_size);
}

bool
urlencoded_read(
    struct arena *a, const char *body, size_t size, struct pairs *out)
{
	const char *end = body + size, *stop;

	out->list = NULL;
	out->count = 0;
	for (; body < end; body = stop + 1) {
		stop = memchr(body, '&', (size_t)(end - body));
		if (stop == NULL)
			stop = end;
		if (stop == body)
			continue;
		if (!read_pair(a, body, stop, out))
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

const char *
pairs_words(
    struct arena *a, const struct pairs *pairs, const char *name, bool *cleaned)
{
	for (size_t i = 0; i < pairs->count; i++) {
		const struct pair *p = &pairs->list[i];

		if (strcmp(p->name, name) == 0)
			return clean_text(a, p->words, p->size, cleaned);
	}
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

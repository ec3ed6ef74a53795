/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * jansson's own depth limit is 2,048 and fixed when it is compiled, so the
 * depth is counted before it parses: brackets outside of strings. The count
 * need not understand JSON otherwise; whatever is not JSON is refused next.
 */
#include "shared/json.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include "shared/limits.h"

static int
depth(const char *text, size_t size)
{
	int now = 0, most = 0;
	bool string = false;

	for (size_t i = 0; i < size; i++) {
		char c = text[i];

		if (string && c == '\\')
			i++;
		else if (c == '"')
			string = !string;
		else if (!string && (c == '{' || c == '['))
			most = ++now > most ? now : most;
		else if (!string && (c == '}' || c == ']'))
			now--;
	}
	return most;
}

json_t *
json_read(const char *text, size_t size, char *error, size_t error_size)
{
	json_error_t where;
	json_t *json;

	if (depth(text, size) > LIMIT_JSON_DEPTH) {
		snprintf(error, error_size, "JSON nested deeper than %d",
		    LIMIT_JSON_DEPTH);
		return NULL;
	}
	json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &where);
	if (json == NULL) {
		/* jansson's own text may quote the input, which may be a
		 * comment or a number: say where, not what */
		const char *why = "not JSON";

		if (json_error_code(&where) == json_error_invalid_utf8)
			why = "not UTF-8";
		else if (json_error_code(&where) == json_error_duplicate_key)
			why = "a key occurs twice in one object";
		snprintf(error, error_size, "%s (line %d, column %d)", why,
		    where.line, where.column);
	}
	return json;
}

/* While a thread reads into an arena, jansson's memory comes from there and is
 * not given back; allocation was a fifth of the cost of reading a batch. */
static _Thread_local struct arena *reading;

static void *
take(size_t size)
{
	return reading != NULL ? arena_alloc(reading, size) : malloc(size);
}

static void
give(void *memory)
{
	if (reading == NULL)
		free(memory);
}

void
json_init(void)
{
	json_set_alloc_funcs(take, give);
}

json_t *
json_read_into(struct arena *a, const char *text, size_t size, char *error,
    size_t error_size)
{
	json_malloc_t taker;
	json_t *json;

	json_get_alloc_funcs(&taker, NULL);
	assert(taker == take); /* json_init was called */
	reading = a;
	json = json_read(text, size, error, error_size);
	reading = NULL;
	return json;
}

void
json_put(struct buf *out, const char *text)
{
	buf_putc(out, '"');
	for (const unsigned char *p = (const unsigned char *)text; *p != '\0';
	     p++) {
		if (*p == '"' || *p == '\\')
			buf_putc(out, '\\');
		if (*p < 0x20)
			buf_printf(out, "\\u%04x", *p);
		else
			buf_putc(out, (char)*p);
	}
	buf_putc(out, '"');
}

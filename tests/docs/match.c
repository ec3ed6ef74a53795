/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plain backtracking: patterns are short and written by us. A {NAME} ends
 * before the first character that the pattern goes on with, so it never holds
 * one: a token before a quote, a number before a comma.
 */
#include "tests/docs/match.h"

#include <math.h>
#include <string.h>
#include "shared/buf.h"

#define ANY       "…"
#define ANY_BYTES (sizeof(ANY) - 1)

void
names_init(struct names *names)
{
	memset(names, 0, sizeof(*names));
	arena_init(&names->arena);
}

void
names_finish(struct names *names)
{
	arena_finish(&names->arena);
}

/* The length of "{NAME}" at the place, 0 when none stands there. */
static size_t
name_length(const char *at)
{
	size_t n;

	if (*at != '{')
		return 0;
	n = strspn(at + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
	return n > 0 && at[n + 1] == '}' ? n + 2 : 0;
}

static const char *
find(const struct names *names, const char *name, size_t n)
{
	for (size_t i = names->count; i > 0; i--)
		if (strncmp(names->list[i - 1].name, name, n) == 0 &&
		    names->list[i - 1].name[n] == '\0')
			return names->list[i - 1].value;
	return NULL;
}

const char *
names_fill(struct names *names, const char *text)
{
	const char *value, *filled = NULL;
	struct buf out;
	size_t n;

	buf_init(&out);
	for (; *text != '\0'; text += n) {
		n = name_length(text);
		if (n == 0) {
			buf_putc(&out, *text);
			n = 1;
			continue;
		}
		value = find(names, text + 1, n - 2);
		if (value == NULL)
			goto out;
		buf_puts(&out, value);
	}
	filled = arena_strdup(&names->arena, buf_text(&out));
out:
	buf_finish(&out);
	return filled;
}

static bool match_here(
    struct names *names, const char *pattern, const char *text);

static bool
match_name(struct names *names, const char *pattern, size_t n, const char *text)
{
	const char *known = find(names, pattern + 1, n - 2);
	const char stop[2] = {pattern[n], '\0'};
	size_t size, before = names->count;
	struct name *name;

	if (known != NULL) {
		size = strlen(known);
		return strncmp(known, text, size) == 0 &&
		       match_here(names, pattern + n, text + size);
	}
	size = strcspn(text, stop);
	if (size == 0)
		return false;
	name = arena_append(
	    &names->arena, &names->list, &names->count, sizeof(*name));
	name->name = arena_strndup(&names->arena, pattern + 1, n - 2);
	name->value = arena_strndup(&names->arena, text, size);
	if (match_here(names, pattern + n, text + size))
		return true;
	names->count = before;
	return false;
}

static bool
match_here(struct names *names, const char *pattern, const char *text)
{
	size_t n;

	for (; *pattern != '\0'; pattern++, text++) {
		if (strncmp(pattern, ANY, ANY_BYTES) == 0) {
			pattern += ANY_BYTES;
			do {
				if (match_here(names, pattern, text))
					return true;
			} while (*text++ != '\0');
			return false;
		}
		n = name_length(pattern);
		if (n > 0)
			return match_name(names, pattern, n, text);
		if (*pattern != *text)
			return false;
	}
	return *text == '\0';
}

bool
match_text(struct names *names, const char *pattern, const char *text)
{
	return match_here(names, pattern, text);
}

static bool
is_any(const json_t *pattern)
{
	const char *text = json_string_value(pattern);

	return text != NULL && strcmp(text, ANY) == 0;
}

static bool
match_object(struct names *names, const json_t *pattern, const json_t *value)
{
	size_t expected = 0;
	bool open = false;
	const char *key;
	json_t *member;

	/* jansson's iterator wants a changeable object; it changes nothing */
	json_object_foreach ((json_t *)pattern, key, member) {
		if (strcmp(key, ANY) == 0) {
			open = true;
			continue;
		}
		expected++;
		if (!match_json(names, member, json_object_get(value, key)))
			return false;
	}
	return open || json_object_size(value) == expected;
}

static bool
match_array(struct names *names, const json_t *pattern, const json_t *value)
{
	size_t n = json_array_size(pattern);
	bool open = n > 0 && is_any(json_array_get(pattern, n - 1));

	if (open)
		n--;
	if (open ? json_array_size(value) < n : json_array_size(value) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!match_json(names, json_array_get(pattern, i),
			json_array_get(value, i)))
			return false;
	return true;
}

bool
match_json(struct names *names, const json_t *pattern, const json_t *value)
{
	if (value == NULL)
		return false;
	if (is_any(pattern))
		return true;
	if (json_is_number(pattern) && json_is_number(value))
		return fabs(json_number_value(pattern) -
			    json_number_value(value)) < 1e-9;
	if (json_typeof(pattern) != json_typeof(value))
		return false;
	if (json_is_object(pattern))
		return match_object(names, pattern, value);
	if (json_is_array(pattern))
		return match_array(names, pattern, value);
	if (json_is_string(pattern))
		return match_text(names, json_string_value(pattern),
		    json_string_value(value));
	return true; /* null, true and false are their own types */
}

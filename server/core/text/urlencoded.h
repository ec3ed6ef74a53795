/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names and values of a query or a form, application/x-www-form-urlencoded
 * (WHATWG URL standard, section 5). */
#ifndef HAILONG_SERVER_CORE_TEXT_URLENCODED_H
#define HAILONG_SERVER_CORE_TEXT_URLENCODED_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

#define URLENCODED_PAIRS 400 /* most pairs in one form */

/* What came from outside, as a code and as free text. */
struct pair {
	const char *name, *value; /* PAIR_NO_TEXT for what is no text */
	const char *words;        /* the value's bytes as they came … */
	size_t size;              /* … and how many */
};

/* Stands for a name or value that holds control characters or is not UTF-8: a
 * text that is no code, so that what expects one refuses it. */
#define PAIR_NO_TEXT "\xef\xbf\xbd"

struct pairs {
	struct pair *list; /* of the arena */
	size_t count;
};

/* Reads a body. False when it has more than URLENCODED_PAIRS pairs or a broken
 * percent sequence. */
bool urlencoded_read(
    struct arena *a, const char *body, size_t size, struct pairs *out);
/* Appends a pair of our own; false when it is no text or there are too many. */
bool pairs_add(
    struct arena *a, struct pairs *pairs, const char *name, const char *value);
/* Appends a pair as it came from outside, bytes of any kind with a NUL after
 * them; false when there are too many. */
bool pairs_take(struct arena *a, struct pairs *pairs, const char *name,
    size_t name_size, const char *value, size_t value_size);
/* Appends a text as it may stand in a query, all but letters, digits and -._~
 * as %XX; a path may keep its slashes. */
void urlencoded_put(struct buf *out, const char *text, bool path);
/* Appends "?name=value&…", nothing when there are none. */
void pairs_put(struct buf *out, const struct pairs *pairs);
/* The first value of a name, NULL when absent. */
const char *pairs_get(const struct pairs *pairs, const char *name);
/* The first value of a name as free text, cleaned (shared/clean_text.h), of the
 * arena; NULL when absent. */
const char *pairs_words(struct arena *a, const struct pairs *pairs,
    const char *name, bool *cleaned);

#endif

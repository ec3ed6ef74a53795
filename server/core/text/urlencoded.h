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

struct pair {
	const char *name, *value;
};

struct pairs {
	struct pair *list; /* of the arena */
	size_t count;
};

/* Reads a body. False when it has more than URLENCODED_PAIRS pairs, a broken
 * percent sequence, a NUL, or is not UTF-8 after decoding. */
bool urlencoded_read(
    struct arena *a, const char *body, size_t size, struct pairs *out);
/* Appends a pair that was decoded elsewhere; false when it is not UTF-8 or
 * there are too many. */
bool pairs_add(
    struct arena *a, struct pairs *pairs, const char *name, const char *value);
/* Appends a text as it may stand in a query, all but letters, digits and -._~
 * as %XX; a path may keep its slashes. */
void urlencoded_put(struct buf *out, const char *text, bool path);
/* Appends "?name=value&…", nothing when there are none. */
void pairs_put(struct buf *out, const struct pairs *pairs);
/* The first value of a name, NULL when absent. */
const char *pairs_get(const struct pairs *pairs, const char *name);

#endif

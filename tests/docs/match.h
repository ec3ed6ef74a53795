/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How an example of shared/protocol.md is compared with what really came:
 * "…" stands for anything, {NAME} for something that differs each time and is
 * remembered for the examples that follow.
 */
#ifndef HAILONG_TESTS_DOCS_MATCH_H
#define HAILONG_TESTS_DOCS_MATCH_H

#include <jansson.h>
#include <stdbool.h>
#include "shared/arena.h"

struct name {
	const char *name, *value;
};

/* What {NAME}s stand for. */
struct names {
	struct arena arena;
	struct name *list;
	size_t count;
};

void names_init(struct names *names);
void names_finish(struct names *names);
/* The text with every {NAME} replaced; in the arena of names. NULL when one is
 * not known. */
const char *names_fill(struct names *names, const char *text);

/* True when the whole text is as the pattern says; then remembers its names. */
bool match_text(struct names *names, const char *pattern, const char *text);
/* The same for JSON: the same keys and values, lists in order. A string "…" is
 * any value, a key "…" allows further keys, a last element "…" further ones. */
bool match_json(
    struct names *names, const json_t *pattern, const json_t *value);

#endif

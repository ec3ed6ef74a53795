/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers that are not counted, as a list. */
#ifndef HAILONG_SERVER_STORE_CASES_SET_ASIDE_H
#define HAILONG_SERVER_STORE_CASES_SET_ASIDE_H

#include <stdbool.h>
#include <stddef.h>
#include "server/store/answers.h"
#include "server/store/cases/remarks.h"

struct arena;
struct db;

/* An answer that is not counted. */
struct set_aside {
	struct remark_place place; /* its day and id */
	const char *unit, *desk, *field, *channel;
	const char *comment; /* NULL: none; not masked */
	int overall;
	struct aside why;
};

/* A page of those of these units (one that is "": of all), newest first, behind
 * a place (NULL: from the newest), into the arena; *more: there are others
 * behind the last. */
bool store_set_aside(struct db *db, struct arena *a, const char *const *units,
    size_t nunits, const struct remark_place *after, size_t most,
    struct set_aside **list, size_t *count, bool *more);

#endif

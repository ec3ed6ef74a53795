/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comments to read and search, and counts of what is set aside. */
#ifndef HAILONG_SERVER_STORE_CASES_REMARKS_H
#define HAILONG_SERVER_STORE_CASES_REMARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/uuid.h"

struct arena;
struct db;

/* A place among the comments: those after it are older. */
struct remark_place {
	int32_t day;
	struct uuid answer;
};

/* Which comments; strings NULL or "": any. */
struct remark_query {
	int32_t first, last;              /* days */
	const struct remark_place *after; /* NULL: from the newest */
	const char *unit;
	bool below; /* the unit's and those of the units below */
	const char *field, *channel;
	const char
	    *words;     /* in them; however written (core/text/search_text.h) */
	int overall;    /* its general score; 0 any */
	size_t most;    /* of a page */
	size_t through; /* how many to look through for them … */
	int64_t budget; /* … and for how long, ms; 0: however long it takes */
};

struct remark {
	struct remark_place place;
	const char *unit, *desk, *field, *channel, *comment;
	int overall; /* 1..5 */
};

struct remark_page {
	struct remark *list; /* newest first */
	size_t count;
	size_t looked;            /* how many were looked through for words */
	bool more;                /* perhaps, behind … */
	struct remark_place last; /* … this place */
};

/* A page of comments, into the arena; of answers set aside none. */
bool store_remarks(struct db *db, struct arena *a, const struct remark_query *q,
    struct remark_page *out);

/* Answers that are alike and set aside for the same reason. */
struct aside_count {
	const char *reason, *unit, *field, *channel, *form;
	int overall; /* 1..5 */
	int64_t answers;
};

/* What is set aside of the days first..last, by reason, into the arena. */
bool store_asides(struct db *db, struct arena *a, int32_t first, int32_t last,
    struct aside_count **list, size_t *count);

#endif

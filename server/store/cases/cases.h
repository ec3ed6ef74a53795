/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cases: answers that a person has to act on. Every change is a step of the
 * answer's history and a deed in the audit log, in one transaction; a step is
 * done once, however often its form is sent or its transaction run.
 */
#ifndef HAILONG_SERVER_STORE_CASES_CASES_H
#define HAILONG_SERVER_STORE_CASES_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/store/people/audit.h"
#include "server/store/cases/history.h"
#include "server/store/cases/remarks.h"
#include "shared/uuid.h"

struct arena;
struct db;

/* A case of a list. */
struct case_row {
	struct remark_place place; /* its day and id */
	const char *unit, *desk, *field, *channel, *reasons;
	const char *comment; /* NULL: none; not masked */
	int overall;
	const char *person; /* "": none */
	int32_t due;        /* 0: none was agreed */
};

enum case_list { CASES_OPEN, CASES_NEW, CASES_HAND, CASES_DONE };

struct case_query {
	const char *const *units; /* of these, nothing below them */
	size_t nunits;
	enum case_list list;
	const char *person; /* of CASES_HAND: whose; NULL: anybody's */
	int32_t late;       /* due before this day; 0: any. Not of CASES_DONE */
	const struct remark_place *after; /* NULL: from the first */
	size_t most;
};

/* A page of cases, oldest first (CASES_DONE: newest), into the arena; *more:
 * there are others behind the last. */
bool store_cases(struct db *db, struct arena *a, const struct case_query *q,
    struct case_row **list, size_t *count, bool *more);
/* How many open cases a unit has, LIMIT_CASE_COUNT at most, and how many of
 * those were due before today. */
bool store_case_count(struct db *db, const char *unit, int32_t today,
    int64_t *open, int64_t *late);

enum case_result { CASE_DONE, CASE_REPEATED, CASE_CHANGED, CASE_FAILED };

/* Something done with a case. */
struct case_act {
	struct uuid answer;
	const char *unit;
	const struct uuid *seen; /* its last step as the form showed it; NULL:
				  * there was none */
	bool blind; /* of a list, which shows no steps: whatever they are */
	struct work_step step; /* act: take, hand, due, note, done, reopen */
	struct deed deed;      /* before and after are filled in */
};

/* Does it, with step and deed. CASE_REPEATED: this very form was done before;
 * CASE_CHANGED: another person acted meanwhile, or it cannot be done now;
 * then nothing happens. */
enum case_result store_case_act(
    struct db *db, struct arena *a, const struct case_act *act);

#endif

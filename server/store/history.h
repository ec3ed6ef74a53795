/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What people do with answers: cases to act on, doubts to decide, forms entered
 * from paper. Every change is a step of the answer's history and a deed in the
 * audit log, in one transaction; a step is done once, however often its form is
 * sent or its transaction run.
 */
#ifndef HAILONG_SERVER_STORE_HISTORY_H
#define HAILONG_SERVER_STORE_HISTORY_H

#include "server/core/cases/needs_person.h"
#include "server/store/store.h"

/* ---------------------------------------------------------------- answers */

/* An answer as people work on it. Strings live in the arena given. */
struct work_answer {
	struct uuid id;
	int32_t day;
	const char *unit, *desk, *field, *channel, *form;
	int form_version;
	const char *scores, *reasons, *flags, *device;
	const char *comment; /* NULL: none; not masked */
	int64_t answered_at, received_at;
	bool aside;
	enum matter matter, doubt;
	const char *person; /* in whose hands the case is, "" nobody's */
	int32_t due;        /* agreed day; 0: none */
	struct aside why;   /* reason "": it was never set aside */
};

/* Reads one; STEP_DONE: there is no such answer. */
enum step store_work_answer(struct db *db, struct arena *a,
    const struct uuid *id, struct work_answer *out);

/* Keeps other collectors from an answer until the transaction is over, so that
 * what is read of it now stays true. True also when there is none. */
bool store_work_lock(struct db *db, const struct uuid *id);

/* A step of an answer's history. Strings NULL: nothing. */
struct work_step {
	struct uuid id; /* of the form that was sent */
	int64_t at;
	const char *login, *act, *reason, *person, *words;
	int32_t due; /* 0: none */
	bool undone;
};

/* Adds it to an answer of the unit; *added is false when it was there. */
bool store_step(struct db *db, const struct uuid *answer, const char *unit,
    const struct work_step *step, bool *added);
/* An answer's history, oldest first, into the arena. */
bool store_steps(struct db *db, struct arena *a, const struct uuid *answer,
    struct work_step **list, size_t *count);

/* ------------------------------------------------------------------ cases.c */

/* A case of a list. */
struct case_row {
	struct remark_place place; /* its day and id */
	const char *unit, *desk, *field, *channel, *reasons;
	const char *comment; /* NULL: none; not masked */
	int overall;
	const char *person; /* "" nobody */
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
 * CASE_CHANGED: somebody did something meanwhile, or it cannot be done now;
 * then nothing happens. */
enum case_result store_case_act(
    struct db *db, struct arena *a, const struct case_act *act);

/* ------------------------------------------------------------------- history.c
 */

/* Up to `most` answers of each of these units that wait for a decision, oldest
 * first, of a flag (NULL: any), into the arena. */
bool store_doubts(struct db *db, struct arena *a, const char *const *units,
    size_t nunits, const char *flag, size_t most, struct doubt **list,
    size_t *count);

/* A decision of the past, and one answer it was about. */
struct decided {
	struct work_step step;
	struct doubt answer;
};

/* The last of these units, newest first: the answers of one decision stand
 * together; `most` answers at most. */
bool store_decisions(struct db *db, struct arena *a, const char *const *units,
    size_t nunits, size_t most, struct decided **list, size_t *count);
/* The answers and units of one step, into the arena. */
bool store_step_answers(struct db *db, struct arena *a, const struct uuid *step,
    struct uuid **answers, const char ***units, size_t *count);

/* "aside": not counted; "restore": counted again; "count": looked at and
 * counted; "undo": takes the decision `undo` back. */
struct decision {
	struct work_step step;   /* its act, reason and words */
	const struct uuid *undo; /* of "undo": the decision's step */
	const struct deed *deed; /* whose: who, role, place and time are used */
	const struct uuid *answers;
	size_t count;
	size_t changed; /* how many answers it changed */
};

/* Decides, with steps, deeds and counts, about each answer where that changes
 * anything. */
bool store_decide(struct db *db, struct arena *a, struct tallies *tallies,
    struct decision *d);

/* -------------------------------------------------------------- set_aside.c */

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

/* ------------------------------------------------------------ history.c again
 */

/* A paper form somebody entered. */
struct paper_row {
	struct uuid id;
	int32_t day;
	const char *desk, *field, *scores, *reasons;
	bool aside;
	int64_t at;
};

/* Those entered by a login since a time: how many, and the last `most`. */
bool store_paper(struct db *db, struct arena *a, const char *login,
    int64_t since, size_t most, struct paper_row **list, size_t *count,
    int64_t *entered);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What people do with answers: decisions about doubts, forms entered from
 * paper. Every change is a step of the answer's history and a deed in the audit
 * log, in one transaction; a step is done once, however often its form is sent
 * or its transaction run.
 */
#ifndef HAILONG_SERVER_STORE_CASES_HISTORY_H
#define HAILONG_SERVER_STORE_CASES_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/cases/needs_person.h"
#include "server/db/db.h"
#include "server/store/answers.h"
#include "shared/uuid.h"

struct arena;
struct deed;
struct tallies;

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
	const char *person; /* in whose hands the case is, "": none */
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

/* Adds the rows of such a query to a list (NULL and 0: empty) of the arena, and
 * closes it: id, day, unit, desk, field, channel, form, scores, reasons, flags,
 * answered_at, received_at. */
bool store_doubt_rows(
    struct rows *r, struct arena *a, struct doubt **list, size_t *count);
/* Adds to a list (NULL and 0: empty) of the arena up to `most` answers of each
 * of these units that wait for a decision, oldest first, of a flag (NULL: any):
 * those by themselves (MATTER_OPEN), or those in bursts (MATTER_BURST), and in
 * no proposal. */
bool store_doubts(struct db *db, struct arena *a, const char *const *units,
    size_t nunits, const char *flag, enum matter doubt, size_t most,
    struct doubt **list, size_t *count);

/* An unusual burst, as it was when a person saw it. */
struct burst_seen {
	const char *unit, *desk, *channel;
	int32_t day;
	int64_t until; /* received_at of the last one */
};

/* Its answers that are not decided yet, LIMIT_BURST at most, into the arena. */
bool store_burst_answers(struct db *db, struct arena *a,
    const struct burst_seen *burst, struct uuid **ids, size_t *count);

/* A decision of the past, and one answer it was about. */
struct decided {
	struct work_step step;
	struct doubt answer;
	int64_t whole; /* answers that the decision was about */
};

/* The last `most` of each of these units, newest first: the answers of one
 * decision stand together, LIMIT_GROUP at most. */
bool store_decisions(struct db *db, struct arena *a, const char *const *units,
    size_t nunits, size_t most, struct decided **list, size_t *count);
/* The answers and units of one step, into the arena. */
bool store_step_answers(struct db *db, struct arena *a, const struct uuid *step,
    struct uuid **answers, const char ***units, size_t *count);

/* "aside": not counted; "restore": counted again; "count": looked at and
 * counted; "undo": takes the decision `undo` back. Only what changes no figure
 * is one person's: to count what is counted anyhow, and to take that back.
 * Everything else is carried out when a second person has confirmed it
 * (store/cases/proposals.h). */
struct answer_decision {
	struct work_step step;   /* its act, reason and words */
	bool confirmed;          /* by that second person */
	const struct uuid *undo; /* of "undo": the decision's step */
	const struct deed *deed; /* whose: who, role, place and time are used */
	const struct uuid *answers;
	size_t count;
	size_t changed; /* how many answers it changed */
};

/* Decides, with steps, deeds and counts, about each answer where that changes
 * anything. */
bool store_decide(struct db *db, struct arena *a, struct tallies *tallies,
    struct answer_decision *d);

/* A paper form that was entered. */
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

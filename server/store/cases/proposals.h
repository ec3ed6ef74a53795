/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decisions that change figures, from the proposal to the last answer. Who may
 * do what is core/cases/proposal.h's; it is asked here, inside the transaction,
 * of the person as he stands there. What writes expects an open transaction,
 * and is safe to run again.
 */
#ifndef HAILONG_SERVER_STORE_CASES_PROPOSALS_H
#define HAILONG_SERVER_STORE_CASES_PROPOSALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/cases/needs_person.h"
#include "server/core/cases/proposal.h"
#include "server/db/db.h"
#include "shared/uuid.h"

struct arena;
struct catalogue;
struct deed;
struct job;
struct job_list;
struct tallies;

/* Strings live in the arena given. */
struct proposal {
	struct uuid id;
	int64_t at;
	const char *login; /* who proposed it */
	const char *act;   /* aside, restore, count, undo */
	struct uuid past;  /* of undo: the step that it takes back */
	const char *unit;  /* whose answers */
	const char *reason, *words;
	int64_t answers, rest; /* in all; that still wait */
	int64_t since_at;      /* when the oldest was given */
	enum proposal_state state;
	struct uuid form; /* that decided it */
	int64_t decided_at;
	const char *decided_by, *decided_role, *decided_words;
};

enum proposal_result {
	PROPOSED_DONE,
	PROPOSED_REPEATED,  /* by this very form, before */
	PROPOSED_CHANGED,   /* another person was faster */
	PROPOSED_NOTHING,   /* no answer is left that it would change */
	PROPOSED_MISSING,   /* there is no such proposal */
	PROPOSED_FORBIDDEN, /* `right` says why */
	PROPOSED_FAILED     /* the database refused (logged) */
};

/* Somebody proposes something about answers of one unit. */
struct proposing {
	struct proposal p; /* id (of the form), at, login, act, past, unit,
			      reason and words are the caller's */
	const struct catalogue *catalogue;
	const struct uuid *answers;
	size_t count;
	const char *typed;       /* login who typed the one answer, "" none */
	const struct deed *deed; /* whose: role, place and time are used */
	enum proposal_right right;
};

/* Proposes it about those of the answers that it would change and that wait in
 * no other proposal; p.answers tells how many. */
enum proposal_result store_propose(
    struct db *db, struct arena *a, struct proposing *p);

/* Somebody confirms, refuses or withdraws one. */
struct deciding {
	struct uuid id, form;
	enum proposal_state state; /* what it shall be */
	int64_t at;
	const char *login, *words;
	const struct catalogue *catalogue;
	const struct deed *deed;
	enum proposal_right right;
	int64_t rest; /* answers that it is still to be carried out about */
};

/* Decides it. What is confirmed is carried out about the first
 * LIMIT_PROPOSAL_STEP answers at once, about the others by proposals_job: a
 * citizen's answer waits for no more than these. */
enum proposal_result store_proposal_decide(struct db *db, struct arena *a,
    struct tallies *tallies, struct deciding *d);

/* An errand for the writer (store/writer.h) that carries out what is confirmed,
 * LIMIT_PROPOSAL_STEP answers in a transaction, until nothing is left; NULL: no
 * memory. */
struct job *proposals_job(void);
/* Adds one to the loop's errands. */
void proposals_carry_on(struct job_list *errands);

/* One by its id, into the arena; STEP_DONE: there is none. */
enum step store_proposal(struct db *db, struct arena *a, const struct uuid *id,
    struct proposal *out);
/* Those that wait for a decision, oldest first, into the arena. */
bool store_proposals_waiting(struct db *db, struct arena *a, size_t most,
    struct proposal **list, size_t *count);
/* The last `most` of each of these units that are decided, newest first. */
bool store_proposals_past(struct db *db, struct arena *a,
    const char *const *units, size_t nunits, size_t most,
    struct proposal **list, size_t *count);
/* Those that an answer was in, oldest first. */
bool store_proposals_of(struct db *db, struct arena *a,
    const struct uuid *answer, struct proposal **list, size_t *count);
/* The first `most` of its answers by day, into the arena. */
bool store_proposal_answers(struct db *db, struct arena *a,
    const struct uuid *id, size_t most, struct doubt **list, size_t *count);
/* What core/cases/proposal.h asks of one. */
struct proposal_about store_proposal_about(const struct proposal *p);
/* A person as it wants him, with the posts given up; STEP_DONE: there is none,
 * or he is disabled. */
enum step store_proposal_person(struct db *db, struct arena *a,
    const char *login, struct proposal_person *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The units' reports for a period (core/period/submission.h) and the measures
 * they promise. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_PERIOD_SUBMISSIONS_H
#define HAILONG_SERVER_STORE_PERIOD_SUBMISSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/period/submission.h"
#include "server/core/score/period.h"
#include "server/db/db.h"
#include "shared/uuid.h"

struct arena;
struct deed;

#define APOLOGIES_UNSAID (-1)

struct submission {
	const char *period, *unit;
	enum submission_state state;
	int32_t due;       /* local day, by the plan */
	const char *words; /* the explanation */
	int64_t apologies; /* letters sent for late dossiers, or …_UNSAID */
	const char *changed_by, *submitted_by,
	    *decided_by; /* logins, "" none */
	int64_t changed_at, submitted_at, decided_at;
	const char *reason; /* why it was returned, or what was said */
};

/* What a unit does about a target that it missed: one for each population and
 * field ("": all) of a report. */
struct measure {
	struct uuid id;
	const char *period, *unit, *population, *field;
	const char *words, *person; /* what is done, and by whom */
	int32_t due;
	const char *state;  /* open, done, dropped */
	const char *result; /* what came of it, "" */
	const char *login;  /* who entered it last */
	int64_t at;
};

/* The reports of a period, or (period NULL) all that are not accepted yet. */
bool store_submissions(struct db *db, struct arena *a,
    const struct period *period, struct submission **list, size_t *count);
/* One of them; STEP_DONE: it was not prepared. */
enum step store_submission(struct db *db, struct arena *a,
    const struct period *period, const char *unit, struct submission *out);
/* A unit's measures (NULL: all units'), those that are due last first. */
bool store_measures(struct db *db, struct arena *a, const char *unit,
    struct measure **list, size_t *count);

/* Makes the period and the drafts of these units, where there are none; *made
 * gets how many. The deed, once there is one to tell of. */
bool store_submissions_prepare(struct db *db, const struct period *period,
    int32_t due, const char *const *units, size_t n, const struct deed *deed,
    int64_t *made);

/* A deed about a report, as it was decided from what a person has seen. */
struct submission_change {
	struct period of; /* made with its draft, where they are not there */
	struct submission before, after;
	struct measure *measures; /* of this report: entered or changed */
	size_t nmeasures;
	struct measure *former; /* of former ones: id, state and result */
	size_t nformer;
	const struct deed *audit;
	bool stale; /* the result: it stood otherwise */
};

/* All or (stale) nothing of it; false when the database refused. */
bool store_submission_change(struct db *db, struct submission_change *change);

#endif

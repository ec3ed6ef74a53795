/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The periods the office works on, and where each stands
 * (core/period/closing.h). What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_PERIOD_PERIODS_H
#define HAILONG_SERVER_STORE_PERIOD_PERIODS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/period/closed_period.h"
#include "server/core/period/closing.h"
#include "server/core/period/workday.h"
#include "server/core/score/period.h"
#include "server/db/db.h"

struct arena;
struct deed;

struct period_row {
	struct period period; /* its days: of its last proposal or closing */
	enum closing_state state;
	int64_t snapshot, revision; /* 0: not frozen now; never */
	const char *proposed_by;    /* of the proposal that waits, "" none */
	int64_t proposed_at;
	const char *reason;
};

/* All of them, those that ended last first. */
bool store_periods(
    struct db *db, struct arena *a, struct period_row **list, size_t *count);
/* One by its name; STEP_DONE: nothing was done about it yet, and out is that
 * period, open, with the days that it has. */
enum step store_period(struct db *db, struct arena *a,
    const struct period *period, struct period_row *out);
/* Those that are frozen, for the catalogue; in the arena. */
bool store_closed_periods(
    struct db *db, struct arena *a, struct closed_period **list, size_t *count);
/* Makes the row of a period, where there is none. */
bool store_period_add(struct db *db, const struct period *period);

/* The days that the house has entered, for the catalogue; in the arena. What
 * changes them raises the generation. */
bool store_days_off(
    struct db *db, struct arena *a, struct day_off **list, size_t *count);
bool store_day_off_put(struct db *db, const struct day_off *day);
bool store_day_off_remove(struct db *db, int32_t day);

/* A step of the closing, as it was decided from what a person has seen. */
struct period_move {
	struct period_row before;
	enum closing_deed deed;
	enum closing_state next;
	const char *reason;       /* of this step */
	const struct deed *audit; /* with the person and the time */
	bool stale; /* the result: it stood otherwise when it came to it */
};

/* Takes the step, with its deed; a confirmed closing or revision freezes the
 * counts, a confirmed opening lets them go, and both raise the generation. All
 * or (stale) nothing of it. False when the database refused. */
bool store_period_move(struct db *db, struct period_move *move);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words to a query, tallies to rows. */
#include "server/store/scores.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/period/closed_period.h"
#include "server/core/score/score.h"
#include "server/core/score/tally.h"
#include "server/store/period/snapshot.h"
#include "server/store/small_numbers.h"
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/clock.h"

/* What the words say, beside the query itself. */
struct understood {
	struct period period;
	const struct closed_period *closed; /* NULL: it is open */
	const char *name;                   /* of the period */
};

static bool
understand_period(const struct catalogue *c, struct arena *a,
    const struct scores_query *words, struct understood *u, char *error,
    size_t size)
{
	char text[PERIOD_TEXT];

	if (words->period == NULL ||
	    !closed_period_parse(c, words->period, &u->period, &u->closed)) {
		snprintf(error, size,
		    "period: one of 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-07, "
		    "2026-07-01..2026-09-30");
		return false;
	}
	period_name(&u->period, text);
	u->name = arena_strdup(a, text);
	return true;
}

/* Words of a query to the query itself, by the catalogue of its period. */
static bool
understand(const struct catalogue *c, const struct understood *u,
    const struct scores_query *words, struct score_query *q, char *error,
    size_t size)
{
	memset(q, 0, sizeof(*q));
	if (!score_by_find(words->by, &q->by)) {
		snprintf(error, size,
		    "by: one of unit, field, group, channel, criterion, day, "
		    "desk");
		return false;
	}
	/* what lies outside the reader's own unit is not there for him */
	if (words->unit != NULL &&
	    (catalogue_unit(c, words->unit) == NULL ||
		!unit_visible(c, words->within, words->unit))) {
		snprintf(error, size, "unit: no such unit");
		return false;
	}
	if (words->population != NULL && !population_known(words->population)) {
		snprintf(error, size,
		    "population: one of tthc, tthc-land, agency, "
		    "health-education");
		return false;
	}
	q->unit = words->unit;
	q->within = words->within;
	q->population = words->population;
	q->first = u->period.first;
	q->last = u->period.last;
	q->final = u->closed != NULL;
	q->ended = q->final || q->last < civil_local_day(clock_now());
	return true;
}

/* Takes from the rows what must not be shown. */
static bool
hide_small(struct db *db, const struct catalogue *catalogue, struct arena *a,
    const struct score_query *query, int64_t least, struct score_rows *rows)
{
	struct small_numbers numbers;
	bool ok = store_small_numbers(db, query->first, query->last,
	    query->by == BY_DAY, least, &numbers);

	if (ok)
		suppress_rows(
		    suppress_make(a, catalogue, &numbers.source), query, rows);
	small_numbers_finish(&numbers);
	return ok;
}

enum scores_result
scores_read(struct db *db, const struct catalogue *catalogue, struct arena *a,
    const struct scores_query *words, struct score_rows *out,
    struct catalogue **frozen, char *error, size_t size)
{
	const struct catalogue *c = catalogue;
	struct score_query query;
	struct dossier_counts dossiers;
	struct tallies tallies;
	struct understood u;
	bool ok;

	*frozen = NULL;
	if (!understand_period(catalogue, a, words, &u, error, size))
		return SCORES_REFUSED;
	if (u.closed != NULL) {
		c = *frozen =
		    store_snapshot_catalogue(db, u.closed->snapshot, catalogue);
		if (c == NULL)
			return SCORES_FAILED;
	}
	if (!understand(c, &u, words, &query, error, size))
		return SCORES_REFUSED;
	tallies_init(&tallies);
	ok = store_period_counts(db, a, &u.period, u.closed, query.by == BY_DAY,
	    &tallies, &dossiers);
	if (ok) {
		if (query.by == BY_DAY)
			tallies_sort(&tallies); /* days in order */
		scores_make(&tallies, &dossiers, c, &query, a, out);
		out->period = u.name;
		ok = hide_small(db, c, a, &query, words->least, out);
	}
	tallies_finish(&tallies);
	return ok ? SCORES_READ : SCORES_FAILED;
}

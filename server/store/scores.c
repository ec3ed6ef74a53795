/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words to a query, tallies to rows. */
#include "server/store/scores.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"
#include "server/core/score/period.h"
#include "server/core/score/score.h"
#include "server/core/score/tally.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/tallies.h"
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/clock.h"

/* Words of a query to the query itself; the period's name into *name. */
static bool
understand(const struct catalogue *c, struct arena *a,
    const struct scores_query *words, struct score_query *q, const char **name,
    char *error, size_t size)
{
	struct period period;
	char text[PERIOD_TEXT];

	memset(q, 0, sizeof(*q));
	if (words->period == NULL ||
	    !period_parse(words->period, catalogue_cut(c), &period)) {
		snprintf(error, size,
		    "period: one of 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-07, "
		    "2026-07-01..2026-09-30");
		return false;
	}
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
	q->first = period.first;
	q->last = period.last;
	q->ended = period.last < civil_local_day(clock_now());
	period_name(&period, text);
	*name = arena_strdup(a, text);
	return true;
}

enum scores_result
scores_read(struct db *db, const struct catalogue *catalogue, struct arena *a,
    const struct scores_query *words, struct score_rows *out, char *error,
    size_t size)
{
	struct score_query query;
	struct dossier_counts dossiers;
	struct tallies tallies;
	const char *name;
	bool ok;

	if (!understand(catalogue, a, words, &query, &name, error, size))
		return SCORES_REFUSED;
	tallies_init(&tallies);
	ok = store_tallies_sum(
		 db, query.first, query.last, query.by == BY_DAY, &tallies) &&
	     store_dossier_counts(
		 db, a, query.first, query.last, false, &dossiers) &&
	     store_dossiers_tied(db, a, query.first, query.last, &dossiers);
	if (ok) {
		if (query.by == BY_DAY)
			tallies_sort(&tallies); /* days in order */
		scores_make(&tallies, &dossiers, catalogue, &query, a, out);
		out->period = name;
	}
	tallies_finish(&tallies);
	return ok ? SCORES_READ : SCORES_FAILED;
}

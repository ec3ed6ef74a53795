/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A few counts are kept, the ones asked for last. How old one may be follows
 * from what it cost: on a small database it is read anew nearly every time, on
 * ten million answers a hundred readers cost a tenth of a processor. A
 * caller that asks while another thread reads gets the former counts at once.
 */
#include "server/cache/tally_cache.h"

#include <stdio.h>
#include <stdlib.h>
#include "server/core/period/closed_period.h"
#include "server/http/request.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/period/frozen_days.h"
#include "server/store/period/snapshot.h"
#include "server/store/tallies.h"

#define TALLIES_KEPT 8
#define KEY_SIZE     64 /* three numbers of 32 bits, one of 64, and blanks */

/* A tenth of a second after 10 ms of reading, at most a second; any age while
 * they are read anew. */
static const struct flight_age tallies_age = {
    .most = 1000000, .costs = 10, .former = INT64_MAX};

/* What is read: from where, of which days. */
struct wanted {
	struct db *db;
	enum cached_kind of;
	int32_t first, last;
	const struct closed_period *closed; /* NULL: all of them move */
};

static void
free_tallies(struct flight_value *value)
{
	struct cached_tallies *s = (struct cached_tallies *)value;

	tallies_finish(&s->tallies);
	arena_finish(&s->arena);
	free(s);
}

struct single_flight *
tally_cache_create(void)
{
	return single_flight_create(TALLIES_KEPT, tallies_age, free_tallies);
}

static bool
read_tallies(const struct wanted *w, struct cached_tallies *s)
{
	bool by_day = w->of == CACHED_DAYS;

	if (w->of == CACHED_MONTHS)
		return store_period_months(w->db, period_month(w->first),
		    period_month(w->last), w->closed, &s->tallies);
	if (by_day && w->closed != NULL)
		return store_period_days(
		    w->db, w->first, w->last, w->closed, &s->tallies);
	if (w->closed != NULL)
		return store_period_counts(w->db, &s->arena, &w->closed->period,
		    w->closed, false, &s->tallies, &s->dossiers);
	return store_tallies_sum(
		   w->db, w->first, w->last, by_day, &s->tallies) &&
	       store_dossier_counts(
		   w->db, &s->arena, w->first, w->last, by_day, &s->dossiers);
}

static struct flight_value *
make_tallies(void *context)
{
	const struct wanted *w = context;
	struct cached_tallies *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	tallies_init(&s->tallies);
	arena_init(&s->arena);
	if (!read_tallies(w, s)) {
		free_tallies(&s->value);
		return NULL;
	}
	if (w->of != CACHED_SUM)
		tallies_sort(&s->tallies);
	return &s->value;
}

const struct cached_tallies *
tally_cache_hold(struct ctx *ctx, enum cached_kind of, int32_t first,
    int32_t last, const struct closed_period *closed)
{
	struct wanted w = {ctx->db, of, first, last, closed};
	char key[KEY_SIZE];

	snprintf(key, sizeof(key), "%d %d %d %lld", of, first, last,
	    closed == NULL ? 0 : (long long)closed->snapshot);
	return (struct cached_tallies *)single_flight_hold(
	    ctx->tallies, key, make_tallies, &w);
}

void
tally_cache_release(struct ctx *ctx, const struct cached_tallies *held)
{
	/* const for its holders, not for its keeper */
	single_flight_release(
	    ctx->tallies, (struct flight_value *)(uintptr_t)held);
}

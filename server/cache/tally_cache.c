/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A few snapshots are kept, the ones asked for last. How old one may be follows
 * from what it cost: on a small database it is read anew nearly every time, on
 * ten million answers a hundred readers cost a tenth of a processor.
 *
 * One thread reads it anew, without the lock. Whoever wants the same meanwhile
 * gets the former one at once, or waits where there is none yet.
 */
#include "server/cache/tally_cache.h"

#include <pthread.h>
#include <stdlib.h>
#include "server/core/score/period.h"
#include "server/http/server.h"
#include "server/store/store.h"
#include "shared/clock.h"

#define KEPT      8
#define MOST_AGE  1000000 /* microseconds */
#define AGE_COSTS 10      /* how many times its cost it may be old */

struct range {
	enum cached_kind of;
	int32_t first, last;
};

struct spot {
	struct range range;
	struct cached_tallies *newest; /* NULL: none yet */
	bool reading;                  /* a thread reads it anew */
	int64_t asked; /* when it was asked for last; a counter */
};

struct tally_cache {
	pthread_mutex_t lock;
	pthread_cond_t read;
	struct spot spots[KEPT];
	int64_t asked;
};

struct tally_cache *
tally_cache_create(void)
{
	struct tally_cache *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->read, NULL);
	return s;
}

/* Under the lock. */
static void
let_go(struct cached_tallies *s)
{
	if (s == NULL || --s->holders > 0)
		return;
	tallies_finish(&s->tallies);
	arena_finish(&s->arena);
	free(s);
}

void
tally_cache_destroy(struct tally_cache *s)
{
	if (s == NULL)
		return;
	for (int i = 0; i < KEPT; i++)
		let_go(s->spots[i].newest);
	pthread_cond_destroy(&s->read);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static bool
fill(struct db *db, const struct range *k, struct cached_tallies *s)
{
	bool by_day = k->of == CACHED_DAYS;

	if (k->of == CACHED_MONTHS)
		return store_tallies_months(db, period_month(k->first),
		    period_month(k->last), &s->tallies);
	return store_tallies_sum(db, k->first, k->last, by_day, &s->tallies) &&
	       store_dossier_counts(
		   db, &s->arena, k->first, k->last, by_day, &s->dossiers);
}

static struct cached_tallies *
read_counts(struct db *db, const struct range *k)
{
	struct cached_tallies *s = calloc(1, sizeof(*s));
	int64_t began = clock_micro();

	if (s == NULL)
		abort();
	s->holders = 1;
	tallies_init(&s->tallies);
	arena_init(&s->arena);
	if (!fill(db, k, s)) {
		let_go(s);
		return NULL;
	}
	if (k->of != CACHED_SUM)
		tallies_sort(&s->tallies);
	s->made_at = clock_micro();
	s->cost = s->made_at - began;
	return s;
}

static bool
same(const struct range *a, const struct range *b)
{
	return a->of == b->of && a->first == b->first && a->last == b->last;
}

/* Its spot, or that of the one asked for longest ago; NULL: all others are
 * being read. */
static struct spot *
spot_of(struct tally_cache *all, const struct range *k)
{
	struct spot *oldest = NULL;

	for (int i = 0; i < KEPT; i++) {
		struct spot *p = &all->spots[i];

		if ((p->newest != NULL || p->reading) && same(&p->range, k))
			return p;
		if (!p->reading && (oldest == NULL || p->asked < oldest->asked))
			oldest = p;
	}
	if (oldest == NULL)
		return NULL;
	let_go(oldest->newest);
	oldest->newest = NULL;
	oldest->range = *k;
	return oldest;
}

static bool
fresh(const struct cached_tallies *s)
{
	int64_t age, most;

	if (s == NULL)
		return false;
	age = clock_micro() - s->made_at;
	most = s->cost * AGE_COSTS < MOST_AGE ? s->cost * AGE_COSTS : MOST_AGE;
	return age >= 0 && age <= most;
}

/* Reads it anew, with the lock open; false when the database does not answer.
 */
static bool
renew(struct tally_cache *all, struct spot *p, struct db *db)
{
	struct cached_tallies *s;

	p->reading = true;
	pthread_mutex_unlock(&all->lock);
	s = read_counts(db, &p->range);
	pthread_mutex_lock(&all->lock);
	p->reading = false;
	pthread_cond_broadcast(&all->read);
	if (s == NULL)
		return false;
	let_go(p->newest);
	p->newest = s;
	return true;
}

/* Under the lock. */
static struct cached_tallies *
newest(struct tally_cache *all, struct db *db, const struct range *k)
{
	for (;;) {
		struct spot *p = spot_of(all, k);

		if (p != NULL) {
			p->asked = ++all->asked;
			if (!p->reading && !fresh(p->newest) &&
			    !renew(all, p, db))
				return NULL;
			if (p->newest != NULL)
				return p->newest;
		}
		pthread_cond_wait(&all->read, &all->lock);
	}
}

const struct cached_tallies *
tally_cache_hold(
    struct ctx *ctx, enum cached_kind of, int32_t first, int32_t last)
{
	struct tally_cache *all = server_tally_cache(ctx->server);
	const struct range range = {of, first, last};
	struct cached_tallies *s;

	pthread_mutex_lock(&all->lock);
	s = newest(all, ctx->db, &range);
	if (s != NULL)
		s->holders++;
	pthread_mutex_unlock(&all->lock);
	return s;
}

void
tally_cache_release(struct ctx *ctx, const struct cached_tallies *held)
{
	struct tally_cache *all = server_tally_cache(ctx->server);

	pthread_mutex_lock(&all->lock);
	/* const for its holders, not for its keeper */
	let_go((struct cached_tallies *)(uintptr_t)held);
	pthread_mutex_unlock(&all->lock);
}

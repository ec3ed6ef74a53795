/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A few snapshots are kept, the ones asked for last. How old one may be follows
 * from what it cost: on a small database it is read anew nearly every time, on
 * ten million answers a hundred readers cost a tenth of a processor.
 *
 * The lock is held while one is read, so that those who want the same wait for
 * it instead of reading it too.
 */
#include "server/snapshot.h"

#include <pthread.h>
#include <stdlib.h>
#include "server/server.h"
#include "server/store/store.h"
#include "shared/clock.h"

#define KEPT      8
#define MOST_AGE  1000000 /* microseconds */
#define AGE_COSTS 10      /* how many times its cost it may be old */

struct snapshots {
	pthread_mutex_t lock;
	struct snapshot *kept[KEPT]; /* the one asked for last comes first */
};

struct snapshots *
snapshots_create(void)
{
	struct snapshots *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

/* Under the lock. */
static void
let_go(struct snapshot *s)
{
	if (s == NULL || --s->holders > 0)
		return;
	tallies_finish(&s->tallies);
	arena_finish(&s->arena);
	free(s);
}

void
snapshots_destroy(struct snapshots *s)
{
	if (s == NULL)
		return;
	for (int i = 0; i < KEPT; i++)
		let_go(s->kept[i]);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static struct snapshot *
read_counts(struct db *db, int32_t first, int32_t last, bool by_day)
{
	struct snapshot *s = calloc(1, sizeof(*s));
	int64_t began = clock_micro();

	if (s == NULL)
		abort();
	s->first = first;
	s->last = last;
	s->by_day = by_day;
	s->holders = 1;
	tallies_init(&s->tallies);
	arena_init(&s->arena);
	if (!store_tallies_sum(db, first, last, by_day, &s->tallies) ||
	    !store_dossier_counts(
		db, &s->arena, first, last, by_day, &s->dossiers)) {
		let_go(s);
		return NULL;
	}
	if (by_day)
		tallies_sort(&s->tallies);
	s->made_at = clock_micro();
	s->cost = s->made_at - began;
	return s;
}

/* Its place, or that of the one asked for longest ago. */
static int
place_of(const struct snapshots *all, int32_t first, int32_t last, bool by_day)
{
	int i = 0;

	for (; i < KEPT - 1 && all->kept[i] != NULL; i++) {
		const struct snapshot *s = all->kept[i];

		if (s->first == first && s->last == last && s->by_day == by_day)
			break;
	}
	return i;
}

static bool
fresh(const struct snapshot *s, int32_t first, int32_t last, bool by_day)
{
	int64_t age, most;

	if (s == NULL || s->first != first || s->last != last ||
	    s->by_day != by_day)
		return false;
	age = clock_micro() - s->made_at;
	most = s->cost * AGE_COSTS < MOST_AGE ? s->cost * AGE_COSTS : MOST_AGE;
	return age >= 0 && age <= most;
}

const struct snapshot *
snapshot_hold(struct ctx *ctx, int32_t first, int32_t last, bool by_day)
{
	struct snapshots *all = server_snapshots(ctx->server);
	struct snapshot *s, *old;
	int place;

	pthread_mutex_lock(&all->lock);
	place = place_of(all, first, last, by_day);
	s = old = all->kept[place];
	if (!fresh(s, first, last, by_day)) {
		s = read_counts(ctx->db, first, last, by_day);
		if (s != NULL)
			let_go(old);
	}
	if (s != NULL) {
		for (; place > 0; place--)
			all->kept[place] = all->kept[place - 1];
		all->kept[0] = s;
		s->holders++;
	}
	pthread_mutex_unlock(&all->lock);
	return s;
}

void
snapshot_release(struct ctx *ctx, const struct snapshot *held)
{
	struct snapshots *all = server_snapshots(ctx->server);

	pthread_mutex_lock(&all->lock);
	/* const for its holders, not for its keeper */
	let_go((struct snapshot *)(uintptr_t)held);
	pthread_mutex_unlock(&all->lock);
}

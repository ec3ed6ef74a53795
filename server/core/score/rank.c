/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two families of tests for equal shares (interval_equal) over the J ranked
 * units, each held at 5 % by Holm's method, so that with 95 % confidence
 * nothing a family says is wrong:
 *   - every pair. The places a unit may hold run from 1 + the units that are
 *     significantly better to J - those that are significantly worse.
 *   - every unit against all others pooled. To be above the others is to be
 *     above the share of all, the unit itself included; hence every unit
 *     "above" is also above every unit "below". Two units are one test.
 * Holm goes through the p-values in rising order and stops at the first above
 * 5 %/(tests not yet refused). It need not sort them: it is enough to count,
 * again and again, how many lie below the bound the last count allows, until
 * the count stays. So no pair is ever stored.
 */
#include "server/core/score/rank.h"

#include <math.h>
#include "server/core/score/judge.h"
#include "server/core/score/intervals.h"

#define ALPHA 0.05

struct table {
	const int64_t *x, *n;
	size_t count;
	int64_t all_x, all_n; /* of the ranked units */
};

const char *
rank_group_name(enum rank_group group)
{
	static const char *const names[RANK_COUNT] = {
	    [RANK_NO_DATA] = "no_data",
	    [RANK_TOO_FEW] = "too_few",
	    [RANK_ABOVE] = "above",
	    [RANK_UNCLEAR] = "unclear",
	    [RANK_BELOW] = "below",
	};

	return names[group];
}

static bool
is_ranked(const struct table *t, size_t i)
{
	return t->n[i] >= JUDGE_ENOUGH;
}

/* How surprising the two are, if alike; positive where i is the better one,
 * negative where it is the worse one. */
static double
against_unit(const struct table *t, size_t i, size_t k)
{
	const int64_t *x = t->x, *n = t->n;

	return copysign(interval_equal(x[i], n[i], x[k], n[k]),
	    interval_score(x[i], n[i], x[k], n[k]));
}

/* The same against all others together; NAN where there are none. */
static double
against_rest(const struct table *t, size_t i)
{
	int64_t x = t->all_x - t->x[i], n = t->all_n - t->n[i];

	return copysign(interval_equal(t->x[i], t->n[i], x, n),
	    interval_score(t->x[i], t->n[i], x, n));
}

static size_t
count_pairs(const struct table *t, double p)
{
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++) {
		for (size_t k = 0; k < i && is_ranked(t, i); k++)
			n +=
			    is_ranked(t, k) && fabs(against_unit(t, i, k)) <= p;
	}
	return n;
}

static size_t
count_rests(const struct table *t, double p)
{
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		n += is_ranked(t, i) && fabs(against_rest(t, i)) <= p;
	return n;
}

/* The p-value up to which Holm refuses, among so many tests that `refused`
 * counts. */
static double
holm(const struct table *t, size_t tests,
    size_t (*refused)(const struct table *t, double p))
{
	size_t before, now = 0;
	double p = 0;

	do {
		if (now >= tests)
			return p;
		before = now;
		p = ALPHA / (double)(tests - before);
		now = refused(t, p);
	} while (now > before);
	return p;
}

static size_t
sum_ranks(struct table *t, struct rank *ranks)
{
	size_t ranked = 0;

	for (size_t i = 0; i < t->count; i++) {
		ranks[i] = (struct rank){
		    t->n[i] == 0 ? RANK_NO_DATA : RANK_TOO_FEW, 0, 0};
		if (!is_ranked(t, i))
			continue;
		ranked++;
		t->all_x += t->x[i];
		t->all_n += t->n[i];
	}
	return ranked;
}

enum sign { WORSE = -1, ALIKE = 0, BETTER = 1 };

/* A signed p-value against the bound. */
static enum sign
settled(double signed_p, double bound)
{
	if (!(fabs(signed_p) <= bound))
		return ALIKE;
	return signbit(signed_p) ? WORSE : BETTER;
}

/* The places of unit i, each pair up to `bound` being settled. */
static void
place_rank(const struct table *t, size_t i, double bound, struct rank *rank)
{
	for (size_t k = 0; k < t->count; k++) {
		enum sign sign;

		if (k == i || !is_ranked(t, k))
			continue;
		sign = settled(against_unit(t, i, k), bound);
		rank->best += sign == WORSE;
		rank->worst -= sign == BETTER;
	}
}

size_t
rank_units(const int64_t *x, const int64_t *n, size_t count, struct rank *ranks)
{
	static const enum rank_group groups[] = {
	    RANK_BELOW, RANK_UNCLEAR, RANK_ABOVE};
	struct table t = {x, n, count, 0, 0};
	size_t ranked = sum_ranks(&t, ranks), rests = ranked == 2 ? 1 : ranked;
	double pair, rest;

	if (ranked == 0)
		return 0;
	pair = holm(&t, ranked * (ranked - 1) / 2, count_pairs);
	rest = holm(&t, rests, count_rests);
	for (size_t i = 0; i < count; i++) {
		if (!is_ranked(&t, i))
			continue;
		ranks[i].best = 1;
		ranks[i].worst = ranked;
		place_rank(&t, i, pair, &ranks[i]);
		ranks[i].group = groups[1 + settled(against_rest(&t, i), rest)];
	}
	return ranked;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An alarm for small desks, answer by answer (Bernoulli CUSUM): a sum to which
 * every dissatisfied answer adds one step and every satisfied one another, the
 * other way; it never goes below 0, and at a limit it is an alarm. One chart
 * watches for a fall, one for a rise. What a chart promises is exact, so that a
 * page can say "a false alarm every N answers".
 */
#ifndef HAILONG_SERVER_CORE_SCORE_CUSUM_H
#define HAILONG_SERVER_CORE_SCORE_CUSUM_H

#include <stdbool.h>
#include <stdint.h>

#define CUSUM_MAX 2000 /* the highest limit and the longest step */

struct cusum_chart {
	int bad, good;      /* steps, of unlike signs, one of them 1 or -1 */
	int limit;          /* 1..CUSUM_MAX */
	double false_every; /* answers to an alarm while nothing changes */
	double found_after; /* answers to an alarm after the change */
};

struct cusum {
	int64_t sum;   /* 0..limit */
	int64_t seen;  /* answers so far */
	int64_t since; /* of these, before the sum last left 0 */
	int64_t alarm; /* answers seen when it was raised; 0: none stands */
};

/* The share of satisfied when for every satisfied answer there are `times` as
 * many dissatisfied ones as at share p: 3 turns 0.92 into 0.793, 1/3 into
 * 0.972. A change worth an alarm, also next to 1. */
double cusum_shift(double p, double times);
/* Makes the chart that watches for a change of the share from p0 to p1, a fall
 * or a rise, with the least limit that lets at least `wanted` answers pass
 * between false alarms. False where the two are too near each other to be told
 * apart in whole steps, or not between 0 and 1, or where CUSUM_MAX does not
 * suffice. */
bool cusum_plan(double p0, double p1, double wanted, struct cusum_chart *chart);
/* Answers from a sum of 0 to the alarm, on average, at share p, 0 <= p <= 1;
 * INFINITY where it never comes. Exact. */
double cusum_run_length(const struct cusum_chart *chart, double p);
/* Adds x satisfied of n answers, n = 1 for every answer as it comes. Of answers
 * of unknown order (a day's tally) only their sum is added: the alarm
 * comes as late as the batch ends, and false ones no more often than promised.
 * An alarm stands until the sum is back at 0. Begin with (struct cusum){0}. */
void cusum_add(
    const struct cusum_chart *chart, struct cusum *c, int64_t x, int64_t n);

#endif

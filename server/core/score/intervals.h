/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Limits for a share of satisfied answers. Shares and limits are 0..1, counts
 * 0..INTERVAL_COUNT_MAX with 0 <= x <= n, conf is the confidence (0.95 wherever
 * the programs ask), and NAN means "not defined": an interval is defined or
 * not as a whole. Pure, thread-safe. Definitions: E. B. Wilson 1927, Clopper
 * and Pearson 1934, Newcombe 1998; the wording the programs follow stands with
 * each function.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_INTERVALS_H
#define HAILONG_SERVER_CORE_SCORE_INTERVALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INTERVAL_COUNT_MAX INT64_C(1000000000000) /* the largest count */
#define INTERVAL_CONF      0.95                   /* what the programs use */

struct interval {
	double lo, hi; /* both NAN: not defined */
};

/* The interval that is not defined. */
struct interval interval_none(void);
/* The interval of one point. */
struct interval interval_point(double p);
/* True unless the interval is none. */
bool interval_defined(struct interval i);

/* z with P(|Z| <= z) = conf for standard normal Z; 1.95996… for 0.95. */
double interval_z(double conf);
/* t with P(|T| <= t) = conf for Student's T with df > 0. */
double interval_t(double conf, double df);

/* The effective number of answers n(N-1)/(N-n) of n answers out of N dossiers,
 * not rounded; NAN for n >= N (a census has no sampling error). */
double interval_effective(int64_t n, int64_t dossiers);
/* Wilson's score interval for share p on m > 0 answers, m not always whole;
 * exactly 0 below for p = 0, exactly 1 above for p = 1. None for m <= 0. */
struct interval interval_wilson(double p, double m, double conf);
/* Wilson with the continuity correction of R's prop.test. None for n = 0. */
struct interval interval_wilson_cc(int64_t x, int64_t n, double conf);
/* The exact binomial limits of Clopper and Pearson. None for n = 0. */
struct interval interval_clopper_pearson(int64_t x, int64_t n, double conf);
/* Jeffreys' interval, beta(x+1/2, n-x+1/2); 0 at x = 0 and 1 at x = n. None
 * for n = 0. */
struct interval interval_jeffreys(int64_t x, int64_t n, double conf);
/* Exact limits for the share among all dossiers when n of them were drawn:
 * M/N for the least and the largest M that the tails do not refuse. None for
 * n = 0 or n > dossiers. */
struct interval interval_hypergeometric(
    int64_t x, int64_t n, int64_t dossiers, double conf);
/* What the share among all dossiers must lie between, assuming nothing about
 * those who did not rate (Manski). None for dossiers = 0 or n > dossiers. */
struct interval interval_bounds(int64_t x, int64_t n, int64_t dossiers);
/* The difference x1/n1 - x2/n2 of two shares by Newcombe's method 10, without
 * a finite population correction. None when n1 or n2 is 0. */
struct interval interval_newcombe(
    int64_t x1, int64_t n1, int64_t x2, int64_t n2, double conf);
/* z of the score test of two shares with their pooled variance (R's prop.test
 * without correction): positive when the first share is higher, exactly 0 when
 * they are equal. NAN when n1 or n2 is 0. */
double interval_score(int64_t x1, int64_t n1, int64_t x2, int64_t n2);
/* The two-sided p-value of two shares being equal: by the score test, or by
 * Fisher's exact test (twice the smaller tail) where one of the four expected
 * counts is below 5, where the score test says "different" far too often. NAN
 * when n1 or n2 is 0. */
double interval_equal(int64_t x1, int64_t n1, int64_t x2, int64_t n2);
/* Limits that hold however often one looks while the answers come in (a
 * uniform mixture's likelihood ratio reaches 1/alpha outside). None for
 * n = 0. */
struct interval interval_anytime(int64_t x, int64_t n, double alpha);

#endif

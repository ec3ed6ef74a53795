/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tails of the distributions behind the limits: normal, t, beta (hence
 * binomial) and hypergeometric, right for counts from 1 to 10^12. Only stats
 * and rank call this; callers see to it that the parameters make sense.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_DISTRIBUTIONS_H
#define HAILONG_SERVER_CORE_SCORE_DISTRIBUTIONS_H

#include <stdint.h>

/* z with P(|Z| > z) = alpha, Z standard normal; 0 < alpha < 1. */
double tail_z(double alpha);
/* t with P(|T| > t) = alpha, T Student with df > 0 degrees of freedom. */
double tail_t(double alpha, double df);
/* ln(p/(1-p)) of the p with P(B <= p) = prob, B beta(a, b), a and b > 0. The
 * log-odds say p and 1-p alike exactly, also next to 0 and 1. */
double tail_beta(double prob, double a, double b);
/* ln of the binomial probability of x in n at p, q = 1-p; x, n real, so that
 * it also serves the beta density; 0 < p, q. */
double tail_binomial_log(double x, double n, double p, double q);
/* P(X >= x), X the good ones among n drawn of total, m of which are good. */
double tail_hypergeometric(int64_t x, int64_t n, int64_t m, int64_t total);

#endif

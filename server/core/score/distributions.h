/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The distributions behind the limits: normal, t, beta (hence binomial) and
 * hypergeometric, right for counts from 1 to 10^12. Callers see to it that the
 * parameters make sense: 0 < below, above < 1; df, a, b > 0.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_DISTRIBUTIONS_H
#define HAILONG_SERVER_CORE_SCORE_DISTRIBUTIONS_H

#include <stdint.h>

/* z with P(Z > z) = above, Z standard normal. */
double normal_quantile(double above);
/* t with P(T > t) = above, T Student with df degrees of freedom. */
double student_quantile(double above, double df);
/* p with P(B < p) = below, B beta(a, b). */
double beta_quantile(double below, double a, double b);
/* p with P(B > p) = above; keeps all its digits where p is near 0. */
double beta_quantile_above(double above, double a, double b);
/* ln of the binomial probability of x in n at p, q = 1-p; x and n may be
 * fractions; 0 < p, q. */
double binomial_log_probability(double x, double n, double p, double q);
/* P(X >= x), X the good ones among n drawn of total, m of which are good. */
double hypergeometric_tail(int64_t x, int64_t n, int64_t m, int64_t total);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * R's own mathematics (Rmath), the same code as the oracle's; seen by this file
 * only. The functions used keep no state between calls, so any thread may call
 * them. Rmath reports bad parameters on stdout: what is passed on from here is
 * always within its domain.
 *
 * Beta quantiles are good to 10^-14 of their value at all counts,
 * hypergeometric tails to 10^-13 up to 10^9 and to 10^-10 at 10^12, where one
 * costs about 1 ms.
 */
#include "server/core/score/distributions.h"

#include <stdbool.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

double
normal_quantile(double above)
{
	return qnorm(above, 0, 1, false, false);
}

double
student_quantile(double above, double df)
{
	return qt(above, df, false, false);
}

double
beta_quantile(double below, double a, double b)
{
	return qbeta(below, a, b, true, false);
}

double
beta_quantile_above(double above, double a, double b)
{
	return qbeta(above, a, b, false, false);
}

double
binomial_log_probability(double x, double n, double p, double q)
{
	return dbinom_raw(x, n, p, q, true);
}

/* Satisfied and not, drawn and left: the same table told from four sides. It is
 * told from the side where good ones and draws are few, n <= m and n + m <=
 * total: where the least possible x is above 0, phyper counts all numbers down
 * from it (hours at 10^12). */
double
hypergeometric_tail(int64_t x, int64_t n, int64_t m, int64_t total)
{
	if (n + m > total) {
		x -= n + m - total;
		n = total - n;
		m = total - m;
	}
	if (n > m) {
		int64_t good = n;

		n = m;
		m = good;
	}
	return phyper((double)(x - 1), (double)m, (double)(total - m),
	    (double)n, false, false);
}

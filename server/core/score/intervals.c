/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Formulas of the limits (STATISTICS.md); the distributions they stand on are
 * in distributions.c. Each upper limit is the mirror image of the lower limit
 * of the complement, so that satisfied and not satisfied are treated alike.
 */
#include "server/core/score/intervals.h"

#include <math.h>
#include "server/core/score/distributions.h"

#define FISHER_BELOW 5 /* Cochran's rule, where R's prop.test warns */

__extension__ typedef __int128 wide;

struct interval
interval_none(void)
{
	return (struct interval){NAN, NAN};
}

struct interval
interval_point(double p)
{
	return (struct interval){p, p};
}

bool
interval_defined(struct interval i)
{
	return !isnan(i.lo);
}

double
interval_z(double conf)
{
	return normal_quantile((1 - conf) / 2);
}

double
interval_t(double conf, double df)
{
	return student_quantile((1 - conf) / 2, df);
}

double
interval_effective(int64_t n, int64_t dossiers)
{
	if (n >= dossiers)
		return NAN;
	return (double)n * (double)(dossiers - 1) / (double)(dossiers - n);
}

static double
clamp(double p)
{
	return fmin(1, fmax(0, p));
}

/* Wilson's centre minus (sign -1) or plus (sign 1) half the width. */
static double
wilson_limit(double p, double m, double z, int sign)
{
	double zz = z * z / m;
	double centre = (p + zz / 2) / (1 + zz);
	double half = z * sqrt(p * (1 - p) / m + zz / (4 * m)) / (1 + zz);

	return clamp(centre + sign * half);
}

struct interval
interval_wilson(double p, double m, double conf)
{
	struct interval i;
	double z = interval_z(conf);

	if (!(m > 0) || isnan(p))
		return interval_none();
	i.lo = p <= 0 ? 0 : wilson_limit(p, m, z, -1);
	i.hi = p >= 1 ? 1 : wilson_limit(p, m, z, 1);
	return i;
}

struct interval
interval_wilson_cc(int64_t x, int64_t n, double conf)
{
	double m = (double)n, z = interval_z(conf), p = (double)x / m;
	double shift = fmin(0.5, fabs((double)x - m / 2)) / m;
	struct interval i;

	if (n <= 0)
		return interval_none();
	i.lo = x == 0 ? 0 : wilson_limit(p - shift, m, z, -1);
	i.hi = x == n ? 1 : wilson_limit(p + shift, m, z, 1);
	return i;
}

struct interval
interval_clopper_pearson(int64_t x, int64_t n, double conf)
{
	double good = (double)x, bad = (double)(n - x), a = (1 - conf) / 2;
	struct interval i = {0, 1};

	if (n <= 0)
		return interval_none();
	if (x > 0)
		i.lo = beta_quantile(a, good, bad + 1);
	if (x < n)
		i.hi = beta_quantile_above(a, good + 1, bad);
	return i;
}

struct interval
interval_jeffreys(int64_t x, int64_t n, double conf)
{
	double good = (double)x + 0.5, bad = (double)(n - x) + 0.5;
	double a = (1 - conf) / 2;
	struct interval i = {0, 1};

	if (n <= 0)
		return interval_none();
	if (x > 0)
		i.lo = beta_quantile(a, good, bad);
	if (x < n)
		i.hi = beta_quantile_above(a, good, bad);
	return i;
}

/* The least M in x..N-n+x with P(X >= x | M) > a. The probability grows with
 * M, so we halve; far from the answer a tail costs next to nothing. A tie (one
 * drawn of 40: 1/40 = a) is refused whatever the last digits say. */
static int64_t
least_good(int64_t x, int64_t n, int64_t dossiers, double a)
{
	int64_t refused = x - 1, taken = dossiers - n + x;

	while (taken - refused > 1) {
		int64_t m = refused + (taken - refused) / 2;

		if (hypergeometric_tail(x, n, m, dossiers) > a * (1 + 1e-11))
			taken = m;
		else
			refused = m;
	}
	return taken;
}

struct interval
interval_hypergeometric(int64_t x, int64_t n, int64_t dossiers, double conf)
{
	double a = (1 - conf) / 2, all = (double)dossiers;
	struct interval i = {0, 1};

	if (n <= 0 || n > dossiers)
		return interval_none();
	if (n == dossiers)
		return interval_point((double)x / all);
	if (x > 0)
		i.lo = (double)least_good(x, n, dossiers, a) / all;
	if (x < n)
		i.hi = (double)(dossiers - least_good(n - x, n, dossiers, a)) /
		       all;
	return i;
}

struct interval
interval_bounds(int64_t x, int64_t n, int64_t dossiers)
{
	struct interval i;

	if (dossiers <= 0 || n > dossiers)
		return interval_none();
	i.lo = (double)x / (double)dossiers;
	i.hi = (double)(x + dossiers - n) / (double)dossiers;
	return i;
}

struct interval
interval_newcombe(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double conf)
{
	double p1 = (double)x1 / (double)n1, p2 = (double)x2 / (double)n2;
	struct interval w1, w2, i;

	if (n1 <= 0 || n2 <= 0)
		return interval_none();
	w1 = interval_wilson(p1, (double)n1, conf);
	w2 = interval_wilson(p2, (double)n2, conf);
	i.lo = p1 - p2 - hypot(p1 - w1.lo, w2.hi - p2);
	i.hi = p1 - p2 + hypot(w1.hi - p1, p2 - w2.lo);
	return i;
}

/* p1 - p2 is (x1 n2 - x2 n1)/(n1 n2), its numerator a whole number: no digit is
 * lost where two shares of 10^12 answers are nearly the same. */
double
interval_score(int64_t x1, int64_t n1, int64_t x2, int64_t n2)
{
	double difference = (double)((wide)x1 * n2 - (wide)x2 * n1);
	double m1 = (double)n1, m2 = (double)n2;
	double good = (double)(x1 + x2), bad = (double)(n1 + n2 - x1 - x2);

	if (n1 <= 0 || n2 <= 0)
		return NAN;
	if (difference == 0)
		return 0;
	return difference * sqrt((m1 + m2) / (m1 * m2 * good * bad));
}

/* Answers dealt out at random: P(at least x1 satisfied among the first n1). */
static double
fisher(int64_t x1, int64_t n1, int64_t x2, int64_t n2)
{
	int64_t all = n1 + n2, good = x1 + x2;
	double above = hypergeometric_tail(x1, n1, good, all);
	double below = hypergeometric_tail(n1 - x1, n1, all - good, all);

	return fmin(1, 2 * fmin(above, below));
}

double
interval_equal(int64_t x1, int64_t n1, int64_t x2, int64_t n2)
{
	double good = (double)(x1 + x2), bad = (double)(n1 + n2 - x1 - x2);
	double few = fmin((double)n1, (double)n2) * fmin(good, bad);

	if (n1 <= 0 || n2 <= 0)
		return NAN;
	if (few < FISHER_BELOW * (good + bad))
		return fisher(x1, n1, x2, n2);
	return erfc(fabs(interval_score(x1, n1, x2, n2)) / M_SQRT2);
}

static double
odds_to_share(double u)
{
	return 1 / (1 + exp(-u));
}

/* The lower root in log-odds. With B(x+1,n-x+1) = 1/((n+1) C(n,x)) the
 * equation says that the binomial probability of x is alpha/(n+1). Its log is
 * concave in u with slope x - np, so from any start left of the mode Newton's
 * first step lands left of the root and the others walk up to it. */
static double
anytime_lower(double x, double n, double alpha)
{
	double goal = log(alpha) - log(n + 1);
	double u = log(x + 0.5) - log(n - x + 0.5) -
		   sqrt(-2 * goal * (n + 1) / ((x + 0.5) * (n - x + 0.5)));

	for (int i = 0; i < 200; i++) {
		double p = odds_to_share(u), q = odds_to_share(-u);
		double slope = x * q - (n - x) * p;
		double step =
		    (goal - binomial_log_probability(x, n, p, q)) / slope;

		u += step;
		if ((i > 0 && step <= 0) || fabs(step) < 1e-15 * (1 + fabs(u)))
			break;
	}
	return odds_to_share(u);
}

struct interval
interval_anytime(int64_t x, int64_t n, double alpha)
{
	double good = (double)x, bad = (double)(n - x), m = (double)n;
	struct interval i = {0, 1};

	if (n <= 0)
		return interval_none();
	if (x > 0)
		i.lo = anytime_lower(good, m, alpha);
	if (x < n)
		i.hi = 1 - anytime_lower(bad, m, alpha);
	return i;
}

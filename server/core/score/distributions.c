/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything stands on one function, the logarithm of a binomial probability
 * in Catherine Loader's saddle-point form ("Fast and accurate computation of
 * binomial probabilities", 2000), which loses no digits to lgamma(10^12). From
 * it come
 *   - the regularised incomplete beta function, by the continued fraction of
 *     DLMF 8.17.22 evaluated with Lentz's method (DLMF 3.10);
 *   - its inverse, by Newton's method on ln I in the log-odds u = ln(p/q). The
 *     density of u is log-concave, so ln I(u) is concave and increasing: from
 *     anywhere the first step lands left of the root, all others walk up to it
 *     without overshooting. No bracket and no luck is needed;
 *   - the hypergeometric probability as a product of three binomials (Loader),
 *     and its tail by summing away from the mode, where terms only fall.
 * A tail costs at most some 10^6 additions (all counts 10^12), a few ms.
 */
#include "server/core/score/distributions.h"

#include <float.h>
#include <math.h>

#define LN_SQRT_2PI 0.918938533204672741780329736406

/* ln(n!) minus Stirling's formula, n > 0. */
static double
stirling_error(double n)
{
	double nn = n * n;
	int sign;

	if (n < 16)
		return lgamma_r(n + 1, &sign) - (n + 0.5) * log(n) + n -
		       LN_SQRT_2PI;
	return (1. / 12 -
		   (1. / 360 -
		       (1. / 1260 - (1. / 1680 - 1. / 1188 / nn) / nn) / nn) /
		       nn) /
	       n;
}

/* x ln(x/m) + m - x without cancellation where x is near m (Loader). */
static double
deviance(double x, double m)
{
	double v, s, power;

	if (fabs(x - m) >= 0.1 * (x + m))
		return x * log(x / m) + m - x;
	v = (x - m) / (x + m);
	s = (x - m) * v;
	power = 2 * x * v;
	for (int j = 1; j < 1000; j++) {
		double before = s;

		power *= v * v;
		s += power / (2 * j + 1);
		if (s == before)
			break;
	}
	return s;
}

double
tail_binomial_log(double x, double n, double p, double q)
{
	double y = n - x;

	if (x <= 0)
		return p < 0.5 ? n * log1p(-p) : n * log(q);
	if (y <= 0)
		return q < 0.5 ? n * log1p(-q) : n * log(p);
	return stirling_error(n) - stirling_error(x) - stirling_error(y) -
	       deviance(x, n * p) - deviance(y, n * q) - LN_SQRT_2PI +
	       0.5 * log(n / x / y);
}

/* Keeps Lentz's numbers away from a division by zero. */
static double
nonzero(double x)
{
	return fabs(x) < DBL_MIN / DBL_EPSILON ? DBL_MIN / DBL_EPSILON : x;
}

/* The fraction F of I_p(a,b) = p^a q^b / (a B(a,b)) * F; meant for p on the
 * small side of the mean, where it converges within about sqrt(a+b) terms. */
static double
beta_fraction(double a, double b, double p)
{
	double c = 1, d = 1 / nonzero(1 - (a + b) * p / (a + 1)), f = d;

	for (double m = 1; m < 1e8; m++) {
		double a2 = a + 2 * m, change;
		double even = m * (b - m) * p / ((a2 - 1) * a2);
		double odd = -(a + m) * (a + b + m) * p / (a2 * (a2 + 1));

		d = 1 / nonzero(1 + even * d);
		c = nonzero(1 + even / c);
		f *= d * c;
		d = 1 / nonzero(1 + odd * d);
		c = nonzero(1 + odd / c);
		change = d * c;
		f *= change;
		if (fabs(change - 1) < 4 * DBL_EPSILON)
			break;
	}
	return f;
}

/* Log of the distribution function at log-odds u, and its slope in u. */
static double
beta_log(double u, double a, double b, double *slope)
{
	double p = 1 / (1 + exp(-u)), q = 1 / (1 + exp(u)), below;
	/* p^a q^b / B(a,b), which is the density of u */
	double density =
	    a * (b / (a + b)) * exp(tail_binomial_log(a, a + b, p, q));

	if (p < (a + 1) / (a + b + 2)) {
		double f = beta_fraction(a, b, p);

		*slope = a / f;
		return tail_binomial_log(a, a + b, p, q) + log(b / (a + b) * f);
	}
	below = 1 - density / b * beta_fraction(b, a, q);
	*slope = density / below;
	return log(below);
}

double
tail_beta(double prob, double a, double b)
{
	double u = log(a / b) - 2 * sqrt(1 / a + 1 / b), goal = log(prob);

	for (int i = 0; i < 200; i++) {
		double slope, step;

		step = goal - beta_log(u, a, b, &slope);
		step /= slope;
		u += step;
		/* past the first step every step goes up, save for rounding */
		if ((i > 0 && step <= 0) || fabs(step) < 1e-15 * (1 + fabs(u)))
			break;
	}
	return u;
}

/* Newton on ln erfc, which is concave: the same argument as tail_beta. In long
 * double, so that the double is the nearest one and z is R's qnorm. */
double
tail_z(double alpha)
{
	long double x = sqrtl(-logl(alpha));

	for (int i = 0; i < 100; i++) {
		long double above = erfcl(x);
		long double slope = M_2_SQRTPIl * expl(-x * x) / above;
		long double step = (logl(above) - logl(alpha)) / slope;

		x += step;
		if (fabsl(step) < 1e-18L * x)
			break;
	}
	return (double)(M_SQRT2l * x);
}

/* Few degrees of freedom: P(|T| > t) = I_y(df/2, 1/2) with y = df/(df + t²), so
 * t² = df (1-y)/y. Many: y is too near 1 for the fraction, and the expansion
 * in 1/df (Abramowitz and Stegun 26.7.5) leaves an error below 10^-14. */
double
tail_t(double alpha, double df)
{
	double z, zz, g1, g2, g3, g4;

	if (df < 1000)
		return sqrt(df * exp(-tail_beta(alpha, df / 2, 0.5)));
	z = tail_z(alpha);
	zz = z * z;
	g1 = (zz + 1) / 4;
	g2 = ((5 * zz + 16) * zz + 3) / 96;
	g3 = (((3 * zz + 19) * zz + 17) * zz - 15) / 384;
	g4 = ((((79 * zz + 776) * zz + 1482) * zz - 1920) * zz - 945) / 92160;
	return z + z * (g1 + (g2 + (g3 + g4 / df) / df) / df) / df;
}

/* P(X = x) of tail_hypergeometric. */
static double
hypergeometric(double x, double n, double m, double total)
{
	double p = n / total, q = (total - n) / total;

	if (p >= 1)
		return x == m ? 1 : 0;
	return exp(tail_binomial_log(x, m, p, q) +
		   tail_binomial_log(n - x, total - m, p, q) -
		   tail_binomial_log(n, total, p, q));
}

/* P(X >= x), x above the mean: the terms fall from x on. */
static double
sum_up(double x, double n, double m, double total)
{
	double term = 1, sum = 1;
	double first = hypergeometric(x, n, m, total);

	for (double k = x; k < n && k < m; k++) {
		term *= (m - k) * (n - k) / ((k + 1) * (total - m - n + k + 1));
		sum += term;
		if (term < sum * 1e-18)
			break;
	}
	return first * sum;
}

double
tail_hypergeometric(int64_t x, int64_t n, int64_t m, int64_t total)
{
	double dx = (double)x, dn = (double)n, dm = (double)m;
	double all = (double)total;

	if (x <= 0 || x <= n + m - total)
		return 1;
	if (x > n || x > m)
		return 0;
	if (dx * all > dn * dm)
		return sum_up(dx, dn, dm, all);
	/* X >= x unless at least n-x+1 bad ones were drawn */
	return 1 - sum_up(dn - dx + 1, dn, all - dm, all);
}

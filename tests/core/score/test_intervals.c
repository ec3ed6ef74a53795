/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Limits against the oracle (every row), against their definitions by
 * exhausting small samples, and at the largest counts, where digits are easily
 * lost.
 */
#include "server/core/score/intervals.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "server/core/score/distributions.h"
#include "tests/core/score/oracle.h"

#define HUGE_COUNT INTERVAL_COUNT_MAX

static void
near(double got, double want, double slack)
{
	if (!(fabs(got - want) <= slack))
		fail_msg("got %.17g, want %.17g", got, want);
}

static void
test_oracle_wilson(void **state)
{
	static const char *const columns[] = {"x", "n", "conf", "phat",
	    "wilson_lo", "wilson_hi", "wilsoncc_lo", "wilsoncc_hi", "cp_lo",
	    "cp_hi", "jeffreys_lo", "jeffreys_hi", "case", NULL};
	struct csv *csv = oracle_read("wilson", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];
		int64_t x = oracle_count(row, 0), n = oracle_count(row, 1);
		double conf = oracle_number(row, 2);
		double p = (double)x / (double)n;

		oracle_interval(interval_wilson(p, (double)n, conf), row, 4);
		oracle_interval(interval_wilson_cc(x, n, conf), row, 6);
		oracle_interval(interval_clopper_pearson(x, n, conf), row, 8);
		oracle_interval(interval_jeffreys(x, n, conf), row, 10);
	}
}

static void
test_oracle_fpc(void **state)
{
	static const char *const columns[] = {"x", "n", "N", "conf", "nstar",
	    "wilson_fpc_lo", "wilson_fpc_hi", "wilson_lo", "wilson_hi",
	    "hyper_exact_lo", "hyper_exact_hi", "phat", "case", NULL};
	struct csv *csv = oracle_read("wilson_fpc", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];
		int64_t x = oracle_count(row, 0), n = oracle_count(row, 1);
		int64_t all = oracle_count(row, 2);
		double conf = oracle_number(row, 3);
		double p = (double)x / (double)n;
		double m = interval_effective(n, all);

		oracle_close(m, oracle_number(row, 4), row);
		oracle_interval(
		    n == all ? interval_point(p) : interval_wilson(p, m, conf),
		    row, 5);
		oracle_interval(interval_wilson(p, (double)n, conf), row, 7);
		oracle_interval(
		    interval_hypergeometric(x, n, all, conf), row, 9);
	}
}

static void
test_oracle_newcombe(void **state)
{
	static const char *const columns[] = {
	    "x1", "n1", "x2", "n2", "lo", "hi", "diff", "case", NULL};
	struct csv *csv = oracle_read("newcombe_diff", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];

		oracle_interval(interval_newcombe(oracle_count(row, 0),
				    oracle_count(row, 1), oracle_count(row, 2),
				    oracle_count(row, 3), INTERVAL_CONF),
		    row, 4);
	}
}

/* p-values are compared as multiples of each other, down to 10^-300. */
static void
test_oracle_score(void **state)
{
	static const char *const columns[] = {
	    "x1", "n1", "x2", "n2", "z", "p", NULL};
	struct csv *csv = oracle_read("score", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];
		int64_t x1 = oracle_count(row, 0), n1 = oracle_count(row, 1);
		int64_t x2 = oracle_count(row, 2), n2 = oracle_count(row, 3);
		double z = oracle_number(row, 4), p = oracle_number(row, 5);

		oracle_close(interval_score(x1, n1, x2, n2), z, row);
		oracle_close(interval_score(x2, n2, x1, n1), -z, row);
		near(interval_equal(x1, n1, x2, n2), p, 1e-9 * p);
		near(interval_equal(n2 - x2, n2, n1 - x1, n1), p, 1e-9 * p);
	}
}

static void
test_oracle_anytime(void **state)
{
	static const char *const columns[] = {
	    "x", "n", "alpha", "anytime_lo", "anytime_hi", "case", NULL};
	struct csv *csv = oracle_read("anytime", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];

		oracle_interval(
		    interval_anytime(oracle_count(row, 0), oracle_count(row, 1),
			oracle_number(row, 2)),
		    row, 3);
	}
}

static void
test_oracle_bounds(void **state)
{
	static const char *const columns[] = {
	    "x", "n", "N", "lo", "hi", "rate", "certain90", "case", NULL};
	struct csv *csv = oracle_read("manski_bounds", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];

		oracle_interval(interval_bounds(oracle_count(row, 0),
				    oracle_count(row, 1), oracle_count(row, 2)),
		    row, 3);
	}
}

static void
test_quantiles(void **state)
{
	double t;

	(void)state;
	near(interval_z(0.95), 1.959963984540054, 1e-15);
	near(interval_z(0.90), 1.6448536269514722, 2e-15);
	near(interval_z(0.99), 2.5758293035489004, 2e-15);
	/* closed forms for 1 and 2 degrees of freedom */
	near(interval_t(0.95, 1), tan(M_PI * 0.475), 1e-12);
	near(interval_t(0.95, 2), sqrt(2 / (0.05 * 1.95)) * 0.95, 1e-13);
	t = interval_t(0.95, 3) / sqrt(3);
	near((t / (1 + t * t) + atan(t)) / M_PI, 0.475, 1e-15);
	near(interval_t(0.95, 11), 2.200985160082949, 1e-11); /* R: qt */
	/* two methods meet at 1000, and the normal curve is the limit */
	near(interval_t(0.95, 1000) - interval_t(0.95, 999.999), 0, 1e-8);
	near(interval_t(0.95, 1000), 1.962339080826408, 1e-12); /* R: qt */
	near(interval_t(0.95, 1e12), interval_z(0.95), 1e-11);
}

/* P(X >= x) for X binomial(n, p), term by term. */
static double
binomial_tail(int x, int n, double p)
{
	double sum = 0;

	for (int k = x; k <= n; k++)
		sum += exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) +
			   k * log(p) + (n - k) * log1p(-p));
	return sum;
}

/* Every x of every n to 60: order, symmetry, growth, and that the exact limits
 * are where their definition says. */
static void
test_small_samples(void **state)
{
	(void)state;
	for (int n = 1; n <= 60; n++) {
		for (int x = 0; x <= n; x++) {
			double p = (double)x / n;
			struct interval w = interval_wilson(p, n, 0.95);
			struct interval v = interval_wilson(1 - p, n, 0.95);
			struct interval c =
			    interval_clopper_pearson(x, n, 0.95);
			struct interval d =
			    interval_clopper_pearson(n - x, n, 0.95);
			struct interval j = interval_jeffreys(x, n, 0.95);
			struct interval a = interval_anytime(x, n, 0.05);

			assert_true(0 <= w.lo && w.lo <= p);
			assert_true(p <= w.hi && w.hi <= 1);
			near(w.lo, 1 - v.hi, 1e-15);
			near(c.lo, 1 - d.hi, 1e-15);
			assert_true(c.lo <= j.lo && j.hi <= c.hi);
			assert_true(a.lo <= c.lo && c.hi <= a.hi);
			if (x > 0) {
				near(binomial_tail(x, n, c.lo), 0.025, 1e-13);
				assert_true(c.lo > interval_clopper_pearson(
						       x - 1, n, 0.95)
						       .lo);
			}
		}
	}
}

/* How far a score limit is from solving its equation: the distance from the
 * share is z standard errors of the limit. */
static void
score_limit(double limit, double share, int n)
{
	double z = interval_z(0.95);

	near((share - limit) * (share - limit), z * z * limit * (1 - limit) / n,
	    1e-15);
}

/* The mixture's likelihood ratio at a limit, ln 20 by definition. */
static void
anytime_limit(double p, int x, int n)
{
	double ratio = lgamma(x + 1) + lgamma(n - x + 1) - lgamma(n + 2) -
		       x * log(p) - (n - x) * log1p(-p);

	near(ratio, log(20), 1e-11);
}

/* Every limit of every x of every n to 60 solves the equation that defines it;
 * a difference turns its sign with its shares. */
static void
test_definitions(void **state)
{
	(void)state;
	for (int n = 1; n <= 60; n++) {
		for (int x = 1; x <= n; x++) {
			double p = (double)x / n;
			double y = fmin(0.5, fabs(x - n / 2.)) / n;
			struct interval w = interval_wilson(p, n, 0.95);
			struct interval v = interval_wilson_cc(x, n, 0.95);
			struct interval a = interval_anytime(x, n, 0.05);
			struct interval d = interval_newcombe(x, n, 7, 9, 0.95);
			struct interval e = interval_newcombe(7, 9, x, n, 0.95);

			score_limit(w.lo, p, n);
			score_limit(v.lo, p - y, n);
			anytime_limit(a.lo, x, n);
			if (x < n) {
				score_limit(w.hi, p, n);
				score_limit(v.hi, p + y, n);
				anytime_limit(a.hi, x, n);
			}
			near(d.lo, -e.hi, 1e-15);
			assert_true(d.lo < p - 7 / 9. && p - 7 / 9. < d.hi);
		}
	}
}

/* P(X >= x) among all ways to draw n, by products of integers. */
static double
counted_tail(int x, int n, int m, int all)
{
	double ways[61][61] = {{0}}, sum = 0;

	for (int i = 0; i <= all; i++) {
		ways[i][0] = 1;
		for (int k = 1; k <= i; k++)
			ways[i][k] = ways[i - 1][k - 1] + ways[i - 1][k];
	}
	for (int k = x; k <= n && k <= m; k++) {
		if (n - k <= all - m)
			sum += ways[m][k] * ways[all - m][n - k];
	}
	return sum / ways[all][n];
}

static void
test_hypergeometric_tails(void **state)
{
	(void)state;
	for (int all = 1; all <= 24; all++) {
		for (int n = 0; n <= all; n++) {
			for (int m = 0; m <= all; m++) {
				for (int x = 0; x <= n + 1; x++)
					near(hypergeometric_tail(x, n, m, all),
					    counted_tail(x, n, m, all), 2e-14);
			}
		}
	}
}

/* The limits are the least and the largest M that the tails do not refuse; a
 * tail of exactly 0.025 (n = 1, 1/40) is refused. */
static void
test_hypergeometric_limits(void **state)
{
	const double a = 0.025 * (1 + 1e-11);

	(void)state;
	for (int n = 1; n < 40; n += 3) {
		for (int x = 0; x <= n; x++) {
			int lo = 0, hi = 40;
			struct interval i =
			    interval_hypergeometric(x, n, 40, 0.95);

			while (counted_tail(x, n, lo, 40) <= a)
				lo++;
			while (counted_tail(n - x, n, 40 - hi, 40) <= a)
				hi--;
			near(i.lo, lo / 40., 1e-15);
			near(i.hi, hi / 40., 1e-15);
		}
	}
	near(interval_hypergeometric(7, 40, 40, 0.95).lo, 7 / 40., 0);
	near(interval_hypergeometric(7, 40, 40, 0.95).hi, 7 / 40., 0);
}

/* With 10^12 answers all methods agree with the normal curve, which differs
 * from them by about 1/n; a lost digit in lgamma would show at once. */
static void
test_huge_counts(void **state)
{
	int64_t n = HUGE_COUNT, x = n / 10 * 9;
	double width = interval_z(0.95) * sqrt(0.09 / (double)n);
	struct interval i[4] = {interval_wilson(0.9, (double)n, 0.95),
	    interval_clopper_pearson(x, n, 0.95), interval_jeffreys(x, n, 0.95),
	    interval_hypergeometric(x / 2, n / 2, n, 0.95)};

	(void)state;
	for (int k = 0; k < 4; k++) {
		near(i[k].lo, 0.9 - width, 1e-11);
		near(i[k].hi, 0.9 + width, 1e-11);
	}
	near(interval_clopper_pearson(n, n, 0.95).lo,
	    exp(log(0.025) / (double)n), 1e-16);
	near(interval_clopper_pearson(1, n, 0.95).lo * (double)n,
	    -log1p(-0.025), 1e-9);
	near(interval_anytime(1, n, 0.05).hi, 0, 1e-10);
	near(interval_hypergeometric(n / 2, n - 1, n, 0.95).lo, 0.5, 1e-11);
	near(hypergeometric_tail(n / 4, n / 2, n / 2, n), 0.5, 1e-5);
}

/* With none or all satisfied the limits have a closed form; their digits hold
 * however near 0 they lie. */
static void
test_closed_forms(void **state)
{
	(void)state;
	for (int64_t n = 1; n <= HUGE_COUNT; n *= 10) {
		double lo = exp(log(0.025) / (double)n);
		double hi = -expm1(log(0.025) / (double)n);

		near(interval_clopper_pearson(n, n, 0.95).lo, lo, 1e-14 * lo);
		near(interval_clopper_pearson(0, n, 0.95).hi, hi, 1e-14 * hi);
	}
}

/* Rmath would tell of trouble on stdout, where the commands' answers go. */
static void
test_silent(void **state)
{
	static const double shares[] = {
	    0, 1e-9, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-9, 1};
	FILE *file = tmpfile();
	int kept = dup(STDOUT_FILENO);

	(void)state;
	fflush(stdout);
	assert_int_equal(dup2(fileno(file), STDOUT_FILENO), STDOUT_FILENO);
	for (int64_t n = 1; n <= HUGE_COUNT; n *= 10)
		for (size_t i = 0; i < sizeof(shares) / sizeof(*shares); i++) {
			int64_t x = llround(shares[i] * (double)n);

			interval_clopper_pearson(x, n, 0.95);
			interval_jeffreys(x, n, 0.999);
			interval_anytime(x, n, 0.05);
			interval_hypergeometric(x, n, 2 * n, 0.95);
			interval_equal(x, n, n / 2, n);
			interval_t(0.95, (double)n);
		}
	fflush(stdout);
	assert_int_equal(dup2(kept, STDOUT_FILENO), STDOUT_FILENO);
	close(kept);
	fseek(file, 0, SEEK_END);
	assert_int_equal(ftell(file), 0);
	fclose(file);
}

/* A census has no interval; without answers nothing has. */
static void
test_undefined(void **state)
{
	(void)state;
	assert_true(isnan(interval_effective(5, 5)));
	assert_true(isnan(interval_effective(6, 5)));
	assert_false(interval_defined(interval_wilson(0.5, 0, 0.95)));
	assert_false(interval_defined(interval_wilson(NAN, 10, 0.95)));
	assert_false(interval_defined(interval_wilson(0.5, NAN, 0.95)));
	assert_false(interval_defined(interval_wilson_cc(0, 0, 0.95)));
	assert_false(interval_defined(interval_clopper_pearson(0, 0, 0.95)));
	assert_false(interval_defined(interval_jeffreys(0, 0, 0.95)));
	assert_false(interval_defined(interval_hypergeometric(0, 0, 9, 0.95)));
	assert_false(interval_defined(interval_hypergeometric(9, 9, 8, 0.95)));
	assert_false(interval_defined(interval_bounds(0, 0, 0)));
	assert_false(interval_defined(interval_bounds(9, 9, 8)));
	assert_false(interval_defined(interval_newcombe(0, 0, 1, 2, 0.95)));
	assert_false(interval_defined(interval_anytime(0, 0, 0.05)));
	assert_true(isnan(interval_score(1, 2, 0, 0)));
	assert_true(isnan(interval_equal(0, 0, 1, 2)));
	near(interval_bounds(0, 0, 12).hi, 1, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_oracle_wilson),
	    cmocka_unit_test(test_oracle_fpc),
	    cmocka_unit_test(test_oracle_newcombe),
	    cmocka_unit_test(test_oracle_score),
	    cmocka_unit_test(test_oracle_anytime),
	    cmocka_unit_test(test_oracle_bounds),
	    cmocka_unit_test(test_quantiles),
	    cmocka_unit_test(test_small_samples),
	    cmocka_unit_test(test_definitions),
	    cmocka_unit_test(test_hypergeometric_tails),
	    cmocka_unit_test(test_hypergeometric_limits),
	    cmocka_unit_test(test_huge_counts),
	    cmocka_unit_test(test_closed_forms),
	    cmocka_unit_test(test_silent),
	    cmocka_unit_test(test_undefined),
	};

	return cmocka_run_group_tests(tests, oracle_setup, oracle_teardown);
}

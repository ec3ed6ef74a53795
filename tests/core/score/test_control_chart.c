/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Points against the arithmetic of their definition, and which are alarms. */
#include "server/core/score/control_chart.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define P0   0.92
#define MANY 40

static struct control_point points[MANY];

static void
near(double got, double want, double slack)
{
	if (!(fabs(got - want) <= slack))
		fail_msg("got %.17g, want %.17g", got, want);
}

static void
test_chart(void **state)
{
	static const int64_t x[] = {92, 85, 0, 84, 83, 100};
	static const int64_t n[] = {100, 100, 0, 100, 100, 100};
	struct control_point *c = points;
	double error = sqrt(P0 * (1 - P0) / 100);

	(void)state;
	control_chart(P0, x, n, 6, c);
	near(c[0].z, 0, 1e-12);
	near(c[0].limits.lo, 0.92 - 3 * error, 1e-15);
	near(c[0].limits.hi, 1, 0);
	near(c[0].ewma_limit, 2.859 * 0.2, 1e-12); /* first: the weight */
	near(c[1].z, -0.07 / error, 1e-12);
	near(c[1].ewma, 0.2 * -0.07 / error, 1e-12);
	near(c[1].cusum, 0.07 / error - 0.5, 1e-12);
	near(c[1].cusum_up, 0, 0);
	assert_false(c[1].outside || c[1].drifts || c[1].falls);
	/* a month without answers changes nothing */
	assert_true(isnan(c[2].z));
	near(c[2].cusum, c[1].cusum, 0);
	near(c[2].ewma_limit, c[1].ewma_limit, 0);
	/* two low months: seen by the sum before any point is outside */
	near(c[3].cusum, 0.15 / error - 1, 1e-12);
	assert_false(c[3].falls);
	assert_false(c[3].outside);
	assert_true(c[4].falls);
	assert_true(c[4].outside);
	near(c[5].cusum, fmax(0, c[4].cusum - 0.08 / error - 0.5), 1e-12);
	near(c[5].cusum_up, 0.08 / error - 0.5, 1e-12);
}

/* What is high for the satisfied is low for the others: every figure of the
 * one direction is that of the other on the mirrored answers. */
static void
test_mirror(void **state)
{
	static const int64_t x[] = {92, 85, 0, 84, 83, 100, 99, 100, 98};
	static const int64_t n[] = {100, 100, 0, 100, 100, 100, 100, 100, 100};
	struct control_point mirrored[9];
	struct control_alarm a, b;
	int64_t y[9];

	(void)state;
	for (size_t i = 0; i < 9; i++)
		y[i] = n[i] - x[i];
	control_chart(P0, x, n, 9, points);
	control_chart(1 - P0, y, n, 9, mirrored);
	for (size_t i = 0; i < 9; i++) {
		near(points[i].cusum, mirrored[i].cusum_up, 1e-12);
		near(points[i].cusum_up, mirrored[i].cusum, 1e-12);
		assert_int_equal(points[i].falls, mirrored[i].rises);
		assert_int_equal(points[i].rises, mirrored[i].falls);
		assert_int_equal(control_alarm(points, i + 1, CONTROL_FALL, &a),
		    control_alarm(mirrored, i + 1, CONTROL_RISE, &b));
		assert_memory_equal(&a, &b, sizeof(a));
	}
}

struct alarm_case {
	const char *months; /* satisfied of 100: a = 90, b = 91 …; '-' none */
	enum control_way way;
	bool alarm;
	struct control_alarm want;
};

static const struct alarm_case alarms[] = {
    {"", CONTROL_FALL, false, {0}},
    {"---", CONTROL_FALL, false, {0}},
    {"cdbc", CONTROL_FALL, false, {0}},
    /* one month far off: the p-chart, and the average */
    {"cS", CONTROL_FALL, true, {true, true, false, 1, 1}},
    {"cS", CONTROL_RISE, false, {0}},
    {"cS--", CONTROL_FALL, true, {true, true, false, 1, 1}},
    /* rather low for long: began in month 1, known in month 3 */
    {"cXX", CONTROL_FALL, false, {0}},
    {"cXXX", CONTROL_FALL, true, {false, true, false, 3, 1}},
    {"cXXXX", CONTROL_FALL, true, {false, true, true, 3, 1}},
    {"c-X-XX-X-", CONTROL_FALL, true, {false, true, true, 5, 2}},
    /* over again, when the newest month says so */
    {"cScccccc", CONTROL_FALL, false, {0}},
    /* everybody happy, month after month */
    {"ckkk", CONTROL_RISE, true, {false, true, true, 2, 1}},
    {"ckkk", CONTROL_FALL, false, {0}},
};

static void
test_alarms(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(alarms) / sizeof(*alarms); i++) {
		const struct alarm_case *c = &alarms[i];
		int64_t x[MANY] = {0}, n[MANY] = {0};
		size_t count = strlen(c->months);
		struct control_alarm got;

		for (size_t k = 0; k < count; k++) {
			char m = c->months[k];

			n[k] = m == '-' ? 0 : 100;
			x[k] = m == '-'   ? 0
			       : m >= 'a' ? 90 + m - 'a'
					  : 64 + m - 'A';
		}
		control_chart(P0, x, n, count, points);
		if (control_alarm(points, count, c->way, &got) != c->alarm)
			fail_msg("case %zu: %s", i, c->months);
		if (c->alarm && (got.outside != c->want.outside ||
				    got.drifts != c->want.drifts ||
				    got.sums != c->want.sums ||
				    got.since != c->want.since ||
				    got.began != c->want.began))
			fail_msg("case %zu: %s: %d %d %d since %zu began %zu",
			    i, c->months, got.outside, got.drifts, got.sums,
			    got.since, got.began);
	}
}

/* A desk where everybody was satisfied has a baseline below 1, or its first
 * dissatisfied answer would be infinitely far off. */
static void
test_baseline(void **state)
{
	static const int64_t x[] = {39, 20}, n[] = {40, 40};
	double p0 = control_baseline(200, 200);

	(void)state;
	assert_true(isnan(control_baseline(0, 0)));
	assert_true(isnan(control_baseline(29, 29)));
	near(control_baseline(27, 30), 27.5 / 31, 1e-15);
	near(p0, 200.5 / 201, 1e-15);
	control_chart(p0, x, n, 2, points);
	assert_true(isfinite(points[0].z) && isfinite(points[1].z));
	assert_true(points[1].outside);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_chart),
	    cmocka_unit_test(test_mirror),
	    cmocka_unit_test(test_alarms),
	    cmocka_unit_test(test_baseline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

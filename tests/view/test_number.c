/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Percentages for people: half up, outwards, and never across the target. */
#include "server/view/number.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

static void
test_share(void **state)
{
	static const struct {
		int64_t x, n;
		int t4;
		const char *want;
	} cases[] = {
	    {181, 200, 850000, "90,5"},
	    {9045, 10000, 850000, "90,5"}, /* a double would give 90,4 */
	    {9044, 10000, 850000, "90,4"},
	    {9, 10, 900000, "90,0"},
	    {8996, 10000, 900000, "89,96"},
	    {8995, 10000, 900000, "89,95"},
	    {8994, 10000, 900000, "89,9"},
	    {89999, 100000, 900000, "89,999"},
	    {9004, 10000, 900000, "90,04"},
	    {899999999999, 1000000000000, 900000, "89,9999999999"},
	    {8505, 10000, 850500, "85,05"},
	    {8504, 10000, 850400, "85,04"}, /* reached: 85,0 would deny it */
	    {0, 7, 900000, "0,0"},
	    {7, 7, 900000, "100,0"},
	    {9996, 10000, 999900, "99,96"},
	    {2, 3, 900000, "66,7"},
	    {1, 3, 900000, "33,3"},
	    {1, 2000, 900000, "0,1"},
	    {0, 0, 900000, ""},
	    {999999999998, 999999999999, 1, "99,9999999999"},
	    {900000000000, 999999999999, 900000, "90,0000000001"},
	    {899999999999, 999999999999, 900000, "89,99999999999"},
	    /* what nothing rounds onto: the target, 0, 100 */
	    {2249, 2500, 900000, "89,96"},
	    {2251, 2500, 900000, "90,04"},
	    {2250, 2500, 900000, "90,0"},
	    {2249, 2500, 0, "90,0"}, /* no target */
	    {2999, 3000, 900000, "99,97"},
	    {2500, 2501, 0, "99,96"},
	    {1, 3000, 0, "0,03"},
	    {4, 10000, 0, "0,04"},
	    {999999, 1000000, 0, "99,9999"},
	    {1, 1000000000000, 0, "0,0000000001"},
	    {0, 3000, 0, "0,0"},
	    {3000, 3000, 0, "100,0"},
	};
	char out[NUMBER_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		number_share(cases[i].x, cases[i].n, cases[i].t4, ',', out);
		assert_string_equal(out, cases[i].want);
	}
	number_share(1, 2, 900000, '.', out);
	assert_string_equal(out, "50.0");
}

/* Every share of small samples: within half a unit of its last decimal, and on
 * the right side of the target. */
static void
test_all_small_shares(void **state)
{
	static const int targets[] = {900000, 850000, 333333, 666667, 500000};

	(void)state;
	for (int n = 1; n <= 300; n++) {
		for (int x = 0; x <= n; x++) {
			int t4 = targets[(x + n) % 5];
			char out[NUMBER_TEXT];
			double shown;

			number_share(x, n, t4, '.', out);
			shown = strtod(out, NULL);
			assert_true(fabs(shown - 100. * x / n) < 0.05 + 1e-12);
			assert_int_equal(shown * 10000 >= t4 - 1e-6,
			    1000000LL * x >= (long long)t4 * n);
		}
	}
}

static void
test_percent(void **state)
{
	static const struct {
		double percent;
		const char *want;
	} cases[] = {{90.5, "90,5"}, {90.45, "90,5"}, {90.449999999999, "90,5"},
	    {90.4499, "90,4"}, {89.96, "89,96"}, {90, "90,0"}, {0, "0,0"},
	    {100, "100,0"}, {100.0000000000001, "100,0"}, {-1e-15, "0,0"},
	    {NAN, ""}};
	char out[NUMBER_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		number_percent(cases[i].percent, 900000, ',', out);
		assert_string_equal(out, cases[i].want);
	}
}

static void
test_limits(void **state)
{
	static const struct {
		double percent;
		const char *low, *high;
	} cases[] = {{86.123023715, "86,1", "86,2"},
	    {93.5990295655, "93,5", "93,6"}, {0.57 * 100, "57,0", "57,0"},
	    {0.29 * 100, "29,0", "29,0"}, {90, "90,0", "90,0"},
	    {89.9836, "89,9", "89,99"}, {90.0164, "90,01", "90,1"},
	    {89.9999999, "89,9", "89,9999999"},
	    {90.0000001, "90,0000001", "90,1"}, {0, "0,0", "0,0"},
	    {1e-7, "0,0000001", "0,1"}, {0.03, "0,03", "0,1"},
	    {100, "100,0", "100,0"}, {99.9999, "99,9", "99,9999"},
	    {99.97, "99,9", "99,97"}, {100.0000000000001, "100,0", "100,0"},
	    {NAN, "", ""}};
	char out[NUMBER_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		number_low(cases[i].percent, 900000, ',', out);
		assert_string_equal(out, cases[i].low);
		number_high(cases[i].percent, 900000, ',', out);
		assert_string_equal(out, cases[i].high);
	}
}

static void
test_target(void **state)
{
	static const struct {
		int t4;
		const char *want;
	} cases[] = {{900000, "90"}, {875000, "87,5"}, {1, "0,0001"},
	    {999999, "99,9999"}, {850500, "85,05"}, {10000, "1"}};
	char out[NUMBER_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		number_target(cases[i].t4, ',', out);
		assert_string_equal(out, cases[i].want);
	}
}

static void
test_points(void **state)
{
	static const struct {
		double points;
		const char *nearest, *low, *high;
	} cases[] = {{2.14, "+2,1", "+2,1", "+2,2"},
	    {-2.14, "\u22122,1", "\u22122,2", "\u22122,1"},
	    {0.25, "+0,3", "+0,2", "+0,3"},
	    {-0.25, "\u22120,3", "\u22120,3", "\u22120,2"},
	    {0, "0,0", "0,0", "0,0"}, {0.04, "+0,04", "+0,04", "+0,1"},
	    {-0.04, "\u22120,04", "\u22120,1", "\u22120,04"},
	    {0.57 * 10, "+5,7", "+5,7", "+5,7"},
	    {-100, "\u2212100,0", "\u2212100,0", "\u2212100,0"},
	    {12.34, "+12,3", "+12,3", "+12,4"}, {NAN, "", "", ""}};
	char out[NUMBER_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		number_points(cases[i].points, ',', out);
		assert_string_equal(out, cases[i].nearest);
		number_points_low(cases[i].points, ',', out);
		assert_string_equal(out, cases[i].low);
		number_points_high(cases[i].points, ',', out);
		assert_string_equal(out, cases[i].high);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_share),
	    cmocka_unit_test(test_all_small_shares),
	    cmocka_unit_test(test_percent),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_target),
	    cmocka_unit_test(test_points),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

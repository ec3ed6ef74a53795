/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A value equal to a bound is below it, as Prometheus has it; what is above
 * all bounds is counted too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/histogram.h"

static void
test_bounds(void **state)
{
	static const double bounds[] = {.5, 1, 2};
	static const struct {
		double value;
		int64_t up_to[4]; /* counted so far */
	} cases[] = {
	    {.1, {1, 1, 1, 1}},
	    {.5, {2, 2, 2, 2}},
	    {.75, {2, 3, 3, 3}},
	    {1, {2, 4, 4, 4}},
	    {2.5, {2, 4, 4, 5}},
	    {2, {2, 4, 5, 6}},
	    {1e9, {2, 4, 5, 7}},
	};
	struct histogram h = {.bounds = bounds, .nbounds = 3};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		histogram_add(&h, cases[i].value);
		for (size_t k = 0; k < 4; k++)
			assert_int_equal(
			    histogram_up_to(&h, k), cases[i].up_to[k]);
	}
	assert_true(h.sum == .1 + .5 + .75 + 1 + 2.5 + 2 + 1e9);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

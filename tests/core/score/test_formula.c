/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Figures that were published or can be done in the head. */
#include "server/core/score/formula.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define BIG INT64_C(1000000000000)

static const struct {
	int64_t values[FORMULA_VALUES];
	double top2, mean5; /* percent */
} cases[] = {
    {{0, 0, 0, 0, 0, 0}, NAN, NAN},
    {{7, 0, 0, 0, 0, 0}, NAN, NAN}, /* not applicable is no answer */
    {{0, 0, 0, 0, 98, 467}, 100, 100 * 2727 / 2825.}, /* Tuy Phong 2019 */
    /* "Bình thường" is an answer, and not a satisfied one */
    {{0, 0, 0, 10, 90, 0}, 90, 78},
    {{99, 0, 0, 10, 90, 0}, 90, 78},
    {{0, 1, 1, 1, 1, 1}, 40, 60},
    {{0, 5, 0, 0, 0, 0}, 0, 20},
    {{0, 0, 0, 0, 0, 5}, 100, 100},
    {{0, 0, 0, 85, 415, 0}, 83, 76.6},
    {{0, BIG, 0, 0, 0, BIG}, 50, 60},
};

static void
same(double got, double want)
{
	if (isnan(want) ? !isnan(got) : !(fabs(got - want) < 1e-12))
		fail_msg("got %.17g, want %.17g", got, want);
}

static void
test_figures(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const int64_t *v = cases[i].values;

		same(formula_percent(formula_find("top2"), v), cases[i].top2);
		same(formula_percent(formula_find("mean5"), v), cases[i].mean5);
	}
	assert_true(formula_valid(cases[1].values) == 0);
	assert_true(formula_valid(cases[4].values) == 100);
}

/* Settings have names; every one is whole, and only one feeds the verdict. */
static void
test_names(void **state)
{
	int judged = 0;

	(void)state;
	assert_string_equal(formula_find(NULL)->name, "top2");
	assert_string_equal(formula_find("")->name, "top2");
	assert_null(formula_find("top3"));
	assert_null(formula_find("TOP2"));
	for (size_t i = 0; formula_at(i) != NULL; i++) {
		const struct formula *f = formula_at(i);

		assert_ptr_equal(formula_find(f->name), f);
		assert_true(f->version >= 1 && f->most >= 1);
		assert_true(strncmp(f->text, "formula.", 8) == 0);
		assert_string_equal(f->text + 8, f->name);
		assert_true(f->points[0] == 0 && f->points[5] == f->most);
		judged += f->judged;
	}
	assert_int_equal(judged, 1);
	assert_true(formula_find(NULL)->judged);
}

/* 10 of 10 and 45 of 90: pooled 55 %, and not the mean of 100 and 50. */
static void
test_totals(void **state)
{
	static const int64_t criteria[][FORMULA_VALUES] = {
	    {0, 0, 0, 0, 10, 0}, {3, 20, 25, 0, 0, 45}, {9, 0, 0, 0, 0, 0}};
	static const int64_t general[FORMULA_VALUES] = {0, 0, 0, 1, 3, 0};
	static const int64_t silent[FORMULA_VALUES] = {0};
	const struct formula *top2 = formula_find(NULL);
	int64_t sum[FORMULA_VALUES] = {0};

	(void)state;
	for (size_t i = 0; i < 3; i++)
		formula_add(sum, criteria[i]);
	assert_true(sum[0] == 12 && formula_valid(sum) == 100);
	same(formula_percent(top2, sum), 55);
	same(formula_percent(top2, formula_overall(NULL, sum)), 55);
	same(formula_percent(top2, formula_overall(general, sum)), 75);
	/* a question nobody answered is not replaced by other questions */
	same(formula_percent(top2, formula_overall(silent, sum)), NAN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_figures),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_totals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ranges and groups against tables worked out with whole fractions
 * (data/oracle/exact.py), and what must hold of any table.
 */
#include "server/core/score/rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "server/core/score/judge.h"
#include "tests/core/score/oracle.h"

#define MANY 100 /* units of the largest table */

static void
expect(const struct rank *got, const char *group, size_t best, size_t worst)
{
	assert_string_equal(rank_group_name(got->group), group);
	assert_int_equal(got->best, best);
	assert_int_equal(got->worst, worst);
}

/* Ranks the rows of one case, first to last, and compares. */
static void
try_case(const struct csv_row *rows, size_t count)
{
	int64_t x[MANY], n[MANY];
	struct rank ranks[MANY];
	size_t ranked = 0;

	assert_true(count <= MANY);
	for (size_t i = 0; i < count; i++) {
		x[i] = oracle_count(&rows[i], 1);
		n[i] = oracle_count(&rows[i], 2);
		ranked += n[i] >= JUDGE_ENOUGH;
	}
	assert_int_equal(rank_units(x, n, count, ranks), ranked);
	for (size_t i = 0; i < count; i++)
		expect(&ranks[i], rows[i].cells[5],
		    (size_t)oracle_count(&rows[i], 3),
		    (size_t)oracle_count(&rows[i], 4));
}

static void
test_oracle(void **state)
{
	static const char *const columns[] = {
	    "case", "x", "n", "best", "worst", "group", NULL};
	struct csv *csv = oracle_read("rank", columns);
	size_t first = 0;

	(void)state;
	for (size_t i = 1; i <= csv->nrows; i++) {
		if (i < csv->nrows && oracle_count(&csv->rows[i], 0) ==
					  oracle_count(&csv->rows[first], 0))
			continue;
		try_case(&csv->rows[first], i - first);
		first = i;
	}
}

/* The lesson of the notes: first of twelve by its share, and nobody knows. */
static void
test_first_of_twelve(void **state)
{
	static const int64_t x[] = {
	    74, 388, 286, 470, 141, 184, 270, 356, 133, 255, 69, 210};
	static const int64_t n[] = {
	    75, 400, 300, 500, 150, 200, 300, 400, 150, 300, 80, 300};
	struct rank ranks[12];

	(void)state;
	assert_int_equal(rank_units(x, n, 12, ranks), 12);
	expect(&ranks[0], "unclear", 1, 11);
	expect(&ranks[1], "above", 1, 6);
}

static void
test_not_ranked(void **state)
{
	static const int64_t x[] = {0, 29, 90, 80};
	static const int64_t n[] = {0, 29, 100, 100};
	struct rank ranks[4];

	(void)state;
	assert_int_equal(rank_units(x, n, 0, ranks), 0);
	assert_int_equal(rank_units(x, n, 2, ranks), 0);
	expect(&ranks[0], "no_data", 0, 0);
	expect(&ranks[1], "too_few", 0, 0);
	/* alone there is nobody to be compared with */
	assert_int_equal(rank_units(x, n, 3, ranks), 1);
	expect(&ranks[2], "unclear", 1, 1);
	/* two units are one test: range and group agree (p = 0.048) */
	assert_int_equal(rank_units(x, n, 4, ranks), 2);
	expect(&ranks[2], "above", 1, 1);
	expect(&ranks[3], "below", 2, 2);
}

struct table {
	int64_t x[20], n[20];
	size_t count;
	struct rank ranks[20];
};

static double
share(const struct table *t, size_t i)
{
	return (double)t->x[i] / (double)t->n[i];
}

/* Nothing a page says of the two contradicts what it says beside it. */
static void
check_pair(const struct table *t, size_t i, size_t k)
{
	const struct rank *a = &t->ranks[i], *b = &t->ranks[k];

	if (a->group == RANK_ABOVE && b->group == RANK_BELOW)
		assert_true(share(t, i) > share(t, k));
	if (share(t, i) > share(t, k))
		assert_true(a->best <= b->worst);
	if (a->worst < b->best)
		assert_true(a->group <= b->group);
}

static void
check_table(struct table *t)
{
	size_t better = 0, worse = 0;

	assert_int_equal(rank_units(t->x, t->n, t->count, t->ranks), t->count);
	for (size_t i = 0; i < t->count; i++) {
		size_t above = 0, equal = 0;

		for (size_t k = 0; k < t->count; k++) {
			check_pair(t, i, k);
			above += share(t, k) > share(t, i);
			equal += share(t, k) == share(t, i);
		}
		/* the place by share alone is one of the range */
		assert_true(t->ranks[i].best <= above + equal);
		assert_true(t->ranks[i].worst >= above + 1);
		better += t->ranks[i].best - 1;
		worse += t->count - t->ranks[i].worst;
	}
	assert_int_equal(better, worse);
}

/* Tables of alike units, where nearly nobody is, and of a giant. */
static void
test_any_table(void **state)
{
	unsigned seed = 11;

	(void)state;
	for (int round = 0; round < 400; round++) {
		struct table t = {.count = 2 + (size_t)round % 19};

		for (size_t i = 0; i < t.count; i++) {
			int most = i == 0 && round % 3 == 0 ? 100000 : 700;
			int permille = 700 + rand_r(&seed) % 301;

			if (round % 5 == 0)
				permille = 980 + rand_r(&seed) % 21;
			t.n[i] = JUDGE_ENOUGH + rand_r(&seed) % most;
			t.x[i] = t.n[i] * permille / 1000;
		}
		check_table(&t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_oracle),
	    cmocka_unit_test(test_first_of_twelve),
	    cmocka_unit_test(test_not_ranked),
	    cmocka_unit_test(test_any_table),
	};

	return cmocka_run_group_tests(tests, oracle_setup, oracle_teardown);
}

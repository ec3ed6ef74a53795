/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Run lengths against a whole system of equations solved with 60 digits
 * (data/oracle/exact.py); what a sum of answers does.
 */
#include "server/core/score/cusum.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "tests/core/score/oracle.h"

static void
test_oracle(void **state)
{
	static const char *const columns[] = {"p0", "p1", "wanted", "bad",
	    "good", "limit", "false_every", "found_after", NULL};
	struct csv *csv = oracle_read("cusum", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];
		double p0 = oracle_number(row, 0), p1 = oracle_number(row, 1);
		struct cusum_chart c;

		assert_true(cusum_plan(p0, p1, oracle_number(row, 2), &c));
		oracle_close(c.bad, oracle_number(row, 3), row);
		oracle_close(c.good, oracle_number(row, 4), row);
		oracle_close(c.limit, oracle_number(row, 5), row);
		oracle_close(c.false_every, oracle_number(row, 6), row);
		oracle_close(c.found_after, oracle_number(row, 7), row);
		/* one less would not have been enough */
		c.limit--;
		assert_true(c.limit == 0 ||
			    cusum_run_length(&c, p0) < oracle_number(row, 2));
	}
}

/* The pair of the notes, rounded as there. */
static void
test_published(void **state)
{
	struct cusum_chart c = {.bad = 7, .good = -1, .limit = 60};

	(void)state;
	assert_int_equal(lround(cusum_run_length(&c, 0.92)), 35838);
	assert_int_equal(lround(cusum_run_length(&c, 0.80)), 93);
	assert_true(cusum_plan(0.92, 0.80, 35000, &c));
	assert_int_equal(c.bad, 7);
	assert_int_equal(c.limit, 60);
}

/* Cases that can be told without arithmetic. */
static void
test_run_lengths(void **state)
{
	struct cusum_chart fall = {.bad = 7, .good = -1, .limit = 60};
	struct cusum_chart rise = {.bad = -7, .good = 1, .limit = 60};
	struct cusum_chart first = {.bad = 7, .good = -1, .limit = 7};

	(void)state;
	assert_true(cusum_run_length(&fall, 0) == 9); /* 9 x 7 > 60 */
	assert_true(isinf(cusum_run_length(&fall, 1)));
	assert_true(cusum_run_length(&rise, 1) == 60);
	assert_true(isinf(cusum_run_length(&rise, 0)));
	/* an alarm at the first dissatisfied one: 1 of 25 */
	assert_true(fabs(cusum_run_length(&first, 0.96) - 25) < 1e-12);
	for (double p = 0.01; p < 0.99; p += 0.01) {
		assert_true(cusum_run_length(&fall, p) <
			    cusum_run_length(&fall, p + 0.01));
		assert_true(cusum_run_length(&rise, p) >
			    cusum_run_length(&rise, p + 0.01));
	}
}

static void
test_refused(void **state)
{
	static const double pairs[][2] = {{0.9, 0.9}, {0, 0.5}, {0.5, 1},
	    {1, 0.5}, {NAN, 0.5}, {0.5, NAN}, {-1, 0.5}, {0.5, 2},
	    {0.92, 0.919}, {0.92, 0.921}, {1 - 1e-9, 1 - 2e-9}};
	struct cusum_chart c;

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		assert_false(cusum_plan(pairs[i][0], pairs[i][1], 1000, &c));
	assert_false(cusum_plan(0.92, 0.80, INFINITY, &c));
	assert_false(cusum_plan(0.92, 0.80, NAN, &c));
	/* the least of all wishes: any limit will do */
	assert_true(cusum_plan(0.92, 0.80, 1, &c));
	assert_int_equal(c.limit, 1);
}

/* Every share from 0.5 to 0.98, a third or three times as many dissatisfied:
 * there is a chart, and it finds the change sooner than it cries wolf. */
static void
test_shifts(void **state)
{
	struct cusum_chart c;

	(void)state;
	assert_true(fabs(cusum_shift(0.92, 23 / 8.) - 0.8) < 1e-15);
	assert_true(cusum_shift(1, 3) == 1 && cusum_shift(0, 3) == 0);
	for (int permille = 500; permille <= 980; permille += 5) {
		double p = permille / 1000.;

		for (int way = 0; way < 2; way++) {
			double to = cusum_shift(p, way ? 3 : 1 / 3.);

			assert_true(cusum_plan(p, to, 10000, &c));
			assert_true(c.false_every >= 10000);
			assert_true(c.found_after < c.false_every / 10);
			assert_int_equal(c.bad > 0, way);
		}
	}
}

static void
test_answers(void **state)
{
	const struct cusum_chart chart = {.bad = 7, .good = -1, .limit = 20};
	struct cusum c = {0};

	(void)state;
	cusum_add(&chart, &c, 5, 5);
	assert_true(c.sum == 0 && c.seen == 5 && c.since == 5 && !c.alarm);
	cusum_add(&chart, &c, 0, 0);
	assert_true(c.sum == 0 && c.seen == 5 && c.since == 5);
	cusum_add(&chart, &c, 0, 1);
	cusum_add(&chart, &c, 1, 1);
	cusum_add(&chart, &c, 0, 1);
	assert_true(c.sum == 13 && c.seen == 8 && c.since == 5 && !c.alarm);
	cusum_add(&chart, &c, 0, 1); /* just on the limit */
	assert_true(c.sum == 20 && c.seen == 9 && c.alarm == 9);
	cusum_add(&chart, &c, 0, 1); /* never above it */
	assert_true(c.sum == 20 && c.alarm == 9 && c.since == 5);
	cusum_add(&chart, &c, 19, 19);
	assert_true(c.sum == 1 && c.alarm == 9);
	cusum_add(&chart, &c, 1, 1);
	assert_true(c.sum == 0 && c.alarm == 0 && c.since == c.seen);
	cusum_add(&chart, &c, 1000000000000, 1000000000000);
	cusum_add(&chart, &c, 0, 1000000000000);
	assert_true(c.sum == 20 && c.alarm == 2000000000030);
}

/* Only the sum of a batch is known: it never says more than the answers in
 * whatever order, so it cries wolf no more often. */
static void
test_batches(void **state)
{
	const struct cusum_chart charts[] = {
	    {.bad = 7, .good = -1, .limit = 1000000},
	    {.bad = -7, .good = 1, .limit = 1000000}};
	unsigned seed = 5;

	(void)state;
	for (int round = 0; round < 200; round++) {
		const struct cusum_chart *chart = &charts[round % 2];
		struct cusum each = {0}, batch = {0};

		for (int day = 0; day < 50; day++) {
			int64_t n = rand_r(&seed) % 9, x = 0;

			for (int64_t i = 0; i < n; i++) {
				int64_t good = rand_r(&seed) % 100 < 88;

				cusum_add(chart, &each, good, 1);
				x += good;
			}
			cusum_add(chart, &batch, x, n);
			assert_true(batch.sum <= each.sum);
			assert_true(batch.seen == each.seen);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_oracle),
	    cmocka_unit_test(test_published),
	    cmocka_unit_test(test_run_lengths),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_shifts),
	    cmocka_unit_test(test_answers),
	    cmocka_unit_test(test_batches),
	};

	return cmocka_run_group_tests(tests, oracle_setup, oracle_teardown);
}

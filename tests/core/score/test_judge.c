/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Verdicts against R's rows, against hand-made vectors, and against brute
 * force where it can be exhausted.
 */
#include "server/core/score/judge.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "tests/core/score/oracle.h"

#define NONE JUDGE_UNKNOWN

static int
t4_of(double share)
{
	return (int)lround(share * 1e6);
}

static void
test_oracle_verdicts(void **state)
{
	static const char *const columns[] = {"x", "n", "N", "target", "lo",
	    "hi", "verdict", "phat", "case", NULL};
	struct csv *csv = oracle_read("verdict", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];
		const char *want = row->cells[6];
		struct judgement j =
		    judge_counts(oracle_count(row, 0), oracle_count(row, 1),
			oracle_count(row, 2), t4_of(oracle_number(row, 3)));

		if (strcmp(want, "suppressed") == 0)
			want = "too_few";
		assert_string_equal(verdict_name(j.verdict), want);
		oracle_interval(j.wilson, row, 4);
	}
}

/* Rules 3 and 4 alone, at 90 %. */
static void
test_oracle_certain(void **state)
{
	static const char *const columns[] = {
	    "x", "n", "N", "certain90", "lo", "hi", "rate", "case", NULL};
	struct csv *csv = oracle_read("manski_bounds", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];
		int64_t x = oracle_count(row, 0), n = oracle_count(row, 1);
		int64_t all = oracle_count(row, 2);
		struct judgement j = judge_counts(x, n, all, JUDGE_TARGET);
		bool certain = judge_certain(x, n, all, JUDGE_TARGET);

		oracle_interval(j.bounds, row, 4);
		assert_string_equal(
		    certain ? verdict_name(j.verdict) : "not_yet_known",
		    row->cells[3]);
	}
}

/* The oracle counts in whole answers: share = a/b in lowest terms, and the
 * number needed is a multiple of b. */
static void
test_oracle_needed(void **state)
{
	static const char *const columns[] = {
	    "share", "target", "n_needed", NULL};
	struct csv *csv = oracle_read("n_needed", columns);

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];
		int64_t a = lround(oracle_number(row, 0) * 100), b = 100;
		struct judgement j;

		for (int64_t d = 50; d > 1; d--) {
			if (a % d == 0 && b % d == 0) {
				a /= d;
				b /= d;
			}
		}
		j = judge_counts(a, b, NONE, t4_of(oracle_number(row, 1)));
		assert_int_equal(
		    (j.more_needed + 2 * b - 1) / b * b, oracle_count(row, 2));
	}
}

struct vector {
	int64_t x, n, dossiers;
	int target;
	const char *verdict;
	int64_t more;
};

static const struct vector vectors[] = {
    {95, 100, NONE, 90, "not_yet_known", 39},
    {91, 100, NONE, 90, "not_yet_known", 3358},
    {91, 100, 1000, 90, "not_yet_known", 676},
    {90, 100, 400, 90, "not_yet_known", 300},
    {27, 30, NONE, 90, "not_yet_known", -1},
    {30, 30, NONE, 90, "not_yet_known", 5},
    {35, 35, NONE, 90, "met", 0},
    {366, 400, NONE, 90, "not_yet_known", 1137},
    {9, 10, NONE, 85, "too_few", 186},
    {19, 20, 25, 90, "too_few", 5},
    {12, 12, 20, 90, "too_few", 8},
    {25, 30, 31, 85, "not_met", 0},
    {29, 29, 30, 90, "met", 0},
    {9, 10, 10, 90, "met", 0},
    {8, 10, 10, 90, "not_met", 0},
    {8, 9, 8, 90, "invalid", -1},
    {0, 0, NONE, 90, "no_data", 30},
    {0, 0, 12, 90, "no_data", 12},
    {0, 0, 100, 90, "no_data", 30},
    {0, 0, 0, 90, "no_data", 0},
    {1, 1, 0, 90, "invalid", -1},
    {0, 1, NONE, 90, "too_few", 29},
    {0, 100, NONE, 90, "not_met", 0},
    {27, 30, 30, 90, "met", 0},
    {900000000000, 1000000000000, 1000000000000, 90, "met", 0},
    {899999999999, 1000000000000, 1000000000000, 90, "not_met", 0},
    {900000000000, 1000000000000, NONE, 90, "not_yet_known", -1},
    {899999999999, 999999999999, 1000000000000, 90, "not_yet_known", 1},
};

static void
test_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		const struct vector *v = &vectors[i];
		struct judgement j = judge_counts(
		    v->x, v->n, v->dossiers, v->target * JUDGE_TARGET_ONE);

		if (strcmp(verdict_name(j.verdict), v->verdict) != 0 ||
		    j.more_needed != v->more)
			fail_msg("vector %zu: %s %lld", i,
			    verdict_name(j.verdict), (long long)j.more_needed);
	}
}

/* What is defined when: the share's own row of the rules. */
static void
test_undefined(void **state)
{
	struct judgement none = judge_counts(0, 0, NONE, JUDGE_TARGET);
	struct judgement open = judge_counts(0, 0, 5, JUDGE_TARGET);
	struct judgement over = judge_counts(8, 9, 8, JUDGE_TARGET);
	struct judgement all = judge_counts(9, 12, 12, JUDGE_TARGET);
	struct judgement free = judge_counts(9, 12, NONE, JUDGE_TARGET);

	(void)state;
	assert_true(isnan(none.share) && isnan(none.n_eff));
	assert_false(interval_defined(none.wilson));
	assert_false(interval_defined(none.exact));
	assert_false(interval_defined(none.bounds));
	assert_true(open.bounds.lo == 0 && open.bounds.hi == 1);
	assert_true(isnan(open.share));
	assert_true(over.share == 8 / 9.);
	/* the register is incomplete, the answers are not */
	assert_true(over.wilson.lo ==
			judge_counts(8, 9, NONE, JUDGE_TARGET).wilson.lo &&
		    over.n_eff == 9);
	assert_false(interval_defined(over.bounds));
	assert_true(isnan(all.n_eff));
	assert_true(all.wilson.lo == 0.75 && all.wilson.hi == 0.75);
	assert_true(all.exact.lo == 0.75 && all.exact.hi == 0.75);
	assert_true(free.n_eff == 12);
	assert_false(interval_defined(free.bounds));
}

/* Rule 4 says what all the completions say: everything the unrated dossiers
 * could still answer is tried. Also: more answers never spoil a sure verdict,
 * and nothing else may call it met against the arithmetic. */
static void
test_certain_by_brute_force(void **state)
{
	static const int targets[] = {850000, 900000, 500000, 333333, 999999};

	(void)state;
	for (int all = 1; all < 60; all++) {
		for (int n = 1; n <= all; n++) {
			for (int x = 0; x <= n; x++) {
				int t4 = targets[(all + n + x) % 5];
				int met = 0, ways = all - n + 1;
				struct judgement j =
				    judge_counts(x, n, all, t4);

				for (int more = 0; more < ways; more++)
					met += (x + more) * 1000000 >= t4 * all;
				assert_int_equal(judge_certain(x, n, all, t4),
				    met == 0 || met == ways);
				if (met == ways)
					assert_int_equal(
					    j.verdict, VERDICT_MET);
				else if (met == 0)
					assert_int_equal(
					    j.verdict, VERDICT_NOT_MET);
				else if (n < JUDGE_ENOUGH)
					assert_int_equal(
					    j.verdict, VERDICT_TOO_FEW);
			}
		}
	}
}

/* more_needed keeps its word: with the share unchanged, that many answers
 * settle it and one fewer would not (beyond the first 30). */
static void
test_more_needed_settles(void **state)
{
	(void)state;
	for (int64_t n = 20; n <= 100; n++) {
		for (int64_t x = n / 2; x <= n; x++) {
			struct judgement j =
			    judge_counts(x, n, NONE, JUDGE_TARGET);
			double k = (double)(n + j.more_needed), t = 0.9;
			struct interval w, v;

			if (j.more_needed <= 0)
				continue;
			w = interval_wilson(j.share, k, 0.95);
			v = interval_wilson(j.share, k - 1, 0.95);
			assert_true(w.lo >= t - 1e-12 || w.hi < t + 1e-12);
			if (k > JUDGE_ENOUGH)
				assert_true(v.lo < t && v.hi >= t);
		}
	}
}

static void
test_targets(void **state)
{
	static const struct {
		const char *text;
		int t4; /* 0: refused */
	} cases[] = {{"90", 900000}, {"87.5", 875000}, {"0.0001", 1},
	    {"99.9999", 999999}, {"90.0000", 900000}, {"090", 900000},
	    {"90.00000", 0}, {"0", 0}, {"0.0000", 0}, {"100", 0}, {"101", 0},
	    {"101,5", 0}, {"90,5", 0}, {"-90", 0}, {"+90", 0}, {"", 0},
	    {".", 0}, {".5", 0}, {"90.", 0}, {"9e1", 0}, {"90 ", 0}, {" 90", 0},
	    {"90%", 0}, {"nan", 0}, {"1.2.3", 0}, {"99999999999999999999", 0},
	    {"0x5a", 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int t4 = 0;

		assert_int_equal(
		    judge_target(cases[i].text, &t4), cases[i].t4 != 0);
		assert_int_equal(t4, cases[i].t4);
	}
}

/* Rule 1 leaves out what waits in a burst: x of n, u of them unusual, N. */
static void
test_unusual(void **state)
{
	static const struct {
		int64_t x, n, unusual, dossiers;
		enum verdict verdict;
	} rows[] = {
	    {330, 350, 310, 300, VERDICT_MET}, /* as without dossiers */
	    {20, 350, 310, 300, VERDICT_NOT_MET},
	    {315, 350, 310, 300, VERDICT_NOT_YET_KNOWN},
	    {330, 350, 0, 300, VERDICT_INVALID},
	    {330, 350, 49, 300, VERDICT_INVALID},
	    {330, 350, 50, 300, VERDICT_MET},
	    {330, 350, 350, 300, VERDICT_MET},
	    {10, 12, 12, 10, VERDICT_TOO_FEW},
	    {9, 10, 5, 10, VERDICT_MET}, /* they fit: a census */
	    {5, 10, 5, 10, VERDICT_NOT_MET},
	    {95, 100, 50, JUDGE_UNKNOWN, VERDICT_NOT_YET_KNOWN},
	    {1, 1, 1, 0, VERDICT_TOO_FEW},
	    {0, 0, 0, 0, VERDICT_NO_DATA},
	};
	struct judgement j, plain;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		j = judge_counts_with(rows[i].x, rows[i].n, rows[i].unusual,
		    rows[i].dossiers, JUDGE_TARGET);
		plain = judge_counts(
		    rows[i].x, rows[i].n, rows[i].dossiers, JUDGE_TARGET);
		assert_int_equal(j.verdict, rows[i].verdict);
		assert_int_equal(j.dossiers, rows[i].dossiers);
		/* the figures are those of the counts, whatever waits */
		assert_memory_equal(&j.wilson, &plain.wilson, sizeof(j.wilson));
		assert_true(
		    j.satisfied == plain.satisfied && j.valid == plain.valid);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_oracle_verdicts),
	    cmocka_unit_test(test_oracle_certain),
	    cmocka_unit_test(test_oracle_needed),
	    cmocka_unit_test(test_vectors),
	    cmocka_unit_test(test_undefined),
	    cmocka_unit_test(test_certain_by_brute_force),
	    cmocka_unit_test(test_more_needed_settles),
	    cmocka_unit_test(test_targets),
	    cmocka_unit_test(test_unusual),
	};

	return cmocka_run_group_tests(tests, oracle_setup, oracle_teardown);
}

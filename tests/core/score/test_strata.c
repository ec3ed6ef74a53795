/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Strata and clusters against R (base and survey), and where R's formulas stop:
 * merging, a census, one stratum, one answer, nothing at all.
 */
#include "server/core/score/strata.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "server/core/score/cluster.h"
#include "tests/core/score/oracle.h"

#define MANY 200 /* rows of the largest oracle table of cells */

/* Rows of the cell table that belong to one case of the oracle. */
static size_t
strata_of(const struct csv *cells, int64_t number, struct stratum *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < cells->nrows; i++) {
		const struct csv_row *row = &cells->rows[i];

		if (oracle_count(row, 0) == number)
			rows[n++] = (struct stratum){oracle_count(row, 1),
			    oracle_count(row, 2), oracle_count(row, 3)};
	}
	return n;
}

static void
test_oracle_strata(void **state)
{
	static const char *const cell[] = {"case", "N", "n", "x", "h", NULL};
	static const char *const columns[] = {"case", "p_raw", "p_ps",
	    "se_strat_fpc", "se_strat_nofpc", "se_survey_postStratify",
	    "kish_neff", "kish_deff", "neff_from_se", "wilson_neff_lo",
	    "wilson_neff_hi", "wilson_kish_lo", "wilson_kish_hi", "strata", "n",
	    "N", NULL};
	struct csv *cells = oracle_read("poststrat_cells", cell);
	struct csv *csv = oracle_read("poststrat", columns);
	struct stratum rows[MANY], groups[MANY];
	size_t of[MANY];

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];
		size_t n = strata_of(cells, oracle_count(row, 0), rows);
		size_t m = strata_merge(rows, n, STRATA_LEAST, groups, of);
		struct strata_judgement j =
		    strata_judge(groups, m, JUDGE_TARGET);

		assert_int_equal(m, n);
		oracle_close(j.raw_share, oracle_number(row, 1), row);
		oracle_close(j.total.share, oracle_number(row, 2), row);
		oracle_close(j.se, oracle_number(row, 3), row);
		oracle_close(j.se_without_fpc, oracle_number(row, 4), row);
		oracle_close(j.se_poststratified, oracle_number(row, 5), row);
		oracle_close(j.n_kish, oracle_number(row, 6), row);
		oracle_close(j.deff, oracle_number(row, 7), row);
		oracle_close(j.total.n_eff, oracle_number(row, 8), row);
		oracle_interval(j.total.wilson, row, 9);
		oracle_interval(j.wilson_kish, row, 11);
	}
}

struct merge_case {
	struct stratum rows[5];
	size_t groups, of[5];
};

#define DROP STRATA_DROPPED

static const struct merge_case merges[] = {
    {{{10, 5, 4}, {10, 5, 4}}, 2, {0, 1, DROP, DROP, DROP}},
    {{{10, 1, 1}, {10, 5, 4}}, 1, {0, 0, DROP, DROP, DROP}},
    {{{10, 5, 4}, {10, 1, 1}}, 1, {0, 0, DROP, DROP, DROP}},
    {{{10, 0, 0}, {0, 0, 0}, {9, 1, 0}, {5, 1, 1}, {5, 2, 1}}, 2,
	{0, DROP, 0, 0, 1}},
    /* a whole stratum of one is fine as it is */
    {{{10, 5, 4}, {1, 1, 1}, {10, 5, 4}}, 3, {0, 1, 2, DROP, DROP}},
    /* the last one goes back twice: 1 of 1 and 0 of 5 are 1 of 6 */
    {{{10, 5, 4}, {1, 1, 1}, {5, 0, 0}}, 1, {0, 0, 0, DROP, DROP}},
    {{{10, 1, 1}}, 1, {0, DROP, DROP, DROP, DROP}},
    /* nothing to judge, nothing merged */
    {{{10, 0, 0}, {10, 0, 0}}, 2, {0, 1, DROP, DROP, DROP}},
    {{{10, 1, 1}, {1, 2, 1}}, 2, {0, 1, DROP, DROP, DROP}},
};

static void
test_merging(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(merges) / sizeof(*merges); i++) {
		const struct merge_case *c = &merges[i];
		struct stratum groups[5];
		size_t of[5];

		assert_int_equal(
		    strata_merge(c->rows, 5, STRATA_LEAST, groups, of),
		    c->groups);
		for (size_t k = 0; k < 5; k++)
			assert_true(of[k] == c->of[k]);
	}
}

static struct strata_judgement
judge_two(struct stratum a, struct stratum b, int t4)
{
	struct stratum rows[2] = {a, b}, groups[2];
	size_t of[2];

	return strata_judge(
	    groups, strata_merge(rows, 2, STRATA_LEAST, groups, of), t4);
}

static void
test_strata_edges(void **state)
{
	struct strata_judgement j;

	(void)state;
	/* a census: a point, decided exactly */
	j = judge_two((struct stratum){10, 10, 9}, (struct stratum){10, 10, 9},
	    JUDGE_TARGET);
	assert_int_equal(j.total.verdict, VERDICT_MET);
	assert_true(isnan(j.total.n_eff));
	assert_true(fabs(j.total.wilson.lo - 0.9) < 1e-15);
	assert_true(j.se == 0 && j.total.more_needed == 0);
	/* everybody satisfied: no variance, Kish's number instead */
	j = judge_two((struct stratum){100, 30, 30},
	    (struct stratum){300, 30, 30}, JUDGE_TARGET);
	assert_true(j.total.share == 1 && j.total.wilson.hi == 1);
	assert_true(fabs(j.total.n_eff - 160000 / (10000 / 30. + 3000)) < 1e-9);
	/* more answers than dossiers in one stratum, not in the sum */
	j = judge_two((struct stratum){10, 11, 9}, (struct stratum){90, 9, 9},
	    JUDGE_TARGET);
	assert_int_equal(j.total.verdict, VERDICT_INVALID);
	assert_int_equal(j.total.more_needed, -1);
	assert_true(j.total.share == 0.9);
	assert_false(interval_defined(j.total.wilson));
	/* nothing at all, and nothing but dossiers */
	j = strata_judge(NULL, 0, JUDGE_TARGET);
	assert_int_equal(j.total.verdict, VERDICT_NO_DATA);
	assert_false(interval_defined(j.total.bounds));
	j = judge_two(
	    (struct stratum){5, 0, 0}, (struct stratum){6, 0, 0}, JUDGE_TARGET);
	assert_int_equal(j.total.verdict, VERDICT_NO_DATA);
	assert_int_equal(j.total.more_needed, 11);
	assert_true(j.total.bounds.lo == 0 && j.total.bounds.hi == 1);
	/* the share is the target: only a census can tell */
	j = judge_two((struct stratum){100, 20, 18},
	    (struct stratum){100, 20, 18}, JUDGE_TARGET);
	assert_int_equal(j.total.verdict, VERDICT_NOT_YET_KNOWN);
	assert_int_equal(j.total.more_needed, 160);
	/* one answer in all has no variance to speak of */
	j = judge_two((struct stratum){10, 1, 1}, (struct stratum){10, 0, 0},
	    JUDGE_TARGET);
	assert_true(isnan(j.se) && j.total.n_eff == 1);
	assert_int_equal(j.total.verdict, VERDICT_TOO_FEW);
}

/* One stratum is a plain sample, except that V divides by n-1 and not n. */
static void
test_one_stratum_is_plain(void **state)
{
	struct stratum one = {400, 100, 91};
	struct strata_judgement j = strata_judge(&one, 1, JUDGE_TARGET);

	(void)state;
	assert_true(fabs(j.total.n_eff - 99 / 0.75) < 1e-9);
	assert_true(j.deff == 1);
	assert_int_equal(j.total.verdict, VERDICT_NOT_YET_KNOWN);
}

static size_t
clusters_of(const struct csv *cells, int64_t number, struct cluster *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < cells->nrows; i++) {
		const struct csv_row *row = &cells->rows[i];

		if (oracle_count(row, 0) == number)
			rows[n++] = (struct cluster){
			    oracle_count(row, 1), oracle_count(row, 2)};
	}
	return n;
}

static void
test_oracle_clusters(void **state)
{
	static const char *const cell[] = {"case", "n", "x", "kiosk", NULL};
	static const char *const columns[] = {"case", "p", "se_cluster", "deff",
	    "icc_anova", "neff", "wilson_lo", "wilson_hi", "neff_df",
	    "wilson_df_lo", "wilson_df_hi", "kiosks", "n", NULL};
	struct csv *cells = oracle_read("cluster_cells", cell);
	struct csv *csv = oracle_read("cluster", columns);
	struct cluster rows[MANY];

	(void)state;
	for (size_t i = 0; i < csv->nrows; i++) {
		const struct csv_row *row = &csv->rows[i];
		size_t n = clusters_of(cells, oracle_count(row, 0), rows);
		struct cluster_judgement j =
		    cluster_judge(rows, n, JUDGE_TARGET);

		assert_int_equal(j.clusters, oracle_count(row, 11));
		oracle_close(j.total.share, oracle_number(row, 1), row);
		oracle_close(j.se, oracle_number(row, 2), row);
		oracle_close(j.deff, oracle_number(row, 3), row);
		oracle_close(j.icc, oracle_number(row, 4), row);
		oracle_close(j.n_design, oracle_number(row, 5), row);
		oracle_interval(j.wilson_design, row, 6);
		oracle_close(j.total.n_eff, oracle_number(row, 8), row);
		oracle_interval(j.total.wilson, row, 9);
		assert_int_equal(j.few_clusters, n < JUDGE_FEW_CLUSTERS);
	}
}

static void
test_cluster_edges(void **state)
{
	static const struct cluster rows[] = {
	    {100, 91}, {0, 0}, {50, 49}, {50, 49}, {40, 40}, {60, 58}};
	static const struct cluster few[] = {{5, 5}, {5, 5}, {5, 5}, {5, 5}};
	static const struct cluster equal[] = {
	    {40, 36}, {40, 36}, {40, 35}, {40, 37}};
	struct cluster_judgement j;

	(void)state;
	j = cluster_judge(rows, 0, JUDGE_TARGET);
	assert_int_equal(j.total.verdict, VERDICT_NO_DATA);
	assert_true(isnan(j.total.share));
	j = cluster_judge(rows, 2, JUDGE_TARGET);
	assert_int_equal(j.clusters, 1);
	assert_true(isnan(j.se) && isnan(j.deff) && isnan(j.total.n_eff));
	assert_false(interval_defined(j.total.wilson));
	assert_int_equal(j.total.verdict, VERDICT_TOO_FEW);
	assert_true(j.few_clusters);
	j = cluster_judge(rows, 4, JUDGE_TARGET);
	assert_true(j.few_clusters && j.total.more_needed == -1);
	j = cluster_judge(rows, 6, JUDGE_TARGET);
	assert_int_equal(j.clusters, 5);
	assert_false(j.few_clusters);
	assert_int_equal(j.total.verdict, VERDICT_NOT_YET_KNOWN);
	assert_true(j.total.more_needed > 0);
	/* all satisfied: no design effect; fewer than 30 in all */
	j = cluster_judge(few, 4, JUDGE_TARGET);
	assert_true(j.deff == 1 && j.se == 0 && !j.few_clusters);
	assert_int_equal(j.total.verdict, VERDICT_TOO_FEW);
	assert_true(j.total.more_needed >= 10);
	/* exactly on the target: no number settles it */
	j = cluster_judge(equal, 4, JUDGE_TARGET);
	assert_int_equal(j.total.verdict, VERDICT_NOT_YET_KNOWN);
	assert_int_equal(j.total.more_needed, -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_oracle_strata),
	    cmocka_unit_test(test_merging),
	    cmocka_unit_test(test_strata_edges),
	    cmocka_unit_test(test_one_stratum_is_plain),
	    cmocka_unit_test(test_oracle_clusters),
	    cmocka_unit_test(test_cluster_edges),
	};

	return cmocka_run_group_tests(tests, oracle_setup, oracle_teardown);
}

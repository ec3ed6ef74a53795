/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dossiers beside the answers: which rows have them, what they do to interval,
 * bounds and verdict; strata; cells; what narrows a question to a field or a
 * channel.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/tally.h"
#include "tests/core/district.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct dossier_count finished[] = {
    {0, "A", "land", {400, 8, 0, 0, 40, 0}, 150},
    {0, "A", "civil", {100, 0, 0, 3, 0, 0}, 9},
    {0, "B", "civil", {80, 0, 2, 0, 0, 0}, 0},
    {0, "N", "", {7, 0, 0, 0, 0, 5}, 1},
};
static const struct dossier_counts counts = {finished, COUNT(finished)};

static void
begin(struct said *t)
{
	district_open(t);
	t->dossiers = &counts;
}

static void
assert_dossiers(const struct score *r, int64_t dossiers)
{
	struct judgement j = judge_counts(r->values[4] + r->values[5],
	    r->judgement.valid, dossiers, (int)r->percent4);

	if (r->judgement.dossiers != dossiers)
		fail_msg("%s: %lld dossiers instead of %lld", r->name,
		    (long long)r->judgement.dossiers, (long long)dossiers);
	assert_int_equal(r->has_dossiers, dossiers != JUDGE_UNKNOWN);
	assert_int_equal(r->judgement.verdict, j.verdict);
	assert_true(r->judgement.more_needed == j.more_needed);
	assert_true(interval_defined(r->judgement.bounds) ==
		    interval_defined(j.bounds));
	if (interval_defined(j.bounds))
		assert_true(r->judgement.bounds.lo == j.bounds.lo &&
			    r->judgement.bounds.hi == j.bounds.hi);
	if (interval_defined(j.wilson))
		assert_true(r->judgement.wilson.lo == j.wilson.lo);
}

static void
test_whose_rows(void **state)
{
	struct said t;

	(void)state;
	begin(&t);
	say(&t, answer_at("A1", "land"), 50, 45);
	say(&t, answer_at("A2", "civil"), 50, 45);
	say(&t, answer_at("B1", "civil"), 20, 19);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	assert_dossiers(row_named(&t, "tthc"), 587);
	assert_dossiers(row_named(&t, "tthc-land"), 400);
	/* other surveys have no dossiers */
	assert_dossiers(row_named(&t, "agency"), JUDGE_UNKNOWN);
	assert_dossiers(row_named(&t, "health-education"), JUDGE_UNKNOWN);
	make_rows(&t, BY_POPULATION, NULL, "A");
	assert_dossiers(row_named(&t, "tthc"), 500);
	make_rows(&t, BY_UNIT, NULL, NULL);
	assert_dossiers(row_named(&t, "A"), 500);
	assert_dossiers(row_named(&t, "B"), 80);
	assert_dossiers(row_named(&t, "D"), JUDGE_UNKNOWN);
	assert_dossiers(row_named(&t, "N"), 7); /* no desk, yet dossiers */
	make_rows(&t, BY_UNIT, "tthc-land", NULL);
	assert_dossiers(row_named(&t, "A"), 400);
	assert_dossiers(row_named(&t, "B"), JUDGE_UNKNOWN);
	make_rows(&t, BY_FIELD, NULL, NULL);
	assert_dossiers(row_named(&t, "civil"), 180);
	assert_dossiers(row_named(&t, "build"), JUDGE_UNKNOWN);
	assert_dossiers(row_named(&t, "-"), 7);
	make_rows(&t, BY_GROUP, NULL, NULL);
	assert_dossiers(row_named(&t, GROUP_LAND), 400);
	for (int by = BY_CHANNEL; by <= BY_DESK; by++) {
		if (by == BY_GROUP)
			continue;
		make_rows(&t, (enum score_by)by, NULL, NULL);
		for (size_t i = 0; i < t.rows.count; i++)
			assert_false(t.rows.rows[i].has_dossiers);
	}
	district_close(&t);
}

static void
test_what_they_tell(void **state)
{
	const struct score *r;
	struct said t;

	(void)state;
	begin(&t);
	say(&t, answer_at("A1", "land"), 50, 45);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	r = row_named(&t, "tthc");
	assert_int_equal(r->dossiers[DOSSIERS_LATE], 40);
	assert_int_equal(r->dossiers[DOSSIERS_REFUSED], 8);
	assert_int_equal(r->dossiers[DOSSIERS_RETURNED], 3);
	assert_int_equal(r->dossiers[DOSSIERS_WITHDRAWN], 2);
	assert_int_equal(r->dossiers[DOSSIERS_ELSEWHERE], 5);
	assert_true(score_coverage(r) == 100.0 * 50 / 587);
	assert_true(isnan(score_coverage(row_named(&t, "agency"))));
	district_close(&t);
}

/* More answers than dossiers: the row says so and gives no share a verdict. */
static void
test_more_answers_than_dossiers(void **state)
{
	struct said t;

	(void)state;
	begin(&t);
	say(&t, answer_at("B1", "civil"), 90, 89);
	make_rows(&t, BY_UNIT, NULL, NULL);
	assert_dossiers(row_named(&t, "B"), 80);
	assert_int_equal(
	    row_named(&t, "B")->judgement.verdict, VERDICT_INVALID);
	district_close(&t);
}

/* What is certain whatever the others say stands, however desks differ. */
static void
test_certain_beside_desks(void **state)
{
	static struct dossier_count all[] = {
	    {0, "A", "civil", {100}, 0},
	    {0, "B", "civil", {100}, 0},
	    {0, "D", "civil", {60}, 0},
	};
	static const struct dossier_counts few = {all, COUNT(all)};
	const struct score *r;
	struct said t;

	(void)state;
	district_open(&t);
	t.dossiers = &few;
	say(&t, answer_at("D1", "civil"), 50, 50);
	say(&t, answer_at("A1", "civil"), 50, 50);
	say(&t, answer_at("A2", "civil"), 50, 50);
	say(&t, answer_at("B1", "civil"), 50, 38);
	say(&t, answer_at("B2", "civil"), 50, 50);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	r = row_named(&t, "tthc");
	assert_true(r->clustered);
	assert_true(r->clusters.total.wilson.lo < .9);
	assert_int_equal(r->judgement.verdict, VERDICT_MET); /* 238 of 260 */
	assert_null(r->reason);
	district_close(&t);
}

/* A field with most of the dossiers and few answers weighs as its dossiers. */
static void
test_strata(void **state)
{
	static const struct stratum by_hand[] = {
	    {400, 40, 36}, {100, 60, 30}, {80, 20, 19}};
	struct strata_judgement want =
	    strata_judge(by_hand, COUNT(by_hand), 900000);
	static struct dossier_count rows[COUNT(finished)];
	static const struct dossier_counts without_unknown = {rows, 3};
	struct strata_judgement known;
	const struct score *r;
	struct said t;

	(void)state;
	memcpy(rows, finished, sizeof(rows));
	district_open(&t);
	t.dossiers = &without_unknown;
	say(&t, answer_at("B2", "civil"), 20, 19);
	say(&t, answer_at("A1", "civil"), 40, 20);
	say(&t, answer_at("A1", "land"), 40, 36);
	say(&t, answer_at("A2", "civil"), 20, 10); /* the same cell again */
	make_rows(&t, BY_POPULATION, NULL, NULL);
	r = row_named(&t, "tthc");
	assert_int_equal(r->ncells, 3);
	assert_int_equal(r->nstrata, 3);
	assert_true(r->strata.total.share == want.total.share);
	assert_true(r->strata.raw_share == 85.0 / 120);
	assert_true(r->strata.total.share > r->strata.raw_share);
	assert_int_equal(r->strata.total.verdict, want.total.verdict);
	/* answers whose field nobody knows have no dossiers of their own */
	say(&t, answer_at("A1", ""), 9, 1);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	r = row_named(&t, "tthc");
	assert_int_equal(r->strata.total.verdict, VERDICT_INVALID);
	assert_int_equal(score_strata(r, true, &t.arena, &known), 3);
	assert_true(known.total.share == want.total.share);
	assert_int_equal(known.total.verdict, want.total.verdict);
	/* without dossiers there are none */
	t.dossiers = NULL;
	make_rows(&t, BY_POPULATION, NULL, NULL);
	assert_int_equal(row_named(&t, "tthc")->nstrata, 0);
	district_close(&t);
}

/* A cell with fewer than five answers joins the next one of its own unit, not
 * that of another. */
static void
test_small_strata(void **state)
{
	static const struct stratum by_hand[] = {{500, 44, 40}, {80, 30, 29}};
	static struct dossier_count rows[COUNT(finished)];
	static const struct dossier_counts without_unknown = {rows, 3};
	struct strata_judgement want =
	    strata_judge(by_hand, COUNT(by_hand), 900000);
	const struct score *r;
	struct said t;

	(void)state;
	memcpy(rows, finished, sizeof(rows));
	district_open(&t);
	t.dossiers = &without_unknown;
	say(&t, answer_at("A1", "land"), 40, 37);
	say(&t, answer_at("A2", "civil"), 4, 3);
	say(&t, answer_at("B1", "civil"), 30, 29);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	r = row_named(&t, "tthc");
	assert_int_equal(r->nstrata, 2);
	assert_true(r->strata.total.share == want.total.share);
	district_close(&t);
}

static void
test_cells(void **state)
{
	size_t found = 0;
	struct said t;

	(void)state;
	begin(&t);
	say(&t, answer_at("A1", "land"), 50, 45);
	say(&t, answer_at("A2", "land"), 10, 9);
	say(&t, answer_at("B1", "civil"), 20, 19);
	make_rows(&t, BY_CELL, NULL, NULL);
	assert_int_equal(t.rows.count, 4); /* with A civil and N unknown */
	for (size_t i = 0; i < t.rows.count; i++) {
		const struct score *r = &t.rows.rows[i];

		if (strcmp(r->unit, "A") != 0 || strcmp(r->field, "land") != 0)
			continue;
		assert_counts(r, 60, 54);
		assert_dossiers(r, 400);
		assert_int_equal(r->percent4, 850000);
		found++;
	}
	assert_int_equal(found, 1);
	district_close(&t);
}

static void
test_narrowed(void **state)
{
	struct score_query query = {.by = BY_UNIT,
	    .field = "land",
	    .first = DISTRICT_DAY,
	    .last = DISTRICT_DAY};
	struct tally_key web = answer_at("A1", "land");
	struct said t;

	(void)state;
	begin(&t);
	web.channel = "web";
	say(&t, web, 7, 7);
	say(&t, answer_at("A1", "land"), 50, 45);
	say(&t, answer_at("A1", "civil"), 30, 30);
	scores_make(
	    &t.tallies, t.dossiers, &district, &query, &t.arena, &t.rows);
	assert_counts(row_named(&t, "A"), 57, 52);
	assert_dossiers(row_named(&t, "A"), 400);
	assert_string_equal(row_named(&t, "A")->field, "land");
	assert_int_equal(row_named(&t, "A")->percent4, 850000);
	query.channel = "web";
	scores_make(
	    &t.tallies, t.dossiers, &district, &query, &t.arena, &t.rows);
	assert_counts(row_named(&t, "A"), 7, 7);
	assert_dossiers(row_named(&t, "A"), JUDGE_UNKNOWN);
	district_close(&t);
}

/* Reasons stand in the tallies as criteria with a dot: nobody takes them for
 * criteria. */
static void
test_reasons(void **state)
{
	struct tally_key key = answer_at("A1", "land");
	struct said t;

	(void)state;
	begin(&t);
	say(&t, key, 10, 8);
	key.criterion = "reason.waiting";
	tallies_add(&t.tallies, &key, 2, false, 2);
	key.criterion = "reason.late";
	tallies_add(&t.tallies, &key, 1, false, 1);
	make_rows(&t, BY_REASON, NULL, NULL);
	assert_int_equal(t.rows.count, 2);
	assert_counts(row_named(&t, "waiting"), 2, 0);
	assert_counts(row_named(&t, "late"), 1, 0);
	make_rows(&t, BY_CRITERION, NULL, NULL);
	assert_int_equal(t.rows.count, 1);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	assert_counts(row_named(&t, "tthc"), 10, 8);
	district_close(&t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_whose_rows),
	    cmocka_unit_test(test_what_they_tell),
	    cmocka_unit_test(test_more_answers_than_dossiers),
	    cmocka_unit_test(test_certain_beside_desks),
	    cmocka_unit_test(test_strata),
	    cmocka_unit_test(test_small_strata),
	    cmocka_unit_test(test_cells),
	    cmocka_unit_test(test_narrowed),
	    cmocka_unit_test(test_reasons),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

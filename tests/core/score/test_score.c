/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of scores: who belongs to which population, which target holds, what the
 * desks do to a verdict. Every row's figures must be those of judge for the
 * row's own counts.
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

static bool
same_number(double a, double b)
{
	return (isnan(a) && isnan(b)) || a == b;
}

/* Figures as judge's; the verdict too, unless the desks spoke. */
static void
assert_judged(const struct score *r)
{
	struct judgement j = judge_counts(r->values[4] + r->values[5],
	    r->judgement.valid, JUDGE_UNKNOWN, (int)r->percent4);

	assert_true(same_number(r->judgement.share, j.share));
	assert_true(same_number(r->judgement.wilson.lo, j.wilson.lo));
	assert_true(same_number(r->judgement.wilson.hi, j.wilson.hi));
	if (r->reason != NULL)
		return;
	assert_int_equal(r->judgement.verdict, j.verdict);
	assert_true(r->judgement.more_needed == j.more_needed);
}

static void
test_populations(void **state)
{
	struct said t;
	struct tally_key agency = answer_at("D1", "");

	(void)state;
	district_open(&t);
	say(&t, answer_at("D1", "land"), 40, 30);
	say(&t, answer_at("A1", "build"), 10, 10);
	say(&t, answer_at("A1", "civil"), 50, 45);
	say(&t, answer_at("B1", ""), 7, 1); /* nobody knows the field */
	agency.form = "sipas";
	say(&t, agency, 60, 60);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	assert_int_equal(t.rows.count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(
		    t.rows.rows[i].population, population_names[i]);
		assert_judged(&t.rows.rows[i]);
	}
	assert_counts(row_named(&t, "tthc"), 107, 86);
	assert_counts(row_named(&t, "tthc-land"), 50, 40);
	assert_counts(row_named(&t, "agency"), 60, 60);
	assert_counts(row_named(&t, "health-education"), 0, 0);
	assert_true(row_named(&t, "tthc")->percent4 == 900000);
	assert_true(row_named(&t, "tthc-land")->percent4 == 850000);
	assert_int_equal(row_named(&t, "health-education")->judgement.verdict,
	    VERDICT_NO_DATA);
	make_rows(&t, BY_POPULATION, "tthc-land", NULL);
	assert_int_equal(t.rows.count, 1);
	assert_counts(row_named(&t, "tthc-land"), 50, 40);
	district_close(&t);
}

static void
test_fields(void **state)
{
	struct said t;

	(void)state;
	district_open(&t);
	say(&t, answer_at("D1", "land"), 40, 30);
	say(&t, answer_at("A1", "land"), 10, 10);
	say(&t, answer_at("A1", "civil"), 50, 45);
	say(&t, answer_at("B1", ""), 7, 1);
	say(&t, answer_at("B1", "left"), 3, 3); /* has left the catalogue */
	make_rows(&t, BY_FIELD, NULL, NULL);
	/* every field of the catalogue, then what else was said */
	assert_int_equal(t.rows.count, 6);
	for (size_t i = 0; i < district.nfields; i++)
		assert_string_equal(
		    t.rows.rows[i].field, district.fields[i].code);
	assert_counts(row_named(&t, "land"), 50, 40);
	assert_counts(row_named(&t, "build"), 0, 0);
	assert_counts(row_named(&t, "civil"), 50, 45);
	assert_counts(row_named(&t, "-"), 7, 1);
	assert_counts(row_named(&t, "left"), 3, 3);
	assert_true(row_named(&t, "land")->percent4 == 850000);
	assert_true(row_named(&t, "build")->percent4 == 850000);
	assert_true(row_named(&t, "civil")->percent4 == 900000);
	assert_true(
	    row_named(&t, "-")->percent4 == 900000); /* never under 85 */
	make_rows(&t, BY_FIELD, "tthc-land", NULL);
	assert_int_equal(t.rows.count, 2);
	assert_counts(row_named(&t, "land"), 50, 40);
	district_close(&t);
}

static void
test_groups(void **state)
{
	struct said t;

	(void)state;
	district_open(&t);
	say(&t, answer_at("D1", "land"), 40, 30);
	say(&t, answer_at("A1", "build"), 10, 10);
	say(&t, answer_at("A1", "civil"), 50, 45);
	say(&t, answer_at("B1", ""), 7, 1);
	make_rows(&t, BY_GROUP, NULL, NULL);
	assert_int_equal(t.rows.count, 4);
	assert_counts(row_named(&t, GROUP_LAND), 50, 40);
	assert_counts(row_named(&t, "justice"), 50, 45);
	assert_counts(row_named(&t, "farming"), 0, 0);
	assert_counts(row_named(&t, "-"), 7, 1);
	assert_true(row_named(&t, GROUP_LAND)->percent4 == 850000);
	assert_true(row_named(&t, "justice")->percent4 == 900000);
	assert_true(row_named(&t, "-")->percent4 == 900000);
	district_close(&t);
}

static void
test_units_and_desks(void **state)
{
	struct said t;

	(void)state;
	district_open(&t);
	say(&t, answer_at("D1", "land"), 5, 5);
	say(&t, answer_at("A1", "civil"), 6, 3);
	say(&t, answer_at("A2", "civil"), 4, 4);
	make_rows(&t, BY_UNIT, NULL, NULL);
	/* those with a desk, in the catalogue's order */
	assert_int_equal(t.rows.count, 3);
	assert_counts(row_named(&t, "D"), 5, 5);
	assert_counts(row_named(&t, "A"), 10, 7);
	assert_counts(row_named(&t, "B"), 0, 0);
	assert_int_equal(row_named(&t, "A")->ndesks, 2);
	make_rows(&t, BY_DESK, NULL, NULL);
	assert_int_equal(t.rows.count, district.ndesks);
	assert_counts(row_named(&t, "A1"), 6, 3);
	assert_counts(row_named(&t, "A2"), 4, 4);
	assert_counts(row_named(&t, "B2"), 0, 0);
	district_close(&t);
}

static void
test_scope(void **state)
{
	struct score_query query = {
	    .by = BY_POPULATION, .within = "A", .first = DISTRICT_DAY};
	struct said t;

	(void)state;
	district_open(&t);
	say(&t, answer_at("D1", "land"), 5, 5);
	say(&t, answer_at("A1", "land"), 6, 3);
	say(&t, answer_at("B1", "civil"), 4, 4);
	make_rows(&t, BY_POPULATION, NULL, "A");
	assert_counts(&t.rows.rows[0], 6, 3);
	assert_string_equal(t.rows.rows[0].unit, "A");
	make_rows(&t, BY_POPULATION, NULL, "D"); /* with all below it */
	assert_counts(&t.rows.rows[0], 15, 12);
	make_rows(&t, BY_UNIT, NULL, "A");
	assert_int_equal(t.rows.count, 1);
	make_rows(&t, BY_DESK, NULL, "B");
	assert_int_equal(t.rows.count, 2);
	make_rows(&t, BY_FIELD, NULL, "A");
	assert_counts(row_named(&t, "land"), 6, 3);
	assert_string_equal(row_named(&t, "land")->unit, "A");
	/* what the reader may see at all */
	scores_make(&t.tallies, NULL, &district, &query, &t.arena, &t.rows);
	assert_counts(&t.rows.rows[0], 6, 3);
	assert_string_equal(t.rows.rows[0].unit, "A");
	assert_string_equal(score_name(&t.rows.rows[1]), "tthc-land");
	query.unit = "B";
	scores_make(&t.tallies, NULL, &district, &query, &t.arena, &t.rows);
	assert_counts(&t.rows.rows[0], 0, 0);
	query.unit = "D";
	scores_make(&t.tallies, NULL, &district, &query, &t.arena, &t.rows);
	assert_counts(&t.rows.rows[0], 6, 3);
	assert_string_equal(t.rows.rows[0].unit, "A");
	/* a unit without those below it */
	query.within = NULL;
	query.alone = true;
	scores_make(&t.tallies, NULL, &district, &query, &t.arena, &t.rows);
	assert_counts(&t.rows.rows[0], 5, 5);
	assert_string_equal(t.rows.rows[0].unit, "D");
	district_close(&t);
}

/* Counts without judgement are those of the row. */
static void
test_count(void **state)
{
	static const struct {
		const char *population, *unit, *field, *channel;
	} cases[] = {{"tthc", NULL, NULL, NULL},
	    {"tthc-land", NULL, NULL, NULL}, {"tthc", "A", NULL, NULL},
	    {"tthc", "D", "land", NULL}, {"tthc", NULL, "civil", "web"},
	    {"agency", NULL, NULL, NULL}};
	struct tally_key web = answer_at("B1", "civil");
	struct said t;

	(void)state;
	district_open(&t);
	say(&t, answer_at("D1", "land"), 5, 4);
	say(&t, answer_at("A1", "land"), 6, 3);
	say(&t, answer_at("A2", ""), 7, 7);
	say(&t, answer_at("B1", "civil"), 4, 2);
	web.channel = "web";
	say(&t, web, 9, 1);
	tallies_add(&t.tallies, &web, 5, true, 2);
	web.criterion = "attitude";
	say(&t, web, 3, 3);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct score_query q = {.by = BY_POPULATION,
		    .population = cases[i].population,
		    .unit = cases[i].unit,
		    .field = cases[i].field,
		    .channel = cases[i].channel,
		    .first = DISTRICT_DAY};
		struct score_counts counts = {0};
		const struct score *row;

		scores_make(&t.tallies, NULL, &district, &q, &t.arena, &t.rows);
		scores_count(&t.tallies, &district, &q, &counts);
		row = &t.rows.rows[0];
		assert_memory_equal(
		    counts.values, row->values, sizeof(counts.values));
		assert_int_equal(counts.aside, row->aside);
		assert_int_equal(scores_target(&district, &q), row->percent4);
	}
	district_close(&t);
}

static void
test_channels_criteria_days(void **state)
{
	struct tally_key key = answer_at("A1", "civil");
	struct said t;

	(void)state;
	district_open(&t);
	say(&t, key, 5, 5);
	key.criterion = "attitude";
	say(&t, key, 4, 1);
	tallies_add(&t.tallies, &key, 0, false, 3);
	tallies_add(&t.tallies, &key, 0, true, 2);
	key = answer_at("A1", "civil");
	key.channel = "web";
	key.day = DISTRICT_DAY + 1;
	say(&t, key, 2, 0);
	make_rows(&t, BY_CHANNEL, NULL, NULL);
	assert_int_equal(t.rows.count, 5);
	assert_counts(row_named(&t, "kiosk"), 5, 5);
	assert_counts(row_named(&t, "web"), 2, 0);
	assert_counts(row_named(&t, "paper"), 0, 0);
	make_rows(&t, BY_CRITERION, NULL, NULL);
	assert_int_equal(t.rows.count, 2);
	assert_counts(row_named(&t, "overall"), 7, 5);
	assert_counts(row_named(&t, "attitude"), 4, 1);
	assert_int_equal(row_named(&t, "attitude")->values[0], 3);
	assert_int_equal(row_named(&t, "attitude")->aside, 2);
	make_rows(&t, BY_DAY, NULL, NULL);
	assert_int_equal(t.rows.count, 2);
	assert_counts(row_named(&t, "2024-10-04"), 5, 5);
	assert_counts(row_named(&t, "2024-10-05"), 2, 0);
	district_close(&t);
}

static void
test_by_words(void **state)
{
	static const char *const words[] = {"", "unit", "field", "group",
	    "channel", "criterion", "day", "desk"};
	enum score_by by;

	(void)state;
	/* the rest is for the pages, and has no word */
	assert_int_equal(COUNT(words), BY_CELL);
	for (int i = 0; i < BY_CELL; i++) {
		assert_true(score_by_find(words[i], &by));
		assert_int_equal(by, i);
	}
	assert_true(score_by_find(NULL, &by));
	assert_int_equal(by, BY_POPULATION);
	assert_false(score_by_find("Unit", &by));
	assert_false(score_by_find("units", &by));
	for (int i = 0; population_names[i] != NULL; i++)
		assert_true(population_known(population_names[i]));
	assert_false(population_known("TTHC"));
	assert_false(population_known(""));
}

/* Dated targets: the one that holds on the period's first day. */
static void
test_targets_are_dated(void **state)
{
	struct target dated[] = {{"tthc", "", 19000, 800000},
	    {"tthc", "", DISTRICT_DAY, 900000},
	    {"tthc", "", DISTRICT_DAY + 1, 950000}};
	struct catalogue later = district;
	struct score_query query = {.by = BY_POPULATION};
	struct said t;

	(void)state;
	district_open(&t);
	later.targets = dated;
	later.ntargets = COUNT(dated);
	query.first = DISTRICT_DAY;
	scores_make(&t.tallies, NULL, &later, &query, &t.arena, &t.rows);
	assert_true(t.rows.rows[0].percent4 == 900000);
	query.first = DISTRICT_DAY - 1;
	scores_make(&t.tallies, NULL, &later, &query, &t.arena, &t.rows);
	assert_true(t.rows.rows[0].percent4 == 800000);
	query.first = 1; /* all are later: the oldest */
	scores_make(&t.tallies, NULL, &later, &query, &t.arena, &t.rows);
	assert_true(t.rows.rows[0].percent4 == 800000);
	district_close(&t);
}

/* Fewer than four desks: exactly judge. */
static void
test_few_desks(void **state)
{
	static const struct {
		int64_t n, good;
		enum verdict verdict;
	} cases[] = {{0, 0, VERDICT_NO_DATA}, {9, 9, VERDICT_TOO_FEW},
	    {29, 0, VERDICT_TOO_FEW}, {30, 30, VERDICT_NOT_YET_KNOWN},
	    {35, 35, VERDICT_MET}, {100, 95, VERDICT_NOT_YET_KNOWN},
	    {400, 380, VERDICT_MET}, {400, 320, VERDICT_NOT_MET},
	    {100, 90, VERDICT_NOT_YET_KNOWN}};
	struct said t;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		district_open(&t);
		say(&t, answer_at("A1", "civil"), cases[i].n, cases[i].good);
		make_rows(&t, BY_POPULATION, NULL, NULL);
		assert_judged(&t.rows.rows[0]);
		assert_null(t.rows.rows[0].reason);
		assert_int_equal(
		    t.rows.rows[0].judgement.verdict, cases[i].verdict);
		district_close(&t);
	}
}

/* Pooled counts say "met", but one desk of five is far off. */
static void
test_desks_disagree(void **state)
{
	const struct score *r;
	struct said t;

	(void)state;
	district_open(&t);
	say(&t, answer_at("D1", "civil"), 100, 100);
	say(&t, answer_at("A1", "civil"), 100, 100);
	say(&t, answer_at("A2", "civil"), 100, 100);
	say(&t, answer_at("B1", "civil"), 100, 100);
	say(&t, answer_at("B2", "civil"), 100, 70);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	r = &t.rows.rows[0];
	assert_int_equal(
	    judge_counts(470, 500, JUDGE_UNKNOWN, 900000).verdict, VERDICT_MET);
	assert_int_equal(r->judgement.verdict, VERDICT_NOT_YET_KNOWN);
	assert_string_equal(r->reason, "desks");
	assert_true(r->clustered);
	assert_true(r->judgement.more_needed > 0);
	assert_judged(r); /* the interval stays the pooled one */
	district_close(&t);
}

static void
test_desks_agree(void **state)
{
	struct said t;

	(void)state;
	district_open(&t);
	for (size_t i = 0; i < district.ndesks; i++)
		say(&t, answer_at(district.desks[i].code, "civil"), 100, 96);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	assert_int_equal(t.rows.rows[0].judgement.verdict, VERDICT_MET);
	assert_null(t.rows.rows[0].reason);
	assert_true(t.rows.rows[0].clustered);
	district_close(&t);
	district_open(&t);
	for (size_t i = 0; i < district.ndesks; i++)
		say(&t, answer_at(district.desks[i].code, "civil"), 100, 60);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	assert_int_equal(t.rows.rows[0].judgement.verdict, VERDICT_NOT_MET);
	assert_null(t.rows.rows[0].reason);
	district_close(&t);
}

/* What is set aside stands beside every row it belongs to, by reason, with the
 * share it would have; its reasons are in order, most first. */
static void
test_aside_beside(void **state)
{
	static const struct {
		const char *desk, *field, *scores, *why;
	} set[] = {
	    {"A1", "civil", "overall=1 attitude=5", "abuse"},
	    {"A1", "civil", "overall=2 attitude=-", "abuse"},
	    {"A1", "land", "overall=5", "test"},
	    {"B1", "civil", "overall=4", "test"},
	};
	static const struct {
		enum score_by by;
		const char *population, *unit, *name;
		int64_t aside, valid, satisfied;
		const char *first; /* reason */
		size_t reasons;
	} rows[] = {
	    {BY_POPULATION, NULL, NULL, "tthc", 4, 4, 2, "abuse", 2},
	    {BY_POPULATION, NULL, NULL, "tthc-land", 1, 1, 1, "test", 1},
	    {BY_POPULATION, NULL, NULL, "agency", 0, 0, 0, NULL, 0},
	    {BY_UNIT, NULL, NULL, "A", 3, 3, 1, "abuse", 2},
	    {BY_UNIT, NULL, NULL, "B", 1, 1, 1, "test", 1},
	    {BY_FIELD, NULL, NULL, "civil", 3, 3, 1, "abuse", 2},
	    {BY_FIELD, NULL, "A", "land", 1, 1, 1, "test", 1},
	    {BY_DESK, NULL, NULL, "A1", 3, 3, 1, "abuse", 2},
	    {BY_DESK, NULL, NULL, "A2", 0, 0, 0, NULL, 0},
	    {BY_CHANNEL, NULL, NULL, "kiosk", 4, 4, 2, "abuse", 2},
	    {BY_CHANNEL, NULL, NULL, "web", 0, 0, 0, NULL, 0},
	    {BY_CRITERION, NULL, NULL, "overall", 4, 4, 2, "abuse", 2},
	    /* one of the two did not apply */
	    {BY_CRITERION, NULL, NULL, "attitude", 2, 1, 1, "abuse", 1},
	};
	struct said t;

	(void)state;
	district_open(&t);
	for (size_t i = 0; i < sizeof(set) / sizeof(set[0]); i++)
		assert_true(tallies_add_answer(&t.tallies,
		    answer_at(set[i].desk, set[i].field), set[i].scores, "",
		    TALLY_ASIDE, set[i].why, 1));
	say(&t, answer_at("A1", "civil"), 10, 8);
	/* set aside and counted again: nothing is left of it */
	for (int by = 1; by >= -1; by -= 2)
		assert_true(
		    tallies_add_answer(&t.tallies, answer_at("A2", "civil"),
			"overall=3", "", TALLY_ASIDE, "clock", by));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct score *r;
		int64_t valid, good;

		make_rows(&t, rows[i].by, rows[i].population, rows[i].unit);
		r = row_named(&t, rows[i].name);
		valid = r->judgement.valid + rows[i].valid;
		good = r->judgement.satisfied + rows[i].satisfied;
		if (r->aside != rows[i].aside ||
		    r->aside_part.valid != rows[i].valid ||
		    r->aside_part.satisfied != rows[i].satisfied ||
		    r->nasides != rows[i].reasons)
			fail_msg("row %zu", i);
		if (rows[i].first != NULL)
			assert_string_equal(r->asides[0].reason, rows[i].first);
		if (valid > 0)
			assert_true(
			    r->share_with == (double)good / (double)valid);
	}
	district_close(&t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_aside_beside),
	    cmocka_unit_test(test_populations),
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_groups),
	    cmocka_unit_test(test_units_and_desks),
	    cmocka_unit_test(test_scope),
	    cmocka_unit_test(test_count),
	    cmocka_unit_test(test_channels_criteria_days),
	    cmocka_unit_test(test_by_words),
	    cmocka_unit_test(test_targets_are_dated),
	    cmocka_unit_test(test_few_desks),
	    cmocka_unit_test(test_desks_disagree),
	    cmocka_unit_test(test_desks_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

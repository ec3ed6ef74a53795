/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of scores over a small district of the test's own: who belongs to which
 * population, which target holds, what the desks do to a verdict, and the JSON
 * as the contract writes it. Every row's figures must be those of judge for
 * the row's own counts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/score.h"
#include "server/core/score_write.h"
#include "shared/civil.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DAY_1        20000

/* ---------------------------------------------------------- the district */

static struct unit units[] = {
    {"D", "", "district", "Huyện", 0, INT32_MAX},
    {"A", "D", "town", "Thị trấn", 0, INT32_MAX},
    {"B", "D", "commune", "Xã", 0, INT32_MAX},
    {"N", "D", "commune", "Xã không quầy", 0, INT32_MAX},
};
static struct field fields[] = {
    {"land", "Đất đai", GROUP_LAND},
    {"build", "Xây dựng", GROUP_LAND},
    {"civil", "Hộ tịch", "justice"},
    {"crop", "Trồng trọt", "farming"},
};
static struct target targets[] = {
    {"tthc", "", 19000, 900000},
    {"tthc-land", GROUP_LAND, 19000, 850000},
    {"agency", "", 19000, 900000},
    {"health-education", "", 19000, 850000},
};
static const struct field *all_fields[] = {
    &fields[0], &fields[1], &fields[2], &fields[3]};
static struct desk desks[] = {
    {"D1", "Quầy", &units[0], all_fields, 4},
    {"A1", "Quầy", &units[1], all_fields, 4},
    {"A2", "Quầy", &units[1], all_fields, 4},
    {"B1", "Quầy", &units[2], all_fields, 4},
    {"B2", "Quầy", &units[2], all_fields, 4},
};
static struct form forms[] = {
    {.code = "one-stop", .version = 1, .population = "tthc"},
    {.code = "sipas", .version = 1, .population = "agency"},
};
static const struct catalogue district = {.units = units,
    .nunits = COUNT(units),
    .fields = fields,
    .nfields = COUNT(fields),
    .targets = targets,
    .ntargets = COUNT(targets),
    .desks = desks,
    .ndesks = COUNT(desks),
    .forms = forms,
    .nforms = COUNT(forms)};

/* ------------------------------------------------------------- what was said
 */

struct test {
	struct tallies tallies;
	struct arena arena;
	struct score_rows rows;
};

static void
start(struct test *t)
{
	tallies_init(&t->tallies);
	arena_init(&t->arena);
}

static void
stop(struct test *t)
{
	tallies_finish(&t->tallies);
	arena_finish(&t->arena);
}

static struct tally_key
at(const char *desk, const char *field)
{
	struct tally_key key = {.day = DAY_1,
	    .desk = desk,
	    .field = field,
	    .channel = "kiosk",
	    .form = "one-stop",
	    .criterion = "overall"};

	key.unit = catalogue_desk(&district, desk)->unit->code;
	return key;
}

/* n answers of which `good` are satisfied. */
static void
say(struct test *t, struct tally_key key, int64_t n, int64_t good)
{
	tallies_add(&t->tallies, &key, 5, false, good);
	tallies_add(&t->tallies, &key, 2, false, n - good);
}

static void
make(struct test *t, enum score_by by, const char *population, const char *unit)
{
	struct score_query query = {.by = by,
	    .population = population,
	    .unit = unit,
	    .first = DAY_1,
	    .last = DAY_1 + 90};

	scores_make(&t->tallies, &district, &query, &t->arena, &t->rows);
	t->rows.period = "2026-Q3";
}

/* The row whose name this is; fails when there is none. */
static const struct score *
row(const struct test *t, const char *name)
{
	for (size_t i = 0; i < t->rows.count; i++)
		if (strcmp(score_name(&t->rows.rows[i]), name) == 0)
			return &t->rows.rows[i];
	fail_msg("no row %s", name);
	return NULL;
}

static void
assert_counts(const struct score *r, int64_t valid, int64_t satisfied)
{
	if (r->judgement.valid != valid || r->judgement.satisfied != satisfied)
		fail_msg("%s: %lld of %lld, not %lld of %lld", score_name(r),
		    (long long)r->judgement.satisfied,
		    (long long)r->judgement.valid, (long long)satisfied,
		    (long long)valid);
}

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

/* ----------------------------------------------------------------- the tests
 */

static void
test_populations(void **state)
{
	struct test t;
	struct tally_key agency = at("D1", "");

	(void)state;
	start(&t);
	say(&t, at("D1", "land"), 40, 30);
	say(&t, at("A1", "build"), 10, 10);
	say(&t, at("A1", "civil"), 50, 45);
	say(&t, at("B1", ""), 7, 1); /* nobody knows the field */
	agency.form = "sipas";
	say(&t, agency, 60, 60);
	make(&t, BY_POPULATION, NULL, NULL);
	assert_int_equal(t.rows.count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(
		    t.rows.rows[i].population, population_names[i]);
		assert_judged(&t.rows.rows[i]);
	}
	assert_counts(row(&t, "tthc"), 107, 86);
	assert_counts(row(&t, "tthc-land"), 50, 40);
	assert_counts(row(&t, "agency"), 60, 60);
	assert_counts(row(&t, "health-education"), 0, 0);
	assert_true(row(&t, "tthc")->percent4 == 900000);
	assert_true(row(&t, "tthc-land")->percent4 == 850000);
	assert_int_equal(
	    row(&t, "health-education")->judgement.verdict, VERDICT_NO_DATA);
	make(&t, BY_POPULATION, "tthc-land", NULL);
	assert_int_equal(t.rows.count, 1);
	assert_counts(row(&t, "tthc-land"), 50, 40);
	stop(&t);
}

static void
test_fields(void **state)
{
	struct test t;

	(void)state;
	start(&t);
	say(&t, at("D1", "land"), 40, 30);
	say(&t, at("A1", "land"), 10, 10);
	say(&t, at("A1", "civil"), 50, 45);
	say(&t, at("B1", ""), 7, 1);
	say(&t, at("B1", "left"), 3, 3); /* has left the catalogue */
	make(&t, BY_FIELD, NULL, NULL);
	/* every field of the catalogue, then what else was said */
	assert_int_equal(t.rows.count, 6);
	for (size_t i = 0; i < COUNT(fields); i++)
		assert_string_equal(t.rows.rows[i].field, fields[i].code);
	assert_counts(row(&t, "land"), 50, 40);
	assert_counts(row(&t, "build"), 0, 0);
	assert_counts(row(&t, "civil"), 50, 45);
	assert_counts(row(&t, "-"), 7, 1);
	assert_counts(row(&t, "left"), 3, 3);
	assert_true(row(&t, "land")->percent4 == 850000);
	assert_true(row(&t, "build")->percent4 == 850000);
	assert_true(row(&t, "civil")->percent4 == 900000);
	assert_true(row(&t, "-")->percent4 == 900000); /* never under 85 */
	make(&t, BY_FIELD, "tthc-land", NULL);
	assert_int_equal(t.rows.count, 2);
	assert_counts(row(&t, "land"), 50, 40);
	stop(&t);
}

static void
test_groups(void **state)
{
	struct test t;

	(void)state;
	start(&t);
	say(&t, at("D1", "land"), 40, 30);
	say(&t, at("A1", "build"), 10, 10);
	say(&t, at("A1", "civil"), 50, 45);
	say(&t, at("B1", ""), 7, 1);
	make(&t, BY_GROUP, NULL, NULL);
	assert_int_equal(t.rows.count, 4);
	assert_counts(row(&t, GROUP_LAND), 50, 40);
	assert_counts(row(&t, "justice"), 50, 45);
	assert_counts(row(&t, "farming"), 0, 0);
	assert_counts(row(&t, "-"), 7, 1);
	assert_true(row(&t, GROUP_LAND)->percent4 == 850000);
	assert_true(row(&t, "justice")->percent4 == 900000);
	assert_true(row(&t, "-")->percent4 == 900000);
	stop(&t);
}

static void
test_units_and_desks(void **state)
{
	struct test t;

	(void)state;
	start(&t);
	say(&t, at("D1", "land"), 5, 5);
	say(&t, at("A1", "civil"), 6, 3);
	say(&t, at("A2", "civil"), 4, 4);
	make(&t, BY_UNIT, NULL, NULL);
	/* those with a desk, in the catalogue's order */
	assert_int_equal(t.rows.count, 3);
	assert_counts(row(&t, "D"), 5, 5);
	assert_counts(row(&t, "A"), 10, 7);
	assert_counts(row(&t, "B"), 0, 0);
	assert_int_equal(row(&t, "A")->ndesks, 2);
	make(&t, BY_DESK, NULL, NULL);
	assert_int_equal(t.rows.count, COUNT(desks));
	assert_counts(row(&t, "A1"), 6, 3);
	assert_counts(row(&t, "A2"), 4, 4);
	assert_counts(row(&t, "B2"), 0, 0);
	stop(&t);
}

static void
test_scope(void **state)
{
	struct score_query query = {
	    .by = BY_POPULATION, .within = "A", .first = DAY_1};
	struct test t;

	(void)state;
	start(&t);
	say(&t, at("D1", "land"), 5, 5);
	say(&t, at("A1", "land"), 6, 3);
	say(&t, at("B1", "civil"), 4, 4);
	make(&t, BY_POPULATION, NULL, "A");
	assert_counts(&t.rows.rows[0], 6, 3);
	assert_string_equal(t.rows.rows[0].unit, "A");
	make(&t, BY_POPULATION, NULL, "D"); /* with all below it */
	assert_counts(&t.rows.rows[0], 15, 12);
	make(&t, BY_UNIT, NULL, "A");
	assert_int_equal(t.rows.count, 1);
	make(&t, BY_DESK, NULL, "B");
	assert_int_equal(t.rows.count, 2);
	make(&t, BY_FIELD, NULL, "A");
	assert_counts(row(&t, "land"), 6, 3);
	assert_string_equal(row(&t, "land")->unit, "A");
	/* what the reader may see at all */
	scores_make(&t.tallies, &district, &query, &t.arena, &t.rows);
	assert_counts(&t.rows.rows[0], 6, 3);
	assert_string_equal(t.rows.rows[0].unit, "A");
	assert_string_equal(score_name(&t.rows.rows[1]), "tthc-land");
	query.unit = "B";
	scores_make(&t.tallies, &district, &query, &t.arena, &t.rows);
	assert_counts(&t.rows.rows[0], 0, 0);
	query.unit = "D";
	scores_make(&t.tallies, &district, &query, &t.arena, &t.rows);
	assert_counts(&t.rows.rows[0], 6, 3);
	assert_string_equal(t.rows.rows[0].unit, "A");
	stop(&t);
}

static void
test_channels_criteria_days(void **state)
{
	struct tally_key key = at("A1", "civil");
	struct test t;

	(void)state;
	start(&t);
	say(&t, key, 5, 5);
	key.criterion = "attitude";
	say(&t, key, 4, 1);
	tallies_add(&t.tallies, &key, 0, false, 3);
	tallies_add(&t.tallies, &key, 0, true, 2);
	key = at("A1", "civil");
	key.channel = "web";
	key.day = DAY_1 + 1;
	say(&t, key, 2, 0);
	make(&t, BY_CHANNEL, NULL, NULL);
	assert_int_equal(t.rows.count, 5);
	assert_counts(row(&t, "kiosk"), 5, 5);
	assert_counts(row(&t, "web"), 2, 0);
	assert_counts(row(&t, "paper"), 0, 0);
	make(&t, BY_CRITERION, NULL, NULL);
	assert_int_equal(t.rows.count, 2);
	assert_counts(row(&t, "overall"), 7, 5);
	assert_counts(row(&t, "attitude"), 4, 1);
	assert_int_equal(row(&t, "attitude")->values[0], 3);
	assert_int_equal(row(&t, "attitude")->aside, 2);
	make(&t, BY_DAY, NULL, NULL);
	assert_int_equal(t.rows.count, 2);
	assert_counts(row(&t, "2024-10-04"), 5, 5);
	assert_counts(row(&t, "2024-10-05"), 2, 0);
	stop(&t);
}

static void
test_by_words(void **state)
{
	static const char *const words[] = {"", "unit", "field", "group",
	    "channel", "criterion", "day", "desk"};
	enum score_by by;

	(void)state;
	assert_int_equal(COUNT(words), BY_COUNT);
	for (int i = 0; i < BY_COUNT; i++) {
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
	    {"tthc", "", DAY_1, 900000}, {"tthc", "", DAY_1 + 1, 950000}};
	struct catalogue later = district;
	struct score_query query = {.by = BY_POPULATION};
	struct test t;

	(void)state;
	start(&t);
	later.targets = dated;
	later.ntargets = COUNT(dated);
	query.first = DAY_1;
	scores_make(&t.tallies, &later, &query, &t.arena, &t.rows);
	assert_true(t.rows.rows[0].percent4 == 900000);
	query.first = DAY_1 - 1;
	scores_make(&t.tallies, &later, &query, &t.arena, &t.rows);
	assert_true(t.rows.rows[0].percent4 == 800000);
	query.first = 1; /* all are later: the oldest */
	scores_make(&t.tallies, &later, &query, &t.arena, &t.rows);
	assert_true(t.rows.rows[0].percent4 == 800000);
	stop(&t);
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
	struct test t;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		start(&t);
		say(&t, at("A1", "civil"), cases[i].n, cases[i].good);
		make(&t, BY_POPULATION, NULL, NULL);
		assert_judged(&t.rows.rows[0]);
		assert_null(t.rows.rows[0].reason);
		assert_int_equal(
		    t.rows.rows[0].judgement.verdict, cases[i].verdict);
		stop(&t);
	}
}

/* Pooled counts say "met", but one desk of five is far off. */
static void
test_desks_disagree(void **state)
{
	const struct score *r;
	struct test t;

	(void)state;
	start(&t);
	say(&t, at("D1", "civil"), 100, 100);
	say(&t, at("A1", "civil"), 100, 100);
	say(&t, at("A2", "civil"), 100, 100);
	say(&t, at("B1", "civil"), 100, 100);
	say(&t, at("B2", "civil"), 100, 70);
	make(&t, BY_POPULATION, NULL, NULL);
	r = &t.rows.rows[0];
	assert_int_equal(
	    judge_counts(470, 500, JUDGE_UNKNOWN, 900000).verdict, VERDICT_MET);
	assert_int_equal(r->judgement.verdict, VERDICT_NOT_YET_KNOWN);
	assert_string_equal(r->reason, "desks");
	assert_true(r->clustered);
	assert_true(r->judgement.more_needed > 0);
	assert_judged(r); /* the interval stays the pooled one */
	stop(&t);
}

static void
test_desks_agree(void **state)
{
	struct test t;

	(void)state;
	start(&t);
	for (size_t i = 0; i < COUNT(desks); i++)
		say(&t, at(desks[i].code, "civil"), 100, 96);
	make(&t, BY_POPULATION, NULL, NULL);
	assert_int_equal(t.rows.rows[0].judgement.verdict, VERDICT_MET);
	assert_null(t.rows.rows[0].reason);
	assert_true(t.rows.rows[0].clustered);
	stop(&t);
	start(&t);
	for (size_t i = 0; i < COUNT(desks); i++)
		say(&t, at(desks[i].code, "civil"), 100, 60);
	make(&t, BY_POPULATION, NULL, NULL);
	assert_int_equal(t.rows.rows[0].judgement.verdict, VERDICT_NOT_MET);
	assert_null(t.rows.rows[0].reason);
	stop(&t);
}

/* ------------------------------------------------------------------- writing
 */

/* Contract, section 2: these keys in this order. "adjusted" only for rows of
 * several desks, "anytime" because nothing is final yet. */
static const char *const keys[] = {"scope", "population", "period", "formula",
    "target", "satisfied", "valid", "not_applicable", "set_aside", "values",
    "share", "interval", "bounds", "verdict", "reason", "dossiers", "coverage",
    "more_needed", "channels", "adjusted", "final", "anytime"};

static void
assert_keys(const json_t *object, bool adjusted)
{
	const char *key;
	json_t *value;
	size_t i = 0;

	json_object_foreach((json_t *)object, key, value)
	{
		if (!adjusted && strcmp(keys[i], "adjusted") == 0)
			i++;
		assert_true(i < COUNT(keys));
		assert_string_equal(key, keys[i]);
		i++;
	}
	assert_int_equal(i, COUNT(keys));
}

static json_t *
written(const struct test *t)
{
	struct buf out;
	json_t *json;

	buf_init(&out);
	scores_json(&t->rows, &out);
	json = json_loads(buf_text(&out), JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	buf_finish(&out);
	return json;
}

static void
test_json_keys(void **state)
{
	struct test t;
	json_t *json, *scope;

	(void)state;
	start(&t);
	say(&t, at("A1", "civil"), 10, 9);
	say(&t, at("A2", ""), 10, 9);
	make(&t, BY_FIELD, NULL, "A");
	json = written(&t);
	assert_int_equal(json_array_size(json), 5);
	for (size_t i = 0; i < 5; i++)
		assert_keys(json_array_get(json, i), false);
	scope = json_object_get(json_array_get(json, 0), "scope");
	assert_int_equal(json_object_size(scope), 2);
	assert_string_equal(
	    json_string_value(json_object_get(scope, "unit")), "A");
	assert_string_equal(
	    json_string_value(json_object_get(scope, "field")), "land");
	scope = json_object_get(json_array_get(json, 4), "scope");
	assert_true(json_is_null(json_object_get(scope, "field")));
	json_decref(json);
	make(&t, BY_POPULATION, NULL, NULL);
	json = written(&t);
	assert_keys(json_array_get(json, 0), true);
	assert_int_equal(
	    json_object_size(json_object_get(json_array_get(json, 0), "scope")),
	    0);
	json_decref(json);
	stop(&t);
}

/* The counts of the contract's example, without its dossiers. */
static void
test_json_text(void **state)
{
	static const char *const expected =
	    "[\n{\"scope\":{\"unit\":\"A\"},\"population\":\"tthc-land\","
	    "\"period\":\"2026-Q3\",\"formula\":\"top2\",\"target\":85,"
	    "\"satisfied\":181,\"valid\":200,\"not_applicable\":0,"
	    "\"set_aside\":2,\"values\":{\"1\":4,\"2\":6,\"3\":9,\"4\":101,"
	    "\"5\":80},\"share\":90.5,"
	    "\"interval\":[85.6398388352,93.8336897283],\"bounds\":null,"
	    "\"verdict\":\"met\",\"reason\":null,\"dossiers\":null,"
	    "\"coverage\":null,\"more_needed\":0,"
	    "\"channels\":{\"kiosk\":200},\"final\":false,\"anytime\":[";
	static const int64_t n[] = {0, 4, 6, 9, 101, 80};
	struct tally_key key = at("A1", "land");
	struct test t;
	struct buf out;

	(void)state;
	start(&t);
	for (int i = 1; i <= 5; i++)
		tallies_add(&t.tallies, &key, i, false, n[i]);
	tallies_add(&t.tallies, &key, 1, true, 2);
	make(&t, BY_POPULATION, "tthc-land", "A");
	buf_init(&out);
	scores_json(&t.rows, &out);
	if (strncmp(buf_text(&out), expected, strlen(expected)) != 0)
		assert_string_equal(buf_text(&out), expected);
	buf_finish(&out);
	stop(&t);
}

static void
test_json_empty(void **state)
{
	struct test t;
	struct buf out;
	json_t *json, *first;

	(void)state;
	start(&t);
	make(&t, BY_DAY, NULL, NULL); /* no day, no row */
	buf_init(&out);
	scores_json(&t.rows, &out);
	assert_string_equal(buf_text(&out), "[]");
	buf_finish(&out);
	make(&t, BY_POPULATION, NULL, NULL);
	json = written(&t);
	first = json_array_get(json, 0);
	assert_true(json_is_null(json_object_get(first, "share")));
	assert_true(json_is_null(json_object_get(first, "interval")));
	assert_string_equal(
	    json_string_value(json_object_get(first, "verdict")), "no_data");
	assert_int_equal(
	    json_integer_value(json_object_get(first, "more_needed")), 30);
	json_decref(json);
	stop(&t);
}

static void
test_csv_and_text(void **state)
{
	struct test t;
	struct buf out;

	(void)state;
	start(&t);
	say(&t, at("A1", "civil"), 10, 9);
	make(&t, BY_POPULATION, "tthc", NULL);
	buf_init(&out);
	scores_csv(&t.rows, &out);
	assert_string_equal(buf_text(&out),
	    "name,population,period,target,satisfied,valid,not_applicable,"
	    "set_aside,n1,n2,n3,n4,n5,share,lo,hi,verdict,more_needed\r\n"
	    "tthc,tthc,2026-Q3,90,9,10,0,0,0,1,0,0,9,90,59.5849973205,"
	    "98.2123786905,too_few,\r\n");
	buf_clear(&out);
	scores_text(&t.rows, &out);
	assert_non_null(strstr(buf_text(&out), "59.5-  98.3%  too_few"));
	buf_finish(&out);
	stop(&t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_populations),
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_groups),
	    cmocka_unit_test(test_units_and_desks),
	    cmocka_unit_test(test_scope),
	    cmocka_unit_test(test_channels_criteria_days),
	    cmocka_unit_test(test_by_words),
	    cmocka_unit_test(test_targets_are_dated),
	    cmocka_unit_test(test_few_desks),
	    cmocka_unit_test(test_desks_disagree),
	    cmocka_unit_test(test_desks_agree),
	    cmocka_unit_test(test_json_keys),
	    cmocka_unit_test(test_json_text),
	    cmocka_unit_test(test_json_empty),
	    cmocka_unit_test(test_csv_and_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

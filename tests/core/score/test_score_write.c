/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of scores as others read them: the contract's JSON, CSV, a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/score/tally.h"
#include "shared/buf.h"
#include "tests/core/district.h"

#include <jansson.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Contract, section 2: these keys in this order. "adjusted" only for rows of
 * several desks, "anytime" because nothing is final yet. */
static const char *const keys[] = {"scope", "population", "period", "formula",
    "target", "satisfied", "valid", "not_applicable", "set_aside", "values",
    "share", "interval", "bounds", "verdict", "reason", "dossiers", "coverage",
    "tied", "judged", "lean", "more_needed", "channels", "adjusted", "final",
    "anytime", "unusual", "classes", "with_aside"};

static void
assert_keys(const json_t *object, bool adjusted)
{
	const char *key;
	json_t *value;
	size_t i = 0;

	json_object_foreach ((json_t *)object, key, value) {
		if (!adjusted && strcmp(keys[i], "adjusted") == 0)
			i++;
		assert_true(i < COUNT(keys));
		assert_string_equal(key, keys[i]);
		i++;
	}
	assert_int_equal(i, COUNT(keys));
}

static json_t *
written(const struct said *t)
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
	struct said t;
	json_t *json, *scope;

	(void)state;
	district_open(&t);
	say(&t, answer_at("A1", "civil"), 10, 9);
	say(&t, answer_at("A2", ""), 10, 9);
	make_rows(&t, BY_FIELD, NULL, "A");
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
	make_rows(&t, BY_POPULATION, NULL, NULL);
	json = written(&t);
	assert_keys(json_array_get(json, 0), true);
	assert_int_equal(
	    json_object_size(json_object_get(json_array_get(json, 0), "scope")),
	    0);
	json_decref(json);
	district_close(&t);
}

/* How many are set aside, for which reasons, and the share with them. */
static void
test_with_aside(void **state)
{
	static const char *const why[] = {"abuse", "test", "abuse"};
	struct said t;
	struct buf out;

	(void)state;
	district_open(&t);
	say(&t, answer_at("A1", "civil"), 10, 9);
	for (int i = 0; i < 3; i++)
		assert_true(
		    tallies_add_answer(&t.tallies, answer_at("A1", "civil"),
			"overall=2", "", TALLY_ASIDE, why[i], 1));
	make_rows(&t, BY_POPULATION, "tthc", NULL);
	buf_init(&out);
	scores_json(&t.rows, &out);
	assert_non_null(strstr(buf_text(&out),
	    ",\"with_aside\":{\"satisfied\":9,\"valid\":13,\"share\":"
	    "69.2307692308,\"reasons\":{\"abuse\":2,\"test\":1}}}"));
	buf_finish(&out);
	buf_init(&out);
	scores_csv(&t.rows, &out);
	assert_non_null(
	    strstr(buf_text(&out), ",69.2307692308,abuse=2 test=1\r\n"));
	buf_finish(&out);
	district_close(&t);
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
	    "\"coverage\":null,\"tied\":null,"
	    "\"judged\":[85.6398388352,93.8336897283],\"lean\":null,"
	    "\"more_needed\":0,"
	    "\"channels\":{\"kiosk\":200},\"final\":false,\"anytime\":[";
	static const int64_t n[] = {0, 4, 6, 9, 101, 80};
	struct tally_key key = answer_at("A1", "land");
	struct said t;
	struct buf out;

	(void)state;
	district_open(&t);
	for (int i = 1; i <= 5; i++)
		tallies_add(&t.tallies, &key, i, false, n[i]);
	tallies_add(&t.tallies, &key, 1, true, 2);
	make_rows(&t, BY_POPULATION, "tthc-land", "A");
	buf_init(&out);
	scores_json(&t.rows, &out);
	if (strncmp(buf_text(&out), expected, strlen(expected)) != 0)
		assert_string_equal(buf_text(&out), expected);
	buf_finish(&out);
	district_close(&t);
}

static void
test_json_empty(void **state)
{
	struct said t;
	struct buf out;
	json_t *json, *first;

	(void)state;
	district_open(&t);
	make_rows(&t, BY_DAY, NULL, NULL); /* no day, no row */
	buf_init(&out);
	scores_json(&t.rows, &out);
	assert_string_equal(buf_text(&out), "[]");
	buf_finish(&out);
	make_rows(&t, BY_POPULATION, NULL, NULL);
	json = written(&t);
	first = json_array_get(json, 0);
	assert_true(json_is_null(json_object_get(first, "share")));
	assert_true(json_is_null(json_object_get(first, "interval")));
	assert_string_equal(
	    json_string_value(json_object_get(first, "verdict")), "no_data");
	assert_int_equal(
	    json_integer_value(json_object_get(first, "more_needed")), 30);
	json_decref(json);
	district_close(&t);
}

static void
test_csv(void **state)
{
	struct said t;
	struct buf out;

	(void)state;
	district_open(&t);
	say(&t, answer_at("A1", "civil"), 10, 9);
	make_rows(&t, BY_POPULATION, "tthc", NULL);
	buf_init(&out);
	scores_csv(&t.rows, &out);
	assert_string_equal(buf_text(&out),
	    "name,population,period,target,satisfied,valid,not_applicable,"
	    "set_aside,n1,n2,n3,n4,n5,share,lo,hi,verdict,more_needed,"
	    "lean,reason,unusual,share_without,verified,"
	    "share_with_aside,aside_reasons\r\n"
	    "tthc,tthc,2026-Q3,90,9,10,0,0,0,1,0,0,9,90,59.5849973205,"
	    "98.2123786905,too_few,,,,0,90,0,,\r\n");
	buf_finish(&out);
	district_close(&t);
}

static size_t
commas(const char *line)
{
	size_t n = 0;

	for (; *line != '\r'; line++)
		n += *line == ',';
	return n;
}

/* A row that is left out has the others' members and columns. */
static void
test_suppressed(void **state)
{
	struct said t;
	struct buf out;
	json_t *json, *row, *value;
	const char *line;

	(void)state;
	district_open(&t);
	say(&t, answer_at("A1", "civil"), 10, 9);
	make_rows(&t, BY_POPULATION, "tthc", NULL);
	t.rows.rows[0].few = true;
	json = written(&t);
	row = json_array_get(json, 0);
	for (size_t i = 0; i < COUNT(keys); i++) {
		value = json_object_get(row, keys[i]);
		assert_non_null(value);
		assert_true(json_is_null(value) == (i > 4));
	}
	assert_true(json_is_true(json_object_get(row, "suppressed")));
	json_decref(json);
	buf_init(&out);
	scores_csv(&t.rows, &out);
	line = strchr(buf_text(&out), '\n') + 1;
	assert_int_equal(commas(line), commas(buf_text(&out)));
	assert_non_null(strstr(line, ",suppressed,"));
	assert_int_equal(commas(strstr(line, "suppressed")),
	    commas(strstr(buf_text(&out), "verdict")));
	buf_finish(&out);
	district_close(&t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_json_keys),
	    cmocka_unit_test(test_with_aside),
	    cmocka_unit_test(test_json_text),
	    cmocka_unit_test(test_json_empty),
	    cmocka_unit_test(test_csv),
	    cmocka_unit_test(test_suppressed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

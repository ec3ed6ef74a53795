/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The built-in catalogue: every code it refers to exists, and what the
 * contract promises of Tuy Phong 2022 (section 4) is there. Read from what got
 * embedded, with the reader that `init` uses.
 */
#include "shared/catalogue.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "shared/answer.h"
#include "shared/utf8.h"
#include "shared/civil.h"
#include "shared/csv.h"
#include "shared/limits.h"
#include "shared/text.h"

#define LAND "land-construction-investment"

enum unit_column { U_CODE, U_PARENT, U_LEVEL, U_NAME, U_FROM, U_TO };
enum field_column { F_CODE, F_NAME, F_GROUP };
enum target_column { T_POPULATION, T_GROUP, T_FROM, T_PERCENT };
enum desk_column { D_CODE, D_UNIT, D_NAME, D_FIELDS };

static struct arena arena;
static struct csv *units, *successors, *fields, *targets, *desks;
static json_t *form;

/* The one that is looked at. */
static const struct catalogue_file *edition = catalogue_files;

static const struct catalogue_file *
embedded(const char *name)
{
	for (const struct catalogue_file *f = edition; f->name; f++) {
		if (strcmp(f->name, name) == 0) {
			assert_int_equal(strlen(f->data), f->size);
			return f;
		}
	}
	fail_msg("%s is not embedded", name);
	return NULL;
}

static struct csv *
table(const char *name, const char *const *columns)
{
	const struct catalogue_file *f = embedded(name);
	char error[LIMIT_ERROR_BYTES];
	struct csv *t =
	    csv_parse(&arena, f->data, f->size, columns, error, sizeof(error));

	if (!t) {
		fail_msg("%s: %s", name, error);
	}
	return t;
}

static int
setup(void **state)
{
	static const char *const unit[] = {
	    "code", "parent", "level", "name", "valid_from", "valid_to", NULL};
	static const char *const successor[] = {
	    "unit", "successor", "from", NULL};
	static const char *const field[] = {"code", "name", "group", NULL};
	static const char *const target[] = {
	    "population", "group", "from", "percent", NULL};
	static const char *const desk[] = {
	    "code", "unit", "name", "fields", NULL};
	const struct catalogue_file *f = embedded("forms/one-stop.json");

	(void)state;
	arena_init(&arena);
	units = table("units.csv", unit);
	successors = table("successors.csv", successor);
	fields = table("fields.csv", field);
	targets = table("targets.csv", target);
	desks = table("desks.csv", desk);
	form = json_loadb(f->data, f->size, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(form);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	json_decref(form);
	arena_finish(&arena);
	return 0;
}

/* The cells of the row with this code; NULL when there is none. */
static const char **
row(const struct csv *t, const char *code)
{
	for (size_t i = 0; i < t->nrows; i++) {
		if (strcmp(t->rows[i].cells[0], code) == 0) {
			return t->rows[i].cells;
		}
	}
	return NULL;
}

static int32_t
day(const char *date)
{
	int32_t d;

	if (!civil_parse_date(date, &d)) {
		fail_msg("not a date: \"%s\"", date);
	}
	return d;
}

static int32_t
last_day(const char **unit)
{
	return unit[U_TO][0] ? day(unit[U_TO]) : INT32_MAX;
}

/* Codes and names that every table of things must have. */
static void
check_codes(const struct csv *t, size_t name)
{
	for (size_t i = 0; i < t->nrows; i++) {
		const char **c = t->rows[i].cells;
		if (!code_valid(c[0]) || row(t, c[0]) != c) {
			fail_msg("\"%s\" is no code, or is there twice", c[0]);
		}
		assert_true(strlen(c[name]) > 0);
		assert_true(strlen(c[name]) <= LIMIT_NAME_BYTES);
	}
}

static size_t
count_level(const char *level, const char *date)
{
	size_t n = 0;

	for (size_t i = 0; i < units->nrows; i++) {
		const char **c = units->rows[i].cells;
		n += strcmp(c[U_LEVEL], level) == 0 &&
		     day(c[U_FROM]) <= day(date) && day(date) <= last_day(c);
	}
	return n;
}

static void
test_units(void **state)
{
	(void)state;
	check_codes(units, U_NAME);
	for (size_t i = 0; i < units->nrows; i++) {
		const char **c = units->rows[i].cells;
		assert_true(day(c[U_FROM]) <= last_day(c));
		if (c[U_PARENT][0]) {
			const char **parent = row(units, c[U_PARENT]);
			assert_non_null(parent);
			assert_true(day(parent[U_FROM]) <= day(c[U_FROM]));
			assert_true(last_day(c) <= last_day(parent));
			assert_string_equal(parent[U_PARENT], "");
		}
	}
	assert_string_equal(row(units, "595")[U_PARENT], "");
	assert_int_equal(count_level("district", "2022-06-30"), 1);
	assert_int_equal(count_level("town", "2022-06-30"), 2);
	assert_int_equal(count_level("commune", "2022-06-30"), 9);
	assert_int_equal(count_level("commune", "2025-06-30"), 9);
	assert_int_equal(count_level("commune", "2025-07-01"), 4);
	assert_int_equal(count_level("town", "2025-07-01"), 0);
	assert_int_equal(count_level("district", "2025-07-01"), 0);
}

/* How many rows of the successors have this unit in the column. */
static size_t
count_links(size_t column, const char *unit)
{
	size_t n = 0;

	for (size_t i = 0; i < successors->nrows; i++) {
		n += strcmp(successors->rows[i].cells[column], unit) == 0;
	}
	return n;
}

static void
test_successors(void **state)
{
	(void)state;
	for (size_t i = 0; i < successors->nrows; i++) {
		const char **c = successors->rows[i].cells;
		const char **old = row(units, c[0]), **new = row(units, c[1]);
		assert_non_null(old);
		assert_non_null(new);
		assert_int_equal(day(c[2]), last_day(old) + 1);
		assert_int_equal(day(c[2]), day(new[U_FROM]));
	}
	for (size_t i = 0; i < units->nrows; i++) {
		const char **c = units->rows[i].cells;
		bool ended = c[U_TO][0] && strcmp(c[U_CODE], "595") != 0;
		size_t expected = strcmp(c[U_CODE], "22978") == 0 ? 2 : ended;
		assert_int_equal(count_links(0, c[U_CODE]), expected);
		assert_true(c[U_TO][0] || count_links(1, c[U_CODE]) > 0);
	}
	/* what each new commune is made of */
	assert_int_equal(count_links(1, "22969-2025"), 4);
	assert_int_equal(count_links(1, "22972-2025"), 4);
	assert_int_equal(count_links(1, "22978-2025"), 2);
	assert_int_equal(count_links(1, "22981-2025"), 2);
}

static void
test_fields(void **state)
{
	size_t land = 0;

	(void)state;
	check_codes(fields, F_NAME);
	for (size_t i = 0; i < fields->nrows; i++) {
		const char **c = fields->rows[i].cells;
		const char *key = arena_printf(&arena, "field.%s", c[F_CODE]);
		const char *group =
		    arena_printf(&arena, "group.%s", c[F_GROUP]);
		assert_string_equal(text(LANG_VI, key), c[F_NAME]);
		if (!text_find(LANG_EN, key) || !text_find(LANG_EN, group)) {
			fail_msg("%s or %s has no words", key, group);
		}
		land += strcmp(c[F_GROUP], LAND) == 0;
	}
	assert_int_equal(land, 3);
	assert_string_equal(row(fields, "dat-dai")[F_GROUP], LAND);
	assert_string_equal(row(fields, "xay-dung")[F_GROUP], LAND);
	assert_string_equal(row(fields, "dau-tu")[F_GROUP], LAND);
	assert_non_null(row(fields, "ho-tich"));
	assert_non_null(row(fields, "chung-thuc"));
}

static void
test_targets(void **state)
{
	static const struct {
		const char *population, *group, *percent;
	} plan[] = {{"tthc", "", "90"}, {"tthc-land", LAND, "85"},
	    {"agency", "", "90"}, {"health-education", "", "85"}};

	(void)state;
	assert_int_equal(targets->nrows, 4);
	for (size_t i = 0; i < targets->nrows; i++) {
		const char **c = targets->rows[i].cells;
		assert_string_equal(c[T_POPULATION], plan[i].population);
		assert_string_equal(c[T_GROUP], plan[i].group);
		assert_int_equal(day(c[T_FROM]), day("2022-01-01"));
		assert_string_equal(c[T_PERCENT], plan[i].percent);
		assert_non_null(text_find(LANG_EN,
		    arena_printf(&arena, "population.%s", plan[i].population)));
	}
}

/* Counts the fields of a desk; each must exist and stand there once. */
static size_t
count_fields(const char **desk)
{
	char *list = arena_strdup(&arena, desk[D_FIELDS]), *save = NULL;
	const char *seen = "|";
	size_t n = 0;

	for (char *f = strtok_r(list, "|", &save); f;
	     f = strtok_r(NULL, "|", &save), n++) {
		const char *marked = arena_printf(&arena, "|%s|", f);
		if (!row(fields, f) || strstr(seen, marked)) {
			fail_msg("desk %s: field %s unknown or there twice",
			    desk[D_CODE], f);
		}
		seen = arena_printf(&arena, "%s%s|", seen, f);
	}
	return n;
}

static void
test_desks(void **state)
{
	static const struct {
		const char *code, *unit, *field; /* field: NULL for several */
	} contract[] = {{"TP1", "595", NULL}, {"TPD1", "595", "dat-dai"},
	    {"TPX1", "595", "xay-dung"}, {"TPT1", "595", "dau-tu"},
	    {"LH1", "22969", NULL}, {"PRC1", "22972", NULL},
	    {"PD1", "22975", NULL}, {"PP1", "22978", NULL},
	    {"VH1", "22981", NULL}, {"VT1", "22984", NULL},
	    {"PL1", "22987", NULL}, {"PT1", "22990", NULL},
	    {"HM1", "22993", NULL}, {"CC1", "22996", NULL},
	    {"BT1", "22999", NULL}};

	(void)state;
	check_codes(desks, D_NAME);
	assert_int_equal(desks->nrows, 15);
	for (size_t i = 0; i < 15; i++) {
		const char **c = row(desks, contract[i].code);
		assert_non_null(c);
		assert_string_equal(c[D_UNIT], contract[i].unit);
		size_t n = count_fields(c);
		if (contract[i].field) {
			assert_string_equal(c[D_FIELDS], contract[i].field);
		} else {
			assert_true(n > 1);
		}
		/* the web form's title has 70 characters */
		assert_true(utf8_length(text_fill(&arena, LANG_VI, "web.title",
				"desk_name", c[D_NAME], NULL)) <= 70);
	}
	assert_int_equal(count_fields(row(desks, "TP1")), fields->nrows);
}

/* A desk of a commune is named for its commune: "… UBND xã Phan Dũng". */
static void
test_desk_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < desks->nrows; i++) {
		const char **c = desks->rows[i].cells;
		const char *unit = row(units, c[D_UNIT])[U_NAME];
		if (!strstr(
			c[D_NAME], unit + 1)) { /* its first letter is large */
			fail_msg("%s is named %s, in %s", c[D_CODE], c[D_NAME],
			    unit);
		}
	}
}

/* Every commune of an edition's year has a desk for every field, and the words
 * that a desk is printed with have room. */
static void
test_editions(void **state)
{
	static const char *const columns[] = {
	    "code", "unit", "name", "fields", NULL};
	static const struct {
		const char *name, *day;
		size_t living;
	} rows[] = {{"tuy-phong-2022", "2022-06-30", 12},
	    {"tuy-phong-2025", "2025-07-01", 4}};
	struct csv *first = desks;

	(void)state;
	assert_null(catalogue_edition("tuy-phong-2021"));
	for (size_t e = 0; e < 2; e++) {
		size_t living = 0, served = 0;

		assert_string_equal(catalogue_editions[e].name, rows[e].name);
		edition = catalogue_edition(rows[e].name);
		desks = table("desks.csv", columns);
		check_codes(desks, D_NAME);
		test_desk_names(NULL);
		for (size_t i = 0; i < units->nrows; i++) {
			const char **c = units->rows[i].cells;

			living += day(c[U_FROM]) <= day(rows[e].day) &&
				  day(rows[e].day) <= last_day(c);
		}
		for (size_t i = 0; i < desks->nrows; i++) {
			const char **c = desks->rows[i].cells;
			const char **unit = row(units, c[D_UNIT]);

			assert_non_null(unit);
			assert_true(day(unit[U_FROM]) <= day(rows[e].day));
			assert_true(day(rows[e].day) <= last_day(unit));
			served += count_fields(c) > 1;
			assert_true(
			    utf8_length(text_fill(&arena, LANG_VI, "web.title",
				"desk_name", c[D_NAME], NULL)) <= 70);
		}
		assert_int_equal(living, rows[e].living);
		assert_int_equal(served, living);
	}
	edition = catalogue_files;
	desks = first;
}

/* The words of a part of the form, within the limit in both languages. */
static void
check_words(const json_t *part, size_t limit)
{
	for (int i = 0; i < LANG_WHOLE; i++) {
		const char *words = json_string_value(
		    json_object_get(part, lang_code((enum lang)i)));
		assert_non_null(words);
		assert_true(utf8_valid(words, strlen(words)));
		assert_in_range(utf8_length(words), 1, limit);
	}
}

static void
check_list(const char *name, const char *codes, size_t limit)
{
	const char *found = "";
	const json_t *part;
	size_t i;

	json_array_foreach (json_object_get(form, name), i, part) {
		check_words(part, limit);
		found = arena_printf(&arena, "%s%s%s", found, i ? "|" : "",
		    json_string_value(json_object_get(part, "code")));
	}
	assert_string_equal(found, codes);
}

static void
test_form(void **state)
{
	(void)state;
	assert_string_equal(
	    json_string_value(json_object_get(form, "code")), "one-stop");
	assert_int_equal(
	    json_integer_value(json_object_get(form, "version")), 1);
	assert_string_equal(
	    json_string_value(json_object_get(form, "population")), "tthc");
	assert_string_equal(
	    json_string_value(json_object_get(form, "order")), "best-first");
	const json_t *overall = json_object_get(form, "overall");
	assert_string_equal(
	    json_string_value(json_object_get(overall, "code")), "overall");
	assert_string_equal(json_string_value(json_object_get(overall, "vi")),
	    text(LANG_VI, "web.question"));
	check_words(overall, 80);
	check_words(json_object_get(form, "title"), 70);
	check_list("criteria", "access|procedure|attitude|result|feedback", 40);
	/* this is also the order of the letters A to F in sms.followup */
	check_list(
	    "reasons", "waiting|procedure|guidance|attitude|late|result", 24);
}

/* Every reason can also be named in an SMS. */
static void
test_reasons_by_sms(void **state)
{
	const json_t *part;
	size_t i;

	(void)state;
	json_array_foreach (json_object_get(form, "reasons"), i, part) {
		const char *key = arena_printf(&arena, "sms.reason.%s",
		    json_string_value(json_object_get(part, "code")));
		assert_non_null(text_find(LANG_VI, key));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_units),
	    cmocka_unit_test(test_successors),
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_targets),
	    cmocka_unit_test(test_desks),
	    cmocka_unit_test(test_desk_names),
	    cmocka_unit_test(test_editions),
	    cmocka_unit_test(test_form),
	    cmocka_unit_test(test_reasons_by_sms),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

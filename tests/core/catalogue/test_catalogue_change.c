/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Catalogues as folders: written and read they stay the same to the byte; what
 * is changed in one cell is one change, with what was and what is; what must
 * not be is refused; and what a change does to a period is seen beforehand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/catalogue_change.h"
#include "server/core/catalogue/catalogue_effect.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/score/tally.h"
#include "shared/catalogue.h"
#include "shared/civil.h"

static struct arena arena;
static struct folder built_in;

static void
read_files(const struct folder_file *files, size_t n, struct folder *out)
{
	struct refusals refusals = {0};

	if (!folder_read(&arena, files, n, out, &refusals) ||
	    !folder_check(&arena, out, &refusals))
		fail_msg(
		    "%s", refusal_words(&arena, LANG_EN, &refusals.list[0]));
	folder_sort(out);
}

static int
setup(void **state)
{
	struct folder_file files[64];
	size_t n = 0;

	(void)state;
	for (const struct catalogue_file *f = catalogue_files; f->name != NULL;
	     f++)
		files[n++] = (struct folder_file){f->name, f->data, f->size};
	read_files(files, n, &built_in);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

/* A copy with one cell otherwise. */
static struct folder
with_cell(enum sheet_name sheet, const char *key, int column, const char *value)
{
	struct folder f = folder_copy(&arena, &built_in);
	struct sheet_row *row = (struct sheet_row *)folder_row(&f, sheet, key);

	assert_non_null(row);
	row->cells[column] = value;
	return f;
}

static struct changes
changes_to(const struct folder *next)
{
	struct refusals refusals = {0};
	struct changes out;
	int32_t today = 0;

	assert_true(civil_parse_date("2026-11-26", &today));
	changes_make(&arena, &built_in, next, today, &out, &refusals);
	assert_int_equal(refusals.count, 0);
	return out;
}

/* ----------------------------------------------------------- there and back */

static void
test_written_and_read(void **state)
{
	struct folder_file *first, *second;
	struct folder again;
	size_t n, m;

	(void)state;
	folder_write(&arena, &built_in, &first, &n);
	read_files(first, n, &again);
	assert_true(folder_mark(&again) == folder_mark(&built_in));
	assert_int_equal(changes_to(&again).count, 0);
	folder_write(&arena, &again, &second, &m);
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(first[i].name, second[i].name);
		assert_int_equal(first[i].size, second[i].size);
		assert_memory_equal(
		    first[i].data, second[i].data, first[i].size);
	}
}

static void
test_as_json(void **state)
{
	json_t *json = folder_json(&built_in);
	struct folder again;

	(void)state;
	assert_true(folder_from_json(&arena, json, &again));
	assert_true(folder_mark(&again) == folder_mark(&built_in));
	json_object_del(json, "targets");
	assert_false(folder_from_json(&arena, json, &again));
	json_decref(json);
	assert_false(folder_from_json(&arena, NULL, &again));
}

/* Cells that need quotes come back as they were. */
static void
test_awkward_cells(void **state)
{
	struct folder next = with_cell(
	    SHEET_DESKS, "LH1", DESK_NAME, "Quầy \"một cửa\"; số 1, tầng 2");
	struct folder_file *files;
	struct folder again;
	size_t n;

	(void)state;
	folder_write(&arena, &next, &files, &n);
	read_files(files, n, &again);
	assert_string_equal(
	    folder_row(&again, SHEET_DESKS, "LH1")->cells[DESK_NAME],
	    "Quầy \"một cửa\"; số 1, tầng 2");
}

static void
test_percentages(void **state)
{
	(void)state;
	assert_string_equal(percent4_text(&arena, 900000), "90");
	assert_string_equal(percent4_text(&arena, 875000), "87.5");
	assert_string_equal(percent4_text(&arena, 1), "0.0001");
	assert_true(percent4_read("87.5") == 875000);
	assert_true(percent4_read("100") == -1);
	assert_true(percent4_read("0") == -1);
	assert_true(percent4_read("90,5") == -1);
	assert_true(percent4_read("") == -1);
}

/* ------------------------------------------------------------------ changes */

static void
assert_change(const struct changes *all, size_t i, const char *act,
    const char *key, const char *unit, bool grave)
{
	const struct change *c = &all->list[i];

	assert_true(i < all->count);
	assert_string_equal(change_act(&arena, c), act);
	assert_string_equal(c->key, key);
	assert_string_equal(change_unit(c), unit);
	assert_int_equal(c->grave, grave);
}

static void
test_one_cell(void **state)
{
	struct folder next =
	    with_cell(SHEET_UNITS, "22969", UNIT_NAME, "Liên Hương");
	struct changes c = changes_to(&next);
	json_t *before, *after;

	(void)state;
	assert_int_equal(c.count, 1);
	assert_change(&c, 0, "unit.change", "22969", "22969", false);
	before = change_before(&c, &c.list[0]);
	after = change_after(&c, &c.list[0]);
	assert_string_equal(json_string_value(json_object_get(before, "name")),
	    "Thị trấn Liên Hương");
	assert_string_equal(
	    json_string_value(json_object_get(after, "name")), "Liên Hương");
	json_decref(before);
	json_decref(after);
}

/* What changes the meaning of figures that were made is grave. */
static void
test_grave(void **state)
{
	static const struct {
		enum sheet_name sheet;
		const char *key;
		int column;
		const char *value;
		bool grave;
	} cases[] = {
	    {SHEET_UNITS, "22969", UNIT_PARENT, "", true},
	    {SHEET_UNITS, "22969", UNIT_TO, "2026-12-31", true},
	    {SHEET_UNITS, "22969", UNIT_LEVEL, "ward", false},
	    {SHEET_FIELDS, "ho-tich", FIELD_GROUP, "business", true},
	    {SHEET_FIELDS, "ho-tich", FIELD_NAME, "Hộ tịch xã", false},
	    {SHEET_TARGETS, "tthc.2022-01-01", TARGET_PERCENT, "91", true},
	    {SHEET_DESKS, "LH1", DESK_UNIT, "22972", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct folder next = with_cell(cases[i].sheet, cases[i].key,
		    cases[i].column, cases[i].value);
		struct changes c = changes_to(&next);

		assert_int_equal(c.count, 1);
		assert_int_equal(c.list[0].grave, cases[i].grave);
		assert_int_equal(changes_grave(&c), cases[i].grave);
	}
}

/* A target that begins in the future touches nothing yet. */
static void
test_new_targets(void **state)
{
	static const char *const days[] = {"2027-01-01", "2026-01-01"};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct folder next = folder_copy(&arena, &built_in);
		struct sheet_row *row =
		    folder_add(&arena, &next, SHEET_TARGETS);
		struct changes c;

		row->cells[TARGET_POPULATION] = "tthc";
		row->cells[TARGET_FROM] = days[i];
		row->cells[TARGET_PERCENT] = "92";
		folder_sort(&next);
		c = changes_to(&next);
		assert_int_equal(c.count, 1);
		assert_change(&c, 0, "target.add",
		    i == 0 ? "tthc.2027-01-01" : "tthc.2026-01-01", "", i == 1);
	}
}

/* What a person cannot see in a cell, or a spreadsheet wrote in its own way, is
 * no change; the last of them are changes, to what stands at the right. */
static void
test_unseen(void **state)
{
	static const struct {
		enum sheet_name sheet;
		const char *key;
		int column;
		const char *value, *becomes; /* NULL: as it was */
	} cases[] = {
	    {SHEET_UNITS, "22972", UNIT_NAME, "Thị trấn Phan Rí Cửa ", NULL},
	    {SHEET_UNITS, "22972", UNIT_NAME, "\tThị trấn Phan Rí Cửa\n", NULL},
	    {SHEET_UNITS, "22972", UNIT_NAME, "Thị trấn  Phan Rí   Cửa", NULL},
	    {SHEET_UNITS, "22972", UNIT_NAME, "Thị trấn \t Phan\tRí Cửa", NULL},
	    {SHEET_DESKS, "TPD1", DESK_NAME,
		"Quầy Đất đai,  Bộ phận Một cửa huyện Tuy Phong", NULL},
	    {SHEET_UNITS, "22972", UNIT_NAME,
		"\u00a0Thị trấn Phan Rí Cửa\u3000", NULL},
	    {SHEET_UNITS, "22972", UNIT_NAME,
		"\u200bThị trấn Phan Rí Cửa\ufeff", NULL},
	    {SHEET_UNITS, "22972", UNIT_NAME,
		"Thi\u0323 tr\u00e2\u0301n Phan Ri\u0301 Cu\u031b\u0309a",
		NULL},
	    {SHEET_UNITS, "22969", UNIT_FROM, "01/01/2010", NULL},
	    {SHEET_UNITS, "22969", UNIT_FROM, "1/1/2010", NULL},
	    {SHEET_UNITS, "22969", UNIT_FROM, "01-01-2010", NULL},
	    {SHEET_UNITS, "22969", UNIT_FROM, "1.1.2010", NULL},
	    {SHEET_UNITS, "22969", UNIT_FROM, "2010/1/1", NULL},
	    {SHEET_UNITS, "22969", UNIT_FROM, "2010-01-01 00:00:00", NULL},
	    {SHEET_UNITS, "22969", UNIT_FROM, " 1/1/2010 0:00 ", NULL},
	    {SHEET_UNITS, "22969", UNIT_TO, "30/06/2025", NULL},
	    {SHEET_SUCCESSORS, "22969.22969-2025", SUCCESSOR_FROM, "1/7/2025",
		NULL},
	    {SHEET_TARGETS, "tthc.2022-01-01", TARGET_PERCENT, "90 %", NULL},
	    {SHEET_TARGETS, "tthc.2022-01-01", TARGET_PERCENT, "90,0%", NULL},
	    {SHEET_TARGETS, "tthc.2022-01-01", TARGET_PERCENT, "90,00", NULL},
	    {SHEET_TARGETS, "tthc.2022-01-01", TARGET_FROM, "01/01/2022", NULL},
	    {SHEET_DESKS, "TPD1", DESK_FIELDS, " dat-dai |", NULL},
	    {SHEET_DESKS, "TPD1", DESK_FIELDS, "||dat-dai||", NULL},
	    {SHEET_DESKS, "TPD1", DESK_UNIT, "595 ", NULL},
	    {SHEET_TARGETS, "tthc.2022-01-01", TARGET_PERCENT, "87,5 %",
		"87.5"},
	    {SHEET_UNITS, "22969", UNIT_FROM, "02/03/2010", "2010-03-02"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct folder next = with_cell(cases[i].sheet, cases[i].key,
		    cases[i].column, cases[i].value);
		struct refusals refusals = {0};
		struct changes c;

		if (!folder_check(&arena, &next, &refusals))
			fail_msg("%s: %s", cases[i].value,
			    refusal_words(&arena, LANG_EN, &refusals.list[0]));
		folder_sort(&next);
		c = changes_to(&next);
		if (c.count != (cases[i].becomes == NULL ? 0 : 1))
			fail_msg("%s: %zu changes", cases[i].value, c.count);
		if (cases[i].becomes != NULL)
			assert_string_equal(
			    c.list[0].after->cells[cases[i].column],
			    cases[i].becomes);
	}
}

/* A date that is none is told as it stands. */
static void
test_no_dates(void **state)
{
	static const char *const dates[] = {"31/02/2026", "02/31/2026",
	    "1/1/26", "01/01-2026", "2026-13-01", "46023", "1/1/2026 08:00",
	    "tháng 1", NULL};

	(void)state;
	for (int i = 0; dates[i] != NULL; i++) {
		struct folder next =
		    with_cell(SHEET_UNITS, "22969", UNIT_FROM, dates[i]);
		struct refusals r = {0};

		if (folder_check(&arena, &next, &r))
			fail_msg("taken: %s", dates[i]);
		assert_string_equal(r.list[0].key, "refuse.dates");
		assert_non_null(strstr(
		    refusal_words(&arena, LANG_VI, &r.list[0]), dates[i]));
	}
}

/* Tables bear a mark for spreadsheets, and forms may have one of an editor. */
static void
test_byte_order_marks(void **state)
{
	struct folder_file *files;
	struct folder again;
	size_t n;

	(void)state;
	folder_write(&arena, &built_in, &files, &n);
	for (size_t i = 0; i < n; i++) {
		bool table = strstr(files[i].name, ".csv") != NULL;

		assert_int_equal(
		    strncmp(files[i].data, "\xef\xbb\xbf", 3) == 0, table);
		if (table)
			continue;
		files[i].data =
		    arena_printf(&arena, "\xef\xbb\xbf%s", files[i].data);
		files[i].size += 3;
	}
	read_files(files, n, &again);
	assert_int_equal(changes_to(&again).count, 0);
}

/* A desk's fields keep the desk's order, whatever the order of the ticks. */
static void
test_fields_in_order(void **state)
{
	static const struct {
		const char *ticked, *before, *after;
	} cases[] = {
	    {"a|b|c", "c|a|b", "c|a|b"},
	    {"a|b|c", "c|a", "c|a|b"},
	    {"a|c", "c|b|a", "c|a"},
	    {"b|a", "", "b|a"},
	    {"", "a|b", ""},
	    {"ab|a", "a|b", "a|ab"},
	    {"a", "b", "a"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    cell_in_order(&arena, cases[i].ticked, cases[i].before),
		    cases[i].after);
}

static void
test_gone_and_moved(void **state)
{
	struct folder next = folder_copy(&arena, &built_in);
	struct sheet *desks = &next.sheets[SHEET_DESKS];
	struct sheet_row first = desks->rows[0];
	struct changes c;

	(void)state;
	assert_true(folder_remove(&next, SHEET_DESKS, "TPD1"));
	assert_false(folder_remove(&next, SHEET_DESKS, "TPD1"));
	desks->rows[0] = desks->rows[1];
	desks->rows[1] = first;
	c = changes_to(&next);
	assert_int_equal(c.count, 2);
	assert_change(&c, 0, "desk.remove", "TPD1", "595", true);
	assert_change(&c, 1, "desk.order", "desks", "", false);
	/* added in between, the others keep their order: no order's change */
	next = folder_copy(&arena, &built_in);
	folder_add(&arena, &next, SHEET_DESKS);
	desks = &next.sheets[SHEET_DESKS];
	memmove(&desks->rows[1], &desks->rows[0],
	    (desks->count - 1) * sizeof(*desks->rows));
	desks->rows[0] = (struct sheet_row){
	    .cells = {"NEW1", "595", "Quầy mới", "dat-dai", "", ""}};
	c = changes_to(&next);
	assert_int_equal(c.count, 1);
	assert_change(&c, 0, "desk.add", "NEW1", "595", false);
}

/* A published form stays, and stays as it is. */
static void
test_forms(void **state)
{
	struct folder next = folder_copy(&arena, &built_in);
	struct sheet_row *form;
	struct refusals refusals = {0};
	struct changes c;
	json_t *document;
	char *dump;

	(void)state;
	next.sheets[SHEET_FORMS].count = 0;
	changes_keep(&arena, SHEET_FORMS, &built_in, &next);
	assert_int_equal(changes_to(&next).count, 0);
	form = (struct sheet_row *)folder_row(&next, SHEET_FORMS, "one-stop.1");
	document = json_loads(form->cells[FORM_DOCUMENT], 0, NULL);
	/* the same in other words: keys sorted */
	dump = json_dumps(document, JSON_SORT_KEYS);
	form->cells[FORM_DOCUMENT] = arena_strdup(&arena, dump);
	free(dump);
	assert_int_equal(changes_to(&next).count, 0);
	json_object_set_new(document, "title", json_string("other"));
	dump = json_dumps(document, 0);
	form->cells[FORM_DOCUMENT] = arena_strdup(&arena, dump);
	free(dump);
	json_decref(document);
	changes_make(&arena, &built_in, &next, 0, &c, &refusals);
	assert_int_equal(refusals.count, 1);
	assert_string_equal(refusals.list[0].key, "refuse.published");
}

/* ----------------------------------------------------------------- refusals */

static void
test_refused(void **state)
{
	static const struct {
		enum sheet_name sheet;
		const char *key;
		int column;
		const char *value, *why;
	} cases[] = {
	    {SHEET_UNITS, "22969", UNIT_NAME, "=HYPERLINK(1)",
		"refuse.formula"},
	    {SHEET_DESKS, "LH1", DESK_NAME, "@sum", "refuse.formula"},
	    {SHEET_DESKS, "LH1", DESK_NAME, "-2+3", "refuse.formula"},
	    {SHEET_FIELDS, "ho-tich", FIELD_NAME, "\uff1dcmd",
		"refuse.formula"},
	    {SHEET_FIELDS, "ho-tich", FIELD_NAME, "a\nb", "refuse.name"},
	    {SHEET_UNITS, "22969", UNIT_CODE, "-1", "refuse.code"},
	    {SHEET_UNITS, "22969", UNIT_PARENT, "22969", "refuse.circle"},
	    {SHEET_DESKS, "LH1", DESK_CODE, "tp1", "refuse.alike"},
	    {SHEET_DESKS, "LH1", DESK_FIELDS, "dat-dai|dat-dai",
		"refuse.field.twice"},
	    {SHEET_SUCCESSORS, "22969.22969-2025", SUCCESSOR_FROM, "2024-01-01",
		"refuse.successor"},
	    {SHEET_SUCCESSORS, "22969.22969-2025", SUCCESSOR_NEXT, "22969",
		"refuse.circle"},
	    {SHEET_TARGETS, "tthc.2022-01-01", TARGET_PERCENT, "1e2",
		"refuse.percent"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct folder next = with_cell(cases[i].sheet, cases[i].key,
		    cases[i].column, cases[i].value);
		struct refusals r = {0};

		if (folder_check(&arena, &next, &r))
			fail_msg("taken: %s", cases[i].value);
		assert_string_equal(r.list[0].key, cases[i].why);
		for (int lang = 0; lang < LANG_COUNT; lang++)
			assert_string_not_equal(
			    refusal_words(&arena, (enum lang)lang, &r.list[0]),
			    cases[i].why);
	}
}

/* A hundred wrong rows are told as the first twenty. */
static void
test_many_wrong(void **state)
{
	struct folder next = folder_copy(&arena, &built_in);
	struct refusals r = {0};

	(void)state;
	for (int i = 0; i < 100; i++)
		folder_add(&arena, &next, SHEET_UNITS);
	assert_false(folder_check(&arena, &next, &r));
	assert_int_equal(r.count, REFUSALS_MOST);
}

/* ------------------------------------------------------------------ effects */

static void
catalogue_of(const struct folder *f, struct catalogue *out)
{
	char error[200];

	memset(out, 0, sizeof(*out));
	if (!folder_catalogue(f, out, error, sizeof(error)))
		fail_msg("%s", error);
}

static void
forget(struct catalogue *c)
{
	for (size_t i = 0; i < c->nforms; i++)
		json_decref(c->forms[i].document);
	arena_finish(&c->arena);
}

/* 180 of 200 satisfied with dat-dai at LH1 (target 85): moved to another group
 * its target is 90, and its answers leave tthc-land. */
static void
test_effect(void **state)
{
	struct folder moved =
	    with_cell(SHEET_FIELDS, "dat-dai", FIELD_GROUP, "justice");
	struct tally_key key = {.day = 0,
	    .unit = "22969",
	    .desk = "LH1",
	    .field = "dat-dai",
	    .channel = "kiosk",
	    .form = "one-stop",
	    .criterion = "overall"};
	struct catalogue former, next;
	struct tallies tallies;
	struct effect effect;
	int32_t day = 0;

	(void)state;
	assert_true(civil_parse_date("2026-10-01", &day));
	tallies_init(&tallies);
	tallies_add(&tallies, &key, 5, false, 180);
	tallies_add(&tallies, &key, 2, false, 20);
	catalogue_of(&built_in, &former);
	catalogue_of(&moved, &next);
	catalogue_effect(
	    &arena, &former, &next, &tallies, NULL, day, day + 91, &effect);
	assert_int_equal(effect.count, 2);
	assert_int_equal(effect.answers, 200);
	assert_string_equal(effect.list[0].name, "tthc-land");
	assert_int_equal(effect.list[0].before->judgement.valid, 200);
	assert_int_equal(effect.list[0].after->judgement.valid, 0);
	assert_int_equal(effect.list[1].by, BY_FIELD);
	assert_string_equal(effect.list[1].name, "dat-dai");
	assert_int_equal(effect.list[1].before->percent4, 850000);
	assert_int_equal(effect.list[1].after->percent4, 900000);
	forget(&next);
	/* a unit that leaves the district takes its answers along */
	moved = with_cell(SHEET_UNITS, "22969", UNIT_PARENT, "");
	catalogue_of(&moved, &next);
	catalogue_effect(
	    &arena, &former, &next, &tallies, NULL, day, day + 91, &effect);
	assert_int_equal(effect.count, 1);
	assert_true(effect.list[0].below);
	assert_string_equal(effect.list[0].name, "595");
	assert_int_equal(effect.list[0].after->judgement.valid, 0);
	/* and a new name does nothing */
	forget(&next);
	moved = with_cell(SHEET_UNITS, "22969", UNIT_NAME, "Khác");
	catalogue_of(&moved, &next);
	catalogue_effect(
	    &arena, &former, &next, &tallies, NULL, day, day + 91, &effect);
	assert_int_equal(effect.count, 0);
	forget(&next);
	forget(&former);
	tallies_finish(&tallies);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_written_and_read),
	    cmocka_unit_test(test_as_json),
	    cmocka_unit_test(test_awkward_cells),
	    cmocka_unit_test(test_percentages),
	    cmocka_unit_test(test_one_cell),
	    cmocka_unit_test(test_grave),
	    cmocka_unit_test(test_new_targets),
	    cmocka_unit_test(test_unseen),
	    cmocka_unit_test(test_no_dates),
	    cmocka_unit_test(test_byte_order_marks),
	    cmocka_unit_test(test_fields_in_order),
	    cmocka_unit_test(test_gone_and_moved),
	    cmocka_unit_test(test_forms),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_many_wrong),
	    cmocka_unit_test(test_effect),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The catalogue's way into the database, on both engines: the built-in one,
 * loaded again, changed, and broken in every way a spreadsheet can be. A broken
 * folder is refused whole, and the sentence names the file and the line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue.h"
#include "server/db/db.h"
#include "server/store/people/audit.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/catalogue/catalogue_write.h"
#include "server/store/catalogue/folder.h"
#include "server/store/catalogue/generation.h"
#include "server/store/catalogue/import.h"
#include "tests/db/engines.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "shared/buf.h"
#include "shared/catalogue.h"

static char folder[64]; /* a copy of the built-in catalogue */

static void
write_file(const char *name, const char *data, size_t size)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, size, f), size);
	assert_int_equal(fclose(f), 0);
}

static void
make_folder(void)
{
	char path[80];

	strcpy(folder, "/tmp/hailong-catalogue-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/forms", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	for (const struct catalogue_file *f = catalogue_files; f->name != NULL;
	     f++)
		write_file(f->name, f->data, f->size);
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *walk)
{
	(void)st;
	(void)flag;
	(void)walk;
	return remove(path);
}

static void
remove_folder(void)
{
	assert_int_equal(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* Writes a file of the catalogue with the first `from` made `to`. */
static void
change(const char *name, const char *from, const char *to)
{
	const struct catalogue_file *f = catalogue_files;
	const char *at;
	struct buf out;

	while (strcmp(f->name, name) != 0)
		f++;
	at = strstr(f->data, from);
	if (at == NULL)
		fail_msg("%s: no %s", name, from);
	buf_init(&out);
	buf_add(&out, f->data, (size_t)(at - f->data));
	buf_puts(&out, to);
	buf_puts(&out, at + strlen(from));
	write_file(name, out.data, out.size);
	buf_finish(&out);
}

static struct db *
fresh(void)
{
	struct db *db = db_open(fresh_url(), DB_CREATE);

	assert_non_null(db);
	return db;
}

static void
import(struct db *db, const char *from)
{
	char error[400] = "";

	if (!store_import(db, from, error, sizeof(error)))
		fail_msg("%s", error);
}

/* ----------------------------------------------------------------- the good */

static void
assert_tuy_phong(const struct catalogue *c)
{
	const struct desk *desk;
	const struct form *form;

	assert_int_equal(c->ndesks, 15);
	assert_string_equal(c->desks[0].code, "TP1");
	assert_int_equal(c->desks[0].nfields, c->nfields);
	desk = catalogue_desk(c, "TPX1");
	assert_int_equal(desk->nfields, 1);
	assert_string_equal(desk->fields[0]->code, "xay-dung");
	desk = catalogue_desk(c, "LH1");
	assert_string_equal(desk->unit->name, "Thị trấn Liên Hương");
	assert_string_equal(desk->fields[0]->code, "chung-thuc");
	assert_true(catalogue_within(c, "22969", "595"));
	assert_false(catalogue_within(c, "595", "22969"));
	assert_true(catalogue_unit(c, "22969-2025")->valid_to == INT32_MAX);
	form = catalogue_form(c, "one-stop", 0);
	assert_int_equal(form->ncriteria, 5);
	assert_true(form_has_criterion(form, "overall"));
	assert_true(form_has_criterion(form, "feedback"));
	assert_false(form_has_criterion(form, "speed"));
	assert_true(form_has_reason(form, "waiting"));
	assert_null(catalogue_form(c, "one-stop", 9));
	assert_true(
	    catalogue_target(c, "tthc-land", 20000)->percent4 == 850000);
	for (size_t i = 0; i < c->ndesks; i++)
		assert_string_equal(c->desk_codes[i], c->desks[i].code);
	assert_null(c->desk_codes[c->ndesks]);
}

static void
test_built_in_twice(void **state)
{
	struct db *db = fresh();
	int64_t generation = 0;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct catalogue *c;

		import(db, NULL);
		c = store_catalogue(db);
		assert_non_null(c);
		assert_tuy_phong(c);
		/* the second time nothing changes, and nobody reads anew */
		if (i > 0)
			assert_true(c->generation == generation);
		generation = c->generation;
		catalogue_destroy(c);
	}
	db_close(db);
}

/* The same from files; names may be corrected, rows added. */
static void
test_from_a_folder(void **state)
{
	struct db *db = fresh();
	struct catalogue *c;

	(void)state;
	make_folder();
	import(db, NULL);
	import(db, folder);
	change("units.csv", "22969,595,town,Thị trấn Liên Hương",
	    "99,595,commune,Xã Mới,2026-01-01,\n22969,595,town,TT");
	change("desks.csv",
	    "TPD1,595,\"Quầy Đất đai, Bộ phận Một cửa huyện "
	    "Tuy Phong\",dat-dai",
	    "TPD1,99,Quầy mới,ho-tich|dat-dai");
	import(db, folder);
	c = store_catalogue(db);
	assert_non_null(c);
	assert_string_equal(catalogue_unit(c, "22969")->name, "TT");
	assert_string_equal(catalogue_desk(c, "TPD1")->unit->code, "99");
	assert_int_equal(catalogue_desk(c, "TPD1")->nfields, 2);
	assert_string_equal(
	    catalogue_desk(c, "TPD1")->fields[0]->code, "ho-tich");
	assert_int_equal(c->ndesks, 15);
	catalogue_destroy(c);
	remove_folder();
	db_close(db);
}

/* A table written by a spreadsheet: mark, semicolons, CRLF. */
static void
test_a_spreadsheets_table(void **state)
{
	static const char successors[] = "\xef\xbb\xbfunit;successor;from\r\n"
					 "22969;22969-2025;2025-07-01\r\n";
	struct db *db = fresh();

	(void)state;
	make_folder();
	write_file("successors.csv", successors, sizeof(successors) - 1);
	import(db, folder);
	remove_folder();
	db_close(db);
}

/* ------------------------------------------------------------------ the bad */

static const struct {
	const char *file, *from, *to;
	const char *says; /* how the sentence begins */
} bad[] = {
    {"units.csv", "22969,595", "22 969,595", "units.csv:3: not a code"},
    {"units.csv", "22972,595", "22969,595",
	"units.csv:4: code occurs twice: 22969"},
    {"units.csv", "22969,595", "22969,596", "units.csv:3: no such parent: 596"},
    {"units.csv", "595,,", "595,595,", "units.csv:2: lies in itself: 595"},
    {"units.csv", "595,,", "595,22972,", "units.csv:2: lies in itself: 595"},
    {"units.csv", "Thị trấn Liên Hương", "",
	"units.csv:3: name missing or too long"},
    {"units.csv", "2010-01-01", "31/02/2010", "units.csv:2: valid_from"},
    {"units.csv", "2025-06-30", "2009-12-31", "units.csv:2: valid_from"},
    {"units.csv", "2025-06-30", "2025-06-31", "units.csv:2: valid_from"},
    {"units.csv", "code,parent", "codes,parent", "units.csv: "},
    {"units.csv", "595,,district,", "595,,", "units.csv: line 2: "},
    {"units.csv", "Huyện", "Huy\xe1n", "units.csv: line 2: "},
    {"successors.csv", "22969,22969-2025", "22968,22969-2025",
	"successors.csv:2: no such unit: 22968"},
    {"successors.csv", "22969,22969-2025", "22969,22969-2026",
	"successors.csv:2: no such unit: 22969-2026"},
    {"successors.csv", "2025-07-01", "31.6.2025",
	"successors.csv:2: from is not a date: 31.6.2025"},
    {"fields.csv", "dat-dai,", "đất-đai,", "fields.csv:2: not a code"},
    {"fields.csv", "land-construction-investment", "",
	"fields.csv:2: group is not a code"},
    {"fields.csv", "\nxay-dung,", "\ndat-dai,",
	"fields.csv:3: code occurs twice"},
    {"targets.csv", "2022-01-01,90", "2022-01-01,100",
	"targets.csv:2: percent"},
    {"targets.csv", "2022-01-01,90", "2022-01-01,0", "targets.csv:2: percent"},
    {"targets.csv", "2022-01-01,90", "2022-01-01,90%%",
	"targets.csv:2: percent"},
    {"targets.csv", "2022-01-01,90", "2022-01-01,89.99999",
	"targets.csv:2: percent"},
    {"targets.csv", "2022-01-01,90", "soon,90",
	"targets.csv:2: from is not a date: soon"},
    {"targets.csv", "tthc-land,", "tthc-lan,",
	"targets.csv:3: no such population: tthc-lan"},
    {"targets.csv", "land-construction-investment", "land-construction",
	"targets.csv:3: no field has this group: land-construction"},
    {"targets.csv", "tthc-land,", "tthc,",
	"targets.csv:3: target of this day occurs twice: tthc"},
    {"desks.csv", "LH1,22969", "LH1,2296", "desks.csv:6: no such unit: 2296"},
    {"desks.csv", "TPD1,", "TP1,", "desks.csv:3: code occurs twice: TP1"},
    {"desks.csv", "Tuy Phong\",dat-dai", "Tuy Phong\",dat-dat",
	"desks.csv:3: no such field: dat-dat"},
    {"desks.csv", "TP1,", "TP 1,", "desks.csv:2: not a code: TP 1"},
    {"forms/one-stop.json", "{", "", "forms/one-stop.json:"},
    {"forms/one-stop.json", "\"criteria\"", "\"criteria\"\"",
	"forms/one-stop.json:15: "},
    {"forms/one-stop.json", "\"version\": 1", "\"version\": 0",
	"forms/one-stop.json: a form needs"},
    {"forms/one-stop.json", "\"population\": \"tthc\"",
	"\"population\": \"tht\"", "forms/one-stop.json: its population"},
    {"forms/one-stop.json", "\"code\": \"access\"", "\"code\": \"result\"",
	"forms/one-stop.json: form one-stop: criteria"},
    {"forms/one-stop.json", "Thái độ và", "Thái độ",
	"forms/one-stop.json: this version is already published"},
};

static void
check_bad(struct db *db, size_t i)
{
	char error[400] = "";

	change(bad[i].file, bad[i].from, bad[i].to);
	if (store_import(db, folder, error, sizeof(error)))
		fail_msg("taken: %s \"%s\"", bad[i].file, bad[i].to);
	if (strncmp(error, bad[i].says, strlen(bad[i].says)) != 0)
		fail_msg(
		    "%s \"%s\": it says %s", bad[i].file, bad[i].to, error);
	change(bad[i].file, "", ""); /* as it was */
}

static void
test_bad_folders(void **state)
{
	struct db *db = fresh();
	int64_t generation;
	struct catalogue *c;

	(void)state;
	import(db, NULL);
	generation = store_generation(db);
	make_folder();
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check_bad(db, i);
	assert_int_equal(store_generation(db), generation);
	c = store_catalogue(db);
	assert_non_null(c);
	assert_tuy_phong(c);
	catalogue_destroy(c);
	import(db, folder); /* the copy itself was sound */
	remove_folder();
	db_close(db);
}

/* Nothing of a refused folder stays, also in an empty database. */
static void
test_all_or_nothing(void **state)
{
	char error[400];
	struct db *db = fresh();
	struct rows *r;

	(void)state;
	make_folder();
	change(
	    "desks.csv", "BT1,", "LH1,"); /* the last row of the last table */
	assert_false(store_import(db, folder, error, sizeof(error)));
	r = db_query(db, Q_UNIT_LIST, "");
	assert_int_equal(rows_next(r), STEP_DONE);
	rows_close(r);
	remove_folder();
	assert_false(store_import(db, folder, error, sizeof(error)));
	assert_string_equal(error, "units.csv: cannot be read");
	db_close(db);
}

static void
test_no_form(void **state)
{
	struct db *db = fresh();
	char path[120], error[400];

	(void)state;
	make_folder();
	for (const struct catalogue_file *f = catalogue_files; f->name != NULL;
	     f++) {
		snprintf(path, sizeof(path), "%s/%s", folder, f->name);
		if (strncmp(f->name, "forms/", 6) == 0)
			assert_int_equal(remove(path), 0);
	}
	assert_false(store_import(db, folder, error, sizeof(error)));
	assert_string_equal(error, "forms: the folder has no form");
	remove_folder();
	db_close(db);
}

/* A change of words is a new version; the old one stays for its answers. */
static void
test_new_version(void **state)
{
	struct db *db = fresh();
	struct catalogue *c;
	size_t before;

	(void)state;
	import(db, NULL);
	c = store_catalogue(db);
	before = c->nforms;
	catalogue_destroy(c);
	make_folder();
	change("forms/one-stop.json", "\"version\": 1", "\"version\": 2");
	import(db, folder);
	c = store_catalogue(db);
	assert_non_null(c);
	assert_int_equal(c->nforms, before + 1);
	assert_int_equal(catalogue_form(c, "one-stop", 0)->version, 2);
	assert_int_equal(catalogue_form(c, "one-stop", 1)->version, 1);
	catalogue_destroy(c);
	remove_folder();
	db_close(db);
}

/* What was compared with another catalogue than there is now is not written;
 * what was written already is no harm; each change is a deed. */
static void
test_revisions(void **state)
{
	const struct deed by = {
	    .at = 1000, .login = "lan", .role = "admin", .place = "pages"};
	struct deed_query query = {.to = INT64_MAX, .most = 10};
	struct db *db = fresh();
	struct revision one, other;
	struct folder next;
	struct sheet_row *row;
	struct deed *deeds;
	struct arena a;
	bool stale;
	size_t n;

	(void)state;
	import(db, NULL);
	arena_init(&a);
	assert_true(store_folder(db, &a, &next));
	row = (struct sheet_row *)folder_row(&next, SHEET_UNITS, "22969");
	row->cells[UNIT_NAME] = "Một";
	assert_true(store_revise(db, &a, &next, 20000, &one));
	row->cells[UNIT_NAME] = "Hai";
	assert_true(store_revise(db, &a, &next, 20000, &other));
	assert_int_equal(one.changes.count, 1);
	for (int i = 0; i < 2; i++) { /* the second time it is there already */
		assert_true(db_begin(db));
		assert_true(store_revision_write(db, &one, &by, &stale));
		assert_true(db_commit(db));
		assert_false(stale);
	}
	assert_true(db_begin(db));
	assert_true(store_revision_write(db, &other, &by, &stale));
	assert_true(db_commit(db));
	assert_true(stale);
	memset(&query.before, 0xff, sizeof(query.before));
	assert_true(store_audit_list(db, &a, &query, &deeds, &n));
	assert_int_equal(n, 1);
	assert_string_equal(deeds[0].act, "unit.change");
	assert_string_equal(deeds[0].object, "22969");
	assert_non_null(strstr(deeds[0].after, "\"name\":\"Một\""));
	/* a unit that nothing refers to goes, with its successors' rows */
	assert_true(store_folder(db, &a, &next));
	assert_true(folder_remove(&next, SHEET_UNITS, "22981-2025"));
	assert_true(store_revise(db, &a, &next, 20000, &one));
	assert_true(one.refusals.count > 0); /* rows that name it stay */
	while (next.sheets[SHEET_SUCCESSORS].count > 0)
		next.sheets[SHEET_SUCCESSORS].count--;
	assert_true(store_revise(db, &a, &next, 20000, &one));
	assert_int_equal(one.refusals.count, 0);
	assert_true(db_begin(db));
	assert_true(store_revision_write(db, &one, NULL, &stale));
	assert_true(db_commit(db));
	assert_true(store_folder(db, &a, &next));
	assert_int_equal(next.sheets[SHEET_UNITS].count, 15);
	arena_finish(&a);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_built_in_twice),
	    cmocka_unit_test(test_from_a_folder),
	    cmocka_unit_test(test_a_spreadsheets_table),
	    cmocka_unit_test(test_bad_folders),
	    cmocka_unit_test(test_all_or_nothing),
	    cmocka_unit_test(test_no_form),
	    cmocka_unit_test(test_new_version),
	    cmocka_unit_test(test_revisions),
	};

	return run_on_engines(
	    "import", tests, sizeof(tests) / sizeof(tests[0]));
}

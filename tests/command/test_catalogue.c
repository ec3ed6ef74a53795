/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The catalogue out and in by command: export, init elsewhere, export again
 * gives the same bytes; an import says what it changes and leaves a deed for
 * each; what is refused changes nothing; init keeps what people have changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"

static struct rig rig;
static char here[100], copy[100];

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	snprintf(here, sizeof(here), "%s/exported", rig.folder);
	snprintf(copy, sizeof(copy), "%s/copy", rig.folder);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_remove(&rig);
	return 0;
}

static void
run(const char *word, const char *path, const char *option)
{
	if (rig_run(&rig, "", "catalogue", word, path, option, NULL) != 0)
		fail_msg("%s", rig.said);
}

static void
assert_said(const char *words)
{
	if (strstr(rig.said, words) == NULL)
		fail_msg("not \"%s\": %s", words, rig.said);
}

/* In a file of a folder, the first `from` becomes `to`. */
static void
change(const char *folder, const char *name, const char *from, const char *to)
{
	char path[200];
	struct buf all;
	const char *at;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	buf_init(&all);
	assert_true(buf_read_file(&all, path, 1 << 20));
	at = strstr(buf_text(&all), from);
	assert_non_null(at);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "%.*s%s%s", (int)(at - buf_text(&all)), buf_text(&all), to,
	    at + strlen(from));
	assert_int_equal(fclose(f), 0);
	buf_finish(&all);
}

static void
assert_same(const char *one, const char *other)
{
	char command[300];

	snprintf(command, sizeof(command), "diff -r %s %s", one, other);
	assert_int_equal(system(command), 0);
}

static void
test_there_and_back(void **state)
{
	struct rig other;

	(void)state;
	run("export", here, NULL);
	assert_said(" files\n");
	run("import", here, NULL);
	assert_said("nothing changes");
	rig_make(&other, "");
	assert_int_equal(
	    rig_run(&other, "", "init", "--catalogue", here, NULL), 0);
	assert_int_equal(
	    rig_run(&other, "", "catalogue", "export", copy, NULL), 0);
	assert_same(here, copy);
	/* a folder of its own is written again, another one is not */
	assert_int_equal(
	    rig_run(&other, "", "catalogue", "export", copy, NULL), 0);
	assert_int_equal(
	    rig_run(&other, "", "catalogue", "export", other.folder, NULL), 1);
	rig_remove(&other);
}

/* A database of the former district takes the folder of a new one, with three
 * versions of a form and names a spreadsheet stumbles over. */
static void
test_an_awkward_one(void **state)
{
	struct rig other;

	(void)state;
	rig_make(&other, "");
	run("export", copy, NULL);
	change(copy, "desks.csv", "TPX1,595,", "tpx-2,22969-2025,");
	change(copy, "units.csv", "Thị trấn Liên Hương",
	    "\"Thị trấn \"\"Liên Hương\"\", cũ; 'mới' <b>&amp;\"");
	change(
	    copy, "forms/one-stop.1.json", "\"version\": 1", "\"version\": 12");
	assert_int_equal(
	    rig_run(&other, "", "catalogue", "import", copy, NULL), 0);
	if (strstr(other.said, "form.publish one-stop.12\n") == NULL ||
	    strstr(other.said, "desk.remove TPX1\n") == NULL ||
	    strstr(other.said, "desk.add tpx-2\n") == NULL)
		fail_msg("%s", other.said);
	assert_int_equal(
	    rig_run(&other, "", "catalogue", "export", here, NULL), 0);
	rig_remove(&other);
	rig_make(&other, "");
	assert_int_equal(
	    rig_run(&other, "", "catalogue", "import", here, NULL), 0);
	assert_int_equal(
	    rig_run(&other, "", "catalogue", "import", here, "--dry-run", NULL),
	    0);
	assert_non_null(strstr(other.said, "nothing changes"));
	assert_int_equal(
	    rig_run(&other, "", "catalogue", "export", copy, NULL), 0);
	assert_same(here, copy);
	rig_remove(&other);
}

static void
test_deeds(void **state)
{
	(void)state;
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM audit WHERE act = "
			  "'catalogue.load' AND place = 'command'"),
	    "1");
	run("export", here, NULL);
	change(here, "units.csv", "Thị trấn Liên Hương", "Liên Hương");
	change(
	    here, "targets.csv", "tthc,,2022-01-01,90", "tthc,,2022-01-01,91");
	run("import", here, "--dry-run");
	assert_said("unit.change 22969\ntarget.change tthc.2022-01-01\n2 "
		    "changes, not written (--dry-run)\n");
	run("import", here, NULL);
	assert_said("2 changes\n");
	run("import", here, NULL);
	assert_said("nothing changes");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM audit WHERE act IN "
			  "('unit.change', 'target.change') AND login <> ''"),
	    "2");
	assert_string_equal(
	    rig_sql(&rig, "SELECT before FROM audit WHERE act = "
			  "'target.change'"),
	    "{\"from\":\"2022-01-01\",\"group\":\"\",\"percent\":\"90\","
	    "\"population\":\"tthc\"}");
}

/* init without a folder brings no name back that somebody has changed. */
static void
test_init_keeps(void **state)
{
	(void)state;
	assert_int_equal(rig_run(&rig, "", "init", NULL), 0);
	assert_string_equal(
	    rig_sql(&rig, "SELECT name FROM unit WHERE code = '22969'"),
	    "Liên Hương");
	/* … and a folder's rows are added or changed, none is removed */
	run("export", here, NULL);
	change(here, "desks.csv", "\nTPX1,595,", "\nTPX2,595,");
	assert_int_equal(
	    rig_run(&rig, "", "init", "--catalogue", here, NULL), 0);
	assert_said("16 desks");
	run("import", here, NULL);
	assert_said("desk.remove TPX1\n");
}

/* What answers refer to stays; nothing of a refused folder is written. */
static void
test_used(void **state)
{
	(void)state;
	assert_int_equal(rig_run(&rig, "", "sample", "--answers", "500",
			     "--days", "10", NULL),
	    0);
	run("export", here, NULL);
	change(here, "desks.csv", "\nLH1,", "\nLH9,");
	change(here, "units.csv", "Huyện Tuy Phong", "Huyện Khác");
	assert_int_equal(
	    rig_run(&rig, "", "catalogue", "import", here, NULL), 1);
	assert_said("nothing changed: desk LH1 cannot be removed");
	assert_string_equal(
	    rig_sql(&rig, "SELECT name FROM unit WHERE code = '595'"),
	    "Huyện Tuy Phong");
	rig_check(&rig);
}

static void
test_refused(void **state)
{
	(void)state;
	run("export", here, NULL);
	change(here, "units.csv", "Huyện Tuy Phong", "=1+1");
	change(here, "targets.csv", "2022-01-01,91", "2022-01-01,191");
	assert_int_equal(
	    rig_run(&rig, "", "catalogue", "import", here, NULL), 1);
	assert_said("units.csv:2: a name must not begin with");
	assert_said("targets.csv:");
	assert_int_equal(
	    rig_run(&rig, "", "catalogue", "import", "/nonexistent", NULL), 1);
	assert_said("units.csv: cannot be read");
	assert_int_equal(rig_run(&rig, "", "catalogue", "import", NULL), 2);
	assert_int_equal(
	    rig_run(&rig, "", "catalogue", "export", here, "--dry-run", NULL),
	    2);
	assert_int_equal(rig_run(&rig, "", "catalogue", "show", here, NULL), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_there_and_back),
	    cmocka_unit_test(test_an_awkward_one),
	    cmocka_unit_test(test_deeds),
	    cmocka_unit_test(test_init_keeps),
	    cmocka_unit_test(test_used),
	    cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The schema's number: made new, brought up step by step, refused when newer
 * or missing, made once by several programs at a time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db_engine.h"
#include "tests/db/engines.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern const char sql_schema[];
extern const char sql_schema_1[];

/* A database as the first version left it, with things 1 and 2. */
static struct db *
first_version(const char *url)
{
	static const struct sql_upgrade none[] = {{0, NULL}};
	struct db *db = db_connect(url, DB_CREATE);
	int64_t i;

	assert_non_null(db);
	assert_true(db_upgrade_with(db, sql_schema_1, none));
	assert_int_equal(db_schema_number(db), 1);
	for (i = 1; i <= 2; i++)
		assert_true(db_run(db, Q_THING_INSERT, NULL, "it", i, "x"));
	return db;
}

static void
expect_colour(struct db *db, int64_t id, const char *colour)
{
	struct rows *r = db_query(db, Q_THING_COLOUR, "i", id);

	assert_int_equal(rows_next(r), STEP_ROW);
	assert_string_equal(rows_text(r, 0), colour);
	rows_close(r);
}

static void
test_new_database(void **state)
{
	const char *url = fresh_url();
	struct db *db = db_open(url, DB_CREATE);

	(void)state;
	assert_non_null(db);
	/* the newest at once: no upgrade is run */
	assert_int_equal(db_schema_number(db), 3);
	assert_true(db_run(db, Q_THING_INSERT, NULL, "it", (int64_t)2, "x"));
	expect_colour(db, 2, "red");
	db_close(db);
	db = db_open(url, DB_CREATE); /* a second time: nothing to do */
	assert_non_null(db);
	expect_colour(db, 2, "red");
	db_close(db);
}

static void
test_upgrade_keeps_the_data(void **state)
{
	const char *url = fresh_url();

	(void)state;
	db_close(first_version(url));
	catch_log();
	assert_null(db_open(url, DB_WRITE));
	assert_null(db_open(url, DB_READ));
	assert_non_null(strstr(caught_log(), "bring it up with init"));

	struct db *db = db_open(url, DB_CREATE);
	assert_non_null(db);
	assert_int_equal(db_schema_number(db), 3);
	expect_colour(db, 1, "red");
	expect_colour(db, 2, "blue");
	db_close(db);
	db = db_open(url, DB_WRITE);
	assert_non_null(db);
	db_close(db);
}

/* 2 stays, 3 leaves nothing behind; mended, it goes on from 2. */
static void
test_failing_upgrade_leaves_nothing(void **state)
{
	struct sql_upgrade list[] = {
	    {2, sql_upgrades[0].text},
	    {3, "DELETE FROM thing; CREATE TABLE extra (a BIGINT);"
		"INSERT INTO nowhere VALUES (1);"},
	    {0, NULL},
	};
	struct db *db = first_version(fresh_url());

	(void)state;
	catch_log();
	assert_false(db_upgrade_with(db, sql_schema, list));
	assert_non_null(strstr(caught_log(), "schema 3"));
	assert_int_equal(db_schema_number(db), 2);
	expect_colour(db, 1, "red");
	list[1].text = "CREATE TABLE extra (a BIGINT);";
	assert_true(db_upgrade_with(db, sql_schema, list));
	assert_int_equal(db_schema_number(db), 3);
	db_close(db);
}

static void
test_failing_schema_leaves_nothing(void **state)
{
	struct db *db = db_connect(fresh_url(), DB_CREATE);

	(void)state;
	assert_non_null(db);
	catch_log();
	assert_false(db_upgrade_with(
	    db, "CREATE TABLE meta (a BIGINT); CREATE TABLE;", sql_upgrades));
	caught_log();
	assert_int_equal(db_schema_number(db), 0);
	assert_true(db_upgrade_with(db, sql_schema, sql_upgrades));
	db_close(db);
}

static void
test_newer_schema_is_refused(void **state)
{
	static const enum db_mode modes[] = {DB_CREATE, DB_WRITE, DB_READ};
	const char *url = fresh_url();
	struct db *db = db_open(url, DB_CREATE);
	size_t i;

	(void)state;
	assert_non_null(db);
	assert_true(db_run(db, Q_META_PUT, NULL, "tt", "schema", "4"));
	db_close(db);
	for (i = 0; i < 3; i++) {
		catch_log();
		assert_null(db_open(url, modes[i]));
		assert_non_null(
		    strstr(caught_log(), "the database has schema 4, this "
					 "program knows up to 3"));
	}
}

static void
test_missing_schema_is_refused(void **state)
{
	const char *url = fresh_url();

	(void)state;
	/* an empty database exists, but has no tables */
	db_close(db_connect(url, DB_CREATE));
	catch_log();
	assert_null(db_open(url, DB_WRITE));
	assert_null(db_open(url, DB_READ));
	assert_non_null(strstr(caught_log(), "make it with init"));
}

static void
test_bad_addresses(void **state)
{
	static const char *const urls[] = {"", "thing.db", "mysql://x",
	    "sqlite:/nowhere/at/all/x.db",
	    "postgresql:///x?host=/nowhere/at/all",
	    "postgresql://u:secret@/x?host=/nowhere/at/all&nonsense=1"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		catch_log();
		assert_null(db_open(urls[i], DB_CREATE));
		assert_null(strstr(caught_log(), "secret"));
	}
}

static void
test_many_make_it_at_once(void **state)
{
	const char *url = fresh_url();
	pid_t pids[8];
	int status;
	size_t i;

	(void)state;
	for (i = 0; i < 8; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			struct db *db = db_open(url, DB_CREATE);
			bool ok = db && db_schema_number(db) == 3;

			db_close(db);
			_exit(ok ? 0 : 1);
		}
	}
	for (i = 0; i < 8; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_new_database),
	    cmocka_unit_test(test_upgrade_keeps_the_data),
	    cmocka_unit_test(test_failing_upgrade_leaves_nothing),
	    cmocka_unit_test(test_failing_schema_leaves_nothing),
	    cmocka_unit_test(test_newer_schema_is_refused),
	    cmocka_unit_test(test_missing_schema_is_refused),
	    cmocka_unit_test(test_bad_addresses),
	    cmocka_unit_test(test_many_make_it_at_once),
	};

	return run_on_engines(
	    "schema", tests, sizeof(tests) / sizeof(tests[0]));
}

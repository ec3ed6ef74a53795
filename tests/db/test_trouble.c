/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the writer must be able to tell apart: busy, full, gone, broken. The
 * troubles are real ones: a disk that refuses, a server that dies, a deadlock,
 * a standby that never answers. Cases of one engine skip the other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db_engine.h"
#include "tests/db/engines.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static struct db *
fresh(void)
{
	struct db *db = db_open(fresh_url(), DB_CREATE);

	assert_non_null(db);
	return db;
}

static int64_t
count(struct db *db)
{
	struct rows *r = db_query(db, Q_THING_COUNT, "");
	int64_t n = rows_next(r) == STEP_ROW ? rows_int(r, 0) : -1;

	rows_close(r);
	return n;
}

static bool
add(struct db *db, int64_t id, const char *words)
{
	return db_run(db, Q_THING_INSERT, NULL, "it", id, words);
}

/* --- SQLite --- */

/* A reader that turns writer after another wrote: its state is old. */
static void
test_busy_file(void **state)
{
	const char *url = fresh_url();
	struct db *one = db_open(url, DB_CREATE);
	struct db *two = db_open(url, DB_WRITE);

	(void)state;
	assert_true(one && two);
	if (tried_server()) {
		db_close(one);
		db_close(two);
		skip();
	}
	assert_true(db_begin_read(one));
	assert_int_equal(count(one), 0);
	assert_true(add(two, 1, "x"));
	catch_log();
	assert_false(add(one, 2, "y"));
	assert_non_null(strstr(caught_log(), "warning"));
	assert_int_equal(db_trouble(one), DB_BUSY);
	assert_false(db_commit(one));
	assert_true(add(one, 2, "y"));
	db_close(one);
	db_close(two);
}

static void
test_full_file(void **state)
{
	char words[5000];
	struct db *db;
	int64_t i;

	(void)state;
	if (tried_server())
		skip();
	db = fresh();
	memset(words, 'x', sizeof(words));
	words[sizeof(words) - 1] = '\0';
	assert_true(
	    db->engine->script_run(db, "limit", "PRAGMA max_page_count = 20;"));
	assert_true(add(db, 0, "kept"));
	assert_true(db_begin(db));
	catch_log();
	for (i = 1; i <= 20 && add(db, i, words); i++)
		;
	caught_log();
	assert_true(i <= 20);
	assert_int_equal(db_trouble(db), DB_FULL);
	assert_false(db_commit(db));
	assert_int_equal(count(db), 1);
	db_close(db);
}

static void
count_finding(void *context, const char *sentence)
{
	int *findings = context;

	assert_true(sentence[0] != '\0');
	(*findings)++;
}

static int
findings_of(struct db *db, bool full)
{
	int findings = 0;

	assert_true(db_inspect(db, full, count_finding, &findings));
	return findings;
}

/* Pages that are no sense any more, and one that an index contradicts. */
static void
test_damaged_file(void **state)
{
	const char *url = fresh_url();
	struct db *db = db_open(url, DB_CREATE);
	char words[3000], path[200];
	FILE *f;

	(void)state;
	assert_non_null(db);
	assert_int_equal(findings_of(db, false), 0);
	assert_int_equal(findings_of(db, true), 0);
	memset(words, 'x', sizeof(words));
	words[sizeof(words) - 1] = '\0';
	for (int64_t i = 0; i < 50; i++)
		assert_true(add(db, i, words));
	assert_false(db_damaged(db));
	db_close(db);
	if (tried_server())
		return; /* it looks after its pages itself */
	snprintf(path, sizeof(path), "%s", url + strlen("sqlite:"));
	f = fopen(path, "r+");
	assert_non_null(f);
	for (long page = 2; page < 20; page++) {
		assert_int_equal(fseek(f, page * 4096, SEEK_SET), 0);
		assert_int_equal(fwrite("damaged", 1, 7, f), 7);
	}
	assert_int_equal(fclose(f), 0);
	db = db_open(url, DB_READ);
	assert_non_null(db);
	catch_log();
	assert_true(findings_of(db, false) > 0);
	assert_true(findings_of(db, true) > 0);
	assert_int_equal(count(db), -1);
	caught_log();
	assert_int_equal(db_trouble(db), DB_DAMAGED);
	assert_true(db_damaged(db));
	db_close(db);
}

/* The disk refuses during the commit: not committed, and the answer before it
 * is still there. */
static void
test_disk_error_at_commit(void **state)
{
	struct rlimit limit, small;
	char words[5000];
	const char *url;
	struct db *db;
	bool committed;
	int64_t i;

	(void)state;
	if (tried_server())
		skip();
	url = fresh_url();
	db = db_open(url, DB_CREATE);
	assert_non_null(db);
	memset(words, 'x', sizeof(words));
	words[sizeof(words) - 1] = '\0';
	assert_true(add(db, 0, "kept"));
	assert_true(db_begin(db));
	for (i = 1; i <= 50; i++)
		assert_true(add(db, i, words));
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = limit;
	small.rlim_cur = 100000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	committed = db_commit(db);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_false(committed);
	assert_int_equal(db_trouble(db), DB_DISK);
	db_close(db);
	db = db_open(url, DB_WRITE);
	assert_non_null(db);
	assert_int_equal(count(db), 1);
	db_close(db);
}

/* A restored copy is not in WAL: it can be read all the same. */
static void
test_reading_a_restored_copy(void **state)
{
	const char *url;
	struct db *db;

	(void)state;
	if (tried_server())
		skip();
	url = fresh_url();
	db = db_open(url, DB_CREATE);
	assert_non_null(db);
	assert_true(add(db, 1, "x"));
	assert_true(db->engine->script_run(
	    db, "restore", "PRAGMA journal_mode = DELETE;"));
	db_close(db);
	db = db_open(url, DB_READ);
	assert_non_null(db);
	assert_int_equal(count(db), 1);
	db_close(db);
}

/* --- PostgreSQL --- */

/* Cuts every connection of the program. */
static void
cut_connections(void)
{
	assert_true(postgres_server_sql(tried_server(), "postgres",
	    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
	    "WHERE application_name = 'hailong'"));
}

static void
test_lost_connection(void **state)
{
	struct db *db;

	(void)state;
	if (!tried_server())
		skip();
	db = fresh();
	assert_true(add(db, 1, "x"));
	cut_connections();
	catch_log();
	assert_int_equal(count(db), -1);
	assert_int_equal(db_trouble(db), DB_GONE);
	/* the next asks again, prepared anew */
	assert_int_equal(count(db), 1);
	caught_log();
	assert_int_equal(db_trouble(db), DB_FINE);
	assert_true(add(db, 2, "y"));
	db_close(db);
}

static void
test_lost_within_a_transaction(void **state)
{
	struct db *db;

	(void)state;
	if (!tried_server())
		skip();
	db = fresh();
	assert_true(db_begin(db));
	assert_true(add(db, 1, "x"));
	cut_connections();
	catch_log();
	assert_false(add(db, 2, "y"));
	/* no half of it on a new connection */
	assert_false(add(db, 3, "z"));
	assert_false(db_commit(db));
	assert_int_equal(db_trouble(db), DB_GONE);
	assert_true(db_begin(db));
	caught_log();
	assert_true(add(db, 2, "y"));
	assert_true(db_commit(db));
	assert_int_equal(count(db), 1);
	db_close(db);
}

static void
test_lost_before_the_commit(void **state)
{
	struct db *db;

	(void)state;
	if (!tried_server())
		skip();
	db = fresh();
	assert_true(db_begin(db));
	assert_true(add(db, 1, "x"));
	cut_connections();
	assert_false(db_commit(db));
	assert_int_equal(db_trouble(db), DB_GONE);
	assert_int_equal(count(db), 0);
	db_close(db);
}

static void
test_server_dies_and_comes_back(void **state)
{
	const char *url;
	struct db *writer, *reader;

	(void)state;
	if (!tried_server())
		skip();
	url = fresh_url();
	writer = db_open(url, DB_CREATE);
	reader = db_open(url, DB_READ);
	assert_true(writer && reader);
	assert_true(add(writer, 1, "x"));
	postgres_server_kill(tried_server());
	catch_log();
	for (int i = 0; i < 2; i++) {
		assert_false(db_begin(writer) && add(writer, 2, "y"));
		db_rollback(writer);
	}
	assert_int_equal(db_trouble(writer), DB_GONE);
	assert_int_equal(count(reader), -1);
	assert_true(postgres_server_launch(tried_server()));
	assert_true(db_begin(writer));
	assert_true(add(writer, 2, "y"));
	assert_true(db_commit(writer));
	assert_int_equal(count(reader), 2);
	/* the settings came back with the connection */
	assert_false(add(reader, 3, "z"));
	caught_log();
	db_close(writer);
	db_close(reader);
}

struct other {
	struct db *db;
	bool ok;
};

static bool
rename_thing(struct db *db, int64_t id)
{
	return db_run(db, Q_THING_PUT, NULL, "it", id, "renamed");
}

static void *
rename_first(void *context)
{
	struct other *other = context;

	other->ok = rename_thing(other->db, 1) && db_commit(other->db);
	return NULL;
}

/* One of two in a deadlock is told to try again; the other goes through. */
static void
test_deadlock(void **state)
{
	struct other other;
	pthread_t thread;
	const char *url;
	struct db *db;
	bool ok;

	(void)state;
	if (!tried_server())
		skip();
	url = fresh_url();
	db = db_open(url, DB_CREATE);
	other.db = db_open(url, DB_WRITE);
	assert_true(db && other.db);
	assert_true(add(db, 1, "x") && add(db, 2, "y"));
	assert_true(db_begin(db) && db_begin(other.db));
	assert_true(rename_thing(db, 1) && rename_thing(other.db, 2));
	catch_log();
	pthread_create(&thread, NULL, rename_first, &other);
	ok = rename_thing(db, 2);
	if (!ok)
		db_rollback(db);
	pthread_join(thread, NULL);
	caught_log();
	assert_true(ok != other.ok);
	assert_int_equal(db_trouble(ok ? other.db : db), DB_BUSY);
	db_rollback(db);
	db_close(db);
	db_close(other.db);
}

static void
standby(const char *setting)
{
	char sql[80];

	snprintf(sql, sizeof(sql), "ALTER SYSTEM %s", setting);
	assert_true(postgres_server_sql(tried_server(), "postgres", sql));
	assert_true(postgres_server_sql(
	    tried_server(), "postgres", "SELECT pg_reload_conf()"));
}

/* Somebody without patience for it: cancels the first that waits for a standby;
 * to be ended with postgres_server_sql_end. */
static pid_t
impatient(void)
{
	return postgres_server_sql_begin(tried_server(), "postgres",
	    "DO $$ BEGIN FOR i IN 1..600 LOOP "
	    "PERFORM pg_stat_clear_snapshot(); "
	    "EXIT WHEN (SELECT count(pg_cancel_backend(pid)) "
	    "FROM pg_stat_activity WHERE wait_event = 'SyncRep') > 0; "
	    "PERFORM pg_sleep(0.05); END LOOP; END $$");
}

/* Commits one thing after the other until a commit is refused: the server
 * takes a moment to follow a new setting. */
static bool
commits_refused(struct db *db)
{
	const struct timespec pause = {0, 20000000};
	int64_t i;

	for (i = 1; i <= 500; i++) {
		if (!db_begin(db) || !add(db, i, "x"))
			return false;
		if (!db_commit(db))
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

/* The server is told to wait for a standby that does not exist; somebody loses
 * patience. The row stands on this machine only: not committed. And whoever
 * finds it there is not told so either, although he wrote nothing himself. */
static void
test_commit_without_the_standby(void **state)
{
	struct db *db;
	const char *log;
	pid_t somebody;
	bool refused, again;

	(void)state;
	if (!tried_server())
		skip();
	db = fresh();
	somebody = impatient();
	standby("SET synchronous_standby_names = 'nobody'");
	catch_log();
	refused = commits_refused(db);
	assert_int_equal(db_trouble(db), DB_GONE);
	assert_true(postgres_server_sql_end(somebody));
	somebody = impatient();
	assert_true(db_begin(db));
	assert_true(count(db) > 0);
	again = db_commit(db);
	log = caught_log();
	assert_true(postgres_server_sql_end(somebody));
	standby("RESET synchronous_standby_names");
	assert_true(refused);
	assert_false(again);
	assert_non_null(strstr(log, "counts as not committed"));
	/* and it goes on, on a new connection */
	assert_true(db_begin(db));
	assert_true(db_commit(db));
	assert_true(db_begin_read(db));
	assert_true(db_commit(db));
	db_close(db);
}

/* The server would repeat the value; the log must not. */
static void
test_values_stay_out_of_the_log(void **state)
{
	struct db *db;
	struct rows *r;
	const char *log;

	(void)state;
	if (!tried_server())
		skip();
	db = fresh();
	assert_true(add(db, 1, "0912345678x"));
	catch_log();
	r = db_query(db, Q_NUMBER_OF_WORDS, "i", (int64_t)1);
	assert_int_equal(rows_next(r), STEP_FAIL);
	rows_close(r);
	assert_false(add(db, 1, "0912345678x"));
	/* not UTF-8 */
	assert_false(add(db, 2, "0912345678\xff"));
	log = caught_log();
	assert_non_null(strstr(log, "number_of_words"));
	assert_non_null(strstr(log, "thing_insert"));
	assert_null(strstr(log, "0912345678"));
	db_close(db);
}

static void
test_columns_read_as_another_type(void **state)
{
	struct db *db;
	struct rows *r;
	size_t size;

	(void)state;
	if (!tried_server())
		skip();
	db = fresh();
	catch_log();
	r = db_query(db, Q_KINDS, "");
	assert_int_equal(rows_next(r), STEP_ROW);
	assert_null(rows_text(r, 2));
	assert_int_equal(rows_next(r), STEP_FAIL);
	rows_close(r);
	r = db_query(db, Q_KINDS, "");
	assert_int_equal(rows_next(r), STEP_ROW);
	assert_int_equal(rows_int(r, 4), 0);
	assert_null(rows_blob(r, 4, &size));
	assert_int_equal(rows_next(r), STEP_FAIL);
	rows_close(r);
	r = db_query(db, Q_SUM_UNCAST, "");
	assert_int_equal(rows_next(r), STEP_FAIL);
	rows_close(r);
	caught_log();
	assert_int_equal(db_trouble(db), DB_BROKEN);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_busy_file),
	    cmocka_unit_test(test_full_file),
	    cmocka_unit_test(test_damaged_file),
	    cmocka_unit_test(test_disk_error_at_commit),
	    cmocka_unit_test(test_reading_a_restored_copy),
	    cmocka_unit_test(test_lost_connection),
	    cmocka_unit_test(test_lost_within_a_transaction),
	    cmocka_unit_test(test_lost_before_the_commit),
	    cmocka_unit_test(test_server_dies_and_comes_back),
	    cmocka_unit_test(test_deadlock),
	    cmocka_unit_test(test_commit_without_the_standby),
	    cmocka_unit_test(test_values_stay_out_of_the_log),
	    cmocka_unit_test(test_columns_read_as_another_type),
	};

	return run_on_engines(
	    "trouble", tests, sizeof(tests) / sizeof(tests[0]));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long a database is waited for. What must end here would otherwise go on
 * for hours, or for ever: that it ends is the test, and when does not matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db.h"
#include "tests/db/engines.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS 500
#define FOR_EVER    1000000000000000LL /* rows that are counted one by one */

static const enum db_mode modes[] = {DB_WRITE, DB_READ, DB_FRESH, DB_QUICK};

#define MODES (sizeof(modes) / sizeof(modes[0]))

/* A connection of each mode to one database. */
static void
open_each(const char *url, struct db *list[MODES])
{
	db_patience(0);
	db_close(db_open(url, DB_CREATE));
	db_patience(PATIENCE_MS);
	for (size_t i = 0; i < MODES; i++) {
		list[i] = db_open(url, modes[i]);
		assert_non_null(list[i]);
	}
}

static void
close_each(struct db *list[MODES])
{
	for (size_t i = 0; i < MODES; i++)
		db_close(list[i]);
	db_patience(0);
}

/* The sum 1 + … + 1; -1: that was not told. */
static int64_t
count_up_to(struct db *db, int64_t n)
{
	struct rows *r = db_query(db, Q_LONG, "i", n);
	int64_t counted = rows_next(r) == STEP_ROW ? rows_int(r, 0) : -1;

	rows_close(r);
	return counted;
}

/* It may need a moment to connect again; that it does is the test. */
static void
works_again(struct db *db)
{
	while (count_up_to(db, 10) != 10)
		usleep(20000);
}

static void *
break_off_soon(void *db)
{
	usleep(200000);
	db_interrupt(db);
	return NULL;
}

/* Whoever must not wait does not; the others until they are told. */
static void
test_long_statements(void **state)
{
	struct db *list[MODES];
	pthread_t thread;

	(void)state;
	open_each(fresh_url(), list);
	catch_log();
	for (size_t i = 0; i < MODES; i++) {
		bool watched = modes[i] != DB_QUICK;

		if (watched)
			pthread_create(&thread, NULL, break_off_soon, list[i]);
		assert_int_equal(count_up_to(list[i], FOR_EVER), -1);
		assert_int_equal(db_trouble(list[i]),
		    !watched && tried_server() ? DB_GONE : DB_STOPPED);
		if (watched) {
			pthread_join(thread, NULL);
			assert_true(db_interrupted(list[i]));
			/* nor is anything begun */
			assert_int_equal(count_up_to(list[i], 1), -1);
			assert_false(db_begin_read(list[i]));
			assert_int_equal(db_trouble(list[i]), DB_STOPPED);
			db_go_on(list[i]);
		}
		works_again(list[i]);
	}
	caught_log();
	close_each(list);
}

/* Rows that were begun end, too. */
static void
test_broken_off_between_rows(void **state)
{
	struct db *list[MODES];
	struct rows *r;

	(void)state;
	open_each(fresh_url(), list);
	for (size_t i = 0; i < MODES; i++) {
		r = db_query(list[i], Q_KINDS, "");
		db_interrupt(list[i]);
		assert_int_equal(rows_next(r), STEP_FAIL);
		rows_close(r);
		db_go_on(list[i]);
		works_again(list[i]);
	}
	close_each(list);
}

/* A lock that another program holds: busy, and to be tried again. */
static void
test_lock(void **state)
{
	struct db *list[MODES], *other;
	const char *url;

	(void)state;
	url = fresh_url();
	open_each(url, list);
	db_patience(0);
	other = db_open(url, DB_WRITE);
	assert_true(db_run(other, Q_THING_INSERT, NULL, "it", 1LL, "x"));
	assert_true(db_begin(other));
	assert_true(db_run(other, Q_THING_PUT, NULL, "it", 1LL, "y"));
	db_patience(PATIENCE_MS);
	catch_log();
	assert_false(db_begin(list[0]) &&
		     db_run(list[0], Q_THING_PUT, NULL, "it", 1LL, "z"));
	assert_int_equal(db_trouble(list[0]), DB_BUSY);
	db_rollback(list[0]);
	caught_log();
	assert_true(db_commit(other));
	assert_true(db_run(list[0], Q_THING_PUT, NULL, "it", 1LL, "z"));
	db_close(other);
	close_each(list);
}

/* A server that stands still: every mode's call ends, also one that may be long
 * (the pulse tells), nothing is connected, and all of it comes back. */
static void
test_frozen_server(void **state)
{
	struct db *list[MODES];
	struct db_pulse *pulse;
	const char *url;

	(void)state;
	if (!tried_server())
		skip();
	url = fresh_url();
	open_each(url, list);
	pulse = db_pulse_start(url);
	assert_non_null(pulse);
	for (size_t i = 0; i < MODES; i++)
		works_again(list[i]);
	catch_log();
	postgres_server_freeze(tried_server());
	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < MODES; i++) {
			assert_int_equal(count_up_to(list[i], 10), -1);
			assert_int_equal(db_trouble(list[i]), DB_GONE);
		}
	postgres_server_thaw(tried_server());
	for (size_t i = 0; i < MODES; i++)
		works_again(list[i]);
	caught_log();
	/* it is not taken for silent any more */
	for (size_t i = 0; i < MODES; i++)
		for (int times = 0; times < 20; times++)
			works_again(list[i]);
	db_pulse_stop(pulse);
	close_each(list);
}

/* A standby that never confirms: the commit is not waited for. */
static void
test_commit(void **state)
{
	struct db *list[MODES];

	(void)state;
	if (!tried_server())
		skip();
	open_each(fresh_url(), list);
	assert_true(postgres_server_sql(tried_server(), "postgres",
	    "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"));
	assert_true(postgres_server_sql(
	    tried_server(), "postgres", "SELECT pg_reload_conf()"));
	catch_log();
	for (int64_t id = 1;; id++) /* a server takes a moment to follow */
		if (!db_begin(list[0]) ||
		    !db_run(list[0], Q_THING_INSERT, NULL, "it", id, "x") ||
		    !db_commit(list[0]))
			break;
	assert_int_equal(db_trouble(list[0]), DB_GONE);
	db_rollback(list[0]);
	caught_log();
	assert_true(postgres_server_sql(tried_server(), "postgres",
	    "ALTER SYSTEM RESET synchronous_standby_names"));
	assert_true(postgres_server_sql(
	    tried_server(), "postgres", "SELECT pg_reload_conf()"));
	works_again(list[0]);
	close_each(list);
}

/* Nothing to ask where nothing can stand still, nor where nothing presses. */
static void
test_no_pulse(void **state)
{
	const char *url = fresh_url();

	(void)state;
	db_close(db_open(url, DB_CREATE));
	assert_null(db_pulse_start(url));
	if (tried_server())
		return;
	db_patience(PATIENCE_MS);
	assert_null(db_pulse_start(url));
	db_patience(0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_long_statements),
	    cmocka_unit_test(test_broken_off_between_rows),
	    cmocka_unit_test(test_lock),
	    cmocka_unit_test(test_frozen_server),
	    cmocka_unit_test(test_commit),
	    cmocka_unit_test(test_no_pulse),
	};

	return run_on_engines(
	    "patience", tests, sizeof(tests) / sizeof(tests[0]));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What both engines must do alike: values come back as they went in,
 * parameters go by their number, transactions hold together, counts are right.
 * The statements are in tests/db/queries.sql.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db.h"
#include "tests/db/engines.h"

#include <float.h>
#include <string.h>

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
	int64_t n;

	assert_int_equal(rows_next(r), STEP_ROW);
	n = rows_int(r, 0);
	assert_int_equal(rows_next(r), STEP_DONE);
	rows_close(r);
	return n;
}

static void
add(struct db *db, int64_t id, const char *words)
{
	assert_true(db_run(db, Q_THING_INSERT, NULL, "it", id, words));
}

static void
test_numbers_come_back(void **state)
{
	static const struct {
		int64_t integer;
		double real;
	} numbers[] = {{INT64_MIN, -DBL_MAX}, {-1, -0.1}, {0, 0.0},
	    {1, DBL_MIN}, {65536, 1.0 / 3.0}, {INT64_MAX, DBL_MAX}};
	struct db *db = fresh();
	struct rows *r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		assert_true(
		    db_run(db, Q_THING_ADD, NULL, "iItbd", numbers[i].integer,
			NULL, NULL, NULL, (size_t)0, numbers[i].real));
		r = db_query(db, Q_THING_GET, "i", numbers[i].integer);
		assert_int_equal(rows_next(r), STEP_ROW);
		assert_true(rows_int(r, 0) == numbers[i].integer);
		assert_false(rows_null(r, 0));
		assert_true(rows_double(r, 4) == numbers[i].real);
		assert_int_equal(rows_next(r), STEP_DONE);
		rows_close(r);
	}
	db_close(db);
}

static void
test_texts_come_back(void **state)
{
	static const char *const texts[] = {"", "x", "Thị trấn Liên Hương",
	    "Rất hài lòng 👍 \xf0\xa0\x80\x80", "it's \"$1\" \\ %s\n\t-- x",
	    NULL};
	struct db *db = fresh();
	struct rows *r;
	int64_t i;

	(void)state;
	for (i = 0; texts[i]; i++) {
		add(db, i, texts[i]);
		r = db_query(db, Q_THING_GET, "i", i);
		assert_int_equal(rows_next(r), STEP_ROW);
		assert_string_equal(rows_text(r, 2), texts[i]);
		assert_false(rows_null(r, 2));
		rows_close(r);
	}
	db_close(db);
}

static void
test_blobs_come_back(void **state)
{
	unsigned char all[256];
	static const size_t sizes[] = {0, 1, 16, 256};
	struct db *db = fresh();
	const void *bytes;
	struct rows *r;
	size_t size;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all); i++)
		all[i] = (unsigned char)i; /* begins with a NUL */
	for (i = 0; i < 4; i++) {
		assert_true(db_run(db, Q_THING_ADD, NULL, "iItbd", (int64_t)i,
		    NULL, NULL, all, sizes[i], 0.0));
		r = db_query(db, Q_THING_GET, "i", (int64_t)i);
		assert_int_equal(rows_next(r), STEP_ROW);
		bytes = rows_blob(r, 3, &size);
		assert_int_equal(size, sizes[i]);
		assert_non_null(bytes);
		assert_false(rows_null(r, 3));
		assert_memory_equal(bytes, all, sizes[i]);
		rows_close(r);
	}
	db_close(db);
}

static void
test_nulls_come_back(void **state)
{
	const int64_t small = -7;
	struct db *db = fresh();
	struct rows *r;
	size_t size = 9;

	(void)state;
	assert_true(db_run(db, Q_THING_ADD, NULL, "iItbd", (int64_t)1, NULL,
	    NULL, NULL, (size_t)5, 0.0));
	assert_true(db_run(db, Q_THING_ADD, NULL, "iItbd", (int64_t)2, &small,
	    "", "", (size_t)0, 0.0));
	r = db_query(db, Q_THING_GET, "i", (int64_t)1);
	assert_int_equal(rows_next(r), STEP_ROW);
	assert_true(rows_null(r, 1) && rows_null(r, 2) && rows_null(r, 3));
	assert_int_equal(rows_int(r, 1), 0);
	assert_true(rows_double(r, 1) == 0.0);
	assert_null(rows_text(r, 2));
	assert_null(rows_blob(r, 3, &size));
	assert_int_equal(size, 0);
	rows_close(r);
	r = db_query(db, Q_THING_GET, "i", (int64_t)2);
	assert_int_equal(rows_next(r), STEP_ROW);
	assert_false(rows_null(r, 1) || rows_null(r, 2) || rows_null(r, 3));
	assert_int_equal(rows_int(r, 1), -7);
	rows_close(r);
	db_close(db);
}

static void
test_every_kind_of_number(void **state)
{
	struct db *db = fresh();
	struct rows *r = db_query(db, Q_KINDS, "");

	(void)state;
	assert_int_equal(rows_next(r), STEP_ROW);
	assert_int_equal(rows_int(r, 0), 1);
	assert_int_equal(rows_int(r, 1), -70000);
	assert_int_equal(rows_int(r, 2), 3);
	assert_true(rows_double(r, 2) == 3.0);
	assert_true(rows_double(r, 3) == 0.5);
	assert_string_equal(rows_text(r, 4), "word");
	assert_true(rows_null(r, 5));
	rows_close(r);
	db_close(db);
}

/* SQLite counts $2 as the first when it stands first. */
static void
test_parameters_go_by_number(void **state)
{
	struct db *db = fresh();
	struct rows *r;
	int64_t i;

	(void)state;
	for (i = 1; i <= 5; i++)
		add(db, i, "x");
	/* BETWEEN $2 AND $1 */
	r = db_query(db, Q_THING_BETWEEN, "ii", (int64_t)4, (int64_t)2);
	for (i = 2; i <= 4; i++) {
		assert_int_equal(rows_next(r), STEP_ROW);
		assert_int_equal(rows_int(r, 0), i);
	}
	assert_int_equal(rows_next(r), STEP_DONE);
	assert_int_equal(rows_next(r), STEP_DONE);
	rows_close(r);
	r = db_query(db, Q_THING_BETWEEN, "ii", (int64_t)2, (int64_t)4);
	assert_int_equal(rows_next(r), STEP_DONE);
	rows_close(r);
	r = db_query(db, Q_LOOKS, "i", (int64_t)41);
	assert_int_equal(rows_next(r), STEP_ROW);
	assert_int_equal(rows_int(r, 0), 41);
	assert_string_equal(rows_text(r, 1), "$9");
	assert_int_equal(rows_int(r, 2), 42);
	rows_close(r);
	db_close(db);
}

static void
test_changed_counts(void **state)
{
	struct db *db = fresh();
	int64_t changed = -1;
	int64_t i;

	(void)state;
	for (i = 1; i <= 3; i++) {
		assert_true(db_run(db, Q_THING_ADD, &changed, "iItbd", i, NULL,
		    "x", NULL, (size_t)0, 0.0));
		assert_int_equal(changed, 1);
	}
	assert_true(db_run(db, Q_THING_ADD, &changed, "iItbd", (int64_t)1, NULL,
	    "y", NULL, (size_t)0, 0.0));
	assert_int_equal(changed, 0); /* ON CONFLICT DO NOTHING */
	assert_true(
	    db_run(db, Q_THING_RENAME, &changed, "it", (int64_t)2, "z"));
	assert_int_equal(changed, 2);
	assert_true(db_run(db, Q_THING_COUNT, &changed, ""));
	assert_int_equal(changed, 0); /* reading changes nothing */
	assert_true(db_run(db, Q_THING_PUT, &changed, "it", (int64_t)1, "w"));
	assert_int_equal(changed, 1); /* with RETURNING */
	assert_true(db_run(db, Q_THING_DELETE, &changed, "i", (int64_t)9));
	assert_int_equal(changed, 0);
	db_close(db);
}

static void
test_returning(void **state)
{
	static const char *const words[] = {"mới", "khác"};
	struct db *db = fresh();
	struct rows *r;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		r = db_query(db, Q_THING_PUT, "it", (int64_t)5, words[i]);
		assert_int_equal(rows_next(r), STEP_ROW);
		assert_int_equal(rows_int(r, 0), 5);
		assert_string_equal(rows_text(r, 1), words[i]);
		assert_int_equal(rows_next(r), STEP_DONE);
		rows_close(r);
	}
	assert_int_equal(count(db), 1);
	db_close(db);
}

/* Row, done and fail are three different words. */
static void
test_a_failure_is_not_the_end(void **state)
{
	struct db *db = fresh();
	struct rows *r;

	(void)state;
	catch_log();
	r = db_query(db, Q_BROKEN, "");
	assert_int_equal(rows_next(r), STEP_FAIL);
	assert_int_equal(rows_next(r), STEP_FAIL);
	rows_close(r);
	assert_int_equal(db_trouble(db), DB_BROKEN);
	assert_false(db_run(db, Q_BROKEN, NULL, ""));
	assert_non_null(strstr(caught_log(), "broken"));
	r = db_query(db, Q_THING_GET, "i", (int64_t)1);
	assert_int_equal(rows_next(r), STEP_DONE);
	rows_close(r);
	assert_int_equal(db_trouble(db), DB_FINE);
	rows_close(NULL);
	db_close(db);
	db_close(NULL);
}

static void
test_prepare_all_names_the_broken(void **state)
{
	struct db *db = fresh();
	const char *log;

	(void)state;
	catch_log();
	assert_false(db_prepare_all(db));
	log = caught_log();
	assert_non_null(strstr(log, "broken"));
	/* sum(BIGINT) is numeric on PostgreSQL */
	assert_true((strstr(log, "sum_uncast") != NULL) ==
		    (strcmp(db_engine(db), "postgresql") == 0));
	assert_null(strstr(log, "thing_add"));
	db_close(db);
}

static void
test_commit_and_rollback(void **state)
{
	struct db *db = fresh();

	(void)state;
	assert_true(db_begin(db));
	add(db, 1, "kept");
	assert_true(db_commit(db));
	assert_true(db_begin(db));
	add(db, 2, "not kept");
	assert_int_equal(count(db), 2);
	db_rollback(db);
	db_rollback(db); /* harmless */
	assert_int_equal(count(db), 1);
	db_close(db);
}

/* A statement that fails spoils its transaction, on both engines. */
static void
test_a_failure_spoils_the_transaction(void **state)
{
	struct db *db = fresh();
	const char *log;

	(void)state;
	assert_true(db_begin(db));
	add(db, 1, "a");
	catch_log();
	assert_false(
	    db_run(db, Q_THING_INSERT, NULL, "it", (int64_t)1, "0123456789"));
	assert_int_equal(db_trouble(db), DB_BROKEN);
	assert_false(db_run(db, Q_THING_INSERT, NULL, "it", (int64_t)2, "b"));
	assert_false(db_commit(db));
	log = caught_log();
	assert_non_null(strstr(log, "thing_insert"));
	/* one line, without what was sent */
	assert_ptr_equal(strchr(log, '\n'), log + strlen(log) - 1);
	assert_null(strstr(log, "0123456789"));
	assert_int_equal(count(db), 0);
	assert_true(db_begin(db));
	add(db, 3, "c");
	assert_true(db_commit(db));
	assert_int_equal(count(db), 1);
	db_close(db);
}

static void
test_closing_forgets_the_open_transaction(void **state)
{
	const char *url = fresh_url();
	struct db *db = db_open(url, DB_CREATE);

	(void)state;
	assert_non_null(db);
	assert_true(db_begin(db));
	add(db, 1, "x");
	db_close(db);
	db = db_open(url, DB_WRITE);
	assert_non_null(db);
	assert_int_equal(count(db), 0);
	db_close(db);
}

static void
test_two_connections(void **state)
{
	const char *url = fresh_url();
	struct db *writer = db_open(url, DB_CREATE);
	struct db *reader = db_open(url, DB_READ);

	(void)state;
	assert_true(writer && reader);
	assert_true(db_begin(writer));
	add(writer, 1, "x");
	assert_int_equal(count(reader), 0);
	assert_true(db_commit(writer));
	assert_int_equal(count(reader), 1);
	/* a read transaction sees one state */
	assert_true(db_begin_read(reader));
	assert_int_equal(count(reader), 1);
	add(writer, 2, "y");
	assert_int_equal(count(reader), 1);
	assert_true(db_commit(reader));
	assert_int_equal(count(reader), 2);
	db_close(reader);
	db_close(writer);
}

static void
test_a_reader_cannot_write(void **state)
{
	const char *url = fresh_url();
	struct db *writer = db_open(url, DB_CREATE);
	struct db *reader = db_open(url, DB_READ);

	(void)state;
	assert_true(writer && reader);
	catch_log();
	assert_false(
	    db_run(reader, Q_THING_INSERT, NULL, "it", (int64_t)1, "x"));
	assert_true(db_begin(reader));
	assert_false(
	    db_run(reader, Q_THING_INSERT, NULL, "it", (int64_t)1, "x"));
	assert_false(db_commit(reader));
	caught_log();
	assert_int_equal(count(writer), 0);
	assert_int_equal(count(reader), 0);
	db_close(reader);
	db_close(writer);
}

/* The same statement, again, while its rows are read: a walk down a tree. */
static void
walk(struct db *db, int64_t from, int64_t *seen)
{
	struct rows *r = db_query(db, Q_THING_ABOVE, "i", from);

	while (rows_next(r) == STEP_ROW) {
		++*seen;
		walk(db, rows_int(r, 0), seen);
	}
	rows_close(r);
}

static void
test_a_statement_within_itself(void **state)
{
	struct db *db = fresh();
	int64_t seen = 0;
	int64_t i;

	(void)state;
	for (i = 1; i <= 4; i++)
		add(db, i, "x");
	walk(db, 0, &seen);
	assert_int_equal(seen, 4);
	walk(db, 2, &seen);
	assert_int_equal(seen, 6);
	db_close(db);
}

/* Rows that nobody read to the end do not stand in the way. */
static void
test_rows_left_unread(void **state)
{
	struct db *db = fresh();
	struct rows *r;
	int64_t i;

	(void)state;
	for (i = 1; i <= 3; i++)
		add(db, i, "x");
	assert_true(db_begin(db));
	r = db_query(db, Q_THING_BETWEEN, "ii", (int64_t)3, (int64_t)1);
	assert_int_equal(rows_next(r), STEP_ROW);
	rows_close(r);
	rows_close(db_query(db, Q_THING_COUNT, ""));
	add(db, 4, "x");
	assert_true(db_commit(db));
	assert_int_equal(count(db), 4);
	db_close(db);
}

/* It grows with what it holds. */
static void
test_size(void **state)
{
	struct db *db = fresh();
	char large[100000];
	int64_t before = db_size(db);

	(void)state;
	memset(large, 'x', sizeof(large) - 1);
	large[sizeof(large) - 1] = '\0';
	assert_true(before > 0);
	for (int64_t i = 1; i <= 40; i++)
		add(db, i, large);
	assert_true(db_size(db) > before);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbers_come_back),
	    cmocka_unit_test(test_texts_come_back),
	    cmocka_unit_test(test_blobs_come_back),
	    cmocka_unit_test(test_nulls_come_back),
	    cmocka_unit_test(test_every_kind_of_number),
	    cmocka_unit_test(test_parameters_go_by_number),
	    cmocka_unit_test(test_changed_counts),
	    cmocka_unit_test(test_returning),
	    cmocka_unit_test(test_a_failure_is_not_the_end),
	    cmocka_unit_test(test_prepare_all_names_the_broken),
	    cmocka_unit_test(test_commit_and_rollback),
	    cmocka_unit_test(test_a_failure_spoils_the_transaction),
	    cmocka_unit_test(test_closing_forgets_the_open_transaction),
	    cmocka_unit_test(test_two_connections),
	    cmocka_unit_test(test_a_reader_cannot_write),
	    cmocka_unit_test(test_a_statement_within_itself),
	    cmocka_unit_test(test_rows_left_unread),
	    cmocka_unit_test(test_size),
	};

	return run_on_engines("db", tests, sizeof(tests) / sizeof(tests[0]));
}

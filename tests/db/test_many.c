/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Many rows at once, on both engines: they come to stand as one by one, and
 * whoever asks is told which of them changed anything. PostgreSQL has three
 * ways of it (arrays, COPY, and not waiting for the outcome), which must not
 * show.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db.h"
#include "tests/db/engines.h"

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
	rows_close(r);
	return n;
}

static void
add(struct db *db, int64_t id, const char *text)
{
	assert_true(db_run(db, Q_THING_INSERT, NULL, "it", id, text));
}

static const int64_t ids[] = {7, 3, INT64_MIN, 7, 5};
static const char *const words[] = {"bảy", "{a,\"b\"}", "", "again", NULL};
static const unsigned char bytes[] = {0, 1, 255, 3};

static void
thing_row(const void *context, size_t i, struct db_value *v)
{
	(void)context;
	v[0] = db_int(ids[i]);
	v[1] = db_int((int64_t)i);
	v[2] = db_text(words[i]);
	v[3] = db_blob(i == 2 ? NULL : bytes, i);
	v[4] = (struct db_value){.type = 'd', .real = 0.5 * (double)i};
}

static void
expect_thing(struct db *db, size_t i)
{
	struct rows *r = db_query(db, Q_THING_GET, "i", ids[i]);
	const char *text;
	const void *blob;
	size_t size;

	assert_int_equal(rows_next(r), STEP_ROW);
	assert_int_equal(rows_int(r, 1), i);
	text = rows_text(r, 2);
	assert_true(
	    words[i] == NULL ? text == NULL : strcmp(text, words[i]) == 0);
	blob = rows_blob(r, 3, &size);
	assert_true(i == 2 ? blob == NULL : size == i);
	assert_memory_equal(blob, bytes, size);
	assert_true(rows_double(r, 4) == 0.5 * (double)i);
	rows_close(r);
}

/* Values come as they do one by one, of equal keys the first one stays, and it
 * is told which rows were inserted. */
static void
test_many_rows(void **state)
{
	static const bool want[] = {true, true, true, false, true};
	struct db *db = fresh();
	bool told[5];

	(void)state;
	assert_true(db_run_rows(db, Q_THING_ADD, 0, thing_row, NULL, NULL));
	assert_true(db_run_rows(db, Q_THING_ADD, 5, thing_row, NULL, told));
	assert_memory_equal(told, want, sizeof(want));
	assert_int_equal(count(db), 4);
	for (size_t i = 0; i < 5; i++)
		if (want[i])
			expect_thing(db, i);
	assert_true(db_run_rows(db, Q_THING_ADD, 5, thing_row, NULL, told));
	for (size_t i = 0; i < 5; i++)
		assert_false(told[i]);
	db_close(db);
}

/* So many rows that PostgreSQL takes them by COPY as long as all are new. */
#define NEW 20

static void
new_row(const void *context, size_t i, struct db_value *v)
{
	const int64_t *list = context;

	v[0] = db_int(list[i]);
	v[1] = db_text(words[i % 5]);
	v[2] = db_blob(i % 3 == 0 ? NULL : bytes, i % 4);
	v[3] = (struct db_value){.type = 'd', .real = 0.5 * (double)i};
}

/* Row i is there as it was given. */
static void
expect_new(struct db *db, const int64_t *list, size_t i)
{
	struct rows *r = db_query(db, Q_THING_GET, "i", list[i]);
	const char *word = words[i % 5], *text;
	const void *blob;
	size_t size;

	assert_int_equal(rows_next(r), STEP_ROW);
	text = rows_text(r, 2);
	assert_true(word == NULL ? text == NULL : strcmp(text, word) == 0);
	blob = rows_blob(r, 3, &size);
	assert_true(i % 3 == 0 ? blob == NULL : size == i % 4);
	assert_memory_equal(blob, bytes, size);
	assert_true(rows_double(r, 4) == 0.5 * (double)i);
	rows_close(r);
}

static void
test_many_new_rows(void **state)
{
	int64_t list[NEW];
	bool told[NEW];
	struct db *db = fresh();

	(void)state;
	for (int64_t i = 0; i < NEW; i++)
		list[i] = i * i - 7;
	assert_true(db_begin(db));
	assert_true(db_run_rows(db, Q_THING_NEW, NEW, new_row, list, told));
	for (size_t i = 0; i < NEW; i++)
		assert_true(told[i]);
	add(db, 10000, "x");
	assert_true(db_commit(db));
	assert_int_equal(count(db), NEW + 1);
	for (size_t i = 0; i < NEW; i++)
		expect_new(db, list, i);
	db_close(db);
}

/* One was there, or comes twice; and that again and again, by itself or after
 * something else in the transaction, and after so many that were new that
 * PostgreSQL dares to COPY again. */
static void
test_many_rows_not_all_new(void **state)
{
	int64_t list[NEW], next = 0, there = 1;
	bool told[NEW];
	struct db *db = fresh();

	(void)state;
	add(db, -1, "x");
	for (int round = 0; round < 400; round++) {
		bool known = round % 150 == 1, twice = round % 150 == 2;
		bool later = round % 4 == 3, undone = round == 11;

		for (size_t i = 0; i < NEW; i++)
			list[i] = next++;
		list[5] = known ? -1 : list[5];
		list[7] = twice ? list[4] : list[7];
		assert_true(db_begin(db));
		if (later)
			add(db, 10000 + round, "x");
		assert_true(
		    db_run_rows(db, Q_THING_NEW, NEW, new_row, list, told));
		for (size_t i = 0; i < NEW; i++)
			assert_int_equal(
			    told[i], !(known && i == 5) && !(twice && i == 7));
		if (undone)
			db_rollback(db);
		else
			assert_true(db_commit(db));
		there += undone ? 0 : NEW + later - known - twice;
		assert_int_equal(count(db), there);
	}
	db_close(db);
}

static void
bad_row(const void *context, size_t i, struct db_value *v)
{
	new_row(context, i, v);
	v[0].integer = (int64_t)i;
	v[0].null = i == 13;
}

static void
test_one_bad_of_many_new_rows(void **state)
{
	static const int64_t list[NEW];
	struct db *db = fresh();
	bool told[NEW];

	(void)state;
	assert_true(db_begin(db));
	catch_log();
	assert_false(db_run_rows(db, Q_THING_NEW, NEW, bad_row, list, told));
	assert_false(db_commit(db));
	caught_log();
	assert_true(db_begin(db));
	add(db, 1, "x");
	assert_true(db_commit(db));
	assert_int_equal(count(db), 1);
	db_close(db);
}

static void
id_row(const void *context, size_t i, struct db_value *v)
{
	const int64_t *list = context;

	v[0] = db_int(list[i]);
}

static void
test_many_rows_found(void **state)
{
	static const int64_t asked[] = {1, 5, 2, 3, 1};
	static const bool want[] = {true, false, true, false, true};
	struct db *db = fresh();
	bool told[5];

	(void)state;
	add(db, 1, "x");
	add(db, 2, "x");
	for (int i = 0; i < 2; i++) {
		assert_true(
		    db_run_rows(db, Q_THING_COLOUR, 5, id_row, asked, told));
		assert_memory_equal(told, want, sizeof(want));
	}
	db_close(db);
}

static void
word_row(const void *context, size_t i, struct db_value *v)
{
	id_row(context, i, v);
	v[1] = db_text("x");
}

/* So many that no plan for a few would do, and one bad row among them. Whoever
 * wants to be told is told at once, the others when they commit at the latest.
 */
static void
test_one_bad_of_many_rows(void **state)
{
	static int64_t many[2000];
	static bool told[2000];
	struct db *db = fresh();

	(void)state;
	for (size_t i = 0; i < 2000; i++)
		many[i] = (int64_t)(i * 7919 % 2000);
	assert_true(db_begin(db));
	assert_true(
	    db_run_rows(db, Q_THING_INSERT, 2000, word_row, many, NULL));
	assert_true(db_commit(db));
	assert_int_equal(count(db), 2000);
	for (size_t i = 0; i < 2000; i++)
		many[i] += i == 1000 ? 0 : 2000;
	for (int i = 0; i < 2; i++) {
		assert_true(db_begin(db));
		add(db, 9000, "x");
		catch_log();
		if (db_run_rows(db, Q_THING_INSERT, 2000, word_row, many,
			i == 0 ? told : NULL))
			assert_int_equal(i, 1);
		db_run_rows(db, Q_THING_INSERT, 1, word_row, many, NULL);
		assert_false(db_commit(db));
		assert_non_null(strstr(caught_log(), "thing_insert"));
		assert_int_equal(count(db), 2000);
	}
	many[0] = 5; /* outside a transaction at once, too */
	catch_log();
	assert_false(db_run_rows(db, Q_THING_INSERT, 1, word_row, many, NULL));
	caught_log();
	db_close(db);
}

/* Statements that nobody waits for, more of them than one would send at once,
 * and others between. */
static void
test_many_statements_of_many_rows(void **state)
{
	struct db *db = fresh();
	int64_t id;

	(void)state;
	assert_true(db_begin(db));
	for (id = 1; id <= 50; id++) {
		assert_true(
		    db_run_rows(db, Q_THING_INSERT, 1, word_row, &id, NULL));
		if (id % 20 == 0)
			assert_int_equal(count(db), id);
	}
	db_rollback(db);
	assert_int_equal(count(db), 0);
	assert_true(db_begin(db));
	for (id = 1; id <= 7; id++)
		assert_true(
		    db_run_rows(db, Q_THING_INSERT, 1, word_row, &id, NULL));
	assert_true(db_commit(db));
	assert_int_equal(count(db), 7);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_many_rows),
	    cmocka_unit_test(test_many_new_rows),
	    cmocka_unit_test(test_many_rows_not_all_new),
	    cmocka_unit_test(test_one_bad_of_many_new_rows),
	    cmocka_unit_test(test_many_rows_found),
	    cmocka_unit_test(test_one_bad_of_many_rows),
	    cmocka_unit_test(test_many_statements_of_many_rows),
	};

	return run_on_engines("many", tests, sizeof(tests) / sizeof(tests[0]));
}

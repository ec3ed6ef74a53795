/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dossiers in the store, on both engines: announced again and again with other
 * contents, in any order, the counts are always those of a recount, and nothing
 * doubles.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/dossier/dossier.h"
#include "server/core/dossier/dossier_count.h"
#include "server/store/dossier/dossiers.h"
#include "shared/arena.h"
#include "tests/kit/store_parts.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/civil.h"
#include "tests/db/engines.h"

#define DAY_MS INT64_C(86400000)

static const char *const units[] = {"22969", "22972"};
static const char *const fields[] = {"dat-dai", "ho-tich", ""};

/* The n-th dossier in one of its states. */
static struct dossier
dossier_of(struct arena *a, unsigned n, unsigned state)
{
	struct dossier d = {.key = arena_printf(a, "H11%06u", n),
	    .code = arena_printf(a, "H11-%06u", n),
	    .unit = units[n % 2],
	    .field = fields[(n + state) % 3],
	    .procedure = "1.002425",
	    .desk = "",
	    .authority = state % 4 == 3 ? "Thuế" : "",
	    .received_at = STORE_NOW - 40 * DAY_MS,
	    .due_at = state % 5 == 4 ? DOSSIER_NEVER : STORE_NOW - 10 * DAY_MS,
	    .finished_at = DOSSIER_NEVER,
	    .outcome = OUTCOME_NONE};

	if (state % 3 > 0) {
		d.finished_at =
		    STORE_NOW - (int64_t)(n + 7 * state) % 30 * DAY_MS;
		d.outcome = (enum outcome)(1 + state % 4);
	}
	return d;
}

static bool
announce(
    struct db *db, const struct dossier *list, size_t n, enum announced *became)
{
	assert_true(db_begin(db));
	if (store_dossiers(db, list, n, STORE_NOW, became))
		return db_commit(db);
	db_rollback(db);
	return false;
}

static bool
same_counts(const struct dossier_counts *a, const struct dossier_counts *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (dossier_count_compare(&a->rows[i], &b->rows[i]) != 0 ||
		    memcmp(a->rows[i].n, b->rows[i].n, sizeof(a->rows[i].n)) !=
			0)
			return false;
	return true;
}

static void
assert_recount(struct db *db)
{
	struct dossier_counts table, recount;
	struct arena a;

	arena_init(&a);
	assert_true(
	    store_dossier_counts(db, &a, INT32_MIN, INT32_MAX, true, &table));
	assert_true(store_dossier_recount(db, &a, &recount));
	assert_true(same_counts(&table, &recount));
	arena_finish(&a);
}

static void
test_again_and_again(void **state)
{
	struct db *db = fresh_store();
	enum announced became[20];
	struct dossier list[20];
	struct arena a;

	(void)state;
	srandom(1);
	arena_init(&a);
	for (int round = 0; round < 60; round++) {
		size_t n = 1 + (size_t)random() % 20;

		for (size_t i = 0; i < n; i++)
			list[i] = dossier_of(&a, (unsigned)random() % 40,
			    (unsigned)random() % 12);
		assert_true(announce(db, list, n, became));
		assert_recount(db);
	}
	arena_finish(&a);
	db_close(db);
}

/* Announces the same dossiers in an order of its own, each in many states. */
static void *
announce_for(void *seed)
{
	unsigned chance = *(unsigned *)seed;
	struct db *db = db_open(store_address(), DB_WRITE);
	enum announced became[20];
	struct dossier list[20];
	struct arena a;
	size_t failed = 0;

	assert_non_null(db);
	arena_init(&a);
	for (int round = 0; round < 40; round++) {
		for (size_t i = 0; i < 20; i++)
			list[i] = dossier_of(&a, (unsigned)rand_r(&chance) % 40,
			    (unsigned)rand_r(&chance) % 12);
		failed += !announce(db, list, 20, became);
	}
	arena_finish(&a);
	db_close(db);
	return failed == 0 ? NULL : seed;
}

/* Several at once: nobody waits in a circle, nothing leaves the counts twice.
 */
static void
test_at_once(void **state)
{
	static unsigned seeds[] = {1, 2, 3, 4};
	pthread_t threads[4];
	struct db *db = fresh_store();

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, announce_for, &seeds[i]),
		    0);
	for (int i = 0; i < 4; i++) {
		void *failed;

		pthread_join(threads[i], &failed);
		assert_null(failed);
	}
	assert_recount(db);
	db_close(db);
}

static void
test_what_became(void **state)
{
	struct db *db = fresh_store();
	struct dossier_counts counts;
	enum announced became[3];
	struct dossier list[3];
	struct arena a;

	(void)state;
	arena_init(&a);
	list[0] = dossier_of(&a, 1, 0); /* received */
	list[1] = dossier_of(&a, 2, 1);
	list[2] = list[1]; /* the same line twice in a file */
	assert_true(announce(db, list, 3, became));
	assert_int_equal(became[0], ANNOUNCED_NEW);
	assert_int_equal(became[1], ANNOUNCED_NEW);
	assert_int_equal(became[2], ANNOUNCED_SAME);
	list[0] = dossier_of(&a, 1, 1); /* finished */
	assert_true(announce(db, list, 2, became));
	assert_int_equal(became[0], ANNOUNCED_CHANGED);
	assert_int_equal(became[1], ANNOUNCED_SAME);
	assert_true(
	    store_dossier_counts(db, &a, INT32_MIN, INT32_MAX, false, &counts));
	assert_int_equal(counts.count, 2);
	assert_int_equal(counts.rows[0].n[DOSSIERS_FINISHED] +
			     counts.rows[1].n[DOSSIERS_FINISHED],
	    2);
	arena_finish(&a);
	db_close(db);
}

static void
test_range(void **state)
{
	struct db *db = fresh_store();
	struct dossier_counts counts;
	int32_t today = civil_local_day(STORE_NOW);
	enum announced became[30];
	struct dossier list[30];
	struct arena a;

	(void)state;
	arena_init(&a);
	for (unsigned n = 0; n < 30; n++) {
		list[n] = dossier_of(&a, 2 * n, 1);
		list[n].field = "ho-tich";
		list[n].finished_at = STORE_NOW - (int64_t)n * DAY_MS;
	}
	assert_true(announce(db, list, 30, became));
	assert_true(
	    store_dossier_counts(db, &a, today - 9, today, false, &counts));
	assert_int_equal(counts.count, 1); /* both ends are in */
	assert_int_equal(counts.rows[0].n[DOSSIERS_FINISHED], 10);
	assert_true(
	    store_dossier_counts(db, &a, today + 1, today + 9, false, &counts));
	assert_int_equal(counts.count, 0);
	arena_finish(&a);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_again_and_again),
	    cmocka_unit_test(test_at_once),
	    cmocka_unit_test(test_what_became),
	    cmocka_unit_test(test_range),
	};

	return run_on_engines(
	    "dossiers", tests, sizeof(tests) / sizeof(tests[0]));
}

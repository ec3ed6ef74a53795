/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a register gets in, on both engines: laid in whole, taken piece by piece,
 * by whoever is there; what was interrupted goes on, what never became whole is
 * forgotten, and the counts are those of a recount. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier_count.h"
#include "server/register/arriving.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/people/audit.h"
#include "tests/kit/store_parts.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include "shared/arena.h"
#include "tests/db/engines.h"

#define DAY_MS INT64_C(86400000)
#define MANY   12001 /* three pieces */
#define NUMBER "+84912345678"

static struct seal_keys keys;
static struct settings settings;
static struct catalogue *catalogue;

static struct db *
begin_store(void)
{
	struct db *db = fresh_store();

	seal_keys_new(&keys);
	catalogue_destroy(catalogue);
	catalogue = store_catalogue(db);
	assert_non_null(catalogue);
	return db;
}

/* Begins a register of n dossiers at a time, without saying that it is whole.
 */
static void
lay(struct arriving *a, struct db *db, int n, int64_t at)
{
	const struct dossier_import import = {.file = "so.xlsx",
	    .login = "lan",
	    .role = "admin",
	    .place = "pages",
	    .at = at};

	assert_true(arriving_begin(a, db, &keys, &import));
	for (int i = 0; i < n; i++) {
		char key[40], code[40];
		struct dossier d = {.key = key,
		    .code = code,
		    .unit = i % 2 == 0 ? "22969" : "22972",
		    .field = "dat-dai",
		    .procedure = "1.002425",
		    .desk = "",
		    .authority = "",
		    .received_at = STORE_NOW - 40 * DAY_MS,
		    .due_at = STORE_NOW,
		    .finished_at = STORE_NOW - i % 20 * DAY_MS,
		    .outcome = OUTCOME_GRANTED,
		    .phone = NUMBER,
		    .consent = i % 3 == 0};

		snprintf(key, sizeof(key), "H11%08d", i);
		snprintf(code, sizeof(code), "H11-%08d", i);
		assert_true(arriving_add(a, &d));
	}
}

static void
lay_whole(struct arriving *a, struct db *db, int n)
{
	lay(a, db, n, STORE_NOW);
	assert_true(arriving_end(a, &(struct register_counts){0}));
}

static int64_t
finished(struct db *db)
{
	struct dossier_counts table, recount;
	int64_t sum = 0;
	struct arena a;

	arena_init(&a);
	assert_true(
	    store_dossier_counts(db, &a, INT32_MIN, INT32_MAX, true, &table));
	assert_true(store_dossier_recount(db, &a, &recount));
	assert_int_equal(table.count, recount.count);
	for (size_t i = 0; i < table.count; i++) {
		assert_memory_equal(table.rows[i].n, recount.rows[i].n,
		    sizeof(table.rows[i].n));
		sum += table.rows[i].n[DOSSIERS_FINISHED];
	}
	arena_finish(&a);
	return sum;
}

/* The deeds, as text. */
static void
assert_deeds(struct db *db, size_t count, const char *after)
{
	struct deed_query query = {.to = INT64_MAX, .most = 10};
	struct deed *list;
	struct arena a;
	size_t n;

	memset(query.before.bytes, 0xff, sizeof(query.before.bytes));
	arena_init(&a);
	assert_true(store_audit_list(db, &a, &query, &list, &n));
	assert_int_equal(n, count);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(list[i].act, "dossier.import");
		assert_string_equal(list[i].object, "so.xlsx");
		assert_string_equal(list[i].login, "lan");
		assert_string_equal(list[i].after, after);
	}
	arena_finish(&a);
}

static const char after_all[] =
    "{\"new\":12001,\"changed\":0,\"same\":0,\"bad\":0,\"numbers\":"
    "{\"kept\":0,\"unwanted\":0,\"no_mobile\":0,\"none\":0}}";

static void
test_whole(void **state)
{
	struct db *db = begin_store();
	const struct taking_in t = {.db = db,
	    .keys = &keys,
	    .settings = &settings,
	    .catalogue = catalogue};
	struct arriving a;

	(void)state;
	lay_whole(&a, db, MANY);
	assert_int_equal(finished(db), 0); /* nobody sees it yet */
	assert_true(nowhere(NUMBER));
	assert_true(take_in_all(&t, &a.import));
	assert_int_equal(a.import.count[ANNOUNCED_NEW], MANY);
	assert_int_equal(finished(db), MANY);
	assert_deeds(db, 1, after_all);
	/* again: nothing doubles */
	lay_whole(&a, db, 7000);
	assert_true(take_in_all(&t, &a.import));
	assert_int_equal(a.import.count[ANNOUNCED_SAME], 7000);
	assert_int_equal(finished(db), MANY);
	assert_true(nowhere(NUMBER));
	db_close(db);
}

static bool
once(void *context, const struct dossier_import *import)
{
	(void)context;
	(void)import;
	return false;
}

/* As after a crash: another program goes on, and both together took each piece
 * once. */
static void
test_interrupted(void **state)
{
	struct db *db = begin_store(), *next;
	struct taking_in t = {.db = db,
	    .keys = &keys,
	    .settings = &settings,
	    .catalogue = catalogue,
	    .progress = once};
	struct arriving a;

	(void)state;
	lay_whole(&a, db, MANY);
	assert_true(take_in_all(&t, &a.import));
	assert_int_equal(finished(db), 5000);
	assert_deeds(db, 0, "");
	db_close(db);
	next = db_open(store_address(), DB_WRITE);
	t.db = next;
	t.progress = NULL;
	assert_true(take_in_all(&t, &a.import));
	assert_int_equal(finished(next), MANY);
	assert_deeds(next, 1, after_all);
	db_close(next);
}

/* One that never became whole is never taken, and forgotten by a later one. */
static void
test_half(void **state)
{
	struct db *db = begin_store();
	const struct taking_in t = {.db = db,
	    .keys = &keys,
	    .settings = &settings,
	    .catalogue = catalogue};
	struct arriving half, whole;

	(void)state;
	lay(&half, db, MANY, STORE_NOW - 31 * 60 * 1000);
	assert_true(take_in_all(&t, &half.import));
	assert_int_equal(finished(db), 0);
	lay_whole(&whole, db, 3);
	assert_false(arriving_end(&half, &(struct register_counts){0}));
	assert_true(take_in_all(&t, &whole.import));
	assert_int_equal(finished(db), 3);
	lay(&half, db, 10, STORE_NOW);
	arriving_drop(&half);
	assert_true(take_in_all(&t, &half.import));
	assert_int_equal(finished(db), 3);
	db_close(db);
}

static void *
take_too(void *context)
{
	struct db *db = db_open(store_address(), DB_WRITE);
	const struct taking_in t = {.db = db,
	    .keys = &keys,
	    .settings = &settings,
	    .catalogue = catalogue};
	struct dossier_import last = {0};
	bool ok = take_in_all(&t, &last);

	db_close(db);
	return ok ? NULL : context;
}

static void
test_two_takers(void **state)
{
	struct db *db = begin_store();
	struct arriving a;
	pthread_t threads[2];

	lay_whole(&a, db, MANY);
	lay_whole(&a, db, MANY);
	for (int i = 0; i < 2; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, take_too, state), 0);
	for (int i = 0; i < 2; i++) {
		void *failed;

		pthread_join(threads[i], &failed);
		assert_null(failed);
	}
	assert_int_equal(finished(db), MANY);
	db_close(db);
}

/* Without the key nothing is taken, and nothing lost. */
static void
test_other_key(void **state)
{
	struct db *db = begin_store();
	struct seal_keys other;
	struct taking_in t = {.db = db,
	    .keys = &other,
	    .settings = &settings,
	    .catalogue = catalogue};
	struct arriving a;

	(void)state;
	seal_keys_new(&other);
	lay_whole(&a, db, 10);
	catch_log();
	assert_false(take_in_all(&t, &a.import));
	assert_non_null(strstr(caught_log(), "closed with another key"));
	assert_int_equal(finished(db), 0);
	t.keys = &keys;
	assert_true(take_in_all(&t, &a.import));
	assert_int_equal(finished(db), 10);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_whole),
	    cmocka_unit_test(test_interrupted),
	    cmocka_unit_test(test_half),
	    cmocka_unit_test(test_two_takers),
	    cmocka_unit_test(test_other_key),
	};
	int failed =
	    run_on_engines("arriving", tests, sizeof(tests) / sizeof(tests[0]));

	catalogue_destroy(catalogue);
	return failed;
}

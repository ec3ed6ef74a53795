/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Answers and their counts, on both engines: stored once, set aside and back,
 * summed, and always equal to a recount.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/score/tally.h"
#include "server/store/answers.h"
#include "server/store/tallies.h"
#include "tests/kit/store_parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "server/db/db_engine.h"
#include "shared/civil.h"
#include "tests/db/engines.h"
#include "tests/kit/recount.h"

static void
assert_recount(struct db *db)
{
	int64_t answers, remarks;

	assert_true(recount_agrees(db));
	assert_true(store_orphans(db, &answers, &remarks));
	assert_int_equal(answers, 0);
	assert_int_equal(remarks, 0);
}

/* ------------------------------------------------------------------ answers */

static void
test_answer_once(void **state)
{
	struct db *db = fresh_store();
	struct entry e;
	int64_t all, samples;

	(void)state;
	fill_entry(&e, 1);
	e.comment = "Cảm ơn";
	e.plain = "cam on";
	assert_int_equal(store_one(db, &e), STORED);
	assert_int_equal(store_one(db, &e), STORED_DUPLICATE);
	e.scores = "overall=1";
	e.digest[3]++;
	assert_int_equal(store_one(db, &e), STORED_CONFLICT);
	fill_entry(&e, 2);
	assert_int_equal(store_one(db, &e), STORED);
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 2);
	assert_int_equal(samples, 0);
	assert_recount(db);
	db_close(db);
}

/* Many at once, in any order: some there before, some twice, some changed, some
 * with a comment. Each hears what became of it. */
static void
test_many_at_once(void **state)
{
	/* number of the answer, then whether it says something else */
	static const struct {
		unsigned n;
		bool changed;
		enum stored want;
	} cases[] = {{9, false, STORED}, {1, false, STORED_DUPLICATE},
	    {4, true, STORED}, {2, true, STORED_CONFLICT}, {300, false, STORED},
	    {4, false, STORED_CONFLICT}, {9, false, STORED_DUPLICATE},
	    {0, false, STORED}, {4, true, STORED_DUPLICATE},
	    {3, false, STORED_DUPLICATE}, {5, false, STORED}};
	enum { CASES = sizeof(cases) / sizeof(cases[0]) };
	struct entry entries[CASES], *list[CASES], e;
	struct db *db = fresh_store();
	struct tallies tallies;
	int64_t all, samples;

	(void)state;
	for (unsigned n = 1; n <= 3; n++) {
		fill_entry(&e, n);
		assert_int_equal(store_one(db, &e), STORED);
	}
	for (size_t i = 0; i < CASES; i++) {
		list[i] = &entries[i];
		fill_entry(&entries[i], cases[i].n);
		entries[i].digest[0] ^= cases[i].changed;
		entries[i].comment = i % 2 == 0 ? "Cảm ơn" : NULL;
		entries[i].plain = "cam on";
	}
	tallies_init(&tallies);
	assert_true(db_begin(db));
	assert_true(store_answers(db, &tallies, list, CASES));
	assert_true(store_tallies_add(db, &tallies));
	assert_true(db_commit(db));
	tallies_finish(&tallies);
	for (size_t i = 0; i < CASES; i++)
		if (entries[i].stored != cases[i].want)
			fail_msg("answer %zu: %d", i, entries[i].stored);
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 8);
	assert_recount(db);
	db_close(db);
}

/* One that the table cannot take: none of them is there. */
static void
test_one_bad_of_many(void **state)
{
	struct entry entries[3], *list[3];
	struct db *db = fresh_store();
	struct tallies tallies;
	int64_t all, samples;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		list[i] = &entries[i];
		fill_entry(&entries[i], i);
	}
	entries[1].lang = NULL;
	tallies_init(&tallies);
	assert_true(db_begin(db));
	catch_log();
	assert_false(store_answers(db, &tallies, list, 3));
	caught_log();
	db_rollback(db);
	tallies_finish(&tallies);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(entries[i].stored, STORED_FAILED);
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 0);
	db_close(db);
}

/* What was rolled back left nothing, not even in the tallies. */
static void
test_rollback(void **state)
{
	struct db *db = fresh_store();
	struct tallies tallies;
	struct entry e;
	int64_t all, samples;

	(void)state;
	fill_entry(&e, 1);
	tallies_init(&tallies);
	assert_true(db_begin(db));
	assert_int_equal(store_answer(db, &tallies, &e), STORED);
	assert_true(store_tallies_add(db, &tallies));
	db_rollback(db);
	tallies_finish(&tallies);
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 0);
	assert_recount(db);
	assert_int_equal(store_one(db, &e), STORED);
	db_close(db);
}

/* Three criteria and a reason stand aside or not; what the criteria said is
 * counted under the reason of setting aside only while they do. */
static void
assert_aside(const struct tallies *table, bool aside)
{
	size_t plain = 0, under = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct tally *row = &table->rows[i];
		char reason[TALLY_NAME];
		const char *criterion;
		int64_t said = 0;

		if (!tally_aside_of(row->key.criterion, reason, &criterion)) {
			assert_int_equal(row->aside, aside);
			plain++;
			continue;
		}
		for (int k = 0; k <= 5; k++)
			said += row->n[k];
		assert_int_equal(said, aside);
		under++;
	}
	assert_int_equal(plain, 4);
	assert_true(under == 3 || (under == 0 && !aside));
}

static void
test_aside(void **state)
{
	struct db *db = fresh_store();
	struct tallies table;
	struct entry e;

	(void)state;
	fill_entry(&e, 1);
	store_one(db, &e);
	for (int round = 0; round < 2; round++) {
		for (int twice = 0; twice < 2; twice++) {
			set_aside(db, 1, round == 0);
			assert_recount(db);
			tallies_init(&table);
			assert_true(store_tallies_read(db, false, &table));
			assert_aside(&table, round == 0);
			tallies_finish(&table);
		}
	}
	set_aside(db, 99, true); /* nobody's */
	db_close(db);
}

/* Sets the same three answers aside and back, over and over. */
static void *
set_aside_for(void *seed)
{
	unsigned chance = *(unsigned *)seed;
	struct db *db = db_open(store_address(), DB_WRITE);

	assert_non_null(db);
	for (int i = 0; i < 60; i++) {
		unsigned n = (unsigned)rand_r(&chance);

		set_aside(db, 1 + n % 3, n / 3 % 2 == 0);
	}
	db_close(db);
	return NULL;
}

/* Several at once: each change moves the counts once. */
static void
test_aside_at_once(void **state)
{
	static unsigned seeds[] = {1, 2, 3, 4};
	pthread_t threads[4];
	struct db *db = fresh_store();
	struct entry e;

	(void)state;
	for (unsigned i = 1; i <= 3; i++) {
		fill_entry(&e, i);
		store_one(db, &e);
	}
	for (int i = 0; i < 4; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, set_aside_for, &seeds[i]),
		    0);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_recount(db);
	db_close(db);
}

static uint64_t seed;

static unsigned
below(unsigned n)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(seed >> 33) % n;
}

/* A batch as a writer's: answers new and repeated, some set aside or back. */
static void
random_batch(struct db *db, unsigned *next)
{
	static const char *const desks[] = {"LH1", "TP1", "TPD1", "PD1"};
	static const char *const scores[] = {"overall=5", "overall=1 access=-",
	    "overall=3 access=2 result=5", "overall=4 feedback=1"};
	const struct aside why = {"a test", "", 1};
	struct tallies tallies;
	struct entry e;
	struct uuid id;

	tallies_init(&tallies);
	assert_true(db_begin(db));
	for (unsigned i = 0; i < 40; i++) {
		unsigned n = below(4) == 0 ? below(*next + 1) : (*next)++;

		if (below(5) == 0) {
			id = numbered(n);
			assert_true(store_answer_aside(
			    db, &tallies, &id, below(2) == 0, &why));
			continue;
		}
		fill_entry(&e, n);
		e.day += (int32_t)(n % 3);
		e.desk = desks[n / 3 % 4];
		e.field = n % 2 == 0 ? "" : "ho-tich";
		e.scores = scores[n / 7 % 4];
		assert_int_not_equal(
		    store_answer(db, &tallies, &e), STORED_FAILED);
	}
	if (below(6) == 0) {
		db_rollback(db);
	} else {
		assert_true(store_tallies_add(db, &tallies));
		assert_true(db_commit(db));
	}
	tallies_finish(&tallies);
}

static void
test_random_mix(void **state)
{
	struct db *db = fresh_store();
	unsigned next = 0;

	(void)state;
	seed = 3;
	for (int i = 0; i < 12; i++) {
		random_batch(db, &next);
		assert_recount(db);
	}
	db_close(db);
}

static void
test_sums(void **state)
{
	struct db *db = fresh_store();
	struct tallies sum;
	struct entry e;

	(void)state;
	for (unsigned n = 0; n < 9; n++) {
		fill_entry(&e, n);
		e.day += (int32_t)n;
		e.scores = "overall=4";
		e.reasons = "";
		store_one(db, &e);
	}
	tallies_init(&sum);
	assert_true(store_tallies_sum(db, 20002, 20005, false, &sum));
	assert_int_equal(sum.count, 1); /* both ends are in */
	assert_int_equal(sum.rows[0].n[4], 4);
	assert_int_equal(sum.rows[0].key.day, 0);
	tallies_clear(&sum);
	assert_true(store_tallies_sum(db, 20002, 20005, true, &sum));
	assert_int_equal(sum.count, 4);
	tallies_clear(&sum);
	assert_true(store_tallies_sum(db, 1, 2, false, &sum));
	assert_int_equal(sum.count, 0);
	tallies_finish(&sum);
	db_close(db);
}

/* Whole months come from their own table, what is beside them from the days:
 * every range gives what its days give. */
static void
test_sums_of_months(void **state)
{
	/* 2024-12-20, …: the days are 20 apart */
	static const int32_t first_day = 20077;
	struct db *db = fresh_store();
	struct tallies sum;
	struct entry e;

	(void)state;
	for (unsigned n = 0; n < 20; n++) {
		fill_entry(&e, n);
		e.day = first_day + 20 * (int32_t)n;
		e.scores = "overall=4";
		e.reasons = "";
		store_one(db, &e);
	}
	tallies_init(&sum);
	for (int32_t first = first_day - 2; first < first_day + 400; first += 7)
		for (int32_t last = first; last < first_day + 420; last += 11) {
			int64_t want = 0;

			for (int32_t day = first; day <= last; day++)
				want += day >= first_day &&
					day < first_day + 400 &&
					(day - first_day) % 20 == 0;
			tallies_clear(&sum);
			assert_true(
			    store_tallies_sum(db, first, last, false, &sum));
			assert_int_equal(sum.count, want > 0);
			if (want > 0)
				assert_int_equal(sum.rows[0].n[4], want);
		}
	tallies_finish(&sum);
	assert_recount(db);
	db_close(db);
}

/* The upgrade to schema 2 knows the month of every day: made anew by it, the
 * table by month is what it was. */
static void
test_months_of_the_upgrade(void **state)
{
	static const char *const days[] = {"0001-01-01", "0004-02-29",
	    "1582-10-15", "1899-12-31", "1900-02-28", "1900-03-01",
	    "1969-12-31", "1970-01-01", "1999-12-31", "2000-01-01",
	    "2000-02-28", "2000-02-29", "2000-03-01", "2000-12-31",
	    "2024-02-29", "2024-12-31", "2026-01-01", "2026-01-31",
	    "2026-12-01", "2100-02-28", "2100-03-01", "9999-12-31"};
	struct db *db = fresh_store();
	struct entry e;
	int32_t day;

	(void)state;
	for (unsigned n = 0; n < sizeof(days) / sizeof(days[0]); n++) {
		fill_entry(&e, n);
		assert_true(civil_parse_date(days[n], &day));
		e.day = day;
		store_one(db, &e);
	}
	for (unsigned n = 100; n < 600; n++) {
		fill_entry(&e, n);
		e.day = 20000 + (int32_t)n;
		store_one(db, &e);
	}
	assert_recount(db);
	assert_true(
	    db->engine->script_run(db, "drop", "DROP TABLE tally_month"));
	assert_int_equal(sql_upgrades[0].number, 2);
	assert_true(
	    db->engine->script_run(db, "upgrade", sql_upgrades[0].text));
	/* what later upgrades add */
	assert_true(db->engine->script_run(db, "columns",
	    "ALTER TABLE tally_month ADD unusual BIGINT NOT NULL DEFAULT 0;"
	    "ALTER TABLE tally_month ADD unusual_good BIGINT NOT NULL "
	    "DEFAULT 0;"
	    "ALTER TABLE tally_month ADD verified BIGINT NOT NULL DEFAULT 0;"
	    "ALTER TABLE tally_month ADD verified_good BIGINT NOT NULL "
	    "DEFAULT 0;"
	    "UPDATE tally_month SET verified = n1 + n2 + n3 + n4 + n5, "
	    "verified_good = n4 + n5 WHERE channel = 'kiosk'"));
	assert_recount(db);
	db_close(db);
}

static void
test_samples(void **state)
{
	struct db *db = fresh_store();
	struct entry e;
	int64_t all, samples;

	(void)state;
	assert_false(store_has_samples(db));
	for (unsigned n = 0; n < 6; n++) {
		fill_entry(&e, n);
		e.sample = n > 0;
		e.comment = "x";
		e.plain = "x";
		store_one(db, &e);
	}
	assert_true(store_has_samples(db));
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 6);
	assert_int_equal(samples, 5);
	assert_true(db_begin(db));
	assert_true(store_samples_remove(db));
	assert_true(db_commit(db));
	assert_false(store_has_samples(db));
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 1);
	assert_recount(db);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_answer_once),
	    cmocka_unit_test(test_many_at_once),
	    cmocka_unit_test(test_one_bad_of_many),
	    cmocka_unit_test(test_rollback),
	    cmocka_unit_test(test_aside),
	    cmocka_unit_test(test_aside_at_once),
	    cmocka_unit_test(test_random_mix),
	    cmocka_unit_test(test_sums),
	    cmocka_unit_test(test_sums_of_months),
	    cmocka_unit_test(test_months_of_the_upgrade),
	    cmocka_unit_test(test_samples),
	};

	return run_on_engines("store", tests, sizeof(tests) / sizeof(tests[0]));
}

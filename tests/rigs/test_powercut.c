/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Power cuts over the collector's write path: at every change of the disk, in
 * each of the four ways to survive, and once more while it recovers or goes on.
 * In half of the lives a second connection copies the log meanwhile, as the
 * checkpointer does.
 * And the proof that the rig can see: with synchronous=NORMAL it must lose.
 *
 * HAILONG_CUTS=N multiplies the number of seeds (1). Processes share the ways
 * to survive (my_share); a proof that the rig can see is one process's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/catalogue/import.h"
#include "tests/rigs/disk.h"
#include "tests/rigs/ledger.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHANGES 500 /* each of them is cut */

static struct ledger ledger;
static struct disk_image *fresh;

/* ----------------------------------------------------------------- the life */

/* A checkpoint from another connection, of a kind by chance. */
static void
checkpoint(void)
{
	static const int kinds[] = {SQLITE_CHECKPOINT_PASSIVE,
	    SQLITE_CHECKPOINT_FULL, SQLITE_CHECKPOINT_RESTART,
	    SQLITE_CHECKPOINT_TRUNCATE};
	sqlite3 *db;

	if (sqlite3_open(&LEDGER_URL[7], &db) == SQLITE_OK)
		sqlite3_wal_checkpoint_v2(
		    db, NULL, kinds[disk_chance(4)], NULL, NULL);
	sqlite3_close(db);
}

/* The checkpointer's: a connection that is kept, and copies what the log has
 * between commits and in the midst of them. */
static struct db *other;

static void
copy_log(void)
{
	if (other != NULL && disk_chance(4) == 0)
		db_checkpoint(other);
}

/* New answers, some sent again, some twice in a batch. */
static bool
one_commit(struct db *db, struct tallies *tallies)
{
	unsigned numbers[8], next = ledger.count;
	size_t n = 1 + disk_chance(6);

	for (size_t i = 0; i < n; i++)
		numbers[i] = ledger.count > 0 && disk_chance(4) == 0
				 ? (unsigned)disk_chance(next)
				 : next++;
	return ledger_commit(&ledger, db, tallies, numbers, n);
}

static struct db *
come_back(void)
{
	if (ledger.meanwhile != NULL)
		other = db_open(LEDGER_URL, DB_WRITE);
	return db_open(LEDGER_URL, DB_WRITE);
}

static void
leave(struct db *db)
{
	db_close(other);
	other = NULL;
	db_close(db);
}

/* A collector at work until the power goes or it has done its rounds. */
static void
live(int rounds)
{
	struct db *db = NULL;
	struct tallies tallies;

	tallies_init(&tallies);
	for (int i = 0; i < rounds && !disk_dark(); i++) {
		if (db == NULL)
			db = come_back();
		if (db == NULL || !one_commit(db, &tallies))
			break;
		copy_log();
		if (disk_chance(6) == 0)
			checkpoint();
		if (disk_chance(12) == 0) {
			leave(db);
			db = NULL;
		}
	}
	leave(db);
	tallies_finish(&tallies);
}

static void
begin(uint64_t seed)
{
	disk_restore(fresh);
	disk_seed(seed);
	sqlite3_randomness(0, NULL); /* salts come from the seed too */
	memset(&ledger, 0, sizeof(ledger));
	/* every other life has a checkpointer */
	ledger.meanwhile = disk_chance(2) == 0 ? copy_log : NULL;
}

static int
make_disk(void **state)
{
	(void)state;
	disk_install();
	disk_seed(1);
	db_close(db_open(LEDGER_URL, DB_CREATE));
	disk_cut(SURVIVES_NOTHING);
	fresh = disk_image();
	return 0;
}

static int
remove_disk(void **state)
{
	(void)state;
	disk_image_free(fresh);
	disk_clear();
	return 0;
}

/* --------------------------------------------------------------------- cuts */

/* Cuts, looks, lives on, cuts again. */
static bool
cut_twice(int64_t at, enum survival survival, uint64_t seed,
    struct findings *sum, unsigned *cuts)
{
	bool good = true;
	struct findings f;

	begin(seed);
	for (int life = 0; life < 2; life++) {
		disk_dark_at(life == 0 ? at : 1 + (int64_t)disk_chance(80));
		live(100);
		*cuts += disk_dark();
		disk_cut(survival);
		f = ledger_look(&ledger);
		good &= findings_add(sum, &f);
	}
	return good;
}

/* Every step-th change; bad ones are named. Those that are expected need all
 * the ways to survive. */
static unsigned
sweep(const char *title, int step, bool expected, struct findings *sum)
{
	uint64_t seeds = (uint64_t)option("HAILONG_CUTS", 1);
	unsigned cuts = 0;

	memset(sum, 0, sizeof(*sum));
	hush();
	for (uint64_t seed = 1; seed <= seeds; seed++)
		for (int64_t at = 1; at <= CHANGES; at += step)
			for (unsigned s = 0; s < SURVIVALS; s++)
				if ((expected || my_share(s)) &&
				    !cut_twice(at, (enum survival)s,
					seed * 1000003 + (uint64_t)at, sum,
					&cuts) &&
				    !expected)
					printf("cut at change %lld, survival "
					       "%u, seed %llu: bad\n",
					    (long long)at, s,
					    (unsigned long long)seed);
	unhush();
	printf("%s: %u cuts\n", title, cuts);
	findings_print(title, sum);
	return cuts;
}

static void
test_nothing_is_lost(void **state)
{
	struct findings sum;

	(void)state;
	assert_true(
	    sweep("FULL", 1, false, &sum) >= 2 * CHANGES * my_survivals());
	assert_true(findings_good(&sum));
	assert_true(sum.stored > 0);
}

/* The rig sees what a weaker setting loses; whole files and right tallies
 * NORMAL promises too. */
static void
test_the_rig_can_fail(void **state)
{
	struct findings sum;

	(void)state;
	if (!my_share(0))
		skip();
	disk_pragma("synchronous", "NORMAL");
	sweep("NORMAL", 20, true, &sum);
	disk_pragma(NULL, NULL);
	assert_true(sum.lost > 0);
	assert_int_equal(sum.changed + sum.strange, 0);
	assert_false(sum.damaged || sum.miscounted);
}

/* And a disk that forgets in spite of every sync would tear the files. */
static void
test_no_sync_at_all(void **state)
{
	struct findings sum;

	(void)state;
	if (!my_share(2))
		skip();
	disk_pragma("synchronous", "OFF");
	sweep("OFF", 20, true, &sum);
	disk_pragma(NULL, NULL);
	assert_true(sum.lost > 0);
	assert_true(sum.damaged || sum.miscounted);
}

/* The power goes while init makes the database; init again makes it whole.
 * Whether it went. */
static bool
cut_while_making(int64_t at, enum survival survival)
{
	struct findings f;
	char error[400];
	struct db *db;
	bool dark;

	disk_clear();
	disk_seed((uint64_t)at * SURVIVALS + survival);
	disk_dark_at(at);
	db = db_open(LEDGER_URL, DB_CREATE);
	if (db != NULL)
		store_import(db, NULL, error, sizeof(error));
	db_close(db);
	dark = disk_dark();
	disk_cut(survival);
	db = db_open(LEDGER_URL, DB_CREATE);
	assert_non_null(db);
	assert_true(store_import(db, NULL, error, sizeof(error)));
	db_close(db);
	memset(&ledger, 0, sizeof(ledger));
	f = ledger_look(&ledger);
	assert_true(findings_good(&f));
	return dark;
}

static void
test_making_the_database(void **state)
{
	unsigned cuts = 0;
	bool dark = true;

	(void)state;
	hush();
	for (int64_t at = 1; dark; at++)
		for (unsigned s = 0; s < SURVIVALS; s++)
			if (my_share(s)) {
				dark = cut_while_making(at, (enum survival)s);
				cuts += dark;
			}
	unhush();
	printf("init: %u cuts\n", cuts);
	assert_true(cuts > 20 * my_survivals());
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nothing_is_lost),
	    cmocka_unit_test(test_the_rig_can_fail),
	    cmocka_unit_test(test_no_sync_at_all),
	    cmocka_unit_test(test_making_the_database),
	};

	return cmocka_run_group_tests(tests, make_disk, remove_disk);
}

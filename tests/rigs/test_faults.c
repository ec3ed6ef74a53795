/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A disk that fails at its n-th call, for every n until a whole life passes
 * without meeting it, once and from then on: nothing is acknowledged that the
 * disk does not have, and when the trouble is over the same connection goes on.
 *
 * A failed fsync must end the process. So each of those lives is a child; its
 * SIGABRT handler is what comes after: the next process, which finds in the
 * system's memory what never reached the disk, is told the answers again, says
 * yes, and then the power goes.
 *
 * Processes share the work (my_share): one has the faults that come once, the
 * next those that stay.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/rigs/disk.h"
#include "tests/rigs/ledger.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 12
#define MANY   3500 /* commits: more than a whole WAL */

static struct ledger ledger;
static struct disk_image *fresh;
static bool settles; /* the next process does what writer_start does */
static bool has_checkpointer;

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

/* The checkpointer's connection. */
static void
copy_log(void)
{
	static struct db *other;

	if (other == NULL)
		other = db_open(LEDGER_URL, DB_WRITE);
	if (other != NULL)
		db_checkpoint(other);
}

static void
begin(uint64_t seed)
{
	disk_restore(fresh);
	disk_seed(seed);
	sqlite3_randomness(0, NULL);
	memset(&ledger, 0, sizeof(ledger));
	ledger.meanwhile = has_checkpointer ? copy_log : NULL;
}

/* Sends everything again that was not acknowledged, one by one. */
static bool
send_again(struct db *db, struct tallies *tallies)
{
	bool all = true;

	for (unsigned n = 0; n < ledger.count; n++)
		if (ledger.state[n] != ACKNOWLEDGED)
			all &= ledger_commit(&ledger, db, tallies, &n, 1);
	return all;
}

/* Rounds of new answers with some sent twice; goes on whatever fails. */
static struct db *
live(int rounds, int most, struct db *db, struct tallies *tallies)
{
	for (int i = 0; i < rounds; i++) {
		unsigned numbers[8];
		size_t n = 1 + disk_chance((uint64_t)most);

		for (size_t k = 0; k < n; k++)
			numbers[k] = ledger.count + (unsigned)k;
		if (n > 2)
			numbers[2] = numbers[0];
		if (db == NULL)
			db = db_open(LEDGER_URL, DB_WRITE);
		if (db != NULL)
			ledger_commit(&ledger, db, tallies, numbers, n);
	}
	return db;
}

/* ------------------------------------------------------------------- errors */

/* One life with one fault; false: the fault was never met. */
static bool
meet(enum fault fault, int64_t nth, bool for_ever, struct findings *sum)
{
	struct tallies tallies;
	struct db *db;
	struct findings f;
	bool met, again;

	begin(7);
	tallies_init(&tallies);
	disk_fail(fault, nth, for_ever);
	db = live(ROUNDS, 5, NULL, &tallies);
	met = disk_failures() > 0;
	disk_fail(FAULT_NONE, 0, false); /* it is over */
	if (db == NULL)
		db = db_open(LEDGER_URL, DB_WRITE);
	again = db != NULL && send_again(db, &tallies);
	db_close(db);
	tallies_finish(&tallies);
	disk_cut(SURVIVES_NOTHING);
	f = ledger_look(&ledger);
	if (!findings_add(sum, &f) || !again)
		fail_msg("fault %d at call %lld%s: recovered %d, lost %u",
		    fault, (long long)nth, for_ever ? " and on" : "", again,
		    f.lost);
	return met;
}

static void
test_errors(void **state)
{
	static const struct {
		enum fault fault;
		const char *title;
		int step;
	} faults[] = {{FAULT_WRITE, "write", 1}, {FAULT_FULL, "full", 1},
	    {FAULT_READ, "read", 1}, {FAULT_OPEN, "open", 1},
	    {FAULT_MEMORY, "memory", 3}};
	struct findings sum = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		for (unsigned for_ever = 0; for_ever < 2; for_ever++) {
			int64_t nth = 1;

			if (!my_share(for_ever))
				continue;
			hush();
			while (meet(faults[i].fault, nth, for_ever, &sum))
				nth += faults[i].step;
			unhush();
			printf("%s%s: every call up to %lld\n", faults[i].title,
			    for_ever ? ", from then on" : "",
			    (long long)nth - 1);
		}
	findings_print("errors", &sum);
}

/* -------------------------------------------------------------------- fsync */

enum end { WELL, NOT_MET = 3, WENT_ON, LOST, NOT_READY };

/* The process is dead. The next one begins, then the power goes. */
static void
next_process(int number)
{
	struct tallies tallies;
	struct findings f;
	struct db *db;

	(void)number;
	signal(SIGABRT, SIG_DFL);
	disk_abandon();
	ledger.meanwhile = NULL;
	tallies_init(&tallies);
	db = db_open(LEDGER_URL, DB_WRITE);
	if (db == NULL || (settles && !db_settle(db)) ||
	    !send_again(db, &tallies))
		_exit(NOT_READY);
	disk_abandon();
	disk_cut(SURVIVES_NOTHING);
	f = ledger_look(&ledger);
	_exit(findings_good(&f) ? WELL : LOST);
}

/* A life in a child, with a fault; how it ended. */
static int
child(enum fault fault, int64_t nth, int rounds)
{
	struct tallies tallies;
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		signal(SIGABRT, next_process);
		begin((uint64_t)nth);
		tallies_init(&tallies);
		disk_fail(fault, nth, false);
		live(rounds, rounds > ROUNDS ? 1 : 5, NULL, &tallies);
		_exit(disk_failures() > 0 ? WENT_ON : NOT_MET);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Every fsync of a life. */
static unsigned
every_fsync(unsigned ends[8])
{
	unsigned n;
	int end;

	hush();
	for (n = 1; (end = child(FAULT_SYNC, n, ROUNDS)) != NOT_MET; n++)
		ends[end < 0 ? 7 : end]++;
	unhush();
	return n - 1;
}

static void
test_fsync(void **state)
{
	unsigned ends[8] = {0}, n;

	(void)state;
	if (!my_share(0))
		skip();
	settles = true;
	n = every_fsync(ends);
	printf("fsync: %u failed, %u ended the process and nothing was lost\n",
	    n, ends[WELL]);
	assert_true(n >= ROUNDS);
	assert_int_equal(ends[WELL], n);
}

/* What is read after a failed fsync is not on the disk: without settling first
 * the next process acknowledges what a power cut takes. */
static void
test_the_rig_can_fail(void **state)
{
	unsigned ends[8] = {0};

	(void)state;
	if (!my_share(1))
		skip();
	settles = false;
	every_fsync(ends);
	assert_true(ends[LOST] > 0);
}

/* A checkpoint's fsync, which SQLite would pass over in silence: when the log
 * is too long, and that of the checkpointer. */
static void
test_fsync_of_a_checkpoint(void **state)
{
	(void)state;
	if (!my_share(1))
		skip();
	settles = true;
	hush();
	assert_int_equal(child(FAULT_SYNC_DATABASE, 1, MANY), WELL);
	has_checkpointer = true;
	assert_int_equal(child(FAULT_SYNC_DATABASE, 1, ROUNDS), WELL);
	has_checkpointer = false;
	unhush();
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_errors),
	    cmocka_unit_test(test_fsync),
	    cmocka_unit_test(test_the_rig_can_fail),
	    cmocka_unit_test(test_fsync_of_a_checkpoint),
	};

	return cmocka_run_group_tests(tests, make_disk, remove_disk);
}

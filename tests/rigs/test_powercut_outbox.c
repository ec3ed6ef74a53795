/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Power cuts over the outbox of a kiosk or gateway: what outbox_put has said
 * yes to is there, with that body, until outbox_done or outbox_refused has said
 * yes; what was refused is kept with its reason; the counter never goes back.
 *
 * HAILONG_CUTS=N multiplies the number of seeds (1). Processes share the ways
 * to survive (my_share); the proof that the rig can see is one process's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "shared/outbox.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tests/rigs/disk.h"
#include "tests/rigs/ledger.h"

#define CHANGES 500
#define MOST    400 /* answers of one life */

/* Where an answer may be. Several while it is not known whether the last call
 * reached the disk. */
enum place { NOWHERE = 1, QUEUED = 2, REFUSED = 4 };

static struct answer_state {
	int places;         /* of enum place, a bit each */
	int least, version; /* of its body */
	int taken;          /* the version the courier has read */
} answers[MOST];

static int count;    /* of answers */
static int64_t used; /* the highest seq in a body that was stored */
static char folder[] = "/tmp/hailong-outbox-cut-XXXXXX";
static char path[64];
static struct disk_image *fresh;
static unsigned lost, changed, back, damaged;

static struct uuid
id_of(int n)
{
	struct uuid id = {.bytes = {1}};

	memcpy(id.bytes + 12, &n, sizeof(n));
	return id;
}

static void
write_body(char out[1200], int n, int version, int64_t seq)
{
	int length =
	    snprintf(out, 100, "{\"n\":%d,\"v\":%d,\"seq\":%lld,\"x\":\"", n,
		version, (long long)seq);
	int more = (n * 37 + version * 11) % 1000;

	memset(out + length, 'x', (size_t)more);
	strcpy(out + length + more, "\"}");
}

/* ----------------------------------------------------------------- the life */

/* A call that may have moved an answer; certain when it said yes. */
static bool
moved(struct answer_state *a, bool said, int from, int to)
{
	if (said)
		a->places = to;
	else if (a->places & from)
		a->places |= to;
	return said;
}

static bool
put(struct outbox *o)
{
	int n = count > 0 && disk_chance(3) == 0
		    ? (int)disk_chance((uint64_t)count)
		    : count;
	struct uuid id = id_of(n);
	struct answer_state *a = &answers[n];
	int64_t seq = outbox_next_seq(o);
	char body[1200];
	bool said;

	if (n == count) {
		if (count == MOST)
			return false;
		count++;
		*a = (struct answer_state){.places = NOWHERE};
	} else if (a->places != QUEUED) {
		return true; /* what was sent is changed no more */
	}
	write_body(body, n, a->version + 1, seq);
	said = outbox_put(o, &id, body, disk_chance(2) == 0 ? 0 : 60000);
	a->version++;
	a->least = said ? a->version : a->least;
	used = said && seq > used ? seq : used;
	return moved(a, said, NOWHERE, QUEUED);
}

static bool
release(struct outbox *o)
{
	struct uuid id = id_of((int)disk_chance((uint64_t)count + 1));

	return outbox_release(o, &id);
}

static bool
end_one(struct outbox *o, const struct uuid *id)
{
	struct answer_state *a;
	int n;

	memcpy(&n, id->bytes + 12, sizeof(n));
	a = &answers[n];
	if (disk_chance(8) == 0)
		return moved(
		    a, outbox_refused(o, id, "no such desk"), QUEUED, REFUSED);
	return moved(a, outbox_done(o, id), QUEUED, NOWHERE);
}

/* As the courier: several at once, sometimes in one commit. */
static bool
send_some(struct outbox *o)
{
	size_t n, i;
	struct outbox_row *rows = outbox_due(o, 0, 1 + disk_chance(5), &n);
	bool together = n > 1 && disk_chance(2) == 0;
	struct answer_state before[8];
	bool ok = true;

	if (together)
		ok = outbox_begin(o);
	for (i = 0; i < n && ok; i++) {
		int k;

		memcpy(&k, rows[i].id.bytes + 12, sizeof(k));
		before[i] = answers[k];
		ok = end_one(o, &rows[i].id);
	}
	if (together && !(outbox_commit(o) && ok)) {
		ok = false;
		while (i-- > 0) {
			int k;

			memcpy(&k, rows[i].id.bytes + 12, sizeof(k));
			answers[k].places |= before[i].places;
		}
	}
	outbox_rows_free(rows, n);
	return ok;
}

static void
live(void)
{
	struct outbox *o = NULL;
	bool ok = true;

	for (int i = 0; i < 150 && ok && !disk_dark(); i++) {
		if (o == NULL)
			o = outbox_open(path);
		if (o == NULL)
			break;
		switch (disk_chance(8)) {
		case 0:
			ok = release(o);
			break;
		case 1:
		case 2:
			ok = send_some(o);
			break;
		case 3:
			outbox_close(o);
			o = NULL;
			break;
		default:
			ok = put(o);
		}
	}
	outbox_close(o);
}

/* ------------------------------------------------------------------ looking */

static void
look_at(sqlite3_stmt *s, int place, int *found)
{
	const char *body = (const char *)sqlite3_column_text(s, 0);
	struct answer_state *a;
	char want[1200];
	long long seq;
	int n, version;

	if (sscanf(body, "{\"n\":%d,\"v\":%d,\"seq\":%lld", &n, &version,
		&seq) != 3 ||
	    n < 0 || n >= count) {
		changed++;
		return;
	}
	a = &answers[n];
	write_body(want, n, version, seq);
	changed += strcmp(body, want) != 0 || version < a->least ||
		   version > a->version;
	found[n] |= place;
	a->least = version; /* it is known now */
	a->version = version;
}

static void
read_table(sqlite3 *db, const char *sql, int place, int *found)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		damaged++;
	else
		while (sqlite3_step(s) == SQLITE_ROW)
			look_at(s, place, found);
	sqlite3_finalize(s);
}

static void
look(void)
{
	static int found[MOST];
	struct outbox *o = outbox_open(path);
	sqlite3_stmt *s = NULL;
	sqlite3 *db = NULL;

	memset(found, 0, sizeof(found));
	if (o == NULL) {
		damaged++;
		return;
	}
	back += outbox_next_seq(o) <= used;
	sqlite3_open(path, &db);
	read_table(db, "SELECT body FROM outbox", QUEUED, found);
	read_table(db, "SELECT body FROM refused", REFUSED, found);
	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &s, NULL) !=
		SQLITE_OK ||
	    sqlite3_step(s) != SQLITE_ROW ||
	    strcmp((const char *)sqlite3_column_text(s, 0), "ok") != 0)
		damaged++;
	sqlite3_finalize(s);
	sqlite3_close(db);
	outbox_close(o);
	for (int n = 0; n < count; n++) {
		int place = found[n] == 0 ? NOWHERE : found[n];

		lost += (answers[n].places & place) != place;
		answers[n].places = place;
	}
}

/* --------------------------------------------------------------------- cuts */

static int
make_disk(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/outbox", folder);
	disk_install();
	disk_seed(1);
	disk_cut(SURVIVES_NOTHING);
	fresh = disk_image(); /* empty: the outbox makes its file */
	return 0;
}

static int
remove_disk(void **state)
{
	char lock[80];

	(void)state;
	disk_image_free(fresh);
	disk_clear();
	snprintf(lock, sizeof(lock), "%s.lock", path);
	unlink(lock);
	return rmdir(folder);
}

/* Starts anew on an empty disk; of the same seed comes the same life. */
static void
begin(uint64_t seed)
{
	disk_restore(fresh);
	disk_seed(seed);
	sqlite3_randomness(0, NULL);
	count = 0;
	used = 0;
}

/* Cuts, looks, lives on, cuts again; the cuts that were met. */
static unsigned
cut_twice(int64_t at, enum survival survival, uint64_t seed)
{
	unsigned cuts = 0;

	begin(seed);
	for (int life = 0; life < 2; life++) {
		disk_dark_at(life == 0 ? at : 1 + (int64_t)disk_chance(80));
		live();
		cuts += disk_dark();
		disk_cut(survival);
		look();
	}
	return cuts;
}

/* Every step-th change; all: in each way to survive, not only in our share. */
static unsigned
sweep(int step, bool all)
{
	uint64_t seeds = (uint64_t)option("HAILONG_CUTS", 1);
	unsigned cuts = 0;

	lost = changed = back = damaged = 0;
	hush();
	for (uint64_t seed = 1; seed <= seeds; seed++)
		for (int64_t at = 1; at <= CHANGES; at += step)
			for (unsigned s = 0; s < SURVIVALS; s++)
				if (all || my_share(s))
					cuts += cut_twice(at, (enum survival)s,
					    seed * 1000003 + (uint64_t)at);
	unhush();
	printf("%u cuts: %u lost, %u changed, %u counters back, %u damaged\n",
	    cuts, lost, changed, back, damaged);
	return cuts;
}

static void
test_nothing_is_lost(void **state)
{
	(void)state;
	assert_true(sweep(1, false) >= 2 * CHANGES * my_survivals());
	assert_int_equal(lost + changed + back + damaged, 0);
}

static void
test_the_rig_can_fail(void **state)
{
	(void)state;
	if (!my_share(0))
		skip();
	disk_pragma("synchronous", "NORMAL");
	sweep(20, true);
	disk_pragma(NULL, NULL);
	assert_true(lost > 0);
}

/* A call of the disk fails, the next process goes on with what it finds, then
 * the power goes. */
static void
test_errors(void **state)
{
	static const enum fault faults[] = {
	    FAULT_SYNC, FAULT_SYNC_DATABASE, FAULT_WRITE, FAULT_FULL};
	int64_t nth;
	bool met;

	(void)state;
	lost = changed = back = damaged = 0;
	hush();
	for (unsigned i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		for (nth = 1, met = my_share(i); met; nth += i < 2 ? 1 : 7) {
			begin((uint64_t)nth);
			disk_fail(faults[i], nth, nth % 2 == 0);
			live();
			met = disk_failures() > 0;
			disk_fail(FAULT_NONE, 0, false);
			live();
			disk_cut(SURVIVES_NOTHING);
			look();
		}
	unhush();
	assert_int_equal(lost + changed + back + damaged, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nothing_is_lost),
	    cmocka_unit_test(test_the_rig_can_fail),
	    cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, make_disk, remove_disk);
}

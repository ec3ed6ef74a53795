/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Senders with clocks of their own, a network that loses, repeats, reorders and
 * delays, replies that never come, senders that change their mind about an id,
 * a collector whose clock jumps and whose power goes: one seed, one schedule.
 * The collector's side is the real one (check_answer, writer_commit); what must
 * be stored is said by a model of a few lines, the struct `said`.
 *
 * HAILONG_SCHEDULES=N (1000), HAILONG_SEED=N tries that one alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/intake/check.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/store/answers.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/catalogue/import.h"
#include "server/store/writer.h"
#include "tests/rigs/disk.h"
#include "tests/rigs/ledger.h"
#include "tests/kit/recount.h"

#define SENDERS  3
#define SAID     60 /* answers of a schedule */
#define MESSAGES 64 /* on their way */
#define BATCH    5
#define STEPS    200
#define HOUR     INT64_C(3600000)
#define DAY      (24 * HOUR)
#define START    INT64_C(1795140000000)

/* One answer, and what the model knows of it. */
struct said {
	int sender;
	int64_t seq, answered_at;
	bool confirmed;
	int stored; /* the version that was first; -1: none yet */
	int64_t received_at;
};

struct message {
	size_t count;
	int item[BATCH], version[BATCH];
};

/* A message as the writer gets it. */
struct delivery {
	struct job job;
	struct message message;
	struct entry entries[BATCH];
	struct arena arena;
};

static struct disk_image *fresh;
static struct catalogue *catalogue;
static struct said said[SAID];
static int nsaid;
static struct message network[MESSAGES];
static size_t nmessages;
static int64_t now; /* the collector's clock */
static struct db *db;
static struct tallies tallies;
static unsigned stored, repeats, conflicts, crashes, flagged;

/* Right, hours off, 400 days behind, 10 years ahead; and they jump. */
static int64_t
sender_clock(void)
{
	static const int64_t off[] = {0, 0, -2 * HOUR, 5 * 60000, 3 * HOUR,
	    -400 * DAY, 3650 * DAY, -36 * DAY};

	return now + off[disk_chance(sizeof(off) / sizeof(off[0]))];
}

static void
fill_answer(int n, int version, struct answer *a)
{
	memset(a, 0, sizeof(*a));
	a->id.bytes[0] = (uint8_t)(n * 37);
	a->id.bytes[15] = (uint8_t)(n + 1);
	a->answered_at = said[n].answered_at;
	a->offset = 420;
	a->scores[0] = (struct answer_score){"overall", (n + version) % 5 + 1};
	a->nscores = 1;
	a->desk = "LH1";
	a->lang = "vi";
	a->assisted = "none";
	a->seq = said[n].seq;
}

/* -------------------------------------------------------------------- model */

/* What the collector must say of one version of an answer, in this order. */
static enum stored
model(int n, int version, bool commit)
{
	if (said[n].stored < 0) {
		if (commit) {
			said[n].stored = version;
			said[n].received_at = now;
		}
		return STORED;
	}
	return said[n].stored == version ? STORED_DUPLICATE : STORED_CONFLICT;
}

static const char *
model_flag(const struct said *s)
{
	if (s->answered_at - s->received_at > 10 * 60000)
		return "ahead";
	return s->received_at - s->answered_at > 35 * DAY ? "late" : "";
}

/* ---------------------------------------------------------------- collector */

static void
receive(struct delivery *d, const struct message *m)
{
	static const char *const devices[] = {"kiosk-0", "kiosk-1", "kiosk-2"};
	char error[LIMIT_ERROR_BYTES];
	struct answer answer;

	memset(d, 0, sizeof(*d));
	arena_init(&d->arena);
	d->message = *m;
	d->job.entries = d->entries;
	d->job.nentries = m->count;
	for (size_t i = 0; i < m->count; i++) {
		const struct sender sender = {.channel = "kiosk",
		    .device = devices[said[m->item[i]].sender],
		    .desk = "LH1",
		    .own_desk_only = true};

		fill_answer(m->item[i], m->version[i], &answer);
		if (!check_answer(&answer, &sender, catalogue, now, &d->arena,
			&d->entries[i], error))
			fail_msg("refused: %s", error);
	}
}

static void
open_database(void)
{
	db = db_open(LEDGER_URL, DB_WRITE);
	assert_non_null(db);
	assert_true(db_settle(db));
}

static bool
is_stored(const struct uuid *id)
{
	struct rows *r =
	    db_query(db, Q_ANSWER_DIGEST, "b", id->bytes, sizeof(id->bytes));
	bool found = rows_next(r) == STEP_ROW;

	rows_close(r);
	return found;
}

/* The power went: the commit is there whole, or not at all. */
static void
recover(struct delivery *d, size_t n)
{
	int whole = -1;

	db_close(db);
	disk_cut((enum survival)disk_chance(SURVIVALS));
	crashes++;
	open_database();
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < d[k].message.count; i++) {
			int item = d[k].message.item[i];
			bool there;

			if (said[item].stored >= 0 &&
			    said[item].received_at != now)
				continue;
			there = is_stored(&d[k].entries[i].id);
			if (said[item].stored < 0 && whole < 0)
				whole = there;
			if (there)
				model(item, d[k].message.version[i], true);
			assert_true(
			    there == (whole == 1) || said[item].stored >= 0);
		}
}

/* Compares what the collector says with the model. */
static void
reply(const struct delivery *d, bool arrives)
{
	for (size_t i = 0; i < d->message.count; i++) {
		enum stored want =
		    model(d->message.item[i], d->message.version[i], true);

		assert_int_equal(d->entries[i].stored, want);
		stored += want == STORED;
		repeats += want == STORED_DUPLICATE;
		conflicts += want == STORED_CONFLICT;
		if (arrives)
			said[d->message.item[i]].confirmed = true;
	}
}

/* One or two messages in one commit. */
static void
deliver(const struct message *messages, size_t n, bool faults)
{
	struct delivery d[2];

	for (size_t k = 0; k < n; k++) {
		receive(&d[k], &messages[k]);
		if (k > 0)
			d[k - 1].job.next = &d[k].job;
	}
	if (faults && disk_chance(6) == 0)
		disk_dark_at(1 + (int64_t)disk_chance(30));
	writer_commit(db, &tallies, NULL, &d[0].job);
	if (disk_dark() && d[0].job.result != JOB_COMMITTED) {
		recover(d, n);
	} else {
		for (size_t k = 0; k < n; k++) {
			assert_int_equal(d[k].job.result, JOB_COMMITTED);
			reply(&d[k], !faults || disk_chance(4) != 0);
		}
		if (disk_dark())
			recover(d, 0);
	}
	disk_dark_at(0);
	for (size_t k = 0; k < n; k++)
		arena_finish(&d[k].arena);
}

/* ------------------------------------------------------------------ senders */

static void
say(int sender)
{
	static int64_t seqs[SENDERS];

	if (nsaid == 0)
		memset(seqs, 0, sizeof(seqs));
	if (nsaid < SAID)
		said[nsaid++] = (struct said){.sender = sender,
		    .seq = ++seqs[sender],
		    .answered_at = sender_clock(),
		    .stored = -1};
}

/* Some of what is not confirmed, oldest first, sometimes out of order. */
static struct message
gather(int sender, bool faults)
{
	struct message m = {0};

	for (int n = 0; n < nsaid && m.count < BATCH; n++) {
		if (said[n].sender != sender || said[n].confirmed ||
		    (faults && disk_chance(4) == 0))
			continue;
		m.item[m.count] = n;
		m.version[m.count++] = faults && disk_chance(15) == 0;
	}
	return m;
}

static void
send_message(int sender)
{
	if (nmessages < MESSAGES)
		network[nmessages++] = gather(sender, true);
}

/* A message by chance; it may come again later. */
static void
arrive(void)
{
	struct message taken[2];
	size_t n = 0, most = 1 + disk_chance(2);

	while (n < most && nmessages > 0) {
		size_t at = disk_chance(nmessages);

		taken[n] = network[at];
		if (disk_chance(5) != 0)
			network[at] = network[--nmessages];
		n += taken[n].count > 0;
	}
	if (n > 0)
		deliver(taken, n, true);
}

static void
step(void)
{
	int sender = (int)disk_chance(SENDERS);

	now += (int64_t)disk_chance(60000);
	switch (disk_chance(12)) {
	case 0:
	case 1:
	case 2:
		say(sender);
		break;
	case 3:
	case 4:
	case 5:
		send_message(sender);
		break;
	case 6: /* lost */
		if (nmessages > 0)
			nmessages--;
		break;
	case 7: /* the collector's clock is set right, or wrong */
		now = START + (int64_t)disk_chance(100) * DAY -
		      (int64_t)disk_chance(2) * 400 * DAY;
		break;
	default:
		arrive();
	}
}

/* The trouble is over: what is late arrives, everything is confirmed. */
static void
drain(void)
{
	while (nmessages > 0)
		arrive();
	for (int sender = 0; sender < SENDERS; sender++)
		for (;;) {
			struct message m = gather(sender, false);

			if (m.count == 0)
				break;
			deliver(&m, 1, false);
		}
}

/* ------------------------------------------------------------------ looking */

static void
look_at(sqlite3_stmt *s, int n)
{
	struct answer want;
	char scores[20], device[20];

	assert_true(said[n].stored >= 0);
	fill_answer(n, said[n].stored, &want);
	snprintf(scores, sizeof(scores), "overall=%d", want.scores[0].value);
	snprintf(device, sizeof(device), "kiosk-%d", said[n].sender);
	assert_memory_equal(sqlite3_column_blob(s, 0), want.id.bytes, 16);
	assert_string_equal((const char *)sqlite3_column_text(s, 1), device);
	assert_int_equal(sqlite3_column_int64(s, 2), said[n].seq);
	assert_int_equal(sqlite3_column_int64(s, 3), said[n].answered_at);
	assert_int_equal(sqlite3_column_int64(s, 4), said[n].received_at);
	/* the form's other criteria were not asked: overall stands first */
	assert_int_equal(strncmp((const char *)sqlite3_column_text(s, 5),
			     scores, strlen(scores)),
	    0);
	assert_string_equal(
	    (const char *)sqlite3_column_text(s, 6), model_flag(&said[n]));
	flagged += model_flag(&said[n])[0] != '\0';
}

/* Every answer once, as the model has it; by device and seq they stand in the
 * order in which they were said, whatever the clocks did. */
static void
look(void)
{
	sqlite3_stmt *s = NULL;
	sqlite3 *raw = NULL;
	int last[SENDERS] = {-1, -1, -1};

	assert_int_equal(sqlite3_open(LEDGER_PATH, &raw), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(raw,
		"SELECT id, device, seq, answered_at, received_at, scores, "
		"flags FROM answer ORDER BY device, seq",
		-1, &s, NULL),
	    SQLITE_OK);
	for (int sender = 0; sender < SENDERS; sender++)
		for (int n = 0; n < nsaid; n++) {
			if (said[n].sender != sender)
				continue;
			assert_int_equal(sqlite3_step(s), SQLITE_ROW);
			look_at(s, n);
			assert_true(n > last[sender]);
			last[sender] = n;
		}
	assert_int_equal(sqlite3_step(s), SQLITE_DONE);
	sqlite3_finalize(s);
	sqlite3_close(raw);
	assert_true(recount_agrees(db));
}

/* ---------------------------------------------------------------- schedules */

static uint64_t seed;

static void
schedule(void)
{
	disk_restore(fresh);
	disk_seed(seed);
	sqlite3_randomness(0, NULL);
	nsaid = 0;
	nmessages = 0;
	now = START;
	open_database();
	tallies_init(&tallies);
	for (int i = 0; i < STEPS; i++)
		step();
	drain();
	look();
	tallies_finish(&tallies);
	db_close(db);
	db = NULL;
}

static void
test_schedules(void **state)
{
	uint64_t first = (uint64_t)option("HAILONG_SEED", 0);
	uint64_t count = (uint64_t)option("HAILONG_SCHEDULES", 1000);

	(void)state;
	if (first != 0)
		count = 1;
	hush();
	for (seed = first != 0 ? first : 1; count > 0; seed++, count--)
		schedule();
	unhush();
	printf("%u stored, %u repeats, %u conflicts, %u power cuts, %u with a "
	       "strange time; as the model says\n",
	    stored, repeats, conflicts, crashes, flagged);
	assert_true(repeats > 0 && conflicts > 0 && crashes > 0 && flagged > 0);
}

static int
make_disk(void **state)
{
	char error[400];

	(void)state;
	disk_install();
	disk_seed(1);
	db = db_open(LEDGER_URL, DB_CREATE);
	if (db == NULL || !store_import(db, NULL, error, sizeof(error)))
		return -1;
	catalogue = store_catalogue(db);
	db_close(db);
	disk_cut(SURVIVES_NOTHING);
	fresh = disk_image();
	return catalogue == NULL ? -1 : 0;
}

static int
remove_disk(void **state)
{
	(void)state;
	if (db != NULL) {
		unhush();
		printf("HAILONG_SEED=%llu\n", (unsigned long long)seed);
	}
	catalogue_destroy(catalogue);
	disk_image_free(fresh);
	disk_clear();
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_schedules),
	};

	return cmocka_run_group_tests(tests, make_disk, remove_disk);
}

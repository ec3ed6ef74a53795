/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector's watch over its clock, on both engines: a clock that is a year
 * ahead for six minutes erases nothing, and one that is right or confirmed
 * erases what is old. The clock is set here; what happens to it in general is
 * core's table of stories.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/timekeeping.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/score/tally.h"
#include "server/db/db.h"
#include "server/store/dossier/dossier_links.h"
#include "server/store/messages/erasure.h"
#include "server/store/messages/sms.h"
#include "server/store/messages/sms_decisions.h"
#include "server/store/people/sessions.h"
#include "server/store/people/staff.h"
#include "server/store/writer.h"
#include "shared/clock.h"
#include "tests/db/engines.h"
#include "tests/kit/store_parts.h"

#define DAY  (24 * 3600 * 1000LL)
#define YEAR (365 * DAY)

static const struct keeping keeping = {
    .contact_days = 90, .text_days = 365, .session_idle = 3600000};

/* A text of a citizen from so long ago, and a link that ended then. */
static void
add_old(struct db *db, unsigned n, int64_t ago)
{
	struct link_row link = {.kind = "link",
	    .dossier = "D1",
	    .ticket = "",
	    .desk = "",
	    .field = "",
	    .created_at = STORE_NOW - ago,
	    .expires_at = STORE_NOW - ago};
	struct sms_in m = {.id = numbered(n),
	    .device = "gateway",
	    .text = "LH1 5 cảm ơn",
	    .kind = "score",
	    .received_at = STORE_NOW - ago,
	    .reader = 1};

	memset(m.sender, 's', sizeof(m.sender));
	memset(m.digest, (int)n, sizeof(m.digest));
	memset(link.token_hash, (int)n, sizeof(link.token_hash));
	assert_int_equal(store_sms_in(db, &m), STORED);
	assert_true(store_link_add(db, &link));
}

/* Whether the n-th text is still there. */
static bool
is_there(struct db *db, unsigned n)
{
	struct uuid id = numbered(n);
	struct sms_read m;
	struct arena a;
	bool there;

	arena_init(&a);
	assert_int_equal(store_sms_read(db, &a, &id, &m), STEP_ROW);
	there = m.text[0] != '\0';
	arena_finish(&a);
	return there;
}

/* A turn of the loop; an erasure is due. */
static void
turn(struct timekeeping *k, struct db *db)
{
	struct job_list errands;
	struct tallies tallies;
	struct job *job, *next;

	job_list_take(&errands);
	tallies_init(&tallies);
	k->look_at = k->look_at > 1 ? 1 : k->look_at;
	k->erase_at = 0;
	timekeeping_turn(k, db, &keeping, &errands);
	job = job_list_take(&errands);
	for (; job != NULL; job = next) {
		next = job->next;
		job->next = NULL;
		writer_commit(db, &tallies, NULL, job);
		assert_int_equal(job->result, JOB_COMMITTED);
		free(job);
	}
	tallies_finish(&tallies);
}

static void
test_a_year_for_six_minutes(void **state)
{
	struct db *db = fresh_store();
	struct timekeeping k;

	(void)state;
	clock_set(STORE_NOW);
	add_old(db, 1, 3 * DAY);
	add_old(db, 2, 2 * YEAR);
	assert_true(timekeeping_begin(&k, db));
	turn(&k, db);
	assert_true(is_there(db, 1));
	assert_false(is_there(db, 2)); /* that was old */
	assert_int_equal(k.off, 0);
	for (int minute = 0; minute < 6; minute++) {
		clock_set(STORE_NOW + YEAR + minute * 60000);
		turn(&k, db);
		assert_true(k.off > 364 * DAY);
	}
	assert_true(is_there(db, 1));
	clock_set(STORE_NOW + 6 * 60000);
	turn(&k, db);
	assert_int_equal(k.off, 0);
	assert_true(is_there(db, 1));
	clock_set(-1);
	db_close(db);
}

/* Also when the collector is started anew meanwhile. */
static void
test_started_anew(void **state)
{
	struct db *db = fresh_store();
	struct timekeeping k;

	(void)state;
	clock_set(STORE_NOW);
	add_old(db, 1, 3 * DAY);
	assert_true(timekeeping_begin(&k, db));
	turn(&k, db);
	for (int i = 0; i < 3; i++) {
		clock_set(STORE_NOW + YEAR);
		assert_true(timekeeping_begin(&k, db));
		assert_int_equal(k.clock.word, CLOCK_AHEAD);
		turn(&k, db);
		assert_true(is_there(db, 1));
	}
	clock_set(STORE_NOW);
	assert_true(timekeeping_begin(&k, db));
	assert_int_equal(k.clock.word, CLOCK_AGREES);
	clock_set(-1);
	db_close(db);
}

/* A confirmation is heard by a collector that runs, if its clock is the one
 * that was confirmed. */
static void
test_confirmed(void **state)
{
	struct db *db = fresh_store();
	struct timekeeping k, other;

	(void)state;
	clock_set(STORE_NOW);
	add_old(db, 1, 3 * DAY);
	assert_true(timekeeping_begin(&k, db));
	assert_true(timekeeping_begin(&other, db));
	turn(&k, db);
	clock_set(STORE_NOW + 3 * YEAR);
	turn(&other, db);
	assert_int_equal(other.clock.word, CLOCK_AHEAD);
	clock_set(STORE_NOW + YEAR);
	turn(&k, db);
	assert_int_equal(k.clock.word, CLOCK_AHEAD);
	assert_true(db_begin(db) && timekeeping_confirm(db) && db_commit(db));
	clock_set(STORE_NOW + 3 * YEAR);
	turn(&other, db);
	assert_int_equal(other.clock.word, CLOCK_AHEAD);
	assert_true(is_there(db, 1));
	clock_set(STORE_NOW + YEAR);
	turn(&k, db);
	assert_int_equal(k.clock.word, CLOCK_AGREES);
	turn(&k, db);
	assert_false(is_there(db, 1));
	clock_set(-1);
	db_close(db);
}

/* No record: the newest answer is the other source. */
static void
test_newest_answer(void **state)
{
	static const struct {
		int64_t ago;
		enum clock_word word;
	} cases[] = {
	    {3600000, CLOCK_AGREES},
	    {3 * DAY, CLOCK_AGREES},
	    {5 * DAY, CLOCK_AHEAD},
	    {YEAR, CLOCK_AHEAD},
	    {-3600000, CLOCK_BEHIND},
	    {-5 * 60000, CLOCK_AGREES},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct db *db = fresh_store();
		struct timekeeping k;
		struct entry e;

		clock_set(STORE_NOW);
		fill_entry(&e, 1);
		e.received_at = STORE_NOW - cases[i].ago;
		assert_int_equal(store_one(db, &e), STORED);
		assert_true(timekeeping_begin(&k, db));
		assert_int_equal(k.clock.word, cases[i].word);
		db_close(db);
	}
	clock_set(-1);
}

static bool
lives(struct db *db, const char *token)
{
	struct session session;
	struct arena a;
	bool there;

	arena_init(&a);
	/* by a clock and an idleness that end none */
	there =
	    store_session(db, &a, token, 0, 10 * YEAR, &session) == STEP_ROW;
	arena_finish(&a);
	return there;
}

/* Sessions that are over go with all that is old, by the same clock. */
static void
test_sessions(void **state)
{
	static const struct {
		const char *token;
		int64_t used, expires; /* from STORE_NOW */
		bool lives;
	} cases[] = {
	    {"in use", 0, DAY, true},
	    {"just used", -3500000, DAY, true},
	    {"over", -1000, 0, false},
	    {"over for long", -YEAR, -YEAR + DAY, false},
	    {"idle", -3600000, DAY, false},
	    {"idle for long", -30 * DAY, DAY, false},
	};
	struct db *db = fresh_store();
	struct staff lan = {.login = "lan",
	    .role = "manager",
	    .password = "$argon2id$of a test",
	    .created_at = STORE_NOW};
	struct timekeeping k;
	bool added;

	(void)state;
	assert_true(store_staff_add(db, &lan, &added));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_true(store_session_add(db, cases[i].token, "lan", "csrf",
		    STORE_NOW + cases[i].used, STORE_NOW + cases[i].expires));
	clock_set(STORE_NOW);
	assert_true(timekeeping_begin(&k, db));
	clock_set(STORE_NOW + YEAR);
	turn(&k, db);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_true(lives(db, cases[i].token));
	clock_set(STORE_NOW);
	turn(&k, db);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(lives(db, cases[i].token), cases[i].lives);
	clock_set(-1);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_year_for_six_minutes),
	    cmocka_unit_test(test_started_anew),
	    cmocka_unit_test(test_confirmed),
	    cmocka_unit_test(test_newest_answer),
	    cmocka_unit_test(test_sessions),
	};

	return run_on_engines(
	    "timekeeping", tests, sizeof(tests) / sizeof(tests[0]));
}

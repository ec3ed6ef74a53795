/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Closing a period, on both engines: what is printed of a closed one stays to
 * the last digit whatever comes later, what came later is told exactly, a
 * revision takes it up, and a collector that dies at any statement of the
 * closing leaves the one state whole or the other.
 *
 * What the store asks is counted where it leaves the program: the linker puts
 * __wrap_sqlite3_step and __wrap_PQsendQueryPrepared in between
 * (CMakeLists.txt).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/period/periods.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/period/closed_period.h"
#include "server/core/period/late.h"
#include "server/core/report/report.h"
#include "server/core/score/score.h"
#include "server/core/score/score_write.h"
#include "server/core/score/tally.h"
#include "server/store/cases/remarks.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/catalogue/generation.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/people/audit.h"
#include "server/store/period/snapshot.h"
#include "server/store/report.h"
#include "server/store/scores.h"
#include "server/store/tallies.h"
#include "shared/buf.h"
#include "shared/civil.h"
#include "tests/db/engines.h"
#include "tests/kit/quarter.h"
#include "tests/kit/store_parts.h"

#define DAY_MS INT64_C(86400000)
#define LATER  1000 /* things that happen afterwards */

static uint64_t dice = 88172645463325252ULL;

static unsigned
roll(unsigned n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (unsigned)(dice % n);
}

/* -------------------------------------------------------------- the closing */

/* One step by this person; false: it stood otherwise. */
static bool
step(struct db *db, enum closing_deed deed, const char *login)
{
	struct deed audit = {.at = STORE_NOW,
	    .login = login,
	    .role = "manager",
	    .place = "pages",
	    .act = "period.step",
	    .unit = "",
	    .object = "2026-Q3",
	    .before = "",
	    .after = "",
	    .reason = "a reason"};
	struct closing_act act = {.deed = deed,
	    .office = OFFICE_DISTRICT,
	    .ended = true,
	    .reason = true};
	struct period_move move = {
	    .deed = deed, .reason = "a reason", .audit = &audit};
	struct arena a;

	arena_init(&a);
	assert_int_not_equal(
	    store_period(db, &a, &quarter, &move.before), STEP_FAIL);
	act.state = move.before.state;
	act.proposer = strcmp(move.before.proposed_by, login) == 0;
	assert_int_equal(closing_may(&act, &move.next), CLOSING_MAY);
	if (!db_begin(db) || !store_period_move(db, &move) || !db_commit(db))
		fail_msg("a step failed");
	arena_finish(&a);
	return !move.stale;
}

static void
close_quarter(struct db *db)
{
	assert_true(step(db, CLOSING_CLOSE, "lan"));
	assert_true(step(db, CLOSING_CONFIRM, "mai"));
}

static enum closing_state
state_of(struct db *db, int64_t *snapshot)
{
	struct period_row row;
	struct arena a;

	arena_init(&a);
	assert_int_not_equal(store_period(db, &a, &quarter, &row), STEP_FAIL);
	*snapshot = row.snapshot;
	arena_finish(&a);
	return row.state;
}

/* ------------------------------------------------------------- what is told */

/* The official report of the closed quarter, but for what came later. */
static void
print_report(struct db *db, const struct catalogue *c, struct buf *out)
{
	struct report_ask ask = {.filter = {"", false, "", "", ""},
	    .least = 5,
	    .today = quarter.last + 20};
	struct report_source source;
	struct catalogue *frozen;
	struct report report;
	struct arena a;

	assert_true(
	    closed_period_parse(c, "2026-Q3", &ask.period, &ask.closed));
	if (ask.closed == NULL)
		return;
	arena_init(&a);
	assert_true(store_report_source(db, c, &a, &ask, &source, &frozen));
	assert_int_equal(source.period.state, REPORT_CLOSED);
	assert_string_not_equal(source.period.closed_by, "");
	assert_string_not_equal(source.period.confirmed_by, "");
	source.period.late_answers = source.period.late_dossiers = 0;
	report_build(&source, LANG_VI, &a, &report);
	report_json(&report, out);
	tallies_finish(&source.tallies);
	catalogue_destroy(frozen);
	arena_finish(&a);
}

/* Every figure that is printed of the quarter: all rows by all dimensions, and
 * the report. */
static void
print_all(struct db *db, struct buf *out)
{
	static const char *const by[] = {NULL, "unit", "field", "group",
	    "channel", "criterion", "day", "desk"};
	static const char *const within[] = {NULL, "22969", "22972"};
	struct catalogue *c = store_catalogue(db), *frozen;

	assert_non_null(c);
	print_report(db, c, out);
	for (size_t i = 0; i < sizeof(by) / sizeof(*by); i++)
		for (size_t u = 0; u < 3; u++) {
			struct scores_query q = {.period = "2026-Q3",
			    .by = by[i],
			    .unit = within[u]};
			struct score_rows rows;
			char error[200];
			struct arena a;

			arena_init(&a);
			assert_int_equal(scores_read(db, c, &a, &q, &rows,
					     &frozen, error, sizeof(error)),
			    SCORES_READ);
			scores_json(&rows, out);
			buf_putc(out, '\n');
			catalogue_destroy(frozen);
			arena_finish(&a);
		}
	catalogue_destroy(c);
}

/* Counts of a snapshot (0: those that move). */
static void
counts_of(struct db *db, struct arena *a, int64_t snapshot, struct tallies *t,
    struct dossier_counts *d)
{
	struct closed_period closed = {.period = quarter, .snapshot = snapshot};

	tallies_init(t);
	assert_true(store_period_counts(
	    db, a, &quarter, snapshot == 0 ? NULL : &closed, false, t, d));
}

static struct late
late_of(struct db *db, int64_t then, int64_t now)
{
	struct tallies before, after;
	struct dossier_counts d, e;
	struct late late;
	struct arena a;

	arena_init(&a);
	counts_of(db, &a, then, &before, &d);
	counts_of(db, &a, now, &after, &e);
	late_between(&before, &after, &d, &e, &late);
	tallies_finish(&before);
	tallies_finish(&after);
	arena_finish(&a);
	return late;
}

static void
assert_late(const struct late *a, const struct late *b)
{
	assert_int_equal(a->answers, b->answers);
	assert_int_equal(a->valid, b->valid);
	assert_int_equal(a->satisfied, b->satisfied);
	assert_int_equal(a->aside, b->aside);
	assert_int_equal(a->dossiers, b->dossiers);
}

/* --------------------------------------------------------------- the stories
 */

/* What is known of each answer and dossier, apart from the database. */
struct known {
	int score[SAID + LATER + 1];
	bool aside[SAID + LATER + 1];
	bool done[FOLDERS];
	unsigned said;
};

/* Sets one aside, or counts it again. */
static void
turn_one(struct db *db, struct known *k, struct late *late)
{
	unsigned n = 1 + roll(k->said);
	int64_t by = k->aside[n] ? 1 : -1;

	set_aside(db, n, !k->aside[n]);
	k->aside[n] = !k->aside[n];
	late->aside -= by;
	late->valid += by;
	late->satisfied += k->score[n] >= 4 ? by : 0;
}

static void
come_late(struct db *db, struct known *k, struct late *late)
{
	k->said++;
	k->score[k->said] = say_one(db, k->said);
	late->answers++;
	late->valid++;
	late->satisfied += k->score[k->said] >= 4;
}

/* Something that happens after the closing, into the expected difference. */
static void
happen(struct db *db, struct known *k, struct late *late)
{
	unsigned n;

	switch (roll(4)) {
	case 0: /* a late answer */
		come_late(db, k, late);
		break;
	case 1: /* a dossier is finished, or was not */
		n = roll(FOLDERS);
		k->done[n] = !k->done[n];
		announce_one(db, n, k->done[n], roll(2) == 0);
		late->dossiers += k->done[n] ? 1 : -1;
		break;
	case 2: /* a correction: the former goes aside, a new one comes */
		turn_one(db, k, late);
		come_late(db, k, late);
		break;
	default: /* set aside, withdrawn, or counted again */
		turn_one(db, k, late);
	}
}

static void
learn(struct known *k)
{
	memset(k, 0, sizeof(*k));
	k->said = SAID;
	for (unsigned n = 1; n <= SAID; n++) {
		k->score[n] = (n * 7 % 10) < 7 ? 5 : (int)(n % 5) + 1;
		k->aside[n] = n % 17 == 1;
	}
	for (unsigned n = 0; n < FOLDERS; n++)
		k->done[n] = n % 4 != 3;
}

static void
test_nothing_moves(void **state)
{
	static struct known known;
	struct db *db = quarter_of_answers();
	struct late want = {0}, got;
	struct buf before, after;
	int64_t first, second;

	(void)state;
	learn(&known);
	close_quarter(db);
	assert_int_equal(state_of(db, &first), CLOSING_CLOSED);
	buf_init(&before);
	print_all(db, &before);
	assert_non_null(strstr(buf_text(&before), "\"final\":true"));
	assert_null(strstr(buf_text(&before), "\"final\":false"));
	assert_null(strstr(buf_text(&before), "anytime"));
	got = late_of(db, first, 0);
	assert_false(got.any);
	for (int i = 0; i < LATER; i++) {
		happen(db, &known, &want);
		if (i % 250 != 249)
			continue;
		buf_init(&after);
		print_all(db, &after);
		assert_string_equal(buf_text(&after), buf_text(&before));
		buf_finish(&after);
		got = late_of(db, first, 0);
		assert_true(got.any);
		assert_late(&got, &want);
	}
	/* a revision takes all of it up, and says how much it was */
	assert_true(step(db, CLOSING_REVISE, "lan"));
	assert_int_equal(state_of(db, &second), CLOSING_REVISING);
	assert_int_equal(second, first);
	assert_true(step(db, CLOSING_CONFIRM, "hoa"));
	assert_int_equal(state_of(db, &second), CLOSING_CLOSED);
	assert_int_not_equal(second, first);
	got = late_of(db, first, second);
	assert_late(&got, &want);
	got = late_of(db, second, 0);
	assert_false(got.any);
	buf_init(&after);
	print_all(db, &after);
	assert_string_not_equal(buf_text(&after), buf_text(&before));
	buf_finish(&after);
	buf_finish(&before);
	db_close(db);
}

/* Names, targets and the cut-off of a closed period are those of then. */
static void
test_as_it_stood(void **state)
{
	struct db *db = quarter_of_answers();
	struct buf before, after;
	struct catalogue *c;
	struct period p;

	(void)state;
	close_quarter(db);
	buf_init(&before);
	buf_init(&after);
	print_all(db, &before);
	assert_true(db_begin(db));
	assert_true(db_run(db, Q_TARGET_PUT, NULL, "titi", "tthc", (int64_t)0,
	    "", (int64_t)950000));
	assert_true(
	    db_run(db, Q_TARGET_REMOVE, NULL, "ti", "tthc-land", (int64_t)0));
	assert_true(store_setting_put(db, SETTING_PERIOD_ND09, 1));
	assert_true(store_generation_raise(db));
	assert_true(db_commit(db));
	print_all(db, &after);
	assert_string_equal(buf_text(&after), buf_text(&before));
	c = store_catalogue(db);
	assert_true(closed_period_parse(c, "2026-Q3", &p, NULL));
	assert_int_equal(p.first, quarter.first);
	assert_true(closed_period_parse(c, "2026-Q2", &p, NULL));
	assert_int_equal(p.cut, PERIOD_ND09);
	catalogue_destroy(c);
	buf_finish(&before);
	buf_finish(&after);
	db_close(db);
}

/* Opened again the figures move; closed again they are a second snapshot. The
 * snapshots themselves are only added to. */
static void
test_reopened(void **state)
{
	struct db *db = quarter_of_answers();
	struct snapshot *list;
	struct arena a;
	size_t count;
	int64_t id;

	(void)state;
	close_quarter(db);
	assert_true(step(db, CLOSING_REOPEN, "mai"));
	assert_int_equal(state_of(db, &id), CLOSING_REOPENING);
	assert_int_not_equal(id, 0);
	assert_true(step(db, CLOSING_DECLINE, "mai"));
	assert_int_equal(state_of(db, &id), CLOSING_CLOSED);
	assert_true(step(db, CLOSING_REOPEN, "mai"));
	assert_true(step(db, CLOSING_CONFIRM, "lan"));
	assert_int_equal(state_of(db, &id), CLOSING_OPEN);
	assert_int_equal(id, 0);
	say_one(db, SAID + 1);
	close_quarter(db);
	arena_init(&a);
	assert_true(store_snapshots(db, &a, &quarter, &list, &count));
	assert_int_equal(count, 2);
	assert_int_equal(list[0].revision, 1);
	assert_int_equal(list[1].revision, 2);
	assert_string_equal(list[1].proposed_by, "lan");
	assert_string_equal(list[1].confirmed_by, "mai");
	assert_string_equal(list[1].formula, "top2 1");
	assert_int_equal(late_of(db, list[0].id, list[1].id).answers, 1);
	arena_finish(&a);
	db_close(db);
}

/* The report of the quarter says that it is of samples. */
static bool
says_samples(struct db *db)
{
	struct catalogue *c = store_catalogue(db);
	struct buf out;
	bool said;

	buf_init(&out);
	print_report(db, c, &out);
	said = strstr(buf_text(&out), text(LANG_VI, "sample.banner")) != NULL;
	buf_finish(&out);
	catalogue_destroy(c);
	return said;
}

/* A closing over samples says so, also when they are removed; the next one does
 * not. */
static void
test_samples(void **state)
{
	struct db *db = quarter_of_answers();
	struct entry e;

	(void)state;
	fill_entry(&e, SAID + 1);
	e.day = quarter.first;
	e.sample = true;
	assert_int_equal(store_one(db, &e), STORED);
	close_quarter(db);
	assert_true(says_samples(db));
	for (int again = 0; again < 2; again++) {
		assert_true(db_begin(db));
		assert_true(store_samples_remove(db));
		assert_true(db_commit(db));
		assert_true(says_samples(db));
	}
	assert_true(step(db, CLOSING_REOPEN, "mai"));
	assert_true(step(db, CLOSING_CONFIRM, "lan"));
	close_quarter(db);
	assert_false(says_samples(db));
	db_close(db);
}

/* Reasons of what was set aside, with the counts. */
static void
test_reasons(void **state)
{
	struct db *db = quarter_of_answers();
	struct aside_count *list;
	int64_t id, sum = 0;
	struct arena a;
	size_t count;

	(void)state;
	close_quarter(db);
	state_of(db, &id);
	set_aside(db, 2, true);
	arena_init(&a);
	assert_true(store_snapshot_asides(db, &a, id, &list, &count));
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(list[i].reason, "a test");
		sum += list[i].answers;
	}
	assert_int_equal(sum, (SAID + 16) / 17);
	arena_finish(&a);
	db_close(db);
}

/* Who decides about what has changed meanwhile changes nothing. */
static void
test_stale(void **state)
{
	struct db *db = quarter_of_answers();
	struct deed audit = {.at = STORE_NOW,
	    .login = "hoa",
	    .role = "manager",
	    .place = "pages",
	    .act = "period.confirm",
	    .object = "2026-Q3"};
	struct period_move move = {.deed = CLOSING_CONFIRM,
	    .next = CLOSING_CLOSED,
	    .reason = "x",
	    .audit = &audit};
	struct arena a;
	int64_t id;

	(void)state;
	arena_init(&a);
	assert_true(step(db, CLOSING_CLOSE, "lan"));
	assert_int_equal(
	    store_period(db, &a, &quarter, &move.before), STEP_ROW);
	assert_true(step(db, CLOSING_DECLINE, "lan"));
	for (int i = 0; i < 2; i++) {
		assert_true(db_begin(db));
		assert_true(store_period_move(db, &move));
		assert_true(db_commit(db));
		assert_true(move.stale);
		assert_int_equal(state_of(db, &id), CLOSING_OPEN);
		assert_int_equal(id, 0);
		/* the same state, but another proposal */
		move.before.state = CLOSING_OPEN;
		move.before.proposed_by = "somebody";
	}
	arena_finish(&a);
	db_close(db);
}

/* ------------------------------------------------------------- sudden death */

static int statements_left = -1; /* until it dies; -1: it does not */

static void
count_down(void)
{
	if (statements_left == 0)
		_exit(7);
	statements_left -= statements_left > 0;
}

/* The engines' own, and what the linker calls in their place. */
int __real_sqlite3_step(void *statement);
int __wrap_sqlite3_step(void *statement);
int __real_PQsendQueryPrepared(void *connection, const char *name, int n,
    const char *const *values, const int *lengths, const int *formats,
    int format);
int __wrap_PQsendQueryPrepared(void *connection, const char *name, int n,
    const char *const *values, const int *lengths, const int *formats,
    int format);

int
__wrap_sqlite3_step(void *statement)
{
	count_down();
	return __real_sqlite3_step(statement);
}

int
__wrap_PQsendQueryPrepared(void *connection, const char *name, int n,
    const char *const *values, const int *lengths, const int *formats,
    int format)
{
	count_down();
	return __real_PQsendQueryPrepared(
	    connection, name, n, values, lengths, formats, format);
}

/* Nothing of a closing is there. */
static void
assert_open(struct db *db)
{
	struct dossier_counts dossiers;
	struct snapshot *list;
	struct tallies tallies;
	struct arena a;
	size_t count;
	int64_t id;

	arena_init(&a);
	tallies_init(&tallies);
	assert_int_equal(state_of(db, &id), CLOSING_PROPOSED);
	assert_int_equal(id, 0);
	assert_true(store_snapshots(db, &a, &quarter, &list, &count));
	assert_int_equal(count, 0);
	assert_true(store_snapshot_tallies(
	    db, 1, INT32_MIN, INT32_MAX, true, &tallies));
	assert_int_equal(tallies.count, 0);
	assert_true(store_snapshot_dossiers(
	    db, &a, 1, INT32_MIN, INT32_MAX, true, &dossiers));
	assert_int_equal(dossiers.count, 0);
	tallies_finish(&tallies);
	arena_finish(&a);
}

/* The confirmation, in a process that dies at its n-th statement; true: it came
 * to its end. */
static bool
confirm_dying(int n)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		struct db *db = db_open(store_address(), DB_WRITE);

		statements_left = n;
		_exit(db != NULL && step(db, CLOSING_CONFIRM, "mai") ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_true(WEXITSTATUS(status) == 7 || WEXITSTATUS(status) == 0);
	return WEXITSTATUS(status) == 0;
}

static void
test_dying(void **state)
{
	struct db *db = quarter_of_answers();
	bool done = false;
	struct buf open, now;
	int64_t id;
	int n;

	(void)state;
	assert_true(step(db, CLOSING_CLOSE, "lan"));
	buf_init(&open);
	print_all(db, &open);
	for (n = 0; !done; n++) {
		done = confirm_dying(n);
		if (!done)
			assert_open(db);
		if (n % 50 == 0 && !done) {
			buf_init(&now);
			print_all(db, &now);
			assert_string_equal(buf_text(&now), buf_text(&open));
			buf_finish(&now);
		}
	}
	assert_true(n > 10);
	assert_int_equal(state_of(db, &id), CLOSING_CLOSED);
	assert_int_equal(id, 1); /* none of the others left a trace */
	assert_false(late_of(db, id, 0).any);
	buf_finish(&open);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nothing_moves),
	    cmocka_unit_test(test_as_it_stood),
	    cmocka_unit_test(test_reopened),
	    cmocka_unit_test(test_samples),
	    cmocka_unit_test(test_reasons),
	    cmocka_unit_test(test_stale),
	    cmocka_unit_test(test_dying),
	};

	return run_on_engines(
	    "periods", tests, sizeof(tests) / sizeof(tests[0]));
}

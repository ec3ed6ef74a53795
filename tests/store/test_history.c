/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cases, doubts and decisions on both engines: lists of many units in one
 * order, page after page; a step once, however often it is sent; whoever comes
 * late is told; counts follow every decision and its undoing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/score/tally.h"
#include "server/store/answers.h"
#include "server/store/people/audit.h"
#include "server/store/cases/cases.h"
#include "server/store/cases/history.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/store/tallies.h"
#include "shared/limits.h"
#include "tests/db/engines.h"
#include "tests/kit/recount.h"
#include "tests/kit/store_parts.h"

static const char *const units[] = {"22969", "22972"};
static struct arena arena;

static void
store_low(struct db *db, unsigned n, const char *unit, int32_t day)
{
	struct entry e;

	fill_entry(&e, n);
	e.unit = unit;
	e.day = day;
	e.scores = "overall=2";
	e.comment = n % 2 == 0 ? "chờ lâu" : NULL;
	e.plain = n % 2 == 0 ? "cho lau" : NULL;
	assert_int_equal(store_one(db, &e), STORED);
}

static size_t
page(struct db *db, struct case_query q, struct case_row **list, bool *more)
{
	size_t count;

	q.units = units;
	q.nunits = q.nunits == 0 ? 2 : q.nunits;
	assert_true(store_cases(db, &arena, &q, list, &count, more));
	return count;
}

/* One person by himself. */
static bool alone;

static size_t
decide(struct db *db, unsigned id, const char *what, const struct uuid *answers,
    size_t n, unsigned of)
{
	static struct deed deed = {.at = STORE_NOW,
	    .login = "lan",
	    .role = "manager",
	    .place = "pages"};
	struct uuid undo = numbered(of);
	struct answer_decision d = {
	    .step = {.id = numbered(id),
		.at = STORE_NOW + (int64_t)id,
		.login = "lan",
		.act = what,
		.reason = strcmp(what, "undo") == 0 ? NULL : "test"},
	    .undo = &undo,
	    .confirmed = !alone,
	    .deed = &deed,
	    .answers = answers,
	    .count = n};
	struct tallies tallies;

	tallies_init(&tallies);
	assert_true(db_begin(db));
	assert_true(store_decide(db, &arena, &tallies, &d));
	assert_true(store_tallies_add(db, &tallies));
	assert_true(db_commit(db));
	tallies_finish(&tallies);
	assert_true(recount_agrees(db));
	return d.changed;
}

static void
test_lists(void **state)
{
	struct db *db = fresh_store();
	struct case_row *list;
	struct case_query q = {.most = 3};
	struct entry content;
	struct uuid by_person;
	int64_t open, late;
	bool more;

	(void)state;
	for (unsigned n = 1; n <= 7; n++)
		store_low(db, n, units[n % 2], 20000 + (int32_t)(7 - n));
	fill_entry(&content, 9); /* satisfied: no case */
	assert_int_equal(store_one(db, &content), STORED);
	assert_int_equal(page(db, q, &list, &more), 3);
	assert_true(more);
	assert_int_equal(list[0].place.day, 20000);
	assert_string_equal(list[0].unit, units[1]);
	assert_null(list[0].comment);
	assert_int_equal(list[1].place.day, 20001);
	assert_string_equal(list[1].comment, "chờ lâu");
	q.after = &list[2].place;
	assert_int_equal(page(db, q, &list, &more), 3);
	assert_int_equal(list[0].place.day, 20003);
	q.after = &list[2].place;
	assert_int_equal(page(db, q, &list, &more), 1);
	assert_false(more);
	q = (struct case_query){.most = 9, .nunits = 1};
	assert_int_equal(page(db, q, &list, &more), 3);
	q = (struct case_query){.most = 9, .late = 20003 + LIMIT_CASE_DAYS};
	assert_int_equal(page(db, q, &list, &more), 3);
	assert_true(store_case_count(
	    db, units[1], 20001 + LIMIT_CASE_DAYS, &open, &late));
	assert_int_equal(open, 4);
	assert_int_equal(late, 1);
	/* a rule puts another answer in its place: nobody's case any more */
	set_aside(db, 1, true);
	assert_true(store_case_count(db, units[1], 0, &open, &late));
	assert_int_equal(open, 3);
	/* but what people set aside stays one */
	by_person = numbered(3);
	assert_int_equal(decide(db, 301, "aside", &by_person, 1, 0), 1);
	assert_true(store_case_count(db, units[1], 0, &open, &late));
	assert_int_equal(open, 3);
	q = (struct case_query){.most = 9};
	assert_int_equal(page(db, q, &list, &more), 6);
	db_close(db);
}

static enum case_result
act(struct db *db, unsigned n, unsigned id, unsigned seen, const char *what,
    const char *login, const char *person, int32_t due)
{
	struct uuid last = numbered(seen);
	struct case_act a = {.answer = numbered(n),
	    .unit = units[n % 2],
	    .seen = seen == 0 ? NULL : &last,
	    .step = {.id = numbered(id),
		.at = STORE_NOW + (int64_t)id * 1000,
		.login = login,
		.act = what,
		.person = person,
		.due = due,
		.words = "đã gọi"},
	    .deed = {.at = STORE_NOW,
		.login = login,
		.role = "caseworker",
		.place = "pages",
		.act = "case.x",
		.unit = units[n % 2],
		.object = "id"}};
	enum case_result result;

	assert_true(db_begin(db));
	result = store_case_act(db, &arena, &a);
	assert_true(db_commit(db));
	return result;
}

static size_t
deeds(struct db *db, struct deed **list)
{
	struct deed_query q = {.to = INT64_MAX, .most = 1000};
	size_t count;

	memset(&q.before, 0xff, sizeof(q.before));
	assert_true(store_audit_list(db, &arena, &q, list, &count));
	return count;
}

static void
test_acts(void **state)
{
	struct db *db = fresh_store();
	struct work_answer a;
	struct work_step *steps;
	struct case_row *list;
	struct case_query hand = {.list = CASES_HAND, .most = 9};
	struct case_query done = {.list = CASES_DONE, .most = 9};
	struct case_query fresh = {.list = CASES_NEW, .most = 9};
	struct uuid one = numbered(1);
	struct deed *log;
	size_t count = 0;
	bool more;

	(void)state;
	store_low(db, 1, units[1], 20000);
	store_low(db, 2, units[0], 20001);
	assert_int_equal(page(db, fresh, &list, &more), 2);
	assert_int_equal(
	    act(db, 1, 101, 0, "take", "lan", "", 20005), CASE_DONE);
	assert_int_equal(
	    act(db, 1, 101, 0, "take", "lan", "", 20005), CASE_REPEATED);
	/* what somebody did who has not seen that */
	assert_int_equal(
	    act(db, 1, 102, 0, "take", "binh", "", 0), CASE_CHANGED);
	assert_int_equal(
	    act(db, 1, 103, 101, "hand", "lan", "binh", 0), CASE_DONE);
	assert_int_equal(store_work_answer(db, &arena, &one, &a), STEP_ROW);
	assert_string_equal(a.person, "binh");
	assert_int_equal(a.due, 20005);
	assert_int_equal(page(db, fresh, &list, &more), 1);
	hand.person = "lan";
	assert_int_equal(page(db, hand, &list, &more), 0);
	hand.person = "binh";
	assert_int_equal(page(db, hand, &list, &more), 1);
	hand.late = 20005;
	assert_int_equal(page(db, hand, &list, &more), 0);
	hand.late = 20006;
	assert_int_equal(page(db, hand, &list, &more), 1);
	assert_int_equal(
	    act(db, 1, 104, 103, "reopen", "binh", "", 0), CASE_CHANGED);
	assert_int_equal(
	    act(db, 1, 104, 103, "done", "binh", "", 0), CASE_DONE);
	assert_int_equal(page(db, done, &list, &more), 1);
	assert_int_equal(
	    act(db, 1, 105, 104, "take", "binh", "", 0), CASE_CHANGED);
	assert_int_equal(
	    act(db, 1, 105, 104, "reopen", "lan", "", 0), CASE_DONE);
	assert_int_equal(store_work_answer(db, &arena, &one, &a), STEP_ROW);
	assert_string_equal(a.person, "lan");
	assert_int_equal(a.due, 0);
	assert_true(store_steps(db, &arena, &one, &steps, &count));
	assert_int_equal(count, 4);
	assert_string_equal(steps[1].act, "hand");
	assert_string_equal(steps[1].words, "đã gọi");
	assert_int_equal(deeds(db, &log), 4);
	assert_string_equal(
	    log[3].before, "{\"person\":\"\",\"state\":\"new\"}");
	for (size_t i = 0; i < 4; i++) /* a note is nobody else's business */
		assert_null(strstr(log[i].after, "gọi"));
	db_close(db);
}

static size_t
waiting(struct db *db)
{
	struct doubt *list = NULL;
	size_t count = 0;

	assert_true(store_doubts(
	    db, &arena, units, 2, NULL, MATTER_OPEN, 100, &list, &count));
	return count;
}

static void
test_decisions(void **state)
{
	struct db *db = fresh_store();
	struct uuid ids[4];
	struct decided *past;
	struct doubt *list = NULL;
	struct deed *log;
	size_t count = 0;

	(void)state;
	for (unsigned n = 0; n < 4; n++) {
		struct entry e;

		fill_entry(&e, n + 1);
		e.flags = n == 3 ? "closed_hours" : "burst";
		assert_int_equal(store_one(db, &e), STORED);
		ids[n] = numbered(n + 1);
	}
	assert_int_equal(waiting(db), 4);
	assert_true(store_doubts(
	    db, &arena, units, 2, "burst", MATTER_OPEN, 100, &list, &count));
	assert_int_equal(count, 3);
	assert_int_equal(decide(db, 201, "aside", ids, 3, 0), 3);
	assert_int_equal(decide(db, 201, "aside", ids, 3, 0), 0); /* again */
	assert_int_equal(decide(db, 202, "aside", ids, 3, 0), 0);
	assert_int_equal(decide(db, 203, "count", ids, 4, 0), 1);
	assert_int_equal(waiting(db), 0);
	assert_int_equal(deeds(db, &log), 4);
	assert_string_equal(log[3].act, "answer.aside");
	assert_string_equal(log[3].reason, "test");
	assert_true(store_decisions(db, &arena, units, 2, 100, &past, &count));
	assert_int_equal(count, 4);
	assert_string_equal(past[0].step.act, "count");
	/* one of them was restored by hand and set aside anew since then */
	assert_int_equal(decide(db, 204, "restore", ids, 1, 0), 1);
	assert_int_equal(decide(db, 205, "aside", ids, 1, 0), 1);
	assert_int_equal(decide(db, 206, "undo", ids, 3, 201), 3);
	assert_int_equal(decide(db, 207, "undo", ids, 3, 201), 0);
	assert_int_equal(waiting(db), 2); /* the first is still aside */
	assert_int_equal(decide(db, 208, "undo", ids, 4, 203), 1);
	assert_int_equal(waiting(db), 3);
	assert_int_equal(decide(db, 209, "undo", ids, 1, 205), 1);
	assert_int_equal(waiting(db), 4);
	db_close(db);
}

/* What a person does alone moves no figure: to look at what counts anyhow, and
 * to take that back; not a burst. */
static void
test_alone(void **state)
{
	static const char *const flags[] = {"burst", "unusual_flow", ""};
	static const struct {
		const char *act;
		unsigned n, of;
		size_t changed;
	} rows[] = {
	    {"aside", 1, 0, 0},
	    {"aside", 3, 0, 0},
	    {"count", 2, 0, 0},
	    {"count", 1, 0, 1}, /* step 404 */
	    {"undo", 1, 404, 1},
	    {"restore", 1, 0, 0},
	};
	struct db *db = fresh_store();
	struct uuid ids[3];

	(void)state;
	for (unsigned n = 0; n < 3; n++) {
		struct entry e;

		fill_entry(&e, n + 1);
		e.flags = flags[n];
		assert_int_equal(store_one(db, &e), STORED);
		ids[n] = numbered(n + 1);
	}
	assert_int_equal(decide(db, 400, "aside", &ids[2], 1, 0), 1);
	alone = true;
	assert_int_equal(decide(db, 399, "restore", &ids[2], 1, 0), 0);
	assert_int_equal(decide(db, 398, "undo", &ids[2], 1, 400), 0);
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(decide(db, 401 + i, rows[i].act,
				     &ids[rows[i].n - 1], 1, rows[i].of),
		    rows[i].changed);
	alone = false;
	db_close(db);
}

/* --------------------------------------------------------- two collectors */

#define STORM 60

struct collector {
	pthread_t thread;
	unsigned number;
};

/* As the writer does: again, when the database had to choose a victim. */
static void
decide_patiently(struct db *db, struct arena *a, struct answer_decision *d)
{
	struct tallies tallies;
	bool ok = false;

	tallies_init(&tallies);
	while (!ok) {
		tallies_clear(&tallies);
		ok = db_begin(db) && store_decide(db, a, &tallies, d) &&
		     store_tallies_add(db, &tallies) && db_commit(db);
		if (!ok)
			db_rollback(db);
	}
	tallies_finish(&tallies);
}

static void *
collect(void *data)
{
	const struct collector *c = data;
	const struct deed deed = {.at = STORE_NOW,
	    .login = "lan",
	    .role = "manager",
	    .place = "pages"};
	struct db *db = db_open(store_address(), DB_WRITE);
	struct uuid ids[5];
	struct arena mine;

	arena_init(&mine);
	for (unsigned i = 0; i < STORM; i++) {
		struct answer_decision d = {
		    .step = {.id = numbered(1000 + c->number * 1000 + i),
			.at = STORE_NOW + i,
			.login = "lan",
			.act = i % 2 == 0 ? "aside" : "restore",
			.reason = "test"},
		    .confirmed = true,
		    .deed = &deed,
		    .answers = ids,
		    .count = 5};

		/* each in an order of its own */
		for (unsigned k = 0; k < 5; k++)
			ids[k] = numbered(1 + (k * (c->number + 1)) % 5);
		decide_patiently(db, &mine, &d);
	}
	arena_finish(&mine);
	db_close(db);
	return NULL;
}

/* Both set the same five answers aside and back, all the time. */
static void
test_two_collectors(void **state)
{
	struct db *db = fresh_store();
	struct collector collectors[2] = {{.number = 0}, {.number = 1}};
	struct work_step *steps;
	struct deed *log;
	size_t count, all = 0;

	(void)state;
	for (unsigned n = 1; n <= 5; n++) {
		struct entry e;

		fill_entry(&e, n);
		assert_int_equal(store_one(db, &e), STORED);
	}
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&collectors[i].thread, NULL,
				     collect, &collectors[i]),
		    0);
	for (int i = 0; i < 2; i++)
		pthread_join(collectors[i].thread, NULL);
	assert_true(recount_agrees(db));
	for (unsigned n = 1; n <= 5; n++) {
		struct uuid id = numbered(n);

		assert_true(store_steps(db, &arena, &id, &steps, &count));
		assert_true(count > 0);
		all += count;
	}
	assert_int_equal(deeds(db, &log), all);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lists),
	    cmocka_unit_test(test_acts),
	    cmocka_unit_test(test_decisions),
	    cmocka_unit_test(test_alone),
	    cmocka_unit_test(test_two_collectors),
	};

	return run_on_engines("work", tests, sizeof(tests) / sizeof(tests[0]));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Proposals on both engines: what each person may do as the store knows him,
 * once however often a form is sent; of two who decide at once one does; an
 * answer that was corrected meanwhile stays as it is; what is large is carried
 * out in steps, and goes on after a stop.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/score/tally.h"
#include "server/store/cases/proposals.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/store/answers.h"
#include "server/store/cases/history.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/people/audit.h"
#include "server/store/people/staff.h"
#include "server/store/tallies.h"
#include "server/store/writer.h"
#include "shared/limits.h"
#include "tests/db/engines.h"
#include "tests/kit/recount.h"
#include "tests/kit/store_parts.h"

#define UNIT "22969"

static struct arena arena;
static struct catalogue *house;

static void
add_person(struct db *db, const char *login, const char *role, const char *unit)
{
	const struct staff s = {.login = login,
	    .role = role,
	    .unit = unit,
	    .name = "",
	    .password = "x",
	    .created_at = 1};
	bool added;

	assert_true(store_staff_add(db, &s, &added));
	assert_true(added);
}

static struct db *
fresh_house(unsigned answers)
{
	struct db *db = fresh_store();

	add_person(db, "lan", "manager", UNIT);
	add_person(db, "hoa", "manager", UNIT);
	add_person(db, "binh", "manager", NULL);
	add_person(db, "minh", "auditor", NULL);
	add_person(db, "nam", "manager", "22972");
	catalogue_destroy(house);
	house = store_catalogue(db);
	assert_non_null(house);
	for (unsigned n = 1; n <= answers; n++) {
		struct entry e;

		fill_entry(&e, n);
		e.unit = UNIT;
		assert_int_equal(store_one(db, &e), STORED);
	}
	return db;
}

static enum proposal_result
propose(struct db *db, const char *login, unsigned form, const char *act,
    unsigned first, unsigned last, unsigned of)
{
	const struct deed deed = {.at = STORE_NOW,
	    .login = login,
	    .role = "manager",
	    .place = "pages"};
	struct uuid ids[2000];
	struct proposing p = {.p = {.id = numbered(form),
				  .at = STORE_NOW,
				  .login = login,
				  .act = act,
				  .past = numbered(of),
				  .unit = UNIT,
				  .reason = "test",
				  .words = "vì sao"},
	    .catalogue = house,
	    .answers = ids,
	    .count = last - first + 1,
	    .typed = "",
	    .deed = &deed};
	enum proposal_result result;

	for (unsigned n = first; n <= last; n++)
		ids[n - first] = numbered(n);
	assert_true(db_begin(db));
	result = store_propose(db, &arena, &p);
	assert_true(db_commit(db));
	return result;
}

static enum proposal_result
decide_as(struct db *db, struct arena *a, const char *login, unsigned form,
    unsigned proposal, enum proposal_state state)
{
	const struct deed deed = {.at = STORE_NOW + form,
	    .login = login,
	    .role = "manager",
	    .place = "pages"};
	struct deciding d = {.id = numbered(proposal),
	    .form = numbered(form),
	    .state = state,
	    .at = STORE_NOW + form,
	    .login = login,
	    .words = "",
	    .catalogue = house,
	    .deed = &deed};
	enum proposal_result result = PROPOSED_FAILED;
	struct tallies tallies;
	bool ok = false;

	tallies_init(&tallies);
	while (!ok) { /* as the writer does */
		tallies_clear(&tallies);
		ok = db_begin(db) &&
		     (result = store_proposal_decide(db, a, &tallies, &d)) !=
			 PROPOSED_FAILED &&
		     store_tallies_add(db, &tallies) && db_commit(db);
		if (!ok)
			db_rollback(db);
	}
	tallies_finish(&tallies);
	return result;
}

static enum proposal_result
decide(struct db *db, const char *login, unsigned form, unsigned proposal,
    enum proposal_state state)
{
	enum proposal_result result =
	    decide_as(db, &arena, login, form, proposal, state);

	assert_true(recount_agrees(db));
	return result;
}

static bool
is_aside(struct db *db, unsigned n)
{
	struct uuid id = numbered(n);
	struct work_answer a;

	assert_int_equal(store_work_answer(db, &arena, &id, &a), STEP_ROW);
	return a.aside;
}

static size_t
asides(struct db *db, unsigned first, unsigned last)
{
	size_t n = 0;

	for (unsigned i = first; i <= last; i++)
		n += is_aside(db, i);
	return n;
}

static struct proposal
proposal(struct db *db, unsigned n)
{
	struct uuid id = numbered(n);
	struct proposal p;

	assert_int_equal(store_proposal(db, &arena, &id, &p), STEP_ROW);
	return p;
}

static void
test_two_people(void **state)
{
	struct db *db = fresh_house(6);
	struct proposal *list;
	size_t n;

	(void)state;
	assert_int_equal(
	    propose(db, "nam", 100, "aside", 1, 2, 0), PROPOSED_FORBIDDEN);
	assert_int_equal(
	    propose(db, "minh", 100, "aside", 1, 2, 0), PROPOSED_FORBIDDEN);
	assert_int_equal(
	    propose(db, "nobody", 100, "aside", 1, 2, 0), PROPOSED_FORBIDDEN);
	assert_int_equal(
	    propose(db, "lan", 100, "aside", 1, 3, 0), PROPOSED_DONE);
	assert_int_equal(
	    propose(db, "lan", 100, "aside", 1, 3, 0), PROPOSED_REPEATED);
	/* an answer waits in one proposal */
	assert_int_equal(
	    propose(db, "hoa", 101, "aside", 2, 3, 0), PROPOSED_NOTHING);
	assert_int_equal(
	    propose(db, "hoa", 101, "aside", 3, 4, 0), PROPOSED_DONE);
	assert_int_equal(proposal(db, 101).answers, 1);
	assert_int_equal(
	    propose(db, "hoa", 102, "restore", 5, 6, 0), PROPOSED_NOTHING);
	assert_true(store_proposals_waiting(db, &arena, 9, &list, &n));
	assert_int_equal(n, 2);
	assert_int_equal(decide(db, "lan", 200, 100, PROPOSAL_CONFIRMED),
	    PROPOSED_FORBIDDEN);
	assert_int_equal(decide(db, "hoa", 200, 100, PROPOSAL_CONFIRMED),
	    PROPOSED_FORBIDDEN);
	assert_int_equal(decide(db, "nam", 200, 100, PROPOSAL_CONFIRMED),
	    PROPOSED_FORBIDDEN);
	assert_int_equal(decide(db, "binh", 200, 100, PROPOSAL_WITHDRAWN),
	    PROPOSED_FORBIDDEN);
	assert_int_equal(
	    decide(db, "binh", 200, 999, PROPOSAL_CONFIRMED), PROPOSED_MISSING);
	assert_int_equal(asides(db, 1, 6), 0);
	assert_int_equal(
	    decide(db, "binh", 200, 100, PROPOSAL_CONFIRMED), PROPOSED_DONE);
	assert_int_equal(decide(db, "binh", 200, 100, PROPOSAL_CONFIRMED),
	    PROPOSED_REPEATED);
	assert_int_equal(
	    decide(db, "minh", 201, 100, PROPOSAL_REFUSED), PROPOSED_CHANGED);
	assert_int_equal(asides(db, 1, 6), 3);
	assert_int_equal(
	    decide(db, "minh", 202, 101, PROPOSAL_REFUSED), PROPOSED_DONE);
	assert_int_equal(asides(db, 1, 6), 3);
	/* refused, it may be proposed anew, and withdrawn */
	assert_int_equal(
	    propose(db, "hoa", 103, "aside", 4, 4, 0), PROPOSED_DONE);
	assert_int_equal(
	    decide(db, "hoa", 203, 103, PROPOSAL_WITHDRAWN), PROPOSED_DONE);
	assert_int_equal(
	    decide(db, "binh", 204, 103, PROPOSAL_CONFIRMED), PROPOSED_CHANGED);
	assert_int_equal(
	    propose(db, "binh", 104, "restore", 1, 1, 0), PROPOSED_DONE);
	assert_int_equal(
	    propose(db, "binh", 105, "undo", 1, 3, 100), PROPOSED_DONE);
	assert_int_equal(proposal(db, 105).answers, 2);
	assert_int_equal(decide(db, "binh", 205, 105, PROPOSAL_CONFIRMED),
	    PROPOSED_FORBIDDEN);
	assert_int_equal(
	    decide(db, "minh", 206, 105, PROPOSAL_CONFIRMED), PROPOSED_DONE);
	assert_int_equal(
	    decide(db, "minh", 207, 104, PROPOSAL_CONFIRMED), PROPOSED_DONE);
	assert_int_equal(asides(db, 1, 6), 0);
	assert_true(store_proposals_waiting(db, &arena, 9, &list, &n));
	assert_int_equal(n, 0);
	db_close(db);
}

/* Whoever was of the unit when the answers were given is so still. */
static void
test_moved(void **state)
{
	struct db *db = fresh_house(2);
	bool found;

	(void)state;
	assert_int_equal(
	    propose(db, "lan", 100, "aside", 1, 2, 0), PROPOSED_DONE);
	assert_true(store_staff_change(
	    db, "hoa", "manager", NULL, "", STORE_NOW * 2, &found));
	assert_true(store_staff_change(
	    db, "hoa", "auditor", NULL, "", STORE_NOW * 2 + 1, &found));
	assert_int_equal(decide(db, "hoa", 200, 100, PROPOSAL_CONFIRMED),
	    PROPOSED_FORBIDDEN);
	assert_true(store_staff_change(
	    db, "lan", "manager", NULL, "", STORE_NOW * 2, &found));
	assert_int_equal(decide(db, "lan", 200, 100, PROPOSAL_CONFIRMED),
	    PROPOSED_FORBIDDEN);
	/* away long before */
	assert_true(
	    store_staff_change(db, "nam", "manager", UNIT, "", 1, &found));
	assert_true(
	    store_staff_change(db, "nam", "manager", NULL, "", 2, &found));
	assert_true(store_staff_disable(db, "binh", STORE_NOW, &found));
	assert_int_equal(decide(db, "binh", 200, 100, PROPOSAL_CONFIRMED),
	    PROPOSED_FORBIDDEN);
	assert_int_equal(asides(db, 1, 2), 0);
	assert_int_equal(
	    decide(db, "nam", 200, 100, PROPOSAL_CONFIRMED), PROPOSED_DONE);
	assert_int_equal(asides(db, 1, 2), 2);
	db_close(db);
}

/* What a citizen corrects while it waits is not decided about any more. */
static void
test_meanwhile(void **state)
{
	struct db *db = fresh_house(3);
	struct work_answer a;
	struct uuid id = numbered(2);

	(void)state;
	assert_int_equal(
	    propose(db, "lan", 100, "aside", 1, 3, 0), PROPOSED_DONE);
	set_aside(db, 2, true);
	assert_int_equal(
	    decide(db, "binh", 200, 100, PROPOSAL_CONFIRMED), PROPOSED_DONE);
	assert_int_equal(asides(db, 1, 3), 3);
	assert_int_equal(store_work_answer(db, &arena, &id, &a), STEP_ROW);
	assert_string_equal(a.why.login, ""); /* still the rule's */
	assert_int_equal(
	    propose(db, "lan", 101, "undo", 1, 3, 100), PROPOSED_DONE);
	assert_int_equal(
	    decide(db, "binh", 201, 101, PROPOSAL_CONFIRMED), PROPOSED_DONE);
	assert_int_equal(asides(db, 1, 3), 1);
	db_close(db);
}

static void
carry_on(struct db *db, struct job *job)
{
	struct tallies tallies;

	tallies_init(&tallies);
	writer_commit(db, &tallies, NULL, job);
	tallies_finish(&tallies);
	assert_int_equal(job->result, JOB_COMMITTED);
}

/* A large one, step by step; another program may go on with it. */
static void
test_steps(void **state)
{
	const unsigned all = 2 * LIMIT_PROPOSAL_STEP + 7;
	struct db *db = fresh_house(all);
	struct job *job;
	size_t steps = 0;

	(void)state;
	assert_int_equal(
	    propose(db, "lan", 1000, "aside", 1, all, 0), PROPOSED_DONE);
	assert_int_equal(
	    decide(db, "minh", 1001, 1000, PROPOSAL_CONFIRMED), PROPOSED_DONE);
	assert_int_equal(asides(db, 1, all), LIMIT_PROPOSAL_STEP);
	assert_int_equal(proposal(db, 1000).rest, all - LIMIT_PROPOSAL_STEP);
	/* nobody else can have them meanwhile */
	assert_int_equal(
	    propose(db, "hoa", 1002, "aside", 1, all, 0), PROPOSED_NOTHING);
	db_close(db);
	db = db_open(store_address(), DB_WRITE);
	job = proposals_job();
	do {
		job->next = NULL;
		carry_on(db, job);
		assert_true(recount_agrees(db));
		steps++;
	} while (job->again);
	assert_int_equal(steps, 3); /* the last one finds nothing */
	free(job);
	assert_int_equal(asides(db, 1, all), all);
	assert_int_equal(proposal(db, 1000).rest, 0);
	db_close(db);
}

/* --------------------------------------------------------- two at once */

struct decider {
	pthread_t thread;
	const char *login;
	unsigned form;
	enum proposal_state state;
	unsigned done, others;
};

#define CONTESTED 20

static void *
decide_all(void *data)
{
	struct decider *x = data;
	struct db *db = db_open(store_address(), DB_WRITE);
	struct arena mine;

	arena_init(&mine);
	for (unsigned i = 0; i < CONTESTED; i++)
		switch (decide_as(
		    db, &mine, x->login, x->form + i, 100 + i, x->state)) {
		case PROPOSED_DONE:
			x->done++;
			break;
		case PROPOSED_CHANGED:
			x->others++;
			break;
		default:
			break;
		}
	arena_finish(&mine);
	db_close(db);
	return NULL;
}

/* One confirms what the other refuses: each proposal is decided once. */
static void
test_at_once(void **state)
{
	struct db *db = fresh_house(CONTESTED);
	struct decider x[2] = {
	    {.login = "binh", .form = 300, .state = PROPOSAL_CONFIRMED},
	    {.login = "minh", .form = 400, .state = PROPOSAL_REFUSED}};

	(void)state;
	for (unsigned i = 0; i < CONTESTED; i++)
		assert_int_equal(
		    propose(db, "lan", 100 + i, "aside", 1 + i, 1 + i, 0),
		    PROPOSED_DONE);
	for (int i = 0; i < 2; i++)
		assert_int_equal(
		    pthread_create(&x[i].thread, NULL, decide_all, &x[i]), 0);
	for (int i = 0; i < 2; i++)
		pthread_join(x[i].thread, NULL);
	assert_int_equal(x[0].done + x[1].done, CONTESTED);
	assert_int_equal(x[0].others + x[1].others, CONTESTED);
	assert_int_equal(asides(db, 1, CONTESTED), x[0].done);
	assert_true(recount_agrees(db));
	db_close(db);
}

/* Two people propose about the same answers at once: each is in one. */
static void *
propose_all(void *data)
{
	struct decider *x = data;
	struct db *db = db_open(store_address(), DB_WRITE);
	const struct deed deed = {.at = STORE_NOW,
	    .login = x->login,
	    .role = "manager",
	    .place = "pages"};
	struct uuid ids[3];
	struct arena mine;

	arena_init(&mine);
	for (unsigned i = 0; i < CONTESTED; i++) {
		struct proposing p = {.p = {.id = numbered(x->form + i),
					  .at = STORE_NOW,
					  .login = x->login,
					  .act = "aside",
					  .unit = UNIT,
					  .reason = "test",
					  .words = "x"},
		    .catalogue = house,
		    .answers = ids,
		    .count = 3,
		    .typed = "",
		    .deed = &deed};
		bool ok = false;

		for (unsigned k = 0; k < 3; k++)
			ids[k] = numbered(
			    1 + (i + (x->done ? k : 2 - k)) % CONTESTED);
		while (!ok) {
			ok = db_begin(db) &&
			     store_propose(db, &mine, &p) != PROPOSED_FAILED &&
			     db_commit(db);
			if (!ok)
				db_rollback(db);
		}
	}
	arena_finish(&mine);
	db_close(db);
	return NULL;
}

static void
test_proposed_at_once(void **state)
{
	struct db *db = fresh_house(CONTESTED);
	struct decider x[2] = {{.login = "lan", .form = 300},
	    {.login = "hoa", .form = 400, .done = 1}};
	struct proposal *list;
	int64_t held = 0;
	size_t n;

	(void)state;
	for (int i = 0; i < 2; i++)
		assert_int_equal(
		    pthread_create(&x[i].thread, NULL, propose_all, &x[i]), 0);
	for (int i = 0; i < 2; i++)
		pthread_join(x[i].thread, NULL);
	assert_true(store_proposals_waiting(db, &arena, 99, &list, &n));
	for (size_t i = 0; i < n; i++) {
		assert_true(list[i].answers > 0);
		held += list[i].answers;
	}
	assert_int_equal(held, CONTESTED);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_two_people),
	    cmocka_unit_test(test_moved),
	    cmocka_unit_test(test_meanwhile),
	    cmocka_unit_test(test_steps),
	    cmocka_unit_test(test_at_once),
	    cmocka_unit_test(test_proposed_at_once),
	};
	int failed = run_on_engines(
	    "proposals", tests, sizeof(tests) / sizeof(tests[0]));

	catalogue_destroy(house);
	return failed;
}

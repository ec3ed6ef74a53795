/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A collector with people of every role, and what the tests of their work have
 * in common. cmocka.h must be included before this. */
#ifndef HAILONG_TESTS_KIT_WORK_RIG_H
#define HAILONG_TESTS_KIT_WORK_RIG_H

#include "tests/kit/people.h"

extern struct rig rig;
extern char *import; /* a token */
/* of the whole district; local ones of 22969 */
extern struct person worker, manager, auditor, viewer, local, local_worker;

/* cmocka's setup and teardown of the group; the last compares the counts. */
int work_setup(void **state);
int work_teardown(void **state);

/* Stores an answer with these members over it (new_answer); its id. */
void say(const char *members, char id[UUID_TEXT]);
/* One of score 1 at a desk, with a reason and a comment. */
void say_low(const char *desk, char id[UUID_TEXT]);
/* "/staff/FOLDER/ID"; lives until the thread's next call. */
const char *path_of(const char *folder, const char *id);
/* The number that a query gives. */
int64_t sql(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* An id as SQLite writes it; lives until the next call. */
const char *blob(const char *id);
int64_t steps_of(const char *id);
bool is_aside(const char *id);
/* Fails unless the reply leads to an address that has these words. */
void assert_leads_to(const struct reply *reply, const char *words);
/* Sends the form of a case as its page has it now. */
const struct reply *act(const struct person *p, const char *id,
    const char *what, const char *words, const char *person, const char *due);
/* Sends the form of an answer; save: its second step. */
const struct reply *decide(const struct person *p, const char *id,
    const char *what, const char *reason, const char *words, bool save);

/* Decides a proposal, as on its page. */
const struct reply *decide_proposal(const struct person *p,
    const char *proposal, const char *act, const char *words);
/* The same with "confirm"; fails unless it is done, and waits until it is
 * carried out about every answer. */
void confirm_proposal(const struct person *p, const char *proposal);
/* One person proposes something about an answer, in words if there are none,
 * and a second one confirms it; fails unless both are taken. */
void by_two(const struct person *p, const struct person *second, const char *id,
    const char *what, const char *reason, const char *words);

#endif

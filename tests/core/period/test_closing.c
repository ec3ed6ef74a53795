/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every state of a period x deed x office, what stands in the way, and which
 * deeds freeze figures. The expected words stand here as a picture of the
 * states, apart from the table of the code.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/period/closing.h"

#include <stdio.h>
#include <string.h>
#include "shared/text.h"

/* What a manager of the district who has not proposed it brings about, and an
 * auditor: '-' nothing. One row a state, one column a deed: close, reopen,
 * revise, confirm, decline; the first letter of the state after it, R for
 * reopening, V for revising. */
static const char *const picture[CLOSING_STATE_COUNT][2] = {
    [CLOSING_OPEN] = {"P----", "-----"},
    [CLOSING_PROPOSED] = {"---CO", "---CO"},
    [CLOSING_CLOSED] = {"-RV--", "-----"},
    [CLOSING_REOPENING] = {"---OC", "---OC"},
    [CLOSING_REVISING] = {"---CC", "---CC"},
};
static const char letters[CLOSING_STATE_COUNT + 1] = "OPCRV";

static struct closing_act
fine(enum closing_state state, enum closing_deed deed, enum office office)
{
	return (struct closing_act){.state = state,
	    .deed = deed,
	    .office = office,
	    .ended = true,
	    .reason = true};
}

static void
test_all(void **state)
{
	int tried = 0;

	(void)state;
	for (int s = 0; s < CLOSING_STATE_COUNT; s++)
		for (int d = 0; d < CLOSING_DEED_COUNT; d++)
			for (int o = 0; o < OFFICE_COUNT; o++) {
				struct closing_act act =
				    fine((enum closing_state)s,
					(enum closing_deed)d, (enum office)o);
				enum closing_state next = CLOSING_STATE_COUNT;
				enum closing_answer answer =
				    closing_may(&act, &next);
				char want =
				    o == OFFICE_DISTRICT  ? picture[s][0][d]
				    : o == OFFICE_AUDITOR ? picture[s][1][d]
							  : '-';

				tried++;
				if (want == '-') {
					assert_int_not_equal(
					    answer, CLOSING_MAY);
					assert_int_equal(
					    next, CLOSING_STATE_COUNT);
				} else {
					assert_int_equal(answer, CLOSING_MAY);
					assert_int_equal(letters[next], want);
				}
			}
	assert_int_equal(tried, 5 * 5 * 6);
}

/* One thing in the way of a deed that is otherwise right. */
static void
test_in_the_way(void **state)
{
	static const struct {
		enum closing_state state;
		enum closing_deed deed;
		enum { ENDED, WINDOW, DOUBT, REASON, PROPOSER } what;
		enum closing_answer answer;
	} cases[] = {
	    {CLOSING_OPEN, CLOSING_CLOSE, ENDED, CLOSING_RUNNING},
	    {CLOSING_OPEN, CLOSING_CLOSE, WINDOW, CLOSING_WINDOW},
	    {CLOSING_OPEN, CLOSING_CLOSE, DOUBT, CLOSING_CLOCK},
	    {CLOSING_OPEN, CLOSING_CLOSE, REASON, CLOSING_NO_REASON},
	    {CLOSING_OPEN, CLOSING_CLOSE, PROPOSER, CLOSING_MAY},
	    {CLOSING_PROPOSED, CLOSING_CONFIRM, ENDED, CLOSING_RUNNING},
	    {CLOSING_PROPOSED, CLOSING_CONFIRM, WINDOW, CLOSING_WINDOW},
	    {CLOSING_PROPOSED, CLOSING_CONFIRM, DOUBT, CLOSING_CLOCK},
	    {CLOSING_PROPOSED, CLOSING_CONFIRM, REASON, CLOSING_NO_REASON},
	    {CLOSING_PROPOSED, CLOSING_CONFIRM, PROPOSER, CLOSING_SAME_PERSON},
	    {CLOSING_PROPOSED, CLOSING_DECLINE, PROPOSER, CLOSING_MAY},
	    {CLOSING_PROPOSED, CLOSING_DECLINE, DOUBT, CLOSING_MAY},
	    {CLOSING_PROPOSED, CLOSING_DECLINE, REASON, CLOSING_NO_REASON},
	    {CLOSING_CLOSED, CLOSING_REVISE, DOUBT, CLOSING_CLOCK},
	    {CLOSING_CLOSED, CLOSING_REVISE, REASON, CLOSING_NO_REASON},
	    {CLOSING_CLOSED, CLOSING_REOPEN, DOUBT, CLOSING_MAY},
	    {CLOSING_CLOSED, CLOSING_REOPEN, REASON, CLOSING_NO_REASON},
	    {CLOSING_REOPENING, CLOSING_CONFIRM, PROPOSER, CLOSING_SAME_PERSON},
	    {CLOSING_REOPENING, CLOSING_CONFIRM, DOUBT, CLOSING_MAY},
	    {CLOSING_REOPENING, CLOSING_DECLINE, PROPOSER, CLOSING_MAY},
	    {CLOSING_REVISING, CLOSING_CONFIRM, PROPOSER, CLOSING_SAME_PERSON},
	    {CLOSING_REVISING, CLOSING_CONFIRM, DOUBT, CLOSING_CLOCK},
	    {CLOSING_REVISING, CLOSING_DECLINE, DOUBT, CLOSING_MAY},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct closing_act act =
		    fine(cases[i].state, cases[i].deed, OFFICE_DISTRICT);
		enum closing_state next;

		act.ended = cases[i].what != ENDED;
		act.window = cases[i].what == WINDOW;
		act.doubt = cases[i].what == DOUBT;
		act.reason = cases[i].what != REASON;
		act.proposer = cases[i].what == PROPOSER;
		assert_int_equal(closing_may(&act, &next), cases[i].answer);
	}
}

static void
test_frozen(void **state)
{
	static const char frozen[] = "..CRV";

	(void)state;
	for (int s = 0; s < CLOSING_STATE_COUNT; s++) {
		assert_int_equal(closing_frozen((enum closing_state)s),
		    frozen[s] == letters[s]);
		for (int d = 0; d < CLOSING_DEED_COUNT; d++)
			assert_int_equal(closing_freezes((enum closing_state)s,
					     (enum closing_deed)d),
			    (s == CLOSING_PROPOSED || s == CLOSING_REVISING) &&
				d == CLOSING_CONFIRM);
	}
}

/* Each word is found again, and people read words for it. */
static void
test_words(void **state)
{
	char key[60];

	(void)state;
	for (int s = 0; s < CLOSING_STATE_COUNT; s++) {
		enum closing_state found;

		assert_true(closing_state_find(closing_state_words[s], &found));
		assert_int_equal(found, s);
		snprintf(key, sizeof(key), "period.state.%s",
		    closing_state_words[s]);
		assert_non_null(text_find(LANG_VI, key));
	}
	for (int d = 0; d < CLOSING_DEED_COUNT; d++) {
		enum closing_deed found;

		assert_true(closing_deed_find(closing_deed_words[d], &found));
		assert_int_equal(found, d);
		snprintf(
		    key, sizeof(key), "period.deed.%s", closing_deed_words[d]);
		assert_non_null(text_find(LANG_VI, key));
	}
	for (int i = CLOSING_MAY + 1; i < CLOSING_ANSWER_COUNT; i++)
		assert_non_null(text_find(LANG_VI, closing_answer_keys[i]));
	assert_false(closing_state_find("", &(enum closing_state){0}));
	assert_false(closing_deed_find(NULL, &(enum closing_deed){0}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all),
	    cmocka_unit_test(test_in_the_way),
	    cmocka_unit_test(test_frozen),
	    cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

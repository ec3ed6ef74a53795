/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every state of a unit's report x deed x office, what stands in the way, and
 * when it is late. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/period/submission.h"

#include <stdio.h>
#include <string.h>
#include "shared/text.h"

/* A row a state, a column a deed (save, submit, return, accept): the first
 * letter of the state after it, '-' none. A unit's manager has the first two
 * columns, the district's all. */
static const char *const picture[SUBMISSION_STATE_COUNT] = {
    [SUBMISSION_DRAFT] = "DS--",
    [SUBMISSION_SUBMITTED] = "--RA",
    [SUBMISSION_RETURNED] = "RS--",
    [SUBMISSION_ACCEPTED] = "--R-",
};
static const char letters[SUBMISSION_STATE_COUNT + 1] = "DSRA";

static struct submission_act
fine_act(
    enum submission_state state, enum submission_deed deed, enum office office)
{
	return (struct submission_act){.state = state,
	    .deed = deed,
	    .office = office,
	    .sees = true,
	    .reason = true};
}

static bool
has_column(int office, int deed)
{
	return office == OFFICE_DISTRICT ||
	       (office == OFFICE_UNIT && deed <= SUBMISSION_SUBMIT);
}

static void
test_all(void **state)
{
	(void)state;
	for (int s = 0; s < SUBMISSION_STATE_COUNT; s++)
		for (int d = 0; d < SUBMISSION_DEED_COUNT; d++)
			for (int o = 0; o < OFFICE_COUNT; o++) {
				struct submission_act act = fine_act(
				    (enum submission_state)s,
				    (enum submission_deed)d, (enum office)o);
				enum submission_state next =
				    SUBMISSION_STATE_COUNT;
				enum submission_answer answer =
				    submission_may(&act, &next);
				char want =
				    has_column(o, d) ? picture[s][d] : '-';

				if (want == '-') {
					assert_int_not_equal(
					    answer, SUBMISSION_MAY);
					continue;
				}
				assert_int_equal(answer, SUBMISSION_MAY);
				assert_int_equal(letters[next], want);
			}
}

static void
test_in_the_way(void **state)
{
	static const struct {
		enum submission_state state;
		enum submission_deed deed;
		enum office office;
		const char *what; /* letters of what is otherwise than fine */
		enum submission_answer answer;
	} cases[] = {
	    /* n: sees not; s: sender; r: no reason; c: closed; m: missed;
	     * w: has words; x: has measures */
	    {0, SUBMISSION_SAVE, OFFICE_UNIT, "n", SUBMISSION_NOT_YOURS},
	    {0, SUBMISSION_SUBMIT, OFFICE_UNIT, "n", SUBMISSION_NOT_YOURS},
	    {0, SUBMISSION_SUBMIT, OFFICE_UNIT, "m", SUBMISSION_NO_WORDS},
	    {0, SUBMISSION_SUBMIT, OFFICE_UNIT, "mx", SUBMISSION_NO_WORDS},
	    {0, SUBMISSION_SUBMIT, OFFICE_UNIT, "mw", SUBMISSION_NO_MEASURE},
	    {0, SUBMISSION_SUBMIT, OFFICE_UNIT, "mwx", SUBMISSION_MAY},
	    {0, SUBMISSION_SAVE, OFFICE_UNIT, "m", SUBMISSION_MAY},
	    {0, SUBMISSION_SUBMIT, OFFICE_UNIT, "cr", SUBMISSION_MAY},
	    {SUBMISSION_SUBMITTED, SUBMISSION_ACCEPT, OFFICE_DISTRICT, "s",
		SUBMISSION_SAME_PERSON},
	    {SUBMISSION_SUBMITTED, SUBMISSION_ACCEPT, OFFICE_DISTRICT, "r",
		SUBMISSION_MAY},
	    {SUBMISSION_SUBMITTED, SUBMISSION_RETURN, OFFICE_DISTRICT, "r",
		SUBMISSION_NO_REASON},
	    {SUBMISSION_SUBMITTED, SUBMISSION_RETURN, OFFICE_DISTRICT, "s",
		SUBMISSION_MAY},
	    {SUBMISSION_SUBMITTED, SUBMISSION_RETURN, OFFICE_DISTRICT, "c",
		SUBMISSION_MAY},
	    {SUBMISSION_ACCEPTED, SUBMISSION_RETURN, OFFICE_DISTRICT, "c",
		SUBMISSION_NOT_NOW},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *what = cases[i].what;
		struct submission_act act =
		    fine_act(cases[i].state, cases[i].deed, cases[i].office);
		enum submission_state next;

		act.sees = strchr(what, 'n') == NULL;
		act.sender = strchr(what, 's') != NULL;
		act.reason = strchr(what, 'r') == NULL;
		act.closed = strchr(what, 'c') != NULL;
		act.missed = strchr(what, 'm') != NULL;
		act.words = strchr(what, 'w') != NULL;
		act.measures = strchr(what, 'x') != NULL;
		assert_int_equal(submission_may(&act, &next), cases[i].answer);
	}
}

static void
test_late(void **state)
{
	static const struct {
		enum submission_state state;
		int32_t by, today;
		bool late;
	} cases[] = {
	    {SUBMISSION_DRAFT, 0, 100, false},
	    {SUBMISSION_DRAFT, 0, 101, true},
	    {SUBMISSION_RETURNED, 90, 100, false},
	    {SUBMISSION_RETURNED, 90, 101, true},
	    {SUBMISSION_SUBMITTED, 100, 200, false},
	    {SUBMISSION_SUBMITTED, 101, 101, true},
	    {SUBMISSION_ACCEPTED, 99, 300, false},
	    {SUBMISSION_ACCEPTED, 105, 300, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(submission_late(cases[i].state, cases[i].by,
				     100, cases[i].today),
		    cases[i].late);
}

static void
test_words(void **state)
{
	char key[60];

	(void)state;
	for (int s = 0; s < SUBMISSION_STATE_COUNT; s++) {
		enum submission_state found;

		assert_true(
		    submission_state_find(submission_state_words[s], &found));
		assert_int_equal(found, s);
		snprintf(key, sizeof(key), "submission.state.%s",
		    submission_state_words[s]);
		assert_non_null(text_find(LANG_VI, key));
	}
	for (int d = 0; d < SUBMISSION_DEED_COUNT; d++) {
		enum submission_deed found;

		assert_true(
		    submission_deed_find(submission_deed_words[d], &found));
		assert_int_equal(found, d);
		snprintf(key, sizeof(key), "submission.deed.%s",
		    submission_deed_words[d]);
		assert_non_null(text_find(LANG_VI, key));
	}
	for (int i = SUBMISSION_MAY + 1; i < SUBMISSION_ANSWER_COUNT; i++)
		assert_non_null(text_find(LANG_VI, submission_answer_keys[i]));
	assert_false(submission_deed_find("x", &(enum submission_deed){0}));
	assert_false(submission_state_find(NULL, &(enum submission_state){0}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all),
	    cmocka_unit_test(test_in_the_way),
	    cmocka_unit_test(test_late),
	    cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

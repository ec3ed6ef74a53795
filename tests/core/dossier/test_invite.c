/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who is invited when, as tables: each row one rule. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "server/core/dossier/invite.h"
#include "shared/civil.h"

#define HOUR (3600 * 1000LL)
#define DAY  (24 * HOUR)

static const struct invite_rules rules = {.days = 14, .remind_days = 3};
static int64_t noon; /* of a Monday, in Ho Chi Minh City */

static int
setup(void **state)
{
	int offset;

	(void)state;
	return civil_set_zone("Asia/Ho_Chi_Minh") &&
		       civil_parse_time(
			   "2026-11-23T12:00:00+07:00", &noon, &offset)
		   ? 0
		   : -1;
}

static void
test_wanted(void **state)
{
	static const struct {
		enum outcome outcome;
		int64_t ago;
		bool wanted;
	} rows[] = {{OUTCOME_GRANTED, HOUR, true},
	    {OUTCOME_REFUSED, HOUR, true}, {OUTCOME_WITHDRAWN, HOUR, false},
	    {OUTCOME_RETURNED, HOUR, false}, {OUTCOME_NONE, HOUR, false},
	    {OUTCOME_GRANTED, 14 * DAY - 1, true},
	    {OUTCOME_GRANTED, 14 * DAY, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(invite_wanted(rows[i].outcome,
				     noon - rows[i].ago, &rules, noon),
		    rows[i].wanted);
	assert_false(
	    invite_wanted(OUTCOME_GRANTED, DOSSIER_NEVER, &rules, noon));
}

/* "2026-11-24 08:30" of an instant. */
static const char *
when(int64_t at)
{
	static char text[CIVIL_TIME_TEXT];

	civil_format_time(at, 420, text);
	text[10] = ' ';
	text[16] = '\0';
	return text;
}

static void
test_by_day(void **state)
{
	static const struct {
		int hours; /* from Monday noon */
		uint32_t random;
		const char *at;
	} rows[] = {{0, 7, "2026-11-23 12:00"}, {-4, 7, "2026-11-23 08:00"},
	    {7, 7, "2026-11-23 19:00"}, {8, 0, "2026-11-24 08:00"},
	    {8, 30 * 60000, "2026-11-24 08:30"}, {13, 0, "2026-11-24 08:00"},
	    {-5, 0, "2026-11-23 08:00"}, {-12, 90 * 60000, "2026-11-23 09:30"},
	    {-13, 0, "2026-11-23 08:00"}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
		    when(invite_by_day(
			noon + rows[i].hours * HOUR, rows[i].random)),
		    rows[i].at);
	assert_string_equal(when(invite_until(noon)), "2026-11-23 20:00");
}

/* Whatever the chance, it is by day, and neither at once nor after two nights.
 */
static void
test_plan(void **state)
{
	(void)state;
	for (uint32_t r = 0; r < 5000; r++) {
		uint32_t random = r * 2654435761u;
		int64_t finished = noon + (int64_t)(r % 24) * HOUR;
		int64_t at = invite_plan(finished, random);

		assert_true(at >= finished + INVITE_SOONEST_MS);
		assert_true(at <= finished + INVITE_SPREAD_MS + 14 * HOUR);
		assert_true(invite_by_day(at, 0) == at);
	}
}

static void
test_decide(void **state)
{
#define GOOD .outcome = OUTCOME_GRANTED, .contact = true
	static const struct {
		const char *what;
		struct invite_case c;
		int64_t finished_ago, sent_ago, other_ago; /* 0: never */
		int hours;                                 /* from noon */
		enum invite_step step;
		const char *why; /* of STOP; of WAIT: until when */
	} rows[] = {
	    {"the first", {GOOD}, 2 * HOUR, 0, 0, 0, INVITE_SEND, NULL},
	    {"refused alike", {.outcome = OUTCOME_REFUSED, .contact = true},
		2 * HOUR, 0, 0, 0, INVITE_SEND, NULL},
	    {"at night", {GOOD}, 2 * HOUR, 0, 0, 9, INVITE_WAIT,
		"2026-11-24 08:00"},
	    {"at eight in the evening", {GOOD}, 2 * HOUR, 0, 0, 8, INVITE_WAIT,
		"2026-11-24 08:00"},
	    {"no consent", {.outcome = OUTCOME_GRANTED}, 2 * HOUR, 0, 0, 0,
		INVITE_STOP, "no_contact"},
	    {"opted out", {GOOD, .opted_out = true}, 2 * HOUR, 0, 0, 0,
		INVITE_STOP, "opted_out"},
	    {"answered already", {GOOD, .answered = true}, 2 * HOUR, 0, 0, 0,
		INVITE_STOP, "answered"},
	    {"too long ago", {GOOD}, 15 * DAY, 0, 0, 0, INVITE_STOP, "late"},
	    {"withdrawn meanwhile",
		{.outcome = OUTCOME_WITHDRAWN, .contact = true}, 2 * HOUR, 0, 0,
		0, INVITE_STOP, "late"},
	    {"three today", {GOOD, .recent = 3}, 2 * HOUR, 0, 0, 0, INVITE_WAIT,
		"2026-11-24 12:00"},
	    {"two today", {GOOD, .recent = 2}, 2 * HOUR, 0, 0, 0, INVITE_SEND,
		NULL},
	    {"another is unanswered", {GOOD}, 2 * HOUR, 0, HOUR, 0, INVITE_WAIT,
		"2026-11-26 11:00"},
	    {"another is unanswered since yesterday", {GOOD}, 2 * HOUR, 0, DAY,
		0, INVITE_WAIT, "2026-11-25 12:00"},
	    {"another was unanswered for long", {GOOD}, 2 * HOUR, 0, 3 * DAY, 0,
		INVITE_SEND, NULL},
	    {"a person reads whether it wants any", {GOOD, .halted = true},
		2 * HOUR, 0, 0, 0, INVITE_WAIT, "2026-11-24 12:00"},
	    {"nor the reminder",
		{GOOD, .state = INVITE_INVITED, .halted = true}, 4 * DAY,
		3 * DAY, 0, 0, INVITE_WAIT, "2026-11-24 12:00"},
	    {"reminded of another",
		{GOOD, .state = INVITE_INVITED, .reminded_at = 1}, 4 * DAY,
		3 * DAY, 0, 0, INVITE_STOP, "lapsed"},
	    {"the reminder", {GOOD, .state = INVITE_INVITED}, 4 * DAY, 3 * DAY,
		0, 0, INVITE_REMIND, NULL},
	    {"the reminder, too early", {GOOD, .state = INVITE_INVITED},
		3 * DAY, 2 * DAY, 0, 0, INVITE_WAIT, "2026-11-24 12:00"},
	    {"the reminder, after the answer",
		{GOOD, .state = INVITE_INVITED, .answered = true}, 4 * DAY,
		3 * DAY, 0, 0, INVITE_STOP, "answered"},
	    {"never a second reminder", {GOOD, .state = INVITE_REMINDED},
		8 * DAY, 4 * DAY, 0, 0, INVITE_STOP, "lapsed"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t now = noon + rows[i].hours * HOUR;
		struct invite_case c = rows[i].c;
		struct invite_verdict v;

		c.finished_at = now - rows[i].finished_ago;
		c.sent_at = rows[i].sent_ago ? now - rows[i].sent_ago : 0;
		if (c.reminded_at > 0)
			c.reminded_at = now - 7 * DAY;
		c.other_at = rows[i].other_ago ? now - rows[i].other_ago : 0;
		v = invite_decide(&c, &rules, now, 0);
		if (v.step != rows[i].step)
			fail_msg("%s: step %d", rows[i].what, v.step);
		if (v.step == INVITE_STOP)
			assert_string_equal(v.why, rows[i].why);
		if (v.step == INVITE_WAIT)
			assert_string_equal(when(v.at), rows[i].why);
	}
}

static void
test_no_reminder(void **state)
{
	const struct invite_rules none = {.days = 14, .remind_days = 0};
	const struct invite_case c = {.state = INVITE_INVITED,
	    .outcome = OUTCOME_GRANTED,
	    .finished_at = noon - 4 * DAY,
	    .sent_at = noon - 3 * DAY,
	    .contact = true};

	(void)state;
	assert_int_equal(invite_decide(&c, &none, noon, 0).step, INVITE_STOP);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_wanted),
	    cmocka_unit_test(test_by_day),
	    cmocka_unit_test(test_plan),
	    cmocka_unit_test(test_decide),
	    cmocka_unit_test(test_no_reminder),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}

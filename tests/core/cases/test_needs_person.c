/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which answers call for a person, and which are decided together. */
#include "server/core/cases/needs_person.h"
#include "server/core/score/tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "shared/limits.h"

static void
test_rules(void **state)
{
	static const struct {
		const char *scores, *reasons, *flags;
		bool comment;
		enum matter matter, doubt;
	} rows[] = {
	    {"overall=1", "waiting", "", false, MATTER_OPEN, MATTER_NONE},
	    {"overall=2", "", "", true, MATTER_OPEN, MATTER_NONE},
	    {"overall=2 access=5", "late result", "", true, MATTER_OPEN,
		MATTER_NONE},
	    {"overall=1", "", "", false, MATTER_NONE, MATTER_NONE},
	    {"overall=3 access=1", "waiting", "burst", true, MATTER_NONE,
		MATTER_OPEN},
	    {"overall=5", "", "sample", false, MATTER_NONE, MATTER_NONE},
	    {"overall=5", "", "cleaned", true, MATTER_NONE, MATTER_NONE},
	    {"overall=5", "", "late cleaned", true, MATTER_NONE, MATTER_OPEN},
	    {"overall=5", "", "late", false, MATTER_NONE, MATTER_OPEN},
	    {"overall=5", "", "sample burst", false, MATTER_NONE, MATTER_OPEN},
	    {"overall=5", "", "unusual_flow", false, MATTER_NONE, MATTER_BURST},
	    {"overall=5", "", "late unusual_fast", false, MATTER_NONE,
		MATTER_BURST},
	    {"overall=5", "", "very_unusual_flow", false, MATTER_NONE,
		MATTER_OPEN},
	    {"", "waiting", "", true, MATTER_NONE, MATTER_NONE},
	    {"access=1 overall=1", "waiting", "", true, MATTER_NONE,
		MATTER_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(needs_person_case(rows[i].scores,
				     rows[i].reasons, rows[i].comment),
		    rows[i].matter);
		assert_int_equal(
		    needs_person_doubt(rows[i].flags), rows[i].doubt);
	}
	assert_int_equal(needs_person_overall("overall=4 access=1"), 4);
	assert_int_equal(needs_person_overall("overall=0"), 0);
	assert_int_equal(needs_person_overall("overall=6"), 0);
	assert_int_equal(needs_person_overall(NULL), 0);
}

static struct doubt
doubt(unsigned n, const char *desk, const char *flags, int64_t seconds)
{
	struct doubt d = {.day = (int32_t)(seconds / 86400),
	    .unit = "22969",
	    .desk = desk,
	    .channel = "kiosk",
	    .flags = flags,
	    .answered_at = seconds * 1000};

	memcpy(d.id.bytes, &n, sizeof(n));
	return d;
}

/* 14 presses at one desk within two minutes are one line; another desk, other
 * flags, another day and a pause begin a new one. */
static void
test_groups(void **state)
{
	struct doubt list[20];
	struct doubt_group groups[20];
	unsigned n = 0;

	(void)state;
	assert_int_equal(needs_person_group(NULL, 0, NULL), 0);
	for (unsigned i = 0; i < 14; i++)
		list[n++] = doubt(i, "LH1", "burst", 86000 - 13 * 8 + i * 8);
	list[n++] = doubt(20, "LH1", "burst", 86000 + 120);
	list[n++] = doubt(21, "LH1", "burst", 86000 + 120 + 121);
	list[n++] = doubt(22, "LH1", "burst", 86400); /* the next day */
	list[n++] = doubt(23, "LH1", "late", 86000);
	list[n++] = doubt(24, "PD1", "burst", 86000);
	for (unsigned i = 0; i < n / 2; i++) { /* in whatever order */
		struct doubt swap = list[i];

		list[i] = list[n - 1 - i];
		list[n - 1 - i] = swap;
	}
	assert_int_equal(needs_person_group(list, n, groups), 5);
	assert_int_equal(groups[0].count, 15);
	assert_string_equal(groups[0].list[0].desk, "LH1");
	assert_int_equal(groups[1].count, 1);
	assert_int_equal(groups[2].count, 1);
	assert_int_equal(groups[4].count, 1);
	assert_int_equal(groups[4].list[0].answered_at, 86400 * 1000);
	for (size_t g = 0; g < 5; g++)
		for (size_t i = 1; i < groups[g].count; i++)
			assert_true(groups[g].list[i - 1].answered_at <=
				    groups[g].list[i].answered_at);
}

/* What drums at a desk is one matter; what only happens to be near is not.
 * Answers: seconds and flags; the groups that they make, each the sum of its
 * answers' places as bits. */
static void
test_what_belongs_together(void **state)
{
	static const struct {
		const char *what;
		struct {
			int at;
			const char *flags;
		} answers[9];
		unsigned groups[4]; /* by their first answer's time */
	} table[] = {
	    {"a child drums eight times in 40 s, the first is not flagged",
		{{105, "bounce"}, {110, "bounce"}, {115, "burst bounce"},
		    {120, "burst bounce multi_touch"}, {125, "bounce"},
		    {130, "burst bounce"}, {135, "bounce multi_touch"}},
		{0x7f}},
	    {"in turn",
		{{1, "burst"}, {2, "bounce"}, {3, "burst"}, {4, "bounce"}},
		{0xf}},
	    {"with two fingers", {{1, "multi_touch"}, {6, "bounce"}}, {3}},
	    {"with corrections",
		{{1, "bounce"}, {6, "bounce corrected first_1"},
		    {11, "burst bounce corrected first_5"}},
		{7}},
	    {"outside the hours",
		{{1, "closed_hours"}, {6, "bounce closed_hours"},
		    {11, "burst bounce closed_hours"},
		    {16, "bounce closed_hours"}},
		{1, 0xe}},
	    {"by a wrong clock",
		{{1, "bounce clock_uncertain"}, {6, "burst clock_uncertain"}},
		{3}},
	    {"a clock put right in between",
		{{1, "bounce clock_uncertain"}, {6, "burst clock_corrected"}},
		{1, 2}},
	    {"two citizens who corrected themselves",
		{{1, "corrected first_1"}, {60, "corrected first_4"}}, {3}},
	    {"a correction beside a late one",
		{{1, "corrected first_1"}, {60, "late"}}, {1, 2}},
	    {"a correction is no drumming",
		{{1, "corrected first_1"}, {60, "bounce"}}, {1, 2}},
	    {"late ones and drumming between them",
		{{1, "late"}, {2, "bounce"}, {3, "late"}, {4, "burst"}},
		{5, 10}},
	    {"twice, with a pause",
		{{1, "bounce"}, {6, "burst"}, {127, "bounce"}, {132, "burst"}},
		{3, 12}},
	    {"the pause just short enough", {{1, "bounce"}, {121, "burst"}},
		{3}},
	    {"a longer word that begins alike",
		{{1, "burst"}, {2, "bursting"}, {3, "bounced"}}, {1, 2, 4}},
	    {"an integrator's own flags",
		{{1, "a b"}, {2, "a"}, {3, "a b"}, {4, "b"}}, {5, 2, 8}},
	    {"blanks too many", {{1, " burst  late"}, {2, "late bounce"}}, {3}},
	};

	(void)state;
	for (size_t t = 0; t < sizeof(table) / sizeof(table[0]); t++) {
		struct doubt list[9];
		struct doubt_group groups[9];
		unsigned n = 0;
		size_t found;

		for (; n < 9 && table[t].answers[n].flags != NULL; n++)
			list[n] = doubt(n, "LH1", table[t].answers[n].flags,
			    table[t].answers[n].at);
		found = needs_person_group(list, n, groups);
		for (size_t g = 0; g < 4; g++) {
			unsigned members = 0;

			for (size_t i = 0; g < found && i < groups[g].count;
			     i++)
				members |= 1u << groups[g].list[i].id.bytes[0];
			if (members != table[t].groups[g])
				fail_msg("%s: group %zu is %x, not %x",
				    table[t].what, g, members,
				    table[t].groups[g]);
		}
	}
}

static void
test_most(void **state)
{
	static struct doubt list[2 * LIMIT_GROUP + 1];
	static struct doubt_group groups[2 * LIMIT_GROUP + 1];

	(void)state;
	for (unsigned i = 0; i < 2 * LIMIT_GROUP + 1; i++)
		list[i] = doubt(i, "LH1", "burst", 1000 + i);
	assert_int_equal(
	    needs_person_group(list, 2 * LIMIT_GROUP + 1, groups), 3);
	assert_int_equal(groups[1].count, LIMIT_GROUP);
	assert_int_equal(groups[2].count, 1);
}

/* A burst is one line: more than LIMIT_GROUP, with pauses, whatever flag tells
 * of it; another channel or day is another, and so is a child who drums. */
static void
test_unusual_groups(void **state)
{
	static const char *const flags[] = {
	    "unusual_flow", "burst unusual_equal", "unusual_fast late"};
	static struct doubt list[4 * LIMIT_GROUP];
	static struct doubt_group groups[4 * LIMIT_GROUP];
	const unsigned n = 3 * LIMIT_GROUP;

	(void)state;
	for (unsigned i = 0; i < n; i++)
		list[i] = doubt(i, "LH1", flags[i % 3], 1000 + 200 * i);
	list[n] = doubt(n, "LH1", "burst", 1001);
	list[n + 1] = doubt(n + 1, "LH1", "unusual_flow", 86400 + 1000);
	list[n + 2] = doubt(n + 2, "LH1", "unusual_flow", 1000);
	list[n + 2].channel = "web";
	assert_int_equal(needs_person_group(list, n + 3, groups), 4);
	for (unsigned g = 0; g < 4; g++)
		assert_true(groups[g].count == 1 || groups[g].count == n);
	assert_int_equal(groups[0].count + groups[1].count + groups[2].count +
			     groups[3].count,
	    n + 3);
}

/* Which class an answer is of, and how it is counted. */
static void
test_marks(void **state)
{
	static const struct {
		bool aside;
		enum matter doubt;
		const char *channel, *dossier;
		unsigned marks;
	} rows[] = {
	    {false, MATTER_NONE, "web", "", 0},
	    {false, MATTER_OPEN, "web", "", 0},
	    {false, MATTER_DONE, "api", "", 0},
	    {false, MATTER_BURST, "web", "", TALLY_UNUSUAL},
	    {true, MATTER_NONE, "sms", "", TALLY_ASIDE},
	    {true, MATTER_BURST, "paper", "", TALLY_ASIDE | TALLY_UNUSUAL},
	    {false, MATTER_NONE, "kiosk", "", TALLY_VERIFIED},
	    {false, MATTER_NONE, "web", "H08", TALLY_VERIFIED},
	    {false, MATTER_NONE, "sms", "H08", TALLY_VERIFIED},
	    {false, MATTER_BURST, "kiosk", "", TALLY_UNUSUAL | TALLY_VERIFIED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
		    needs_person_marks(rows[i].aside, rows[i].doubt,
			rows[i].channel, rows[i].dossier),
		    rows[i].marks);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rules),
	    cmocka_unit_test(test_groups),
	    cmocka_unit_test(test_what_belongs_together),
	    cmocka_unit_test(test_most),
	    cmocka_unit_test(test_unusual_groups),
	    cmocka_unit_test(test_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

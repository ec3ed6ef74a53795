/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What follows a reading, as a table: the text as a citizen sends it, what is
 * known of the number, and what is done. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "server/core/messages/follow.h"
#include "server/core/messages/reason_letter.h"

#define HOUR (3600 * 1000LL)
#define DAY  (24 * HOUR)
#define NOW  1795654521000LL

static const char *const codes[] = {"LH1", "PRC1", NULL};
static const struct reply_desks desks = {codes};

/* Facts in short: how long ago what was. */
struct row {
	const char *what, *text, *before;
	int64_t invited;  /* to dossier D1 of desk LH1 */
	int64_t answered; /* last answer: of desk, dossier */
	const char *desk, *dossier;
	int64_t asked; /* the follow-up question */
	bool partial, repeated;
	/* what is done */
	enum follow_deed deed;
	int score;
	const char *at; /* desk, or dossier */
	bool corrects;
};

static const struct row rows[] = {
    {.what = "a desk's score",
	.text = "LH1 5",
	.deed = FOLLOW_SCORE,
	.score = 5,
	.at = "LH1"},
    {.what = "nobody knows where", .text = "5", .deed = FOLLOW_ASK_DESK},
    {.what = "an invitation is answered",
	.text = "5",
	.invited = HOUR,
	.deed = FOLLOW_SCORE,
	.score = 5,
	.at = "D1"},
    {.what = "two weeks later",
	.text = "5",
	.invited = 15 * DAY,
	.deed = FOLLOW_ASK_DESK},
    {.what = "its desk is named",
	.text = "LH1 4",
	.invited = HOUR,
	.deed = FOLLOW_SCORE,
	.score = 4,
	.at = "D1"},
    {.what = "another desk is named",
	.text = "PRC1 4",
	.invited = HOUR,
	.deed = FOLLOW_SCORE,
	.score = 4,
	.at = "PRC1"},
    {.what = "the answer about it is corrected",
	.text = "3",
	.invited = DAY,
	.answered = HOUR,
	.desk = "LH1",
	.dossier = "D1",
	.deed = FOLLOW_SCORE,
	.score = 3,
	.at = "D1"},
    {.what = "an answer of today is corrected",
	.text = "2",
	.answered = HOUR,
	.desk = "PRC1",
	.deed = FOLLOW_SCORE,
	.score = 2,
	.at = "PRC1",
	.corrects = true},
    {.what = "one of yesterday is not",
	.text = "2",
	.answered = 25 * HOUR,
	.desk = "PRC1",
	.deed = FOLLOW_ASK_DESK},
    {.what = "the invitation is newer",
	.text = "2",
	.invited = HOUR,
	.answered = 2 * HOUR,
	.desk = "PRC1",
	.deed = FOLLOW_SCORE,
	.score = 2,
	.at = "D1"},
    {.what = "the answer is newer",
	.text = "2",
	.invited = 2 * HOUR,
	.answered = HOUR,
	.desk = "PRC1",
	.deed = FOLLOW_SCORE,
	.score = 2,
	.at = "PRC1",
	.corrects = true},
    {.what = "the code came before",
	.text = "4",
	.before = "LH1",
	.deed = FOLLOW_SCORE,
	.score = 4,
	.at = "LH1"},
    {.what = "the score came before",
	.text = "LH1",
	.before = "3 cho lau",
	.deed = FOLLOW_SCORE,
	.score = 3,
	.at = "LH1"},
    {.what = "a code alone", .text = "LH1", .deed = FOLLOW_PERSON},
    {.what = "an unknown code", .text = "XX9 5", .deed = FOLLOW_UNKNOWN_DESK},
    {.what = "a reason",
	.text = "a",
	.asked = HOUR,
	.answered = HOUR,
	.desk = "LH1",
	.deed = FOLLOW_REASON,
	.score = 0},
    {.what = "a reason too late",
	.text = "a",
	.asked = 8 * DAY,
	.answered = 8 * DAY,
	.desk = "LH1",
	.deed = FOLLOW_COMMENT},
    {.what = "a letter nobody asked for",
	.text = "a",
	.answered = HOUR,
	.desk = "LH1",
	.deed = FOLLOW_COMMENT},
    {.what = "two reasons",
	.text = "A, D",
	.asked = HOUR,
	.answered = HOUR,
	.desk = "LH1",
	.deed = FOLLOW_PERSON},
    {.what = "a digit after the question corrects",
	.text = "4",
	.asked = HOUR,
	.answered = HOUR,
	.desk = "LH1",
	.deed = FOLLOW_SCORE,
	.score = 4,
	.at = "LH1",
	.corrects = true},
    {.what = "words after the question",
	.text = "can bo nhiet tinh",
	.asked = HOUR,
	.answered = HOUR,
	.desk = "LH1",
	.deed = FOLLOW_COMMENT},
    {.what = "not readable", .text = "4/5", .deed = FOLLOW_PERSON},
    {.what = "not readable, invited",
	.text = "4/5",
	.invited = HOUR,
	.deed = FOLLOW_PERSON},
    {.what = "a part is missing",
	.text = "LH1 5 rat…",
	.partial = true,
	.deed = FOLLOW_PERSON},
    {.what = "a part is missing, and yet",
	.text = "TC",
	.partial = true,
	.deed = FOLLOW_OPT_OUT},
    {.what = "twice the same",
	.text = "5",
	.invited = DAY,
	.repeated = true,
	.deed = FOLLOW_NOTHING},
    {.what = "no more", .text = "TC", .deed = FOLLOW_OPT_OUT},
    {.what = "again", .text = "DK", .deed = FOLLOW_OPT_IN},
    {.what = "help", .text = "TG", .deed = FOLLOW_HELP},
    {.what = "somebody else's",
	.text = "SAI SO",
	.invited = HOUR,
	.deed = FOLLOW_WRONG_PERSON},
    {.what = "an advertisement",
	.text = "[QC] vay von",
	.invited = HOUR,
	.deed = FOLLOW_NOTHING},
};

static void
check(struct arena *a, const struct row *r)
{
	struct follow_facts f = {.at = NOW,
	    .partial = r->partial,
	    .repeated = r->repeated,
	    .letter = reason_letter_read(a, r->text),
	    .before = {.kind = REPLY_IGNORE},
	    .answered = r->answered > 0,
	    .last_desk = r->desk == NULL ? "" : r->desk,
	    .last_dossier = r->dossier == NULL ? "" : r->dossier,
	    .last_at = r->answered > 0 ? NOW - r->answered : 0,
	    .invited = r->invited > 0,
	    .dossier = "D1",
	    .dossier_desk = "LH1",
	    .invited_at = r->invited > 0 ? NOW - r->invited : 0,
	    .reason_asked_at = r->asked > 0 ? NOW - r->asked : 0};
	struct reply reply;
	struct follow d;

	if (r->before != NULL)
		reply_read(a, r->before, &desks, &f.before);
	reply_read(a, r->text, &desks, &reply);
	d = follow_decide(&reply, &f);
	if (d.deed != r->deed)
		fail_msg("%s: deed %d", r->what, d.deed);
	if (d.deed == FOLLOW_PERSON)
		assert_non_null(d.why);
	if (d.deed == FOLLOW_REASON)
		assert_string_equal(reason_letters[d.reason], "waiting");
	if (d.deed != FOLLOW_SCORE)
		return;
	assert_int_equal(d.score, r->score);
	assert_string_equal(d.dossier != NULL ? d.dossier : d.desk, r->at);
	assert_int_equal(d.corrects, r->corrects);
}

static void
test_table(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&a, &rows[i]);
	arena_finish(&a);
}

static void
test_letters(void **state)
{
	static const struct {
		const char *text;
		int letter;
	} cases[] = {{"A", 0}, {"a", 0}, {"f", 5}, {"F.", 5}, {"(c)", 2},
	    {" D ", 3}, {"\uff21", 0}, {"e!", 4}, {"g", REASON_LETTER_NONE},
	    {"\u0111", REASON_LETTER_NONE}, {"\u00e1", REASON_LETTER_NONE},
	    {"", REASON_LETTER_NONE}, {"5", REASON_LETTER_NONE},
	    {"A 5", REASON_LETTER_NONE}, {"a nhe", REASON_LETTER_NONE},
	    {"A, D", REASON_LETTER_MANY}, {"AD", REASON_LETTER_MANY},
	    {"a va c", REASON_LETTER_MANY}, {"A+B", REASON_LETTER_MANY},
	    {"em", REASON_LETTER_NONE}, {"A?", 0},
	    {"\xff", REASON_LETTER_NONE}};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (reason_letter_read(&a, cases[i].text) != cases[i].letter)
			fail_msg("\"%s\": %d", cases[i].text,
			    reason_letter_read(&a, cases[i].text));
	arena_finish(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

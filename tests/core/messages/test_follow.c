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
	int last;      /* its score */
	bool stands;   /* an answer stands at the desk that is named */
	int64_t asked; /* the follow-up question */
	unsigned reasons;
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
	.reasons = 1},
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
	.deed = FOLLOW_REASON,
	.reasons = 9},
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
    {.what = "a yes after a 2",
	.text = "ok",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.deed = FOLLOW_THANKS},
    {.what = "a yes after a 2",
	.text = "được",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.deed = FOLLOW_THANKS},
    {.what = "a yes after a 2",
	.text = "tot",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.deed = FOLLOW_THANKS},
    {.what = "a yes after a 2",
	.text = "👍",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.deed = FOLLOW_THANKS},
    {.what = "a yes after a 2",
	.text = "ok cam on",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.deed = FOLLOW_THANKS},
    {.what = "a yes after a 2",
	.text = "dạ",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.deed = FOLLOW_THANKS},
    {.what = "a yes after a 2",
	.text = "vâng ạ",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.deed = FOLLOW_THANKS},
    {.what = "a yes after a 2",
	.text = "được rồi",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.deed = FOLLOW_THANKS},
    {.what = "a yes after a 2",
	.text = "được, 3h chiều tôi lên lấy",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.deed = FOLLOW_THANKS},
    {.what = "a yes with the code",
	.text = "LH1 ok",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.stands = true,
	.deed = FOLLOW_THANKS},
    {.what = "other words with the code",
	.text = "LH1 rat hai long",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.stands = true,
	.deed = FOLLOW_PERSON},
    {.what = "words against it",
	.text = "thật ra rất tệ",
	.answered = HOUR,
	.desk = "LH1",
	.last = 5,
	.deed = FOLLOW_PERSON},
    {.what = "words against it, of a dossier",
	.text = "rat hai long",
	.invited = DAY,
	.answered = HOUR,
	.desk = "LH1",
	.dossier = "D1",
	.last = 1,
	.deed = FOLLOW_PERSON},
    {.what = "words that agree",
	.text = "rat hai long",
	.answered = HOUR,
	.desk = "LH1",
	.last = 4,
	.deed = FOLLOW_COMMENT},
    {.what = "a digit corrects",
	.text = "4",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.score = 4,
	.at = "LH1",
	.corrects = true,
	.deed = FOLLOW_SCORE},
    {.what = "a digit corrects",
	.text = "nhầm, 4",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.score = 4,
	.at = "LH1",
	.corrects = true,
	.deed = FOLLOW_SCORE},
    {.what = "a digit corrects",
	.text = "sửa 4",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.score = 4,
	.at = "LH1",
	.corrects = true,
	.deed = FOLLOW_SCORE},
    {.what = "a digit corrects",
	.text = "chấm lại 4",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.score = 4,
	.at = "LH1",
	.corrects = true,
	.deed = FOLLOW_SCORE},
    {.what = "a digit corrects",
	.text = "đổi thành 4",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.score = 4,
	.at = "LH1",
	.corrects = true,
	.deed = FOLLOW_SCORE},
    {.what = "a digit corrects",
	.text = "4 sao nhé",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.score = 4,
	.at = "LH1",
	.corrects = true,
	.deed = FOLLOW_SCORE},
    {.what = "a digit corrects",
	.text = "1 that ra rat te",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.score = 1,
	.at = "LH1",
	.corrects = true,
	.deed = FOLLOW_SCORE},
    {.what = "ok answers an invitation",
	.text = "ok",
	.invited = HOUR,
	.score = 4,
	.at = "D1",
	.deed = FOLLOW_SCORE},
    {.what = "ok answers a newer invitation",
	.text = "ok",
	.invited = HOUR,
	.answered = DAY,
	.desk = "PRC1",
	.last = 2,
	.score = 4,
	.at = "D1",
	.deed = FOLLOW_SCORE},
    {.what = "a yes that is none",
	.text = "được, 3h chiều tôi lên lấy",
	.invited = HOUR,
	.deed = FOLLOW_PERSON},
    {.what = "thanks to an invitation",
	.text = "cảm ơn em",
	.invited = HOUR,
	.deed = FOLLOW_THANKS},
    {.what = "thanks to an invitation",
	.text = "cam on",
	.invited = HOUR,
	.deed = FOLLOW_THANKS},
    {.what = "thanks to an invitation",
	.text = "Cảm ơn các anh chị nhé",
	.invited = HOUR,
	.deed = FOLLOW_THANKS},
    {.what = "a code after a yes",
	.text = "LH1",
	.before = "ok",
	.answered = HOUR,
	.desk = "LH1",
	.last = 2,
	.stands = true,
	.deed = FOLLOW_THANKS},
    {.what = "perhaps no more",
	.text = "nhắn hoài phiền quá",
	.invited = HOUR,
	.deed = FOLLOW_PERHAPS_OUT},
    {.what = "perhaps no more",
	.text = "Dừng lại",
	.invited = HOUR,
	.deed = FOLLOW_PERHAPS_OUT},
    {.what = "another person",
	.text = "nham so roi",
	.invited = HOUR,
	.deed = FOLLOW_WRONG_PERSON},
    {.what = "the wrong digit?",
	.text = "nham so",
	.answered = HOUR,
	.desk = "LH1",
	.last = 5,
	.deed = FOLLOW_PERHAPS_OUT},
    {.what = "no more, and a score without a place",
	.text = "5, đừng nhắn tin nữa",
	.deed = FOLLOW_OPT_OUT},
    {.what = "twice what was unclear",
	.text = "4/5",
	.repeated = true,
	.deed = FOLLOW_PERSON},
    {.what = "twice without a code",
	.text = "5",
	.repeated = true,
	.deed = FOLLOW_ASK_DESK},
    {.what = "twice an unknown code",
	.text = "XX9 5",
	.repeated = true,
	.deed = FOLLOW_UNKNOWN_DESK},
    {.what = "the same after another question",
	.text = "5",
	.repeated = true,
	.invited = 30000,
	.answered = 60000,
	.desk = "PRC1",
	.last = 5,
	.score = 5,
	.at = "D1",
	.deed = FOLLOW_SCORE},
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
	    .reasons = reason_letters_read(a, r->text),
	    .before = {.kind = REPLY_IGNORE},
	    .answered = r->answered > 0,
	    .last_desk = r->desk == NULL ? "" : r->desk,
	    .last_dossier = r->dossier == NULL ? "" : r->dossier,
	    .last_at = r->answered > 0 ? NOW - r->answered : 0,
	    .last_score = r->last,
	    .desk_answered = r->stands,
	    .before_at = r->before != NULL || r->repeated ? NOW - 60000 : 0,
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
		assert_int_equal(d.reasons, r->reasons);
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
		const char *text, *reasons; /* letters */
	} cases[] = {{"A", "a"}, {"a", "a"}, {"f", "f"}, {"F.", "f"},
	    {"(c)", "c"}, {" D ", "d"}, {"\uff21", "a"}, {"e!", "e"},
	    {"A?", "a"}, {"a nhe", "a"}, {"A nhé", "a"}, {"A ạ", "a"},
	    {"dạ B ạ", "b"}, {"A cho lau", "a"}, {"A chờ lâu quá em ơi", "a"},
	    {"B giay to", "b"}, {"C hướng dẫn chưa rõ", "c"},
	    {"D thái độ", "d"}, {"E tre hen", "e"}, {"F kết quả", "f"},
	    {"Ly do D", "d"}, {"lý do: D", "d"}, {"Chon A", "a"},
	    {"chọn B nhé", "b"}, {"vì E", "e"}, {"thái độ", "d"},
	    {"do thai do", "d"}, {"chờ lâu", "a"}, {"A. Chờ từ 8 giờ", "a"},
	    {"D: hách dịch", "d"}, {"A, D", "ad"}, {"AD", "ad"},
	    {"a va c", "ac"}, {"A+B", "ab"}, {"A cho lau, D thai do", "ad"},
	    {"", ""}, {"5", ""}, {"A 5", ""}, {"g", ""}, {"\u0111", ""},
	    {"\u00e1", ""}, {"em", ""}, {"\xff", ""}, {"a cho em hoi", ""},
	    {"a oi ho so toi dau", ""}, {"e cảm ơn nhé bao giờ xong", ""},
	    {"can bo hach dich", ""}, {"cảm ơn em", ""}, {"ok", ""},
	    {"d c nha toi", ""}};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unsigned want = 0, is = reason_letters_read(&a, cases[i].text);

		for (const char *l = cases[i].reasons; *l != '\0'; l++)
			want |= 1u << (*l - 'a');
		if (is != want)
			fail_msg("\"%s\": %x", cases[i].text, is);
	}
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

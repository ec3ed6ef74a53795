/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One citizen at the kiosk: face, field, reasons, "again", idle times, flags.
 * What the desk and its operator bring stands in test_flow_desk.c.
 */
#include "tests/kiosk/story.h"

static void
begin(int fields)
{
	struct flow_settings settings = plain;

	settings.fields = fields;
	flow_init(&flow, &settings, 0);
}

static void
test_content(void **state)
{
	(void)state;
	begin(0);
	STORY({1000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS},
	    {4999, FLOW_TICK, 0, NO, FLOW_THANKS},
	    {5000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE});
	assert_int_equal(flow.answer.face, 5);
	assert_int_equal(flow.answer.field, -1);
	assert_int_equal(flow.answer.answered_at, 1790000001000);
	assert_true(flow_idle(&flow));
}

static void
test_reasons(void **state)
{
	(void)state;
	begin(0);
	STORY({1000, FLOW_FACE, 2, SAVE | SHOW, FLOW_REASONS},
	    {2000, FLOW_TOGGLE, 0, SAVE | SHOW, FLOW_REASONS},
	    {2001, FLOW_TOGGLE, 4, SAVE | SHOW, FLOW_REASONS},
	    {3000, FLOW_TOGGLE, 0, SAVE | SHOW, FLOW_REASONS},
	    {3500, FLOW_TOGGLE, 6, NO, FLOW_REASONS},
	    {3500, FLOW_TOGGLE, -1, NO, FLOW_REASONS},
	    {4000, FLOW_SEND, 0, SAVE | SHOW, FLOW_THANKS},
	    {8000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE});
	assert_int_equal(flow.answer.reasons, 1u << 4);
}

static void
test_which_faces_lead_to_reasons(void **state)
{
	struct flow_settings settings = plain;
	int face, to;

	(void)state;
	for (to = 0; to <= 3; to++)
		for (face = -1; face <= 6; face++) {
			settings.reasons_to = to;
			flow_init(&flow, &settings, 0);
			play_one(1000, FLOW_FACE, face);
			if (face < 1 || face > 5)
				assert_int_equal(flow.screen, FLOW_RATE);
			else
				assert_int_equal(flow.screen,
				    face <= to ? FLOW_REASONS : FLOW_THANKS);
		}
}

static void
test_skip_forgets_reasons(void **state)
{
	(void)state;
	begin(0);
	STORY({1000, FLOW_FACE, 2, SAVE | SHOW, FLOW_REASONS},
	    {2000, FLOW_TOGGLE, 1, SAVE | SHOW, FLOW_REASONS},
	    {3000, FLOW_SKIP, 0, SAVE | SHOW, FLOW_THANKS});
	assert_int_equal(flow.answer.reasons, 0);
	assert_int_equal(flow.answer.face, 2);
}

static void
test_field(void **state)
{
	(void)state;
	begin(3);
	STORY({1000, FLOW_FACE, 5, SAVE | SHOW, FLOW_FIELD},
	    {2000, FLOW_CHOOSE, 3, NO, FLOW_FIELD},
	    {2000, FLOW_TOUCH, 0, SAVE, FLOW_FIELD},
	    {2000, FLOW_CHOOSE, 2, SAVE | SHOW, FLOW_THANKS},
	    {6000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE});
	assert_int_equal(flow.answer.field, 2);
	STORY({7000, FLOW_FACE, 1, SAVE | SHOW, FLOW_FIELD},
	    {8000, FLOW_SKIP, 0, SAVE | SHOW, FLOW_REASONS},
	    {9000, FLOW_SEND, 0, SAVE | SHOW, FLOW_THANKS});
	assert_int_equal(flow.answer.field, -1);
}

/* Two fingers, a palm, an impatient child. */
static void
test_lock(void **state)
{
	(void)state;
	begin(0);
	STORY({799, FLOW_FACE, 5, NO, FLOW_RATE},
	    {1000, FLOW_FACE, 4, SAVE | SHOW, FLOW_THANKS},
	    {1000, FLOW_FACE, 1, NO, FLOW_THANKS},
	    {1700, FLOW_AGAIN, 0, NO, FLOW_THANKS},
	    {5000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE},
	    {5799, FLOW_FACE, 1, NO, FLOW_RATE},
	    {5800, FLOW_FACE, 1, SAVE | SHOW, FLOW_REASONS},
	    {6599, FLOW_TOGGLE, 1, NO, FLOW_REASONS},
	    {6600, FLOW_TOGGLE, 1, SAVE | SHOW, FLOW_REASONS},
	    {6600, FLOW_TOGGLE, 2, SAVE | SHOW, FLOW_REASONS});
}

static void
test_again_keeps_the_id(void **state)
{
	struct uuid first;

	(void)state;
	begin(0);
	STORY({1000, FLOW_FACE, 1, SAVE | SHOW, FLOW_REASONS},
	    {2000, FLOW_TOGGLE, 1, SAVE | SHOW, FLOW_REASONS});
	first = flow.answer.id;
	flow.answer.seq = 7;
	STORY({3000, FLOW_AGAIN, 0, SAVE | SHOW, FLOW_RATE},
	    {4000, FLOW_FACE, 4, SAVE | SHOW, FLOW_THANKS},
	    {5000, FLOW_AGAIN, 0, SAVE | SHOW, FLOW_RATE},
	    {6000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS});
	assert_int_equal(uuid_compare(&flow.answer.id, &first), 0);
	assert_int_equal(flow.answer.seq, 7);
	assert_int_equal(flow.answer.reasons, 0);
	assert_int_equal(flow.answer.face, 5);
	assert_int_equal(flow.answer.flags, FLOW_FLAG_CORRECTED);
	assert_int_equal(flow.answer.answered_at, 1790000001000);
}

/* The same face again is no correction. */
static void
test_again_the_same(void **state)
{
	(void)state;
	begin(0);
	STORY({1000, FLOW_FACE, 4, SAVE | SHOW, FLOW_THANKS},
	    {2000, FLOW_AGAIN, 0, SAVE | SHOW, FLOW_RATE},
	    {3000, FLOW_FACE, 4, SAVE | SHOW, FLOW_THANKS});
	assert_int_equal(flow.answer.flags, 0);
}

/* A palm, or two fingers on two faces: the first one wins, and it is known. */
static void
test_several_fingers(void **state)
{
	struct flow_event e = {.kind = FLOW_FACE, .value = 4, .fingers = 3};

	(void)state;
	begin(0);
	assert_int_equal(play_event(e, 1000), SAVE | SHOW);
	e.value = 1;
	assert_int_equal(play_event(e, 1000), NO);
	assert_int_equal(flow.answer.face, 4);
	assert_int_equal(flow.answer.flags, FLOW_FLAG_MULTI_TOUCH);
}

/* One act, one answer. What each citizen says, in how many answers it ends,
 * and what the last of them bears. */
static void
test_one_act_one_answer(void **state)
{
	static const struct {
		const char *what;
		int fields, factors;
		struct {
			int64_t at;
			enum flow_kind kind;
			int value;
		} acts[9];
		int answers, face, first;
		unsigned flags;
	} table[] = {
	    {"put right at once", 0, 0,
		{{1000, FLOW_FACE, 1}, {3000, FLOW_AGAIN, 0},
		    {5000, FLOW_FACE, 5}},
		1, 5, 1, FLOW_FLAG_CORRECTED},
	    {"put right twice: the very first is kept", 0, 0,
		{{1000, FLOW_FACE, 1}, {3000, FLOW_AGAIN, 0},
		    {4000, FLOW_FACE, 4}, {5000, FLOW_AGAIN, 0},
		    {6000, FLOW_FACE, 5}},
		1, 5, 1, FLOW_FLAG_CORRECTED},
	    {"and back: it is known", 0, 0,
		{{1000, FLOW_FACE, 1}, {3000, FLOW_AGAIN, 0},
		    {4000, FLOW_FACE, 4}, {5000, FLOW_AGAIN, 0},
		    {6000, FLOW_FACE, 1}},
		1, 1, 1, FLOW_FLAG_CORRECTED},
	    {"the same face again corrects nothing", 0, 0,
		{{1000, FLOW_FACE, 1}, {3000, FLOW_AGAIN, 0},
		    {4000, FLOW_FACE, 1}},
		1, 1, 0, 0},
	    {"the next one's again", 0, 0,
		{{1000, FLOW_FACE, 1}, {11000, FLOW_AGAIN, 0},
		    {12000, FLOW_FACE, 5}},
		2, 5, 0, 0},
	    {"the last moment at which it is the same citizen's", 0, 0,
		{{1000, FLOW_FACE, 1}, {10999, FLOW_AGAIN, 0},
		    {12000, FLOW_FACE, 5}},
		1, 5, 1, FLOW_FLAG_CORRECTED},
	    {"the next one ticks a reason first", 0, 0,
		{{1000, FLOW_FACE, 1}, {20000, FLOW_TOGGLE, 1},
		    {21000, FLOW_AGAIN, 0}, {22000, FLOW_FACE, 5}},
		2, 5, 0, 0},
	    {"one who goes on all the time", 2, 0,
		{{1000, FLOW_FACE, 2}, {8000, FLOW_CHOOSE, 1},
		    {15000, FLOW_TOGGLE, 1}, {22000, FLOW_SEND, 0},
		    {23000, FLOW_AGAIN, 0}, {24000, FLOW_FACE, 5}},
		1, 5, 2, FLOW_FLAG_CORRECTED},
	    {"the next one, on \"still there?\"", 0, 0,
		{{1000, FLOW_FACE, 1}, {26000, FLOW_TICK, 0},
		    {27000, FLOW_CONTINUE, 0}, {28000, FLOW_AGAIN, 0},
		    {29000, FLOW_FACE, 5}},
		2, 5, 0, 0},
	    {"the next one, on the thanks that came by themselves", 2, 0,
		{{1000, FLOW_FACE, 5}, {16000, FLOW_TICK, 0},
		    {17000, FLOW_AGAIN, 0}, {18000, FLOW_FACE, 1}},
		2, 1, 0, 0},
	    {"next person, on the reasons", 0, 0,
		{{1000, FLOW_FACE, 1}, {2000, FLOW_NEXT, 0},
		    {8000, FLOW_FACE, 5}},
		2, 5, 0, 0},
	    {"next person, on the fields", 2, 0,
		{{1000, FLOW_FACE, 5}, {2000, FLOW_NEXT, 0},
		    {8000, FLOW_FACE, 1}},
		2, 1, 0, 0},
	    {"next person, on a factor", 0, 3,
		{{1000, FLOW_FACE, 5}, {2000, FLOW_SCORE, 3},
		    {3000, FLOW_NEXT, 0}, {8000, FLOW_FACE, 1}},
		2, 1, 0, 0},
	    {"next person, on \"still there?\"", 0, 0,
		{{1000, FLOW_FACE, 1}, {26000, FLOW_TICK, 0},
		    {27000, FLOW_NEXT, 0}, {28000, FLOW_FACE, 5}},
		2, 5, 0, 0},
	    {"next person at once is a bounce", 0, 0,
		{{1000, FLOW_FACE, 1}, {2000, FLOW_NEXT, 0},
		    {3000, FLOW_FACE, 5}},
		2, 5, 0, FLOW_FLAG_BOUNCE},
	    {"again, then nothing, then another", 0, 0,
		{{1000, FLOW_FACE, 1}, {3000, FLOW_AGAIN, 0},
		    {13000, FLOW_TICK, 0}, {14000, FLOW_FACE, 5}},
		2, 5, 0, 0},
	    {"again, and a late face before any tick: not this answer's", 0, 0,
		{{1000, FLOW_FACE, 1}, {3000, FLOW_AGAIN, 0},
		    {13500, FLOW_FACE, 5}},
		1, 1, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct flow_settings settings = plain;
		struct uuid last = {{0}};
		int answers = 0;

		settings.fields = table[i].fields;
		settings.factors = table[i].factors;
		flow_init(&flow, &settings, 0);
		for (size_t j = 0; j < 9 && table[i].acts[j].at > 0; j++) {
			unsigned effects = play_one(table[i].acts[j].at,
			    table[i].acts[j].kind, table[i].acts[j].value);

			if (effects & SAVE &&
			    uuid_compare(&flow.answer.id, &last) != 0)
				answers++;
			last = flow.answer.id;
		}
		if (answers != table[i].answers ||
		    flow.answer.face != table[i].face ||
		    flow.answer.first != table[i].first ||
		    flow.answer.flags != table[i].flags)
			fail_msg("%s: %d answers, face %d, first %d, flags %u",
			    table[i].what, answers, flow.answer.face,
			    flow.answer.first, flow.answer.flags);
	}
}

/* How long a question stays that is not touched: after a good face shortly. */
static void
test_how_long_questions_stay(void **state)
{
	static const struct {
		int face, fields, factors;
		int64_t ends; /* ms of the face's page, then the screen */
		enum flow_screen then;
	} table[] = {
	    {5, 2, 0, 15000, FLOW_THANKS},
	    {4, 2, 0, 15000, FLOW_THANKS},
	    {5, 0, 3, 15000, FLOW_THANKS},
	    {3, 2, 0, 25000, FLOW_STILL_THERE},
	    {2, 2, 0, 25000, FLOW_STILL_THERE},
	    {1, 0, 0, 25000, FLOW_STILL_THERE},
	    {1, 0, 3, 25000, FLOW_STILL_THERE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct flow_settings settings = plain;
		enum flow_screen asked;

		settings.fields = table[i].fields;
		settings.factors = table[i].factors;
		flow_init(&flow, &settings, 0);
		play_one(1000, FLOW_FACE, table[i].face);
		asked = flow.screen;
		play_one(1000 + table[i].ends - 1, FLOW_TICK, 0);
		assert_int_equal(flow.screen, asked);
		play_one(1000 + table[i].ends, FLOW_TICK, 0);
		assert_int_equal(flow.screen, table[i].then);
	}
}

/* Pressed "again" and left: the first choice stands, the next is another's. */
static void
test_again_and_gone(void **state)
{
	struct uuid first;

	(void)state;
	begin(0);
	STORY({1000, FLOW_FACE, 4, SAVE | SHOW, FLOW_THANKS},
	    {2000, FLOW_AGAIN, 0, SAVE | SHOW, FLOW_RATE},
	    {11999, FLOW_TICK, 0, NO, FLOW_RATE});
	first = flow.answer.id;
	STORY({12000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE},
	    {13000, FLOW_FACE, 2, SAVE | SHOW, FLOW_REASONS});
	assert_int_not_equal(uuid_compare(&flow.answer.id, &first), 0);
}

static void
test_still_there(void **state)
{
	(void)state;
	begin(0);
	STORY({1000, FLOW_FACE, 1, SAVE | SHOW, FLOW_REASONS},
	    {10000, FLOW_TOGGLE, 3, SAVE | SHOW, FLOW_REASONS},
	    {34999, FLOW_TICK, 0, NO, FLOW_REASONS},
	    {35000, FLOW_TICK, 0, SHOW, FLOW_STILL_THERE},
	    {40000, FLOW_CONTINUE, 0, SAVE | SHOW, FLOW_REASONS},
	    {65000, FLOW_TICK, 0, SHOW, FLOW_STILL_THERE},
	    {66000, FLOW_FACE, 5, NO, FLOW_STILL_THERE},
	    {84999, FLOW_TICK, 0, NO, FLOW_STILL_THERE});
	assert_int_equal(flow_left(&flow, 70000), 15000);
	STORY({85000, FLOW_TICK, 0, SHOW, FLOW_THANKS},
	    {89000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE});
	assert_int_equal(flow_left(&flow, 89000), 0);
	assert_int_equal(flow.answer.reasons, 1u << 3);
	begin(2);
	STORY({1000, FLOW_FACE, 1, SAVE | SHOW, FLOW_FIELD},
	    {26000, FLOW_TICK, 0, SHOW, FLOW_STILL_THERE},
	    {27000, FLOW_CONTINUE, 0, SAVE | SHOW, FLOW_FIELD},
	    {52000, FLOW_TICK, 0, SHOW, FLOW_STILL_THERE},
	    {53000, FLOW_SEND, 0, SAVE | SHOW, FLOW_THANKS});
}

/* However slowly a citizen goes on, no two saves lie further apart than the
 * hold, or the courier would send an answer that may still change. */
static void
test_hold_is_long_enough(void **state)
{
	int64_t now, saved = 1000, most = 0;
	bool again = false;
	unsigned effects;

	(void)state;
	begin(2);
	play_one(1000, FLOW_FACE, 1);
	for (now = 1100; flow.open && now < 600000; now += 100) {
		effects = play_one(now, FLOW_TICK, 0);
		/* Back at the last moment, twice; then again, then gone. */
		if (flow.screen == FLOW_STILL_THERE &&
		    flow_left(&flow, now) == 100 && now < 120000)
			effects |= play_one(now, FLOW_CONTINUE, 0);
		if (flow.screen == FLOW_THANKS && !again &&
		    now - flow.changed_at >= 3900) {
			effects |= play_one(now, FLOW_AGAIN, 0);
			again = true;
		}
		if (effects & FLOW_SAVE)
			saved = now;
		if (now - saved > most)
			most = now - saved;
	}
	assert_true(again);
	assert_false(flow.open);
	assert_true(most < flow_hold(&flow.settings));
}

static void
test_flags(void **state)
{
	static const struct {
		int64_t at;
		unsigned flags;
	} answers[] = {
	    {10000, 0},
	    {15900, FLOW_FLAG_BOUNCE},
	    {21900, 0},
	    /* the 4th in 15 s */
	    {24900, FLOW_FLAG_BURST | FLOW_FLAG_BOUNCE},
	    {60000, 0},
	};
	struct flow_settings quick = plain;
	size_t i;

	(void)state;
	quick.thanks_ms = 1000;
	flow_init(&flow, &quick, 0);
	for (i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		play_one(answers[i].at, FLOW_FACE, 5);
		assert_int_equal(flow.answer.flags, answers[i].flags);
		play_one(answers[i].at + 1000, FLOW_TICK, 0);
		assert_true(flow_idle(&flow));
	}
}

static void
test_language(void **state)
{
	(void)state;
	begin(0);
	STORY({1000, FLOW_LANGUAGE, LANG_EN, SHOW, FLOW_RATE},
	    {1000, FLOW_LANGUAGE, LANG_COUNT, NO, FLOW_RATE},
	    {30999, FLOW_TICK, 0, NO, FLOW_RATE});
	assert_int_equal(flow.lang, LANG_EN);
	STORY({31000, FLOW_TICK, 0, SHOW, FLOW_RATE});
	assert_int_equal(flow.lang, LANG_VI);
	STORY({32000, FLOW_LANGUAGE, LANG_EN, SHOW, FLOW_RATE},
	    {33000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS},
	    {37000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE});
	assert_int_equal(flow.answer.lang, LANG_EN);
	assert_int_equal(flow.lang, LANG_VI);
}

static void
test_trouble(void **state)
{
	(void)state;
	begin(0);
	STORY({1000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS},
	    {1001, FLOW_FAILED, 0, SHOW, FLOW_TROUBLE},
	    {2000, FLOW_FACE, 5, NO, FLOW_TROUBLE},
	    {9000, FLOW_FAILED, 0, NO, FLOW_TROUBLE},
	    {99000, FLOW_TICK, 0, NO, FLOW_TROUBLE},
	    {99000, FLOW_RECOVERED, 0, SHOW, FLOW_RATE},
	    {99001, FLOW_RECOVERED, 0, NO, FLOW_RATE},
	    {99900, FLOW_FACE, 4, SAVE | SHOW, FLOW_THANKS});
	assert_int_equal(flow.answer.face, 4);
}

/* Every event on every screen: nothing may crash, and no thanks are shown for
 * an answer that was not given. */
static void
test_any_event_anywhere(void **state)
{
	unsigned random = 1;
	int64_t now = 0;
	int i;

	(void)state;
	begin(5);
	for (i = 0; i < 200000; i++) {
		random = random * 1103515245u + 12345u;
		now += random >> 16 & 0x7ff;
		play_one(now,
		    (enum flow_kind)(random >> 8 & 0xff) % (FLOW_RECOVERED + 1),
		    (int)(random >> 24) % 9 - 1);
		assert_true(flow.screen <= FLOW_TROUBLE);
		if (flow.open)
			assert_in_range(flow.answer.face, 1, 5);
		if (flow.screen == FLOW_THANKS || flow.screen == FLOW_REASONS)
			assert_true(flow.open);
	}
}

static void
test_new_settings(void **state)
{
	struct flow_settings other = plain;

	(void)state;
	begin(0);
	other.fields = 4;
	other.lang = LANG_EN;
	assert_true(flow_idle(&flow));
	flow_apply(&flow, &other, 500);
	assert_int_equal(flow.lang, LANG_EN);
	STORY({1000, FLOW_FACE, 5, SAVE | SHOW, FLOW_FIELD});
	assert_false(flow_idle(&flow));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_content),
	    cmocka_unit_test(test_reasons),
	    cmocka_unit_test(test_which_faces_lead_to_reasons),
	    cmocka_unit_test(test_skip_forgets_reasons),
	    cmocka_unit_test(test_field),
	    cmocka_unit_test(test_lock),
	    cmocka_unit_test(test_again_keeps_the_id),
	    cmocka_unit_test(test_again_the_same),
	    cmocka_unit_test(test_again_and_gone),
	    cmocka_unit_test(test_one_act_one_answer),
	    cmocka_unit_test(test_how_long_questions_stay),
	    cmocka_unit_test(test_several_fingers),
	    cmocka_unit_test(test_still_there),
	    cmocka_unit_test(test_hold_is_long_enough),
	    cmocka_unit_test(test_flags),
	    cmocka_unit_test(test_language),
	    cmocka_unit_test(test_trouble),
	    cmocka_unit_test(test_any_event_anywhere),
	    cmocka_unit_test(test_new_settings),
	};

	return cmocka_run_group_tests_name("flow", tests, NULL, NULL);
}

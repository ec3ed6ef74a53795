/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the desk brings into the flow: its factor questions, the field asked
 * first, the QR on the thanks, the hours, the calls of its software, and the
 * person who looks after the kiosk.
 */
#include "tests/kiosk/story.h"

static struct flow_settings settings;

static int
setup(void **state)
{
	(void)state;
	settings = plain;
	flow_init(&flow, &settings, 0);
	return 0;
}

static unsigned
call(int64_t at, const char *token, bool knows_field)
{
	return play_event((struct flow_event){.kind = FLOW_CALL,
			      .token = token,
			      .knows_field = knows_field,
			      .lasts_ms = 90000},
	    at);
}

/* Each on a screen of its own, each may be skipped or not apply. */
static void
test_factors(void **state)
{
	(void)state;
	settings.factors = 4;
	flow_init(&flow, &settings, 0);
	STORY({1000, FLOW_FACE, 1, SAVE | SHOW, FLOW_REASONS},
	    {2000, FLOW_SEND, 0, SAVE | SHOW, FLOW_FACTOR},
	    {3000, FLOW_SCORE, 6, NO, FLOW_FACTOR},
	    {3000, FLOW_SCORE, 5, SAVE | SHOW, FLOW_FACTOR},
	    {3500, FLOW_SCORE, 5, NO, FLOW_FACTOR},
	    {4000, FLOW_SKIP, 0, SAVE | SHOW, FLOW_FACTOR},
	    {5000, FLOW_SCORE, 0, SAVE | SHOW, FLOW_FACTOR},
	    {30000, FLOW_TICK, 0, SHOW, FLOW_STILL_THERE},
	    {31000, FLOW_CONTINUE, 0, SAVE | SHOW, FLOW_FACTOR},
	    {32000, FLOW_SCORE, 2, SAVE | SHOW, FLOW_THANKS});
	assert_int_equal(flow.answer.factors[0], 5);
	assert_int_equal(flow.answer.factors[1], -1);
	assert_int_equal(flow.answer.factors[2], 0);
	assert_int_equal(flow.answer.factors[3], 2);
	assert_int_equal(flow.answer.factors[4], -1);
	/* after that pause it is another citizen */
	STORY({33000, FLOW_AGAIN, 0, RELEASE | SHOW, FLOW_RATE},
	    {34000, FLOW_FACE, 5, SAVE | SHOW, FLOW_FACTOR});
	assert_int_equal(flow.answer.factors[0], -1);
}

/* "Done" on any of them ends them all; what was said stays. */
static void
test_factors_are_ended(void **state)
{
	(void)state;
	settings.factors = 5;
	for (int said = 0; said < 5; said++) {
		int64_t at = 2000;

		flow_init(&flow, &settings, 0);
		play_one(1000, FLOW_FACE, 5);
		for (int i = 0; i < said; i++, at += 1000)
			play_one(at, FLOW_SCORE, 3);
		STORY({at, FLOW_SEND, 0, SAVE | SHOW, FLOW_THANKS});
		for (int i = 0; i < FLOW_FACTORS; i++)
			assert_int_equal(
			    flow.answer.factors[i], i < said ? 3 : -1);
		STORY({at + 1000, FLOW_AGAIN, 0, SAVE | SHOW, FLOW_RATE},
		    {at + 2000, FLOW_FACE, 4, SAVE | SHOW, FLOW_FACTOR});
		assert_int_equal(flow.factor, 0);
	}
}

/* Where nothing can be answered one may still read it in one's language; the
 * first one comes back by itself. */
static void
test_language_where_nothing_is_asked(void **state)
{
	static const enum flow_kind begins[] = {FLOW_FAILED, FLOW_HOURS};
	static const enum flow_screen screens[] = {FLOW_TROUBLE, FLOW_CLOSED};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		flow_init(&flow, &settings, 0);
		play_one(1000, FLOW_LANGUAGE, LANG_EN);
		play_one(2000, begins[i], 1);
		play_one(32000, FLOW_TICK, 0);
		assert_int_equal(flow.screen, screens[i]);
		assert_int_equal(flow.lang, LANG_VI);
		STORY({40000, FLOW_LANGUAGE, LANG_EN, SHOW, screens[i]},
		    {69999, FLOW_TICK, 0, NO, screens[i]});
		assert_int_equal(flow.lang, LANG_EN);
		STORY({70000, FLOW_TICK, 0, SHOW, screens[i]});
		assert_int_equal(flow.lang, LANG_VI);
		assert_int_equal(play_one(99999, FLOW_TICK, 0), NO);
	}
}

static void
test_field_first(void **state)
{
	(void)state;
	settings.fields = 3;
	settings.field_place = FLOW_FIELD_FIRST;
	flow_init(&flow, &settings, 0);
	assert_int_equal(flow.screen, FLOW_FIELD);
	assert_true(flow_idle(&flow));
	STORY({1000, FLOW_CHOOSE, 2, SHOW, FLOW_RATE},
	    {2000, FLOW_AGAIN, 0, SHOW, FLOW_FIELD},
	    {3000, FLOW_CHOOSE, 1, SHOW, FLOW_RATE},
	    {4000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS});
	assert_int_equal(flow.answer.field, 1);
	STORY({8000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_FIELD},
	    {9000, FLOW_SKIP, 0, SHOW, FLOW_RATE},
	    {10000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS});
	assert_int_equal(flow.answer.field, -1);
	STORY({14000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_FIELD},
	    {15000, FLOW_CHOOSE, 0, SHOW, FLOW_RATE},
	    {44999, FLOW_TICK, 0, NO, FLOW_RATE},
	    {45000, FLOW_TICK, 0, SHOW, FLOW_FIELD});
	assert_int_equal(flow.field, -1);
}

/* With a QR the thanks stay longer, and end by a touch. */
static void
test_thanks_with_qr(void **state)
{
	(void)state;
	settings.qr_ms = 20000;
	flow_init(&flow, &settings, 0);
	STORY({1000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS},
	    {5000, FLOW_TICK, 0, NO, FLOW_THANKS});
	assert_string_equal(flow.answer.token, "own");
	assert_int_equal(flow_left(&flow, 6000), 15000);
	STORY({7000, FLOW_DONE, 0, RELEASE | SHOW, FLOW_RATE},
	    {8000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS},
	    {28000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE});
	assert_true(flow_hold(&settings) > 45000 + 20000);
}

/* ---------------------------------------------------------------- the hours */

static void
test_closed(void **state)
{
	(void)state;
	STORY({1000, FLOW_HOURS, 1, NO, FLOW_RATE},
	    {29999, FLOW_TICK, 0, NO, FLOW_RATE},
	    {30000, FLOW_TICK, 0, SHOW, FLOW_CLOSED},
	    {40000, FLOW_FACE, 5, NO, FLOW_CLOSED},
	    {40000, FLOW_WAKE, 0, SHOW, FLOW_RATE},
	    {41000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS},
	    {45000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_CLOSED},
	    {50000, FLOW_HOURS, 0, SHOW, FLOW_RATE});
	assert_int_equal(flow.answer.flags, FLOW_FLAG_CLOSED);
	STORY({60000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS},
	    {60500, FLOW_HOURS, 1, NO, FLOW_THANKS},
	    {64000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_CLOSED});
	assert_int_equal(flow.answer.flags, 0);
	assert_true(flow_idle(&flow));
}

/* ---------------------------------------------------------------- the calls */

static void
test_call(void **state)
{
	(void)state;
	settings.fields = 3;
	flow_init(&flow, &settings, 0);
	assert_int_equal(call(1000, "one", true), SHOW);
	assert_true(flow_bound(&flow));
	STORY({5000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS});
	assert_string_equal(flow.answer.token, "one");
	assert_true(flow_bound(&flow));
	STORY({6000, FLOW_AGAIN, 0, SAVE | SHOW, FLOW_RATE},
	    {7000, FLOW_FACE, 4, SAVE | SHOW, FLOW_THANKS},
	    {11000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE});
	assert_string_equal(flow.answer.token, "one");
	assert_false(flow_bound(&flow)); /* one answer ends it */
	STORY({12000, FLOW_FACE, 5, SAVE | SHOW, FLOW_FIELD});
	assert_string_equal(flow.answer.token, "own");
}

/* A ticket tells no field: it is asked. */
static void
test_call_of_a_ticket(void **state)
{
	(void)state;
	settings.fields = 3;
	flow_init(&flow, &settings, 0);
	call(1000, "one", false);
	STORY({5000, FLOW_FACE, 5, SAVE | SHOW, FLOW_FIELD});
	assert_string_equal(flow.answer.token, "one");
}

static void
test_call_ends(void **state)
{
	(void)state;
	call(1000, "one", true);
	STORY({90999, FLOW_TICK, 0, NO, FLOW_RATE},
	    {91000, FLOW_TICK, 0, SHOW, FLOW_RATE});
	assert_false(flow_bound(&flow));
	call(100000, "two", true);
	call(101000, "three", true);
	STORY({102000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS});
	assert_string_equal(flow.answer.token, "three");
	flow_init(&flow, &settings, 0);
	call(1000, "four", true);
	STORY({3000, FLOW_SKIP, 0, SHOW, FLOW_RATE},
	    {3900, FLOW_SKIP, 0, NO, FLOW_RATE},
	    {4000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS});
	assert_false(flow.answer.bound);
}

/* The one who answers now is not the one who was called. */
static void
test_call_waits(void **state)
{
	(void)state;
	STORY({1000, FLOW_FACE, 2, SAVE | SHOW, FLOW_REASONS});
	assert_int_equal(call(2000, "one", true), NO);
	STORY({3000, FLOW_AGAIN, 0, SAVE | SHOW, FLOW_RATE},
	    {4000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS});
	assert_string_equal(flow.answer.token, "own");
	STORY({8000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE});
	assert_true(flow_bound(&flow));
	STORY({9000, FLOW_FACE, 5, SAVE | SHOW, FLOW_THANKS});
	assert_string_equal(flow.answer.token, "one");
	/* one whose time has passed meanwhile ties no answer */
	call(10000, "two", true);
	STORY({11000, FLOW_AGAIN, 0, SAVE | SHOW, FLOW_RATE},
	    {101000, FLOW_TICK, 0, RELEASE | SHOW, FLOW_RATE});
	assert_false(flow_bound(&flow));
}

/* It opens a closed desk's screen for the citizen just served. */
static void
test_call_outside_hours(void **state)
{
	(void)state;
	STORY({1000, FLOW_HOURS, 1, NO, FLOW_RATE},
	    {31000, FLOW_TICK, 0, SHOW, FLOW_CLOSED});
	call(40000, "one", true);
	assert_int_equal(flow.screen, FLOW_RATE);
	STORY({130000, FLOW_TICK, 0, SHOW, FLOW_CLOSED});
}

/* ------------------------------------------------------------- the operator */

static void
test_service(void **state)
{
	(void)state;
	STORY({1000, FLOW_FACE, 2, SAVE | SHOW, FLOW_REASONS},
	    {2000, FLOW_SERVICE_OPEN, 0, RELEASE | SHOW, FLOW_SERVICE},
	    {3000, FLOW_FACE, 5, NO, FLOW_SERVICE},
	    {50000, FLOW_TOUCH, 0, NO, FLOW_SERVICE},
	    {139999, FLOW_TICK, 0, NO, FLOW_SERVICE},
	    {140000, FLOW_TICK, 0, SHOW, FLOW_RATE},
	    {141000, FLOW_SERVICE_OPEN, 0, SHOW, FLOW_SERVICE});
	assert_false(flow_idle(&flow)); /* settings wait */
	STORY({141000, FLOW_CLEAN, 0, SHOW, FLOW_CLEANING},
	    {142000, FLOW_FACE, 5, NO, FLOW_CLEANING},
	    {142000, FLOW_SERVICE_OPEN, 0, NO, FLOW_CLEANING},
	    {170999, FLOW_TICK, 0, NO, FLOW_CLEANING},
	    {171000, FLOW_TICK, 0, SHOW, FLOW_RATE});
}

/* The operator may look while answers cannot be stored, and comes back to
 * that. */
static void
test_service_in_trouble(void **state)
{
	(void)state;
	STORY({1000, FLOW_FAILED, 0, SHOW, FLOW_TROUBLE},
	    {2000, FLOW_SERVICE_OPEN, 0, SHOW, FLOW_SERVICE},
	    {3000, FLOW_LEAVE, 0, SHOW, FLOW_TROUBLE},
	    {4000, FLOW_SERVICE_OPEN, 0, SHOW, FLOW_SERVICE},
	    {5000, FLOW_RECOVERED, 0, NO, FLOW_SERVICE},
	    {6000, FLOW_LEAVE, 0, SHOW, FLOW_RATE});
}

/* While something is read aloud no time-out passes. */
static void
test_speaking(void **state)
{
	(void)state;
	STORY({1000, FLOW_FACE, 1, SAVE | SHOW, FLOW_REASONS},
	    {20000, FLOW_SPEAK, 0, SAVE, FLOW_REASONS},
	    {44999, FLOW_TICK, 0, NO, FLOW_REASONS},
	    {45000, FLOW_TICK, 0, SHOW, FLOW_STILL_THERE});
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_factors, setup),
	    cmocka_unit_test_setup(test_factors_are_ended, setup),
	    cmocka_unit_test_setup(test_language_where_nothing_is_asked, setup),
	    cmocka_unit_test_setup(test_field_first, setup),
	    cmocka_unit_test_setup(test_thanks_with_qr, setup),
	    cmocka_unit_test_setup(test_closed, setup),
	    cmocka_unit_test_setup(test_call, setup),
	    cmocka_unit_test_setup(test_call_of_a_ticket, setup),
	    cmocka_unit_test_setup(test_call_ends, setup),
	    cmocka_unit_test_setup(test_call_waits, setup),
	    cmocka_unit_test_setup(test_call_outside_hours, setup),
	    cmocka_unit_test_setup(test_service, setup),
	    cmocka_unit_test_setup(test_service_in_trouble, setup),
	    cmocka_unit_test_setup(test_speaking, setup),
	};

	return cmocka_run_group_tests_name("flow_desk", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What may happen to a clock, told as stories: so much time really passes, the
 * clock is put so far, the machine is started anew. After each step: is it
 * believed, and is the time that destroying goes by never later than the truth?
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/trusted_clock.h"

#include <inttypes.h>

#define S    1000LL
#define MIN  (60 * S)
#define H    (60 * MIN)
#define DAY  (24 * H)
#define YEAR (365 * DAY)

enum deed {
	END,
	PASS,    /* so much time passes, the machine runs and looks */
	PUT,     /* the clock is put ahead by so much */
	RESTART, /* the collector is started anew, so much later */
	BOOT,    /* the machine is, so much later */
	SLEEP,   /* it is suspended: time passes, nothing looks */
	CONFIRM  /* an administrator says it is right */
};

struct step {
	enum deed deed;
	int64_t ms;
	enum clock_word then;
	int64_t early; /* destroying may be so much too early; 0: a step */
};

#define A CLOCK_AGREES
#define F CLOCK_AHEAD
#define B CLOCK_BEHIND

static const struct {
	const char *title;
	int64_t newest; /* the newest answer, before the start; 0: no record
			   and no answer */
	bool record;    /* of the same moment */
	struct step steps[12];
} stories[] = {
    {"first start", 0, false, {{PASS, MIN, A, 0}, {PASS, 30 * DAY, A, 0}}},
    {"a jump of a year for six minutes", 0, false,
	{{PASS, DAY, A, 0}, {PUT, YEAR, F, 0}, {PASS, 6 * MIN, F, 0},
	    {PUT, -YEAR, A, 0}, {PASS, DAY, A, 0}}},
    {"a jump of a day that stays", 0, false,
	{{PASS, DAY, A, 0}, {PUT, DAY, F, 0}, {PASS, 40 * DAY, F, 0}}},
    {"a jump of eleven minutes", 0, false, {{PUT, 11 * MIN, F, 0}}},
    {"a jump back", 0, false,
	{{PASS, DAY, A, 0}, {PUT, -DAY, B, 0}, {PASS, H, B, 0},
	    {PUT, DAY, A, 0}}},
    {"back to 1970", 0, false, {{PASS, DAY, A, 0}, {PUT, -56 * YEAR, B, 0}}},
    {"ahead, then confirmed", 0, false,
	{{PASS, DAY, A, 0}, {PUT, 30 * DAY, F, 0}, {CONFIRM, 0, A, 30 * DAY},
	    {PASS, DAY, A, 30 * DAY}}},
    {"behind, then confirmed, then ahead again", 0, false,
	{{PUT, -DAY, B, 0}, {CONFIRM, 0, A, 0}, {PASS, H, A, 0},
	    {PUT, DAY, F, 0}}},
    {"steps of a server of time", 0, false,
	{{PUT, 2 * S, A, 0}, {PASS, H, A, 0}, {PUT, -3 * S, A, 0},
	    {PASS, H, A, 0}, {PUT, 40 * S, A, 0}, {PASS, DAY, A, 0}}},
    {"a leap second", 0, false,
	{{PASS, H, A, 0}, {PUT, -S, A, 0}, {PASS, H, A, 0}}},
    {"suspended for a week", 0, false,
	{{PASS, H, A, 0}, {SLEEP, 7 * DAY, A, 0}, {PASS, H, A, 0}}},
    {"the collector alone is started anew", 0, false,
	{{PASS, DAY, A, 0}, {RESTART, 5 * S, A, 0}, {RESTART, 20 * DAY, A, 0}}},
    {"put ahead while the collector is down", 0, false,
	{{PASS, DAY, A, 0}, {PUT, DAY, F, 0}, {RESTART, MIN, F, 0}}},
    {"the machine is started anew", 0, false,
	{{PASS, DAY, A, 0}, {BOOT, 2 * MIN, A, 0}, {PASS, DAY, A, 0}}},
    {"off for a weekend", 0, false, {{PASS, DAY, A, 0}, {BOOT, 3 * DAY, A, 0}}},
    {"off for Tet", 0, false,
	{{PASS, DAY, A, 0}, {BOOT, 9 * DAY, F, 0}, {PASS, DAY, F, 0},
	    {CONFIRM, 0, A, 0}}},
    {"a dead battery: 1970 until the network is there", 0, false,
	{{PASS, DAY, A, 0}, {PUT, -56 * YEAR, B, 0}, {BOOT, H, B, 0},
	    {PUT, 56 * YEAR, A, 0}}},
    {"a year ahead, and the machine is started anew", 0, false,
	{{PASS, DAY, A, 0}, {PUT, YEAR, F, 0}, {BOOT, MIN, F, 0},
	    {PASS, DAY, F, 0}, {PUT, -YEAR, A, 0}}},
    {"two days ahead, doubted, started anew: still doubted", 0, false,
	{{PASS, DAY, A, 0}, {PUT, 2 * DAY, F, 0}, {BOOT, MIN, F, 0},
	    {PUT, -2 * DAY, A, 0}}},
    {"doubted, put right while off", 0, false,
	{{PASS, DAY, A, 0}, {PUT, 2 * DAY, F, 0}, {PUT, -2 * DAY, A, 0},
	    {BOOT, 5 * MIN, A, 0}}},
    {"two days ahead while off: seen by nobody, two days early", 0, false,
	{{PASS, DAY, A, 0}, {SLEEP, 0, A, 0}, {BOOT, 2 * DAY, A, 0}}},
    {"led astray step by step", 0, false,
	{{PUT, 9 * MIN, A, 0}, {PASS, MIN, A, 0}, {PUT, 9 * MIN, F, 0}}},
    /* no record: brought up from an earlier version */
    {"the newest answer of an hour ago", -H, false,
	{{PASS, MIN, A, 0}, {PUT, YEAR, F, 0}}},
    {"the newest answer of two weeks ago", -14 * DAY, false,
	{{PASS, MIN, F, 0}, {CONFIRM, 0, A, 0}}},
    {"the newest answer is of next year", YEAR, false,
	{{PASS, MIN, B, 0}, {CONFIRM, 0, A, 0}}},
    {"a record of next year", YEAR, true, {{PASS, MIN, B, 0}}},
    {"a record of last month", -30 * DAY, true, {{PASS, MIN, F, 0}}},
};

/* The machine, and the truth. */
struct world {
	int64_t truth, ahead, booted; /* ms; ahead: the clock, of the truth */
	struct trusted_clock clock;
};

static int64_t
wall(const struct world *w)
{
	return w->truth + w->ahead;
}

static int64_t
mono(const struct world *w)
{
	return w->truth - w->booted;
}

/* As a new process finds it. */
static void
begin_anew(struct world *w, bool same_boot)
{
	const struct clock_record kept = {
	    w->clock.wall, w->clock.mono, w->clock.off, same_boot};

	trusted_clock_start(&w->clock, &kept, 0, wall(w), mono(w));
}

static void
take_step(struct world *w, const struct step *s)
{
	int64_t end = w->truth + s->ms;

	switch (s->deed) {
	case PASS: /* a look each minute */
		for (; w->truth < end; w->truth += MIN)
			trusted_clock_look(&w->clock, wall(w), mono(w));
		w->truth = end;
		break;
	case PUT:
		w->ahead += s->ms;
		break;
	case RESTART:
		w->truth = end;
		begin_anew(w, true);
		break;
	case BOOT:
		w->truth = end;
		w->booted = end - 20 * S;
		begin_anew(w, false);
		break;
	case SLEEP:
		w->truth = end;
		break;
	default:
		trusted_clock_confirm(&w->clock, wall(w), mono(w));
	}
	trusted_clock_look(&w->clock, wall(w), mono(w));
}

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(stories) / sizeof(stories[0]); i++) {
		struct world w = {
		    .truth = 1795000000000, .booted = 1794000000000};
		const struct step *s = stories[i].steps;
		const struct clock_record kept = {
		    w.truth + stories[i].newest, 0, 0, false};
		int64_t allowed;

		trusted_clock_start(&w.clock, stories[i].record ? &kept : NULL,
		    stories[i].newest == 0 ? 0 : w.truth + stories[i].newest,
		    wall(&w), mono(&w));
		for (int k = 0; s->deed != END; s++, k++) {
			int64_t by;

			take_step(&w, s);
			if (w.clock.word != s->then)
				fail_msg("%s, step %d: %d, off %" PRId64,
				    stories[i].title, k, (int)w.clock.word,
				    w.clock.off);
			if ((w.clock.off != 0) != (s->then != A))
				fail_msg("%s, step %d: off %" PRId64,
				    stories[i].title, k, w.clock.off);
			by = trusted_clock_now(&w.clock, wall(&w), mono(&w));
			allowed = s->early > 0 ? s->early : CLOCK_STEP_MS;
			if (s->then == A && by > w.truth + allowed)
				fail_msg("%s, step %d: destroys %" PRId64
					 " ms early",
				    stories[i].title, k, by - w.truth);
		}
	}
}

/* Two collectors on one database, each with its own machine: the one whose
 * clock jumps stops, the other goes on; and what the right one kept tells the
 * other at its next start. */
static void
test_two_collectors(void **state)
{
	struct world right = {.truth = 1795000000000, .booted = 1794000000000};
	struct world wrong = right;
	struct clock_record kept;

	(void)state;
	wrong.booted = 1794500000000;
	trusted_clock_start(&right.clock, NULL, 0, wall(&right), mono(&right));
	trusted_clock_start(&wrong.clock, NULL, 0, wall(&wrong), mono(&wrong));
	wrong.ahead = YEAR;
	for (int i = 0; i < 300; i++) {
		right.truth = wrong.truth += MIN;
		assert_int_equal(trusted_clock_look(
				     &right.clock, wall(&right), mono(&right)),
		    A);
		assert_int_equal(trusted_clock_look(
				     &wrong.clock, wall(&wrong), mono(&wrong)),
		    F);
	}
	kept =
	    (struct clock_record){right.clock.wall, right.clock.mono, 0, false};
	assert_int_equal(trusted_clock_start(&wrong.clock, &kept, 0,
			     wall(&wrong), mono(&wrong)),
	    F);
	wrong.ahead = 0;
	assert_int_equal(
	    trusted_clock_look(&wrong.clock, wall(&wrong), mono(&wrong)), A);
}

/* At most a step an hour, however patient it is. */
static void
test_step_by_step(void **state)
{
	struct world w = {.truth = 1795000000000, .booted = 1794000000000};
	int64_t gained = 0;

	(void)state;
	trusted_clock_start(&w.clock, NULL, 0, wall(&w), mono(&w));
	for (int i = 0; i < 24 * 60; i++) {
		w.truth += MIN;
		w.ahead += 5 * S; /* believed as long as it is */
		if (trusted_clock_look(&w.clock, wall(&w), mono(&w)) != A)
			break;
		gained =
		    trusted_clock_now(&w.clock, wall(&w), mono(&w)) - w.truth;
	}
	assert_true(gained <= 24 * CLOCK_STEP_MS);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_stories),
	    cmocka_unit_test(test_two_collectors),
	    cmocka_unit_test(test_step_by_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

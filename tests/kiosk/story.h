/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The flow told as stories: each line is an event at a time, the effects it
 * must have and the screen after it. No display, no disk, no clock.
 */
#ifndef HAILONG_TESTS_KIOSK_STORY_H
#define HAILONG_TESTS_KIOSK_STORY_H

#include "kiosk/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

enum { NO, SAVE = FLOW_SAVE, SHOW = FLOW_SHOW, RELEASE = FLOW_RELEASE };

struct step {
	int64_t at; /* ms since the story began */
	enum flow_kind kind;
	int value;
	unsigned effects;
	enum flow_screen screen;
};

static const struct flow_settings plain = {.lock_ms = 800,
    .thanks_ms = 4000,
    .reasons_idle_ms = 25000,
    .still_there_ms = 20000,
    .fields = 0,
    .reasons = 6,
    .reasons_to = 2,
    .lang = LANG_VI};

static struct flow flow;

static inline unsigned
play_event(struct flow_event e, int64_t at)
{
	e.now = at;
	e.wall = 1790000000000 + at;
	e.id.bytes[0] = (uint8_t)(at / 1000 + 1);
	return flow_handle(&flow, &e);
}

static inline unsigned
play_one(int64_t at, enum flow_kind kind, int value)
{
	return play_event(
	    (struct flow_event){
		.kind = kind, .value = value, .token = "own", .fingers = 1},
	    at);
}

static inline void
play(const struct step *steps, size_t n)
{
	unsigned effects;
	size_t i;

	for (i = 0; i < n; i++) {
		effects = play_one(steps[i].at, steps[i].kind, steps[i].value);
		if (effects != steps[i].effects ||
		    flow.screen != steps[i].screen)
			fail_msg("step %zu: effects %u screen %d, not %u %d", i,
			    effects, (int)flow.screen, steps[i].effects,
			    (int)steps[i].screen);
	}
}

#define STORY(...)                                                             \
	play((const struct step[]){__VA_ARGS__},                               \
	    sizeof((const struct step[]){__VA_ARGS__}) / sizeof(struct step))

#endif

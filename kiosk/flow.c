/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *	rate ──face──> field ──> reasons ──send──> thanks ──4 s──> rate
 *	  │  └─ no fields to ask ─┘  └ 4 and 5 skip it ┘    │
 *	  └──────────────<── again ──<──────────────────────┘
 *
 * The first touch saves the answer at once: who walks away is counted. What
 * follows replaces the same id, and each save renews the hold. Nobody there:
 * field and reasons ask "still there?", then what was chosen is sent.
 *
 * One function for each kind of event, called only on the screens where that
 * event means something (the table at the end).
 */
#include "kiosk/flow.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define ON(screen) (1u << (screen))
#define ANYWHERE   (~0u)

static unsigned
go(struct flow *f, enum flow_screen screen, int64_t now)
{
	f->screen = screen;
	f->changed_at = now;
	f->touched_at = now;
	return FLOW_SHOW;
}

/* After the face and its field: the reasons, or thanks. */
static unsigned
go_on(struct flow *f, int64_t now)
{
	bool ask = f->answer.face <= 3 && f->settings.reasons > 0;

	return go(f, ask ? FLOW_REASONS : FLOW_THANKS, now);
}

/* Flags of an answer that begins now; remembers that it did. */
static unsigned
note_answer(struct flow *f, int64_t now)
{
	unsigned flags = 0;
	const int last = FLOW_BURST_COUNT - 1;

	if (f->answers > 0 && now - f->recent[last] < FLOW_BOUNCE_MS)
		flags |= FLOW_FLAG_BOUNCE;
	if (f->answers >= FLOW_BURST_COUNT &&
	    now - f->recent[0] <= FLOW_BURST_MS)
		flags |= FLOW_FLAG_BURST;
	memmove(f->recent, f->recent + 1, sizeof(f->recent[0]) * (size_t)last);
	f->recent[last] = now;
	if (f->answers < FLOW_BURST_COUNT)
		f->answers++;
	return flags;
}

static unsigned
on_face(struct flow *f, const struct flow_event *e)
{
	if (e->value < 1 || e->value > 5)
		return 0;
	if (!f->open) {
		memset(&f->answer, 0, sizeof(f->answer));
		f->answer.id = e->id;
		f->answer.answered_at = e->wall;
		f->answer.flags = note_answer(f, e->now);
		f->open = true;
	}
	f->answer.face = e->value;
	f->answer.field = -1;
	f->answer.reasons = 0;
	f->answer.lang = f->lang;
	if (f->settings.fields > 0)
		return FLOW_SAVE | go(f, FLOW_FIELD, e->now);
	return FLOW_SAVE | go_on(f, e->now);
}

static unsigned
on_choose(struct flow *f, const struct flow_event *e)
{
	if (e->value < 0 || e->value >= f->settings.fields)
		return 0;
	f->answer.field = e->value;
	return FLOW_SAVE | go_on(f, e->now);
}

static unsigned
on_toggle(struct flow *f, const struct flow_event *e)
{
	if (e->value < 0 || e->value >= f->settings.reasons)
		return 0;
	f->answer.reasons ^= 1u << e->value;
	return FLOW_SAVE | FLOW_SHOW;
}

static unsigned
on_send(struct flow *f, const struct flow_event *e)
{
	return FLOW_SAVE | go(f, FLOW_THANKS, e->now);
}

static unsigned
on_skip(struct flow *f, const struct flow_event *e)
{
	if (f->screen == FLOW_FIELD)
		return FLOW_SAVE | go_on(f, e->now);
	f->answer.reasons = 0;
	return FLOW_SAVE | go(f, FLOW_THANKS, e->now);
}

static unsigned
on_again(struct flow *f, const struct flow_event *e)
{
	return FLOW_SAVE | go(f, FLOW_RATE, e->now);
}

static unsigned
on_continue(struct flow *f, const struct flow_event *e)
{
	return FLOW_SAVE | go(f, f->under, e->now);
}

/* Leafing through the fields; the save renews the hold. */
static unsigned
on_touch(struct flow *f, const struct flow_event *e)
{
	(void)f;
	(void)e;
	return FLOW_SAVE;
}

static unsigned
on_language(struct flow *f, const struct flow_event *e)
{
	if (e->value < 0 || e->value >= LANG_COUNT)
		return 0;
	f->lang = (enum lang)e->value;
	if (!f->open)
		return FLOW_SHOW;
	f->answer.lang = f->lang;
	return FLOW_SAVE | FLOW_SHOW;
}

/* The citizen is done: the next one finds the first language. */
static unsigned
finish(struct flow *f)
{
	f->open = false;
	f->lang = f->settings.lang;
	return FLOW_RELEASE | FLOW_SHOW;
}

static unsigned
on_tick(struct flow *f, const struct flow_event *e)
{
	const struct flow_settings *s = &f->settings;
	int64_t idle = e->now - f->touched_at;

	switch (f->screen) {
	case FLOW_RATE:
		if (f->open && idle >= s->reasons_idle_ms)
			return finish(f);
		if (f->lang == s->lang || f->open || idle < FLOW_LANG_IDLE_MS)
			return 0;
		f->lang = s->lang;
		return FLOW_SHOW;
	case FLOW_FIELD:
	case FLOW_REASONS:
		if (idle < s->reasons_idle_ms)
			return 0;
		f->under = f->screen;
		return go(f, FLOW_STILL_THERE, e->now);
	case FLOW_STILL_THERE:
		return idle < s->still_there_ms ? 0
						: go(f, FLOW_THANKS, e->now);
	case FLOW_THANKS:
		if (idle < s->thanks_ms)
			return 0;
		return finish(f) | go(f, FLOW_RATE, e->now);
	case FLOW_TROUBLE:
		break;
	}
	return 0;
}

static unsigned
on_failed(struct flow *f, const struct flow_event *e)
{
	f->open = false;
	return f->screen == FLOW_TROUBLE ? 0 : go(f, FLOW_TROUBLE, e->now);
}

static unsigned
on_recovered(struct flow *f, const struct flow_event *e)
{
	f->lang = f->settings.lang;
	return go(f, FLOW_RATE, e->now);
}

static const struct {
	unsigned (*handle)(struct flow *f, const struct flow_event *e);
	unsigned screens;
	bool touch; /* made by a finger: locked after a change of screen */
} events[] = {
    [FLOW_FACE] = {on_face, ON(FLOW_RATE), true},
    [FLOW_CHOOSE] = {on_choose, ON(FLOW_FIELD), true},
    [FLOW_TOGGLE] = {on_toggle, ON(FLOW_REASONS), true},
    [FLOW_SEND] = {on_send, ON(FLOW_REASONS) | ON(FLOW_STILL_THERE), true},
    [FLOW_SKIP] = {on_skip, ON(FLOW_FIELD) | ON(FLOW_REASONS), true},
    [FLOW_AGAIN] = {on_again,
	ON(FLOW_FIELD) | ON(FLOW_REASONS) | ON(FLOW_THANKS), true},
    [FLOW_CONTINUE] = {on_continue, ON(FLOW_STILL_THERE), true},
    [FLOW_TOUCH] = {on_touch, ON(FLOW_FIELD), true},
    [FLOW_LANGUAGE] = {on_language, ANYWHERE, true},
    [FLOW_TICK] = {on_tick, ANYWHERE, false},
    [FLOW_FAILED] = {on_failed, ANYWHERE, false},
    [FLOW_RECOVERED] = {on_recovered, ON(FLOW_TROUBLE), false},
};

void
flow_init(struct flow *f, const struct flow_settings *settings, int64_t now)
{
	memset(f, 0, sizeof(*f));
	f->settings = *settings;
	f->lang = settings->lang;
	f->answer.field = -1;
	go(f, FLOW_RATE, now);
}

unsigned
flow_handle(struct flow *f, const struct flow_event *event)
{
	unsigned effects;

	if (!(events[event->kind].screens & ON(f->screen)))
		return 0;
	if (events[event->kind].touch &&
	    event->now - f->changed_at < f->settings.lock_ms)
		return 0;
	effects = events[event->kind].handle(f, event);
	if (effects && events[event->kind].touch)
		f->touched_at = event->now;
	return effects;
}

bool
flow_idle(const struct flow *f)
{
	return f->screen == FLOW_RATE && !f->open;
}

void
flow_apply(struct flow *f, const struct flow_settings *settings)
{
	assert(flow_idle(f));
	if (f->lang == f->settings.lang)
		f->lang = settings->lang;
	f->settings = *settings;
}

int64_t
flow_left(const struct flow *f, int64_t now)
{
	int64_t left = f->touched_at + f->settings.still_there_ms - now;

	return f->screen == FLOW_STILL_THERE && left > 0 ? left : 0;
}

int64_t
flow_hold(const struct flow_settings *settings)
{
	return settings->reasons_idle_ms + settings->still_there_ms +
	       settings->thanks_ms + 10 * 1000;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *	rate ─face─> field ─> reasons ─> factors ─> thanks ─4 s─> first screen
 *	  │   (each only where the settings ask it)     │
 *	  └─────────────<── again ──<───────────────────┘
 *
 * flow_idle.c holds what happens before an answer, flow_asked.c the answer
 * itself; here are the operator's screens, trouble, and the passing of time. A
 * question that is not touched for reasons_idle_ms becomes "still there?", and
 * still_there_ms later what was chosen is sent.
 *
 * One function for each kind of event, called only on the screens where that
 * event means something (the table).
 */
#include "kiosk/flow.h"

#include <stddef.h>
#include <string.h>
#include "kiosk/flow_private.h"

#define ANYWHERE  (~0u)
#define QUESTIONS (ON(FLOW_FIELD) | ON(FLOW_REASONS) | ON(FLOW_FACTOR))
#define BEFORE                                                                 \
	(ON(FLOW_RATE) | ON(FLOW_FIELD) | ON(FLOW_CLOSED) | ON(FLOW_TROUBLE))

/* ------------------------------------------------------------- the operator */

static unsigned
open_service(struct flow *f, const struct flow_event *e)
{
	unsigned effects = flow_finish(f, e->now);

	return effects | flow_go(f, FLOW_SERVICE, e->now);
}

static unsigned
open_cleaning(struct flow *f, const struct flow_event *e)
{
	return flow_go(f, FLOW_CLEANING, e->now);
}

static unsigned
leave_service(struct flow *f, const struct flow_event *e)
{
	return flow_go_home(f, e->now);
}

/* ------------------------------------------------------------------ trouble */

static unsigned
begin_trouble(struct flow *f, const struct flow_event *e)
{
	bool seen = f->trouble && f->screen == FLOW_TROUBLE;

	f->open = false;
	f->trouble = true;
	return seen ? 0 : flow_go(f, FLOW_TROUBLE, e->now);
}

static unsigned
end_trouble(struct flow *f, const struct flow_event *e)
{
	f->trouble = false;
	return f->screen == FLOW_TROUBLE ? flow_go_home(f, e->now) : 0;
}

/* --------------------------------------------------------------------- time */

static unsigned
tick_asked(struct flow *f, int64_t idle, int64_t now)
{
	bool content = f->answer.face >= 4;

	if (content && idle >= FLOW_CONTENT_MS)
		return flow_go(f, FLOW_THANKS, now);
	if (idle < f->settings.reasons_idle_ms)
		return 0;
	f->under = f->screen;
	return flow_go(f, FLOW_STILL_THERE, now);
}

/* Milliseconds that the present screen stays untouched, 0: for ever. */
static int64_t
screen_lasts(const struct flow *f)
{
	const struct flow_settings *s = &f->settings;

	switch (f->screen) {
	case FLOW_STILL_THERE:
		return s->still_there_ms;
	case FLOW_THANKS:
		return s->qr_ms > 0 && *f->answer.token ? s->qr_ms
							: s->thanks_ms;
	case FLOW_CLEANING:
		return FLOW_CLEAN_MS;
	case FLOW_SERVICE:
		return FLOW_SERVICE_MS;
	case FLOW_RATE:
		return f->open ? FLOW_CORRECT_MS : 0;
	default:
		return 0;
	}
}

static unsigned
pass_time(struct flow *f, const struct flow_event *e)
{
	int64_t idle = e->now - f->touched_at, most = screen_lasts(f);

	if (ON(f->screen) & QUESTIONS && f->open)
		return tick_asked(f, idle, e->now);
	if (ON(f->screen) & BEFORE && !f->open)
		return flow_tick_idle(f, idle, e->now);
	if (most == 0 || idle < most)
		return 0;
	if (f->screen == FLOW_STILL_THERE)
		return flow_go(f, FLOW_THANKS, e->now);
	return flow_finish(f, e->now);
}

/* ---------------------------------------------------------------- the table */

static const struct {
	flow_handler *handle;
	unsigned screens;
	bool touch; /* made by a finger: locked after a change of screen */
} events[] = {
    [FLOW_FACE] = {flow_on_face, ON(FLOW_RATE), true},
    [FLOW_CHOOSE] = {flow_on_choose, ON(FLOW_FIELD), true},
    [FLOW_TOGGLE] = {flow_on_toggle, ON(FLOW_REASONS), true},
    [FLOW_SCORE] = {flow_on_score, ON(FLOW_FACTOR), true},
    [FLOW_SEND] = {flow_on_send,
	ON(FLOW_REASONS) | ON(FLOW_FACTOR) | ON(FLOW_STILL_THERE), true},
    [FLOW_SKIP] = {flow_on_skip, QUESTIONS | ON(FLOW_RATE), true},
    [FLOW_AGAIN] = {flow_on_again, QUESTIONS | ON(FLOW_THANKS) | ON(FLOW_RATE),
	true},
    [FLOW_NEXT] = {flow_on_next, QUESTIONS | ON(FLOW_STILL_THERE), true},
    [FLOW_CONTINUE] = {flow_on_continue, ON(FLOW_STILL_THERE), true},
    [FLOW_DONE] = {flow_on_done, ON(FLOW_THANKS), true},
    [FLOW_TOUCH] = {flow_on_touch, ON(FLOW_FIELD) | ON(FLOW_SERVICE), false},
    [FLOW_WAKE] = {flow_on_wake, ON(FLOW_CLOSED), true},
    [FLOW_LANGUAGE] = {flow_on_language, ~ON(FLOW_CLEANING), true},
    [FLOW_SERVICE_OPEN] = {open_service,
	~(ON(FLOW_SERVICE) | ON(FLOW_CLEANING)), false},
    [FLOW_CLEAN] = {open_cleaning, ON(FLOW_SERVICE), false},
    [FLOW_LEAVE] = {leave_service, ON(FLOW_SERVICE), false},
    [FLOW_TICK] = {pass_time, ANYWHERE, false},
    [FLOW_SPEAK] = {flow_on_touch, ANYWHERE, false},
    [FLOW_HOURS] = {flow_on_hours, ANYWHERE, false},
    [FLOW_CALL] = {flow_on_call, ANYWHERE, false},
    [FLOW_FAILED] = {begin_trouble, ANYWHERE, false},
    [FLOW_RECOVERED] = {end_trouble, ANYWHERE, false},
};

/* ------------------------------------------------------------- from outside */

void
flow_init(struct flow *f, const struct flow_settings *settings, int64_t now)
{
	memset(f, 0, sizeof(*f));
	f->settings = *settings;
	f->lang = settings->lang;
	f->answer.field = -1;
	flow_go_home(f, now);
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
	/* for good: a touch of whoever comes later does not undo it */
	if (f->open && event->now - f->touched_at >= FLOW_CORRECT_MS)
		f->settled = true;
	effects = events[event->kind].handle(f, event);
	if (effects && events[event->kind].touch)
		f->touched_at = event->now;
	return effects;
}

int64_t
flow_left(const struct flow *f, int64_t now)
{
	int64_t left = f->touched_at + screen_lasts(f) - now;

	return screen_lasts(f) > 0 && left > 0 ? left : 0;
}

int64_t
flow_hold(const struct flow_settings *settings)
{
	int64_t thanks = settings->qr_ms > settings->thanks_ms
			     ? settings->qr_ms
			     : settings->thanks_ms;

	return settings->reasons_idle_ms + settings->still_there_ms + thanks +
	       10 * 1000;
}

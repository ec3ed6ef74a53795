/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *	rate ─face─> field ─> reasons ─> factors ─> thanks ─4 s─> home
 *	  │   (each only where the settings ask it)     │
 *	  └─────────────<── again ──<───────────────────┘
 *
 * Home is the faces; the fields where those are asked first; the closed screen
 * outside the hours; the trouble screen while answers cannot be stored.
 *
 * The first face saves the answer at once: who walks away is counted. What
 * follows replaces the same id, and each save renews the hold. Nobody there:
 * the questions ask "still there?", then what was chosen is sent.
 *
 * A call (the desk's software served somebody) ties the next answer that
 * begins before it ends; one that comes while somebody answers waits for its
 * turn. It is never needed: whoever comes may touch a face.
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
#define QUESTIONS  (ON(FLOW_FIELD) | ON(FLOW_REASONS) | ON(FLOW_FACTOR))

static const struct flow_call no_call;

static unsigned
go(struct flow *f, enum flow_screen screen, int64_t now)
{
	f->screen = screen;
	f->page++;
	f->changed_at = now;
	f->touched_at = now;
	return FLOW_SHOW;
}

static enum flow_screen
home(const struct flow *f)
{
	const struct flow_settings *s = &f->settings;

	if (f->trouble)
		return FLOW_TROUBLE;
	if (f->closed && !*f->call.token)
		return FLOW_CLOSED;
	if (s->fields > 0 && s->field_place == FLOW_FIELD_FIRST &&
	    !f->call.knows_field)
		return FLOW_FIELD;
	return FLOW_RATE;
}

/* For the next citizen: home, in the first language. */
static unsigned
go_home(struct flow *f, int64_t now)
{
	if (f->waiting.until > now)
		f->call = f->waiting;
	else if (f->call.until <= now)
		f->call = no_call;
	f->waiting = no_call;
	f->lang = f->settings.lang;
	f->field = -1;
	return go(f, home(f), now);
}

/* ---------------------------------------------------------------- the answer
 */

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

static void
copy_token(char out[FLOW_TOKEN], const char *token)
{
	size_t n = token ? strlen(token) : 0;

	memset(out, 0, FLOW_TOKEN);
	if (n < FLOW_TOKEN)
		memcpy(out, token ? token : "", n);
}

static void
begin_answer(struct flow *f, const struct flow_event *e)
{
	struct flow_answer *a = &f->answer;

	memset(a, 0, sizeof(*a));
	a->id = e->id;
	a->answered_at = e->wall;
	a->mono = e->now;
	a->flags = note_answer(f, e->now);
	if (f->closed)
		a->flags |= FLOW_FLAG_CLOSED;
	a->bound = f->call.until > e->now;
	a->knows_field = a->bound && f->call.knows_field;
	copy_token(a->token, a->bound ? f->call.token : e->token);
	f->call = no_call;
	f->open = true;
}

/* The next question after `from` that is to be asked, or thanks. */
static unsigned
go_on(struct flow *f, enum flow_screen from, int64_t now)
{
	const struct flow_settings *s = &f->settings;
	const struct flow_answer *a = &f->answer;

	switch (from) {
	case FLOW_RATE:
		if (s->fields > 0 && s->field_place == FLOW_FIELD_AFTER &&
		    !a->knows_field)
			return go(f, FLOW_FIELD, now);
		/* fallthrough */
	case FLOW_FIELD:
		if (a->face <= s->reasons_to && s->reasons > 0)
			return go(f, FLOW_REASONS, now);
		/* fallthrough */
	case FLOW_REASONS:
		f->factor = -1;
		/* fallthrough */
	case FLOW_FACTOR:
		if (++f->factor < s->factors && f->factor < FLOW_FACTORS)
			return go(f, FLOW_FACTOR, now);
		/* fallthrough */
	default:
		return go(f, FLOW_THANKS, now);
	}
}

static unsigned
on_face(struct flow *f, const struct flow_event *e)
{
	struct flow_answer *a = &f->answer;
	int i;

	if (e->value < 1 || e->value > 5)
		return 0;
	if (!f->open)
		begin_answer(f, e);
	else if (a->face != e->value)
		a->flags |= FLOW_FLAG_CORRECTED;
	if (e->fingers > 1)
		a->flags |= FLOW_FLAG_MULTI_TOUCH;
	a->face = e->value;
	a->field = a->knows_field ? -1 : f->field;
	a->reasons = 0;
	for (i = 0; i < FLOW_FACTORS; i++)
		a->factors[i] = -1;
	a->lang = f->lang;
	return FLOW_SAVE | go_on(f, FLOW_RATE, e->now);
}

/* Before the face it is only remembered. */
static unsigned
on_choose(struct flow *f, const struct flow_event *e)
{
	if (e->value < 0 || e->value >= f->settings.fields)
		return 0;
	if (!f->open) {
		f->field = e->value;
		return go(f, FLOW_RATE, e->now);
	}
	f->answer.field = e->value;
	return FLOW_SAVE | go_on(f, FLOW_FIELD, e->now);
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
on_score(struct flow *f, const struct flow_event *e)
{
	if (e->value < 0 || e->value > 5)
		return 0;
	f->answer.factors[f->factor] = e->value;
	return FLOW_SAVE | go_on(f, FLOW_FACTOR, e->now);
}

static unsigned
on_send(struct flow *f, const struct flow_event *e)
{
	enum flow_screen from = f->screen;

	return FLOW_SAVE | go_on(f, from, e->now);
}

/* On the faces: whoever was served does not want to answer. */
static unsigned
on_skip(struct flow *f, const struct flow_event *e)
{
	if (f->screen == FLOW_RATE) {
		if (f->open || !*f->call.token)
			return 0;
		f->call = no_call;
		return go_home(f, e->now);
	}
	if (!f->open)
		return go(f, FLOW_RATE, e->now);
	if (f->screen == FLOW_REASONS)
		f->answer.reasons = 0;
	return FLOW_SAVE | go_on(f, f->screen, e->now);
}

/* From the faces back to the field that was chosen first. */
static unsigned
on_again(struct flow *f, const struct flow_event *e)
{
	if (f->screen == FLOW_RATE)
		return f->open || home(f) != FLOW_FIELD
			   ? 0
			   : go(f, FLOW_FIELD, e->now);
	if (!f->open)
		return 0;
	return FLOW_SAVE | go(f, FLOW_RATE, e->now);
}

static unsigned
on_continue(struct flow *f, const struct flow_event *e)
{
	return FLOW_SAVE | go(f, f->under, e->now);
}

/* Leafing through the fields, the service page; the save renews the hold. */
static unsigned
on_touch(struct flow *f, const struct flow_event *e)
{
	f->touched_at = e->now;
	return f->open ? FLOW_SAVE : 0;
}

static unsigned
on_language(struct flow *f, const struct flow_event *e)
{
	if (e->value < 0 || e->value >= LANG_COUNT)
		return 0;
	f->lang = (enum lang)e->value;
	f->page++;
	if (!f->open)
		return FLOW_SHOW;
	f->answer.lang = f->lang;
	return FLOW_SAVE | FLOW_SHOW;
}

/* The citizen is done; what was said will not change. */
static unsigned
finish(struct flow *f, int64_t now)
{
	unsigned release = f->open ? FLOW_RELEASE : 0;

	f->open = false;
	return release | go_home(f, now);
}

static unsigned
on_done(struct flow *f, const struct flow_event *e)
{
	return finish(f, e->now);
}

static unsigned
on_wake(struct flow *f, const struct flow_event *e)
{
	return go(f, FLOW_RATE, e->now);
}

/* -------------------------------------------------------------- the operator
 */

static unsigned
on_service(struct flow *f, const struct flow_event *e)
{
	unsigned effects = finish(f, e->now);

	return effects | go(f, FLOW_SERVICE, e->now);
}

static unsigned
on_clean(struct flow *f, const struct flow_event *e)
{
	return go(f, FLOW_CLEANING, e->now);
}

static unsigned
on_leave(struct flow *f, const struct flow_event *e)
{
	return go_home(f, e->now);
}

/* ---------------------------------------------------------------------- time
 */

/* Nobody began: the first page, the first language, no call that is over. */
static unsigned
tick_begin(struct flow *f, int64_t idle, int64_t now)
{
	bool over = *f->call.token && f->call.until <= now;

	if (over)
		return go_home(f, now);
	if (idle < FLOW_HOME_IDLE_MS ||
	    (f->screen == home(f) && f->lang == f->settings.lang))
		return 0;
	return go_home(f, now);
}

static unsigned
tick_question(struct flow *f, int64_t idle, int64_t now)
{
	if (idle < f->settings.reasons_idle_ms)
		return 0;
	f->under = f->screen;
	return go(f, FLOW_STILL_THERE, now);
}

/* How long the present screen stays untouched; 0: for ever. */
static int64_t
stays(const struct flow *f)
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
		return f->open ? s->reasons_idle_ms : 0;
	default:
		return 0;
	}
}

static unsigned
on_tick(struct flow *f, const struct flow_event *e)
{
	int64_t idle = e->now - f->touched_at, most = stays(f);

	if (ON(f->screen) & QUESTIONS && f->open)
		return tick_question(f, idle, e->now);
	if (ON(f->screen) & (ON(FLOW_RATE) | ON(FLOW_FIELD)) && !f->open)
		return tick_begin(f, idle, e->now);
	if (most == 0 || idle < most)
		return 0;
	if (f->screen == FLOW_STILL_THERE)
		return go(f, FLOW_THANKS, e->now);
	return finish(f, e->now);
}

static unsigned
on_speak(struct flow *f, const struct flow_event *e)
{
	return on_touch(f, e);
}

static unsigned
on_hours(struct flow *f, const struct flow_event *e)
{
	f->closed = e->value != 0;
	return f->screen == FLOW_CLOSED && !f->closed ? go_home(f, e->now) : 0;
}

/* The newest call counts; the one before it is over. */
static unsigned
on_call(struct flow *f, const struct flow_event *e)
{
	struct flow_call call = {
	    .knows_field = e->knows_field, .until = e->now + e->lasts_ms};

	copy_token(call.token, e->token);
	f->call = no_call;
	f->waiting = call;
	if (f->open || !(ON(f->screen) &
			   (ON(FLOW_RATE) | ON(FLOW_FIELD) | ON(FLOW_CLOSED))))
		return 0;
	return go_home(f, e->now);
}

static unsigned
on_failed(struct flow *f, const struct flow_event *e)
{
	bool seen = f->trouble && f->screen == FLOW_TROUBLE;

	f->open = false;
	f->trouble = true;
	return seen ? 0 : go(f, FLOW_TROUBLE, e->now);
}

static unsigned
on_recovered(struct flow *f, const struct flow_event *e)
{
	f->trouble = false;
	return f->screen == FLOW_TROUBLE ? go_home(f, e->now) : 0;
}

static const struct {
	unsigned (*handle)(struct flow *f, const struct flow_event *e);
	unsigned screens;
	bool touch; /* made by a finger: locked after a change of screen */
} events[] = {
    [FLOW_FACE] = {on_face, ON(FLOW_RATE), true},
    [FLOW_CHOOSE] = {on_choose, ON(FLOW_FIELD), true},
    [FLOW_TOGGLE] = {on_toggle, ON(FLOW_REASONS), true},
    [FLOW_SCORE] = {on_score, ON(FLOW_FACTOR), true},
    [FLOW_SEND] = {on_send, ON(FLOW_REASONS) | ON(FLOW_STILL_THERE), true},
    [FLOW_SKIP] = {on_skip, QUESTIONS | ON(FLOW_RATE), true},
    [FLOW_AGAIN] = {on_again, QUESTIONS | ON(FLOW_THANKS) | ON(FLOW_RATE),
	true},
    [FLOW_CONTINUE] = {on_continue, ON(FLOW_STILL_THERE), true},
    [FLOW_DONE] = {on_done, ON(FLOW_THANKS), true},
    [FLOW_TOUCH] = {on_touch, ON(FLOW_FIELD) | ON(FLOW_SERVICE), false},
    [FLOW_WAKE] = {on_wake, ON(FLOW_CLOSED), true},
    [FLOW_LANGUAGE] = {on_language, ~(ON(FLOW_CLEANING) | ON(FLOW_TROUBLE)),
	true},
    [FLOW_SERVICE_OPEN] = {on_service, ~(ON(FLOW_SERVICE) | ON(FLOW_CLEANING)),
	false},
    [FLOW_CLEAN] = {on_clean, ON(FLOW_SERVICE), false},
    [FLOW_LEAVE] = {on_leave, ON(FLOW_SERVICE), false},
    [FLOW_TICK] = {on_tick, ANYWHERE, false},
    [FLOW_SPEAK] = {on_speak, ANYWHERE, false},
    [FLOW_HOURS] = {on_hours, ANYWHERE, false},
    [FLOW_CALL] = {on_call, ANYWHERE, false},
    [FLOW_FAILED] = {on_failed, ANYWHERE, false},
    [FLOW_RECOVERED] = {on_recovered, ANYWHERE, false},
};

/* -------------------------------------------------------------- from outside
 */

void
flow_init(struct flow *f, const struct flow_settings *settings, int64_t now)
{
	memset(f, 0, sizeof(*f));
	f->settings = *settings;
	f->lang = settings->lang;
	f->answer.field = -1;
	go_home(f, now);
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
	return !f->open && f->screen == home(f) && f->field < 0;
}

bool
flow_bound(const struct flow *f)
{
	return f->open ? f->answer.bound : *f->call.token != '\0';
}

bool
flow_home(const struct flow *f)
{
	return !f->open && f->screen == home(f);
}

void
flow_apply(struct flow *f, const struct flow_settings *settings, int64_t now)
{
	assert(flow_idle(f));
	if (f->lang == f->settings.lang)
		f->lang = settings->lang;
	f->settings = *settings;
	if (f->screen != home(f))
		go(f, home(f), now);
}

int64_t
flow_left(const struct flow *f, int64_t now)
{
	int64_t left = f->touched_at + stays(f) - now;

	return stays(f) > 0 && left > 0 ? left : 0;
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

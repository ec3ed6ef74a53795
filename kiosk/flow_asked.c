/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One answer, from its first face to the end of its thanks. The first face
 * saves the answer at once, so that a citizen who then walks away is counted.
 * What follows replaces the same id, and each save renews the hold
 * (flow_hold). A face is replaced only while the same citizen must be standing
 * there (FLOW_CORRECT_MS), and the one chosen first stays in the answer;
 * "again" after that finishes the answer, so that the next face begins another.
 */
#include "kiosk/flow_private.h"

#include <string.h>

static const struct flow_call no_call;

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
	flow_copy_token(a->token, a->bound ? f->call.token : e->token);
	f->call = no_call;
	f->open = true;
	f->settled = false;
}

/* The next question after `from` that is to be asked, or thanks. */
static unsigned
go_to_next(struct flow *f, enum flow_screen from, int64_t now)
{
	const struct flow_settings *s = &f->settings;
	const struct flow_answer *a = &f->answer;

	switch (from) {
	case FLOW_RATE:
		if (s->fields > 0 && s->field_place == FLOW_FIELD_AFTER &&
		    !a->knows_field)
			return flow_go(f, FLOW_FIELD, now);
		/* fallthrough */
	case FLOW_FIELD:
		if (a->face <= s->reasons_to && s->reasons > 0)
			return flow_go(f, FLOW_REASONS, now);
		/* fallthrough */
	case FLOW_REASONS:
		f->factor = -1;
		/* fallthrough */
	case FLOW_FACTOR:
		if (++f->factor < s->factors && f->factor < FLOW_FACTORS)
			return flow_go(f, FLOW_FACTOR, now);
		/* fallthrough */
	default:
		return flow_go(f, FLOW_THANKS, now);
	}
}

unsigned
flow_on_face(struct flow *f, const struct flow_event *e)
{
	struct flow_answer *a = &f->answer;
	int i;

	if (e->value < 1 || e->value > 5)
		return 0;
	if (f->open && f->settled)
		return flow_finish(f, e->now);
	if (!f->open)
		begin_answer(f, e);
	else if (a->face != e->value) {
		a->flags |= FLOW_FLAG_CORRECTED;
		if (a->first == 0)
			a->first = a->face;
	}
	if (e->fingers > 1)
		a->flags |= FLOW_FLAG_MULTI_TOUCH;
	a->face = e->value;
	a->field = a->knows_field ? -1 : f->field;
	a->reasons = 0;
	for (i = 0; i < FLOW_FACTORS; i++)
		a->factors[i] = -1;
	a->lang = f->lang;
	return FLOW_SAVE | go_to_next(f, FLOW_RATE, e->now);
}

/* A field chosen before the face is kept until the face begins the answer. */
unsigned
flow_on_choose(struct flow *f, const struct flow_event *e)
{
	if (e->value < 0 || e->value >= f->settings.fields)
		return 0;
	if (!f->open) {
		f->field = e->value;
		return flow_go(f, FLOW_RATE, e->now);
	}
	f->answer.field = e->value;
	return FLOW_SAVE | go_to_next(f, FLOW_FIELD, e->now);
}

unsigned
flow_on_toggle(struct flow *f, const struct flow_event *e)
{
	if (e->value < 0 || e->value >= f->settings.reasons)
		return 0;
	f->answer.reasons ^= 1u << e->value;
	return FLOW_SAVE | FLOW_SHOW;
}

unsigned
flow_on_score(struct flow *f, const struct flow_event *e)
{
	if (e->value < 0 || e->value > 5)
		return 0;
	f->answer.factors[f->factor] = e->value;
	return FLOW_SAVE | go_to_next(f, FLOW_FACTOR, e->now);
}

unsigned
flow_on_send(struct flow *f, const struct flow_event *e)
{
	f->factor = f->settings.factors; /* ends these, however many are left */
	return FLOW_SAVE | go_to_next(f, f->screen, e->now);
}

/* On the faces it declines a call: the citizen does not want to answer. */
unsigned
flow_on_skip(struct flow *f, const struct flow_event *e)
{
	if (f->screen == FLOW_RATE) {
		if (f->open || !*f->call.token)
			return 0;
		f->call = no_call;
		return flow_go_home(f, e->now);
	}
	if (!f->open)
		return flow_go(f, FLOW_RATE, e->now);
	if (f->screen == FLOW_REASONS)
		f->answer.reasons = 0;
	return FLOW_SAVE | go_to_next(f, f->screen, e->now);
}

/* From the faces it leads back to the field, where that is asked first; from
 * any later screen to the faces, for the same answer while that may be
 * corrected. */
unsigned
flow_on_again(struct flow *f, const struct flow_event *e)
{
	if (f->screen == FLOW_RATE)
		return f->open || flow_first_screen(f) != FLOW_FIELD
			   ? 0
			   : flow_go(f, FLOW_FIELD, e->now);
	if (!f->open)
		return 0;
	if (f->settled)
		return flow_finish(f, e->now);
	return FLOW_SAVE | flow_go(f, FLOW_RATE, e->now);
}

unsigned
flow_on_next(struct flow *f, const struct flow_event *e)
{
	return f->open ? flow_finish(f, e->now) : 0;
}

unsigned
flow_on_continue(struct flow *f, const struct flow_event *e)
{
	return FLOW_SAVE | flow_go(f, f->under, e->now);
}

/* A touch that changes no answer (the next leaf of fields, the operator's
 * page), or something read aloud; the save renews the hold. */
unsigned
flow_on_touch(struct flow *f, const struct flow_event *e)
{
	f->touched_at = e->now;
	return f->open ? FLOW_SAVE : 0;
}

unsigned
flow_on_language(struct flow *f, const struct flow_event *e)
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

unsigned
flow_finish(struct flow *f, int64_t now)
{
	unsigned release = f->open ? FLOW_RELEASE : 0;

	f->open = false;
	return release | flow_go_home(f, now);
}

unsigned
flow_on_done(struct flow *f, const struct flow_event *e)
{
	return flow_finish(f, e->now);
}

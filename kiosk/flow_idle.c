/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * While no answer is under way. The first screen is the faces; the fields where
 * those are asked first; the closed screen outside the hours; the trouble
 * screen while answers cannot be stored.
 *
 * A call (the desk's software has served a citizen) ties the next answer that
 * begins before the call ends; one that arrives during an answer waits until
 * that answer is finished. A call is never needed to answer.
 */
#include "kiosk/flow_private.h"

#include <assert.h>
#include <string.h>

static const struct flow_call no_call;

unsigned
flow_go(struct flow *f, enum flow_screen screen, int64_t now)
{
	f->screen = screen;
	f->page++;
	f->changed_at = now;
	f->touched_at = now;
	return FLOW_SHOW;
}

enum flow_screen
flow_first_screen(const struct flow *f)
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

unsigned
flow_go_home(struct flow *f, int64_t now)
{
	if (f->waiting.until > now)
		f->call = f->waiting;
	else if (f->call.until <= now)
		f->call = no_call;
	f->waiting = no_call;
	f->lang = f->settings.lang;
	f->field = -1;
	return flow_go(f, flow_first_screen(f), now);
}

/* -------------------------------------------------------------------- calls */

void
flow_copy_token(char out[FLOW_TOKEN], const char *token)
{
	size_t n = token ? strlen(token) : 0;

	memset(out, 0, FLOW_TOKEN);
	if (n < FLOW_TOKEN)
		memcpy(out, token ? token : "", n);
}

/* The newest call counts; the one before it is over. */
unsigned
flow_on_call(struct flow *f, const struct flow_event *e)
{
	struct flow_call call = {
	    .knows_field = e->knows_field, .until = e->now + e->lasts_ms};

	flow_copy_token(call.token, e->token);
	f->call = no_call;
	f->waiting = call;
	if (f->open || !(ON(f->screen) &
			   (ON(FLOW_RATE) | ON(FLOW_FIELD) | ON(FLOW_CLOSED))))
		return 0;
	return flow_go_home(f, e->now);
}

/* ------------------------------------------------------------- other events */

unsigned
flow_on_wake(struct flow *f, const struct flow_event *e)
{
	return flow_go(f, FLOW_RATE, e->now);
}

unsigned
flow_on_hours(struct flow *f, const struct flow_event *e)
{
	f->closed = e->value != 0;
	return f->screen == FLOW_CLOSED && !f->closed ? flow_go_home(f, e->now)
						      : 0;
}

unsigned
flow_tick_idle(struct flow *f, int64_t idle, int64_t now)
{
	bool over = *f->call.token && f->call.until <= now;

	if (over)
		return flow_go_home(f, now);
	if (idle < FLOW_HOME_IDLE_MS ||
	    (f->screen == flow_first_screen(f) && f->lang == f->settings.lang))
		return 0;
	return flow_go_home(f, now);
}

/* ------------------------------------------------------------- from outside */

bool
flow_idle(const struct flow *f)
{
	return !f->open && f->screen == flow_first_screen(f) && f->field < 0;
}

bool
flow_home(const struct flow *f)
{
	return !f->open && f->screen == flow_first_screen(f);
}

bool
flow_bound(const struct flow *f)
{
	return f->open ? f->answer.bound : *f->call.token != '\0';
}

void
flow_apply(struct flow *f, const struct flow_settings *settings, int64_t now)
{
	assert(flow_idle(f));
	if (f->lang == f->settings.lang)
		f->lang = settings->lang;
	f->settings = *settings;
	if (f->screen != flow_first_screen(f))
		flow_go(f, flow_first_screen(f), now);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of the questions is the rule: first what ends it for ever, then
 * what makes it wait, then the hour of the day. */
#include "server/core/dossier/invite.h"

#include <stddef.h>
#include "shared/civil.h"

#define HOUR_MS (3600 * 1000LL)

const char *const invite_state_words[INVITE_STATE_COUNT] = {
    "planned", "invited", "reminded", "answered", "ended"};

bool
invite_wanted(enum outcome outcome, int64_t finished_at,
    const struct invite_rules *rules, int64_t now)
{
	return (outcome == OUTCOME_GRANTED || outcome == OUTCOME_REFUSED) &&
	       finished_at != DOSSIER_NEVER &&
	       finished_at > now - rules->days * INVITE_DAY_MS;
}

int64_t
invite_by_day(int64_t at, uint32_t random)
{
	int32_t day = civil_local_day(at);
	int64_t opens = civil_day_start(day) + INVITE_FROM_HOUR * HOUR_MS;

	if (at >= opens && at < invite_until(at))
		return at;
	if (at >= opens)
		opens = civil_day_start(day + 1) + INVITE_FROM_HOUR * HOUR_MS;
	return opens + random % (uint32_t)(2 * HOUR_MS);
}

int64_t
invite_until(int64_t at)
{
	return civil_day_start(civil_local_day(at)) +
	       INVITE_UNTIL_HOUR * HOUR_MS;
}

int64_t
invite_plan(int64_t finished_at, uint32_t random)
{
	int64_t delay =
	    INVITE_SOONEST_MS +
	    random % (uint32_t)(INVITE_SPREAD_MS - INVITE_SOONEST_MS);

	return invite_by_day(finished_at + delay, random);
}

static struct invite_verdict
stop_invite(const char *why)
{
	return (struct invite_verdict){.step = INVITE_STOP, .why = why};
}

static struct invite_verdict
wait_until(int64_t at, uint32_t random)
{
	return (struct invite_verdict){
	    .step = INVITE_WAIT, .at = invite_by_day(at, random)};
}

/* What ends it for ever; NULL: nothing does. */
static const char *
invite_ended(
    const struct invite_case *c, const struct invite_rules *rules, int64_t now)
{
	if (c->answered)
		return "answered";
	if (c->opted_out)
		return "opted_out";
	if (!c->contact)
		return "no_contact";
	if (c->state == INVITE_INVITED && rules->remind_days == 0)
		return "lapsed";
	if (c->state >= INVITE_REMINDED)
		return "lapsed";
	if (!invite_wanted(c->outcome, c->finished_at, rules, now))
		return "late";
	return NULL;
}

struct invite_verdict
invite_decide(const struct invite_case *c, const struct invite_rules *rules,
    int64_t now, uint32_t random)
{
	const char *why = invite_ended(c, rules, now);
	int64_t days = rules->remind_days * INVITE_DAY_MS;
	int64_t remind = c->sent_at + days;
	int64_t apart = days > INVITE_APART_MS ? days : INVITE_APART_MS;

	if (why != NULL)
		return stop_invite(why);
	if (c->state == INVITE_INVITED && now < remind)
		return wait_until(remind, random);
	/* not once more for each dossier */
	if (c->state == INVITE_INVITED && c->reminded_at > 0 &&
	    now < c->reminded_at + INVITE_REMIND_APART_MS)
		return stop_invite("lapsed");
	if (c->halted || c->recent >= INVITE_MOST_A_DAY)
		return wait_until(now + INVITE_DAY_MS, random);
	/* two questions at once: which one is answered is unknown */
	if (c->other_at > 0 && now < c->other_at + apart)
		return wait_until(c->other_at + apart, random);
	if (invite_by_day(now, 0) != now)
		return wait_until(now, random);
	return (struct invite_verdict){
	    .step = c->state == INVITE_PLANNED ? INVITE_SEND : INVITE_REMIND,
	    .at = now};
}

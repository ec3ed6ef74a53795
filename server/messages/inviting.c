/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dossier by dossier, in the order of their keys, so that two runs at once wait
 * for each other but never in a circle. What is queued counts for the next one
 * at once: the limits of a number hold within a run, too.
 */
#include "server/messages/inviting.h"

#include <string.h>
#include "server/core/dossier/agency.h"
#include "server/store/messages/invitations.h"
#include "server/store/messages/sms.h"
#include "shared/text.h"

#define PAGE 200

/* One message about a dossier; its number is sealed and stays so. */
static bool
inviting_queue(
    struct inviting *run, const struct invitation_due *due, bool reminder)
{
	const char *key = reminder ? "sms.remind" : "sms.invite";
	const struct unit *unit = catalogue_unit(run->catalogue, due->unit);
	const char *agency =
	    agency_name(run->arena, unit, run->settings->sms_agency);
	struct sms_out out = {.phone = due->i.phone,
	    .cause = key,
	    .created_at = run->now,
	    .dossier = due->i.dossier,
	    .until_at = invite_until(run->now)};
	struct invited *told;

	out.text = text_fill(run->arena, LANG_VI, key, "agency", agency, NULL);
	uuid_new(&out.id);
	memcpy(out.sender, due->i.sender, sizeof(out.sender));
	told = arena_append(
	    run->arena, &run->list, &run->count, sizeof(*run->list));
	*told = (struct invited){due->i.dossier, out.text, reminder};
	return store_sms_out(run->db, &out);
}

static bool
send(struct inviting *run, struct invitation_due *due, bool reminder)
{
	int days = run->settings->sms_remind_days;
	uint32_t random = token_random(UINT32_MAX);

	due->i.state = reminder ? INVITE_REMINDED : INVITE_INVITED;
	due->i.sent_at = run->now;
	due->i.due_at =
	    reminder || days == 0
		? 0
		: invite_by_day(run->now + days * INVITE_DAY_MS, random);
	*(reminder ? &run->reminders : &run->invitations) += 1;
	return inviting_queue(run, due, reminder) &&
	       store_invitation_step(run->db, &due->i);
}

static bool
stop_inviting(struct inviting *run, struct invitation_due *due, const char *why)
{
	bool answered = strcmp(why, "answered") == 0;
	bool lapsed = strcmp(why, "lapsed") == 0;

	run->ended++;
	/* what was asked may still be answered */
	if (!lapsed)
		due->i.state = answered ? INVITE_ANSWERED : INVITE_ENDED;
	due->i.why = answered ? "" : why;
	due->i.due_at = 0;
	return store_invitation_step(run->db, &due->i);
}

static bool
look_at_due(struct inviting *run, struct invitation_due *due)
{
	const struct invite_rules rules = {
	    run->settings->sms_invite_days, run->settings->sms_remind_days};
	struct invite_case c = {.state = due->i.state,
	    .outcome = due->outcome,
	    .finished_at = due->i.finished_at,
	    .sent_at = due->i.sent_at,
	    .contact = due->i.phone[0] != '\0',
	    .opted_out = due->opted_out,
	    .answered = due->answered,
	    .halted = due->halted};
	struct invite_verdict v;

	if (!store_invitation_load(run->db, due->i.sender, due->i.dossier,
		run->now - INVITE_DAY_MS, &c))
		return false;
	v = invite_decide(&c, &rules, run->now, token_random(UINT32_MAX));
	switch (v.step) {
	case INVITE_SEND:
		return send(run, due, false);
	case INVITE_REMIND:
		return send(run, due, true);
	case INVITE_STOP:
		return stop_inviting(run, due, v.why);
	default:
		run->later++;
		due->i.due_at = v.at;
		return store_invitation_step(run->db, &due->i);
	}
}

bool
inviting_run(struct inviting *run)
{
	const char *after = "";
	struct invitation_due *list;
	size_t n = PAGE;

	while (n == PAGE) {
		if (!store_invitations_due(
			run->db, run->arena, run->now, after, PAGE, &list, &n))
			return false;
		for (size_t i = 0; i < n; i++)
			if (!look_at_due(run, &list[i]))
				return false;
		if (n > 0)
			after = list[n - 1].i.dossier;
	}
	return true;
}

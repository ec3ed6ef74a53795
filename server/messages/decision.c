/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The message is read anew inside the transaction: of two people who decide at
 * once the second one changes nothing, and sees what the first one did. A score
 * is confirmed to the citizen like any other, as long as the number is kept.
 */
#include "server/messages/decision.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"
#include "server/store/people/audit.h"
#include "server/store/messages/sms.h"
#include "server/store/messages/sms_decisions.h"
#include "shared/phone.h"
#include "server/messages/sms_reply.h"

bool
decision_may_see(const struct catalogue *catalogue, const struct caller *who,
    const char *unit)
{
	return unit_visible(catalogue, who->unit, unit);
}

static bool
decision_audit(struct db *db, const struct decision_request *d,
    const struct sms_read *m, const char *before)
{
	char id[UUID_TEXT];
	struct deed deed = {.id = d->deed,
	    .at = d->now,
	    .login = d->who->login,
	    .role = d->who->role,
	    .place = "pages",
	    .act = d->decision == DECIDE_NOTHING ? "sms.undo" : "sms.decide",
	    .unit = m->unit,
	    .object = id};

	uuid_format(&m->id, id);
	deed.before = arena_printf(d->arena, "{\"decided\":\"%s\"}", before);
	deed.after = arena_printf(d->arena, "{\"decided\":\"%s\"}", m->decided);
	return store_audit(db, &deed);
}

/* Tells the citizen, whose number may be erased by now. */
static bool
confirm(
    struct db *db, const struct decision_request *d, const struct sms_read *m)
{
	char phone[PHONE_TEXT];
	struct sms_reply s = {.db = db,
	    .arena = d->arena,
	    .settings = d->settings,
	    .keys = d->keys,
	    .now = d->now,
	    .phone = phone,
	    .answerable = m->has_sender && m->phone[0] != '\0' &&
			  unseal_phone(d->keys, m->phone, phone)};

	memcpy(s.sender, m->sender, sizeof(s.sender));
	if (d->decision <= DECIDE_SCORE_5)
		return sms_reply_score(&s, (int)d->decision, NULL);
	if (d->decision == DECIDE_OPT_OUT)
		return say(&s, "sms.optout");
	return d->decision != DECIDE_REFER || say(&s, "sms.refer");
}

/* A score needs a desk: the message's own, or one the person may see. */
static bool
find_desk(const struct decision_request *d, struct sms_read *m)
{
	const struct desk *desk;

	if (d->decision > DECIDE_SCORE_5 || m->desk[0] != '\0')
		return true;
	desk = d->desk == NULL ? NULL : catalogue_desk(d->catalogue, d->desk);
	if (desk == NULL ||
	    !decision_may_see(d->catalogue, d->who, desk->unit->code))
		return false;
	m->desk = desk->code;
	m->unit = desk->unit->code;
	return true;
}

bool
decision_carry_out(
    struct db *db, struct tallies *tallies, const struct decision_request *d)
{
	struct sms_answer_place place = {
	    db, tallies, d->catalogue, d->arena, d->now, ""};
	struct sms_read m;
	const char *before;
	bool undo = d->decision == DECIDE_NOTHING, overtaken;
	enum step step = store_sms_read(db, d->arena, &d->message, &m);

	if (step != STEP_ROW)
		return step == STEP_DONE;
	if (m.person == PERSON_NONE || undo != (m.person == PERSON_HAS) ||
	    !decision_may_see(d->catalogue, d->who, m.unit))
		return true;
	before = m.decided;
	place.device = m.device;
	if (undo)
		return decision_undo(&place, &m, d->who->login) &&
		       decision_audit(db, d, &m, before);
	if (!find_desk(d, &m) ||
	    ((d->decision <= DECIDE_SCORE_5 || d->decision == DECIDE_OPT_OUT) &&
		!m.has_sender))
		return true;
	return decision_write(
		   &place, &m, d->decision, d->who->login, &overtaken) &&
	       decision_audit(db, d, &m, before) &&
	       (overtaken || confirm(db, d, &m));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages may be handed over late and in any order (two modems, a gateway that
 * was away): what counts is when the citizen spoke. An opinion older than the
 * answer that stands is stored and set aside at once.
 */
#include "server/messages/sms_answer.h"

#include <string.h>
#include "server/intake/check.h"
#include "server/store/answers.h"
#include "server/store/messages/invitations.h"
#include "server/store/messages/sms.h"
#include "server/store/messages/sms_decisions.h"
#include "shared/civil.h"
#include "shared/log.h"

/* An answer that stands in the place this one wants. */
struct former {
	struct uuid id;
	int64_t at;
	bool there;
};

const struct desk *
sms_answer_desk(const struct catalogue *c, const char *desk, const char *unit,
    const char *field)
{
	const struct desk *said =
	    desk == NULL || desk[0] == '\0' ? NULL : catalogue_desk(c, desk);

	return said != NULL ? said : catalogue_unit_desk(c, unit, field);
}

static bool
find_former(const struct sms_answer_place *s, const struct sms_opinion *o,
    struct former *out)
{
	int32_t day = civil_local_day(o->at);
	enum step step;

	if (o->dossier != NULL)
		step =
		    store_dossier_answer(s->db, o->dossier, &out->id, &out->at);
	else
		step = store_sms_day_answer(
		    s->db, o->sender, o->desk, day, &out->id, &out->at);
	out->there = step == STEP_ROW;
	if (step == STEP_DONE && o->corrects != NULL) {
		out->id = *o->corrects; /* of the day before, about midnight */
		out->at = INT64_MIN;
		out->there = true;
	}
	return step != STEP_FAIL;
}

static bool
make_entry(const struct sms_answer_place *s, const struct sms_opinion *o,
    struct entry *e)
{
	struct answer *answer = arena_alloc(s->arena, sizeof(*answer));
	struct sender sender = {.channel = "sms", .device = s->device};
	const struct desk *desk = sms_answer_desk(s->catalogue, o->desk,
	    o->dossier ? o->unit : "", o->dossier ? o->field : "");
	char error[LIMIT_ERROR_BYTES];

	uuid_new(&answer->id);
	answer->desk = desk == NULL ? o->desk : desk->code;
	answer->answered_at = o->at;
	answer->offset = o->zone;
	answer->scores[0].criterion = "overall";
	answer->scores[0].value = o->score;
	answer->nscores = 1;
	for (; answer->nreasons < o->nreasons; answer->nreasons++)
		answer->reasons[answer->nreasons] =
		    o->reasons[answer->nreasons];
	if (o->clock_doubted)
		answer->flags[answer->nflags++] = "clock_corrected";
	answer->comment = o->comment;
	answer->lang = "vi";
	answer->assisted = "none";
	if (!check_answer(
		answer, &sender, s->catalogue, s->now, s->arena, e, error)) {
		log_error("an SMS that was read cannot be stored: %s", error);
		return false;
	}
	if (o->dossier != NULL) {
		e->dossier = o->dossier;
		e->unit = o->unit;
		e->field = o->field;
	}
	return true;
}

static bool
set_aside(const struct sms_answer_place *s, const struct uuid *id, bool aside,
    const char *reason, const char *login)
{
	const struct aside why = {reason, login, s->now};

	return store_answer_aside(s->db, s->tallies, id, aside, &why);
}

bool
sms_answer_store(const struct sms_answer_place *s, const struct sms_opinion *o,
    struct sms_answer_outcome *out)
{
	struct former former = {0};
	struct entry entry;

	memset(out, 0, sizeof(*out));
	if (!find_former(s, o, &former))
		return false;
	out->stands = o->first_only && former.there;
	if (out->stands)
		return true;
	if (!make_entry(s, o, &entry) ||
	    store_answer(s->db, s->tallies, &entry) != STORED)
		return false;
	out->answer = entry.id;
	out->overtaken = former.there && former.at > o->at;
	if (out->overtaken)
		return set_aside(s, &entry.id, true, "corrected", "");
	if (former.there) {
		out->replaced = former.id;
		out->has_replaced = true;
		if (!set_aside(s, &former.id, true, "corrected", ""))
			return false;
	}
	return o->dossier == NULL ||
	       (store_dossier_answer_put(s->db, o->dossier, &entry.id) &&
		   store_invitation_answered(s->db, o->dossier));
}

bool
sms_answer_undo(const struct sms_answer_place *s, const struct sms_read *m,
    const char *reason, const char *login)
{
	if (!m->has_answer || !m->counted)
		return true; /* something newer stands in its place */
	if (!set_aside(s, &m->answer, true, reason, login))
		return false;
	if (m->has_replaced &&
	    !set_aside(s, &m->replaced, false, reason, login))
		return false;
	if (m->dossier[0] == '\0')
		return true;
	return m->has_replaced
		   ? store_dossier_answer_put(s->db, m->dossier, &m->replaced)
		   : store_dossier_answer_remove(s->db, m->dossier, &m->answer);
}

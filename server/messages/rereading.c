/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text and the first reading stay; what is decided stands beside them and
 * can be taken back. An answer that is made of a message takes its place in
 * time: what the citizen said later goes before it
 * (server/messages/sms_answer.h).
 */
#include "server/messages/rereading.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/messages/sms.h"
#include "server/store/messages/sms_decisions.h"

const char *const decision_words[DECIDE_COUNT] = {
    "", "1", "2", "3", "4", "5", "comment", "refer", "ignore", "opt_out"};

enum decision
decision_find(const char *word)
{
	for (int i = DECIDE_SCORE_1; word != NULL && i < DECIDE_COUNT; i++)
		if (strcmp(word, decision_words[i]) == 0)
			return (enum decision)i;
	return DECIDE_NOTHING;
}

/* Makes an answer of a message with this score. */
static bool
make_answer(const struct sms_answer_place *place, struct sms_read *m, int score,
    const char *comment, bool first_only, struct sms_answer_outcome *done)
{
	struct sms_answer_place of = *place;
	struct sms_opinion o = {.sender = m->sender,
	    .desk = m->desk,
	    .score = score,
	    .comment = comment,
	    .at = m->sent_at > 0 ? m->sent_at : m->received_at,
	    .zone = m->zone,
	    .first_only = first_only};
	struct dossier d;
	enum step step = STEP_DONE;

	if (m->dossier[0] != '\0')
		step = store_dossier(place->db, place->arena, m->dossier, &d);
	if (step == STEP_FAIL)
		return false;
	if (step == STEP_ROW) {
		o.dossier = m->dossier;
		o.unit = d.unit;
		o.field = d.field;
	}
	of.device = m->device;
	if (!sms_answer_store(&of, &o, done))
		return false;
	if (done->stands)
		return true;
	m->answer = done->answer;
	m->has_answer = true;
	return store_sms_in_answer(place->db, &m->id, &done->answer,
	    done->has_replaced ? &done->replaced : NULL);
}

bool
decision_write(const struct sms_answer_place *place, struct sms_read *m,
    enum decision decision, const char *login, bool *overtaken)
{
	struct sms_answer_outcome done = {0};

	m->person = PERSON_HAS;
	m->decided = decision_words[decision];
	m->decided_by = login;
	m->decided_at = place->now;
	if (decision <= DECIDE_SCORE_5 &&
	    !make_answer(place, m, (int)decision, m->text, false, &done))
		return false;
	if (decision == DECIDE_OPT_OUT &&
	    !(store_sms_optout(place->db, m->sender, true, place->now) &&
		store_sms_drop(place->db, m->sender, place->now)))
		return false;
	*overtaken = done.overtaken;
	return store_sms_decide(place->db, m);
}

bool
decision_undo(
    const struct sms_answer_place *place, struct sms_read *m, const char *login)
{
	enum decision was = decision_find(m->decided);

	if (was <= DECIDE_SCORE_5 &&
	    !sms_answer_undo(place, m, "undone", login))
		return false;
	if (was == DECIDE_OPT_OUT && m->has_sender &&
	    !store_sms_optout_undo(place->db, m->sender, m->decided_at))
		return false;
	m->person = strcmp(m->deed, "comment") == 0 ? PERSON_MAY : PERSON_MUST;
	m->decided = "";
	m->decided_by = "";
	m->decided_at = 0;
	return store_sms_decide(place->db, m);
}

/* -------------------------------------------------------------- newer rules */

static void
to_a_person(struct sms_read *m, const struct reply *now)
{
	bool words = now->kind == REPLY_COMMENT;

	m->deed = words ? "comment" : "person";
	m->person = words ? PERSON_MAY : PERSON_MUST;
}

/* It was a score, and stands as one. */
static bool
from_score(const struct sms_answer_place *place, struct sms_read *m,
    const struct reply *now, bool *changed)
{
	struct sms_answer_outcome done;

	*changed = now->kind != REPLY_SCORE || now->score != m->score;
	if (!*changed)
		return true;
	if (!sms_answer_undo(place, m, "reread", ""))
		return false;
	if (now->kind == REPLY_SCORE)
		return make_answer(
		    place, m, now->score, now->comment, false, &done);
	to_a_person(m, now);
	return true;
}

/* It waits for a person, and can be read now; what the citizen said later
 * about the same stands before it, and so does, before words, what was said
 * earlier. */
static bool
to_score(const struct sms_answer_place *place, struct sms_read *m,
    const struct reply *now, bool *changed)
{
	const struct desk *desk;
	struct sms_answer_outcome done;

	if (now->desk != NULL)
		m->desk = now->desk;
	desk = catalogue_desk(place->catalogue, m->desk);
	if (m->partial || desk == NULL || !m->has_sender)
		return true; /* still a person's */
	if (m->dossier[0] == '\0')
		m->unit = desk->unit->code;
	if (!make_answer(place, m, now->score, now->comment,
		now->way != REPLY_BY_DIGIT, &done))
		return false;
	if (done.stands)
		return true; /* only a digit corrects */
	m->deed = "score";
	m->person = PERSON_NONE;
	*changed = true;
	if (now->opt_out &&
	    !store_sms_optout(place->db, m->sender, true, place->now))
		return false;
	return store_sms_in_deed(place->db, &m->id,
	    &(struct sms_deed){
		m->deed, m->desk, m->unit, m->dossier, m->person, ""});
}

bool
rereading_run(const struct sms_answer_place *place, struct sms_read *m,
    const struct reply *now, int reader, bool *changed)
{
	bool waits = m->person == PERSON_MUST || m->person == PERSON_MAY;
	bool ok = true;

	*changed = false;
	if (strcmp(m->deed, "score") == 0 && m->counted) {
		ok = from_score(place, m, now, changed);
	} else if (waits && now->kind == REPLY_SCORE) {
		ok = to_score(place, m, now, changed);
	} else if (waits && strcmp(m->kind, reply_kind_name(now->kind)) != 0) {
		*changed = true;
		to_a_person(m, now);
		if (now->kind == REPLY_IGNORE || now->kind == REPLY_OPT_OUT)
			m->person = PERSON_NONE;
		if (now->kind == REPLY_OPT_OUT && m->has_sender)
			ok = store_sms_optout(
			    place->db, m->sender, true, place->now);
	}
	m->kind = reply_kind_name(now->kind);
	m->reader = reader;
	return ok && store_sms_reading(place->db, m);
}

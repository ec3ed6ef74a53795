/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The facts are gathered, the rules decide (core/messages/follow.h), and it is
 * done:
 *
 *   a score          an answer (sms_answer.h), confirmed by one SMS; after 1
 *                    and 2 that SMS asks for the reason; where the number has
 *                    several dossiers it names the one by its day
 *   letters          after that question: the answer gets its reasons
 *   no desk known    two SMS a day ask for the code, then a person reads it
 *   TC, DK, TG       opt-out, opt-in, help: confirmed; with a score beside it
 *                    the opt-out alone is
 *   SAI SO           all invitations of the number end, it is forgotten, and
 *                    told so
 *   perhaps an       nothing is said or sent, until a person has decided
 *   opt-out
 *   thanks           nothing
 *   words            one SMS a day says how to rate; a person may read them
 *   not readable     two SMS a day ask to repeat; a person reads it
 *
 * Names and short numbers are kept, neither counted nor answered: two machines
 * would talk for ever. A text that comes twice within minutes is a repeat.
 */
#include "server/messages/conversation.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/agency.h"
#include "server/core/messages/follow.h"
#include "server/core/messages/reason_letter.h"
#include "server/messages/sms_reply.h"
#include "server/settings.h"
#include "server/messages/sms_answer.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/messages/invitations.h"
#include "server/store/messages/sms.h"
#include "shared/civil.h"

static const char *const deeds[FOLLOW_DEED_COUNT] = {"nothing", "score",
    "reason", "ask_desk", "opt_out", "opt_in", "help", "wrong_person",
    "unknown_desk", "comment", "person", "thanks", "perhaps_opt_out"};

struct state {
	const struct conversation *c;
	const struct incoming *in;
	struct follow_facts facts;
	struct sms_answer last;
	struct invitation_last invited;
	struct follow follow;
	struct sms_reply say;
	const char *day; /* of the dossier an answer is about; NULL: none */
	bool unheard;    /* nothing can be asked any more today */
};

/* -------------------------------------------------------------------- facts */

/* The text before this one; it is read when it is of a day ago at most. */
static bool
look_before(struct state *s)
{
	struct reply_desks desks = {s->c->catalogue->desk_codes};
	struct follow_facts *f = &s->facts;
	const char *before;
	int64_t at;
	enum step step = store_sms_last_text(s->c->db, s->c->arena,
	    s->say.sender, f->at - FOLLOW_OPEN_MS, &s->in->id, &before, &at);

	f->before.kind = REPLY_IGNORE;
	if (step != STEP_ROW)
		return step == STEP_DONE;
	f->before_at = at;
	if (at >= f->at - FOLLOW_DAY_MS)
		reply_read(s->c->arena, before, &desks, &f->before);
	f->repeated =
	    at >= f->at - FOLLOW_REPEAT_MS && strcmp(before, s->in->text) == 0;
	return true;
}

static int
overall_of(const struct sms_answer *answer)
{
	return answer->scores[strlen("overall=")] - '0';
}

static bool
look_answer(struct state *s)
{
	struct follow_facts *f = &s->facts;
	enum step step = store_sms_last_answer(s->c->db, s->c->arena,
	    s->say.sender, f->at - FOLLOW_OPEN_MS, &s->last);

	f->answered = step == STEP_ROW;
	if (f->answered) {
		f->last_desk = s->last.desk;
		f->last_dossier = s->last.dossier;
		f->last_at = s->last.received_at;
		f->last_score = overall_of(&s->last);
	}
	return step != STEP_FAIL && store_sms_reason_asked(s->c->db,
					s->say.sender, &f->reason_asked_at);
}

static bool
look_invitation(struct state *s)
{
	struct follow_facts *f = &s->facts;
	enum step step = store_invitation_last(
	    s->c->db, s->c->arena, s->say.sender, &s->invited);
	const struct desk *desk;

	if (step != STEP_ROW)
		return step == STEP_DONE;
	desk = sms_answer_desk(s->c->catalogue, s->invited.desk,
	    s->invited.unit, s->invited.field);
	f->invited = desk != NULL;
	f->dossier = s->invited.dossier;
	f->dossier_desk = desk == NULL ? "" : desk->code;
	f->invited_at = s->invited.sent_at;
	f->dossier_answered = s->invited.answered;
	return true;
}

/* Whether an answer of today stands at the desk that is named. */
static bool
look_desk(struct state *s)
{
	struct follow_facts *f = &s->facts;
	const char *desk = s->in->reply.desk;
	struct uuid id;
	enum step step;
	int64_t at;

	if (desk == NULL && f->before.note == REPLY_NOTE_DESK_ONLY)
		desk = f->before.desk;
	if (desk == NULL)
		return true;
	step = store_sms_day_answer(s->c->db, s->say.sender, desk,
	    civil_local_day(s->in->sent_at), &id, &at);
	f->desk_answered = step == STEP_ROW;
	return step != STEP_FAIL;
}

static bool
gather_conversation(struct state *s)
{
	s->facts = (struct follow_facts){.at = s->in->received_at,
	    .partial = s->in->partial,
	    .reasons = reason_letters_read(s->c->arena, s->in->text)};
	return look_before(s) && look_answer(s) && look_invitation(s) &&
	       look_desk(s);
}

/* ------------------------------------------------------------------ answers */

static bool
settle_it(struct state *s, const struct sms_opinion *o)
{
	const struct conversation *c = s->c;
	const struct sms_answer_place place = {
	    c->db, c->tallies, c->catalogue, c->arena, c->now, c->device};
	struct sms_answer_outcome done;

	if (!sms_answer_store(&place, o, &done))
		return false;
	++*c->answers;
	return store_sms_in_answer(c->db, &s->in->id, &done.answer,
	    done.has_replaced ? &done.replaced : NULL);
}

/* "12/11", the day of the result, where the number has other dossiers. */
static bool
name_day(struct state *s, const struct dossier *d)
{
	int64_t others = store_invitation_others(
	    s->c->db, s->say.sender, d->key, s->facts.at - FOLLOW_OPEN_MS);
	struct civil day;

	if (others > 0 && d->finished_at != DOSSIER_NEVER) {
		day = civil_from_day(civil_local_day(d->finished_at));
		s->day =
		    arena_printf(s->c->arena, "%02d/%02d", day.day, day.month);
	}
	return others >= 0;
}

/* Of the dossier an answer is about: what the invitation, or the database,
 * knows of it. */
static bool
about(struct state *s, struct sms_opinion *o, const char *dossier)
{
	struct dossier d;
	enum step step;

	if (dossier == NULL || dossier[0] == '\0')
		return true;
	step = store_dossier(s->c->db, s->c->arena, dossier, &d);
	if (step == STEP_DONE)
		return true; /* forgotten meanwhile: the desk's answer */
	o->dossier = dossier;
	o->unit = d.unit;
	o->field = d.field;
	return step == STEP_ROW && name_day(s, &d);
}

static struct sms_opinion
opinion(struct state *s, const char *desk, int score)
{
	return (struct sms_opinion){.sender = s->say.sender,
	    .desk = desk,
	    .score = score,
	    .at = s->in->sent_at,
	    .zone = s->in->zone,
	    .clock_doubted = s->in->clock_doubted};
}

static bool
take_opt_out(struct state *s)
{
	return store_sms_optout(s->c->db, s->say.sender, true, s->c->now) &&
	       store_sms_drop(s->c->db, s->say.sender, s->c->now) &&
	       say(&s->say, "sms.optout");
}

static bool
take_score(struct state *s)
{
	const struct follow *f = &s->follow;
	const struct reply *said =
	    s->in->reply.kind == REPLY_SCORE ? &s->in->reply : &s->facts.before;
	struct sms_opinion o = opinion(s, f->desk, f->score);

	o.comment = said->comment;
	o.corrects = f->corrects ? &s->last.id : NULL;
	if (!about(s, &o, f->dossier) || !settle_it(s, &o))
		return false;
	return f->opt_out ? take_opt_out(s)
			  : sms_reply_score(&s->say, f->score, s->day);
}

/* The last answer once more, with its reasons. */
static bool
take_reason(struct state *s)
{
	struct sms_opinion o = opinion(s, s->last.desk, overall_of(&s->last));

	for (size_t i = 0; reason_letters[i] != NULL; i++)
		if (s->follow.reasons & 1u << i && o.nreasons < LIMIT_REASONS)
			o.reasons[o.nreasons++] = reason_letters[i];
	o.comment = s->last.comment;
	o.corrects = &s->last.id;
	return about(s, &o, s->last.dossier) && settle_it(s, &o) &&
	       sms_reply_reasons(&s->say, o.reasons, o.nreasons);
}

/* ----------------------------------------------------------- the other ways */

static bool
take_opt_in(struct state *s)
{
	return store_sms_optout(s->c->db, s->say.sender, false, s->c->now) &&
	       say(&s->say, "sms.optin");
}

/* The number is another person's: of none of its dossiers is spoken again. A
 * number that was never to be asked is not answered. */
static bool
take_wrong_person(struct state *s)
{
	int64_t all = store_invitation_others(s->c->db, s->say.sender, "", 0);

	if (all <= 0)
		return all == 0;
	return store_sms_optout(s->c->db, s->say.sender, true, s->c->now) &&
	       store_sms_drop(s->c->db, s->say.sender, s->c->now) &&
	       store_invitation_end_number(
		   s->c->db, s->say.sender, "wrong_person") &&
	       say(&s->say, "sms.wrong_number");
}

/* A score without a desk: asked for, then left to a person. */
static bool
ask_desk(struct state *s)
{
	bool said = true;
	bool ok =
	    sms_reply_few(&s->say, "sms.ask_desk", FOLLOW_ASK_A_DAY, &said);

	s->unheard = !said;
	return ok;
}

static bool
carry_out_follow(struct state *s)
{
	switch (s->follow.deed) {
	case FOLLOW_SCORE:
		return take_score(s);
	case FOLLOW_REASON:
		return take_reason(s);
	case FOLLOW_ASK_DESK:
		return ask_desk(s);
	case FOLLOW_OPT_OUT:
		return take_opt_out(s);
	case FOLLOW_OPT_IN:
		return take_opt_in(s);
	case FOLLOW_HELP:
		return sms_reply_few(&s->say, "sms.help", 1, NULL);
	case FOLLOW_WRONG_PERSON:
		return take_wrong_person(s);
	case FOLLOW_UNKNOWN_DESK:
		return sms_reply_few(
		    &s->say, "sms.unknown_desk", FOLLOW_ASK_A_DAY, NULL);
	case FOLLOW_COMMENT:
		return sms_reply_few(&s->say, "sms.comment", 1, NULL);
	case FOLLOW_PERSON:
		return sms_reply_few(
		    &s->say, "sms.ambiguous", FOLLOW_ASK_A_DAY, NULL);
	case FOLLOW_PERHAPS_OUT:
		return store_sms_drop(s->c->db, s->say.sender, s->c->now);
	default:
		return true;
	}
}

/* --------------------------------------------------------------- the record */

static enum sms_person
person(const struct state *s)
{
	switch (s->follow.deed) {
	case FOLLOW_ASK_DESK:
		return s->unheard ? PERSON_MUST : PERSON_NONE;
	case FOLLOW_PERSON:
	case FOLLOW_UNKNOWN_DESK:
		/* the very same text waits already */
		return s->facts.repeated ? PERSON_NONE : PERSON_MUST;
	case FOLLOW_PERHAPS_OUT:
		return PERSON_MUST;
	case FOLLOW_COMMENT:
		return PERSON_MAY;
	default:
		return PERSON_NONE;
	}
}

/* What the message is about, as far as anybody can tell: it says so, or the
 * talk does. */
static bool
note_conversation(struct state *s)
{
	const struct follow *f = &s->follow;
	const struct follow_facts *facts = &s->facts;
	struct sms_deed d = {deeds[f->deed], "", "", "", person(s), ""};
	char sealed[SEALED_TEXT];
	bool open =
	    facts->invited && facts->invited_at >= facts->at - FOLLOW_OPEN_MS;
	const struct desk *desk;

	if (f->deed == FOLLOW_SCORE) {
		d.desk = f->desk;
		d.dossier = f->dossier == NULL ? "" : f->dossier;
	} else if (s->in->reply.desk != NULL) {
		d.desk = s->in->reply.desk;
	} else if (open &&
		   (!facts->answered || facts->invited_at > facts->last_at)) {
		d.desk = facts->dossier_desk;
		d.dossier = facts->dossier;
	} else if (facts->answered &&
		   (f->deed == FOLLOW_REASON ||
		       facts->last_at >= facts->at - FOLLOW_DAY_MS)) {
		d.desk = facts->last_desk;
		d.dossier = facts->last_dossier;
	}
	desk =
	    d.desk[0] == '\0' ? NULL : catalogue_desk(s->c->catalogue, d.desk);
	d.unit = desk == NULL ? "" : desk->unit->code;
	if (d.dossier[0] != '\0' && d.dossier == facts->dossier)
		d.unit = s->invited.unit;
	if (d.person != PERSON_NONE && s->in->answerable) {
		seal_phone(s->c->keys, s->in->phone, sealed);
		d.phone = sealed;
	}
	return store_sms_in_deed(s->c->db, &s->in->id, &d);
}

static bool
conversation_insert(struct state *s, enum stored *stored)
{
	const struct incoming *in = s->in;
	struct sms_in row = {.id = in->id,
	    .device = s->c->device,
	    .text = in->text,
	    .partial = in->partial,
	    .kind = in->phone == NULL && !in->unreadable
			? "ignore"
			: reply_kind_name(in->reply.kind),
	    .received_at = in->received_at,
	    .sent_at = in->sent_at,
	    .zone = in->zone,
	    .reader = reply_reader_version};

	memcpy(row.digest, in->digest, sizeof(row.digest));
	memcpy(row.sender, s->say.sender, sizeof(row.sender));
	*stored = store_sms_in(s->c->db, &row);
	return *stored == STORED && (in->phone != NULL || in->unreadable);
}

enum stored
conversation_take(const struct conversation *c, const struct incoming *in)
{
	struct state s = {.c = c, .in = in};
	enum stored stored;

	s.say = (struct sms_reply){.db = c->db,
	    .arena = c->arena,
	    .settings = c->settings,
	    .keys = c->keys,
	    .now = c->now,
	    .phone = in->phone,
	    .answerable = in->answerable};
	keyed_hash(
	    c->keys->hash, in->phone == NULL ? "" : in->phone, s.say.sender);
	if (!conversation_insert(&s, &stored))
		return stored;
	if (!gather_conversation(&s))
		return STORED_FAILED;
	s.follow = follow_decide(&in->reply, &s.facts);
	if (!carry_out_follow(&s) || !note_conversation(&s))
		return STORED_FAILED;
	return STORED;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rules (contract, section 5; DOMAIN, section 6):
 *
 *   a score with a desk's code    an answer, confirmed by one SMS
 *   a score without one           corrects this number's answer of the last
 *                                 24 hours, else one SMS asks for the code
 *   a code alone, a score alone   one completes the other, within 24 hours
 *   the same desk again           the same number, desk and local day: the
 *                                 later one counts, the earlier is set aside
 *   TC, DK, TG …                  opt-out, opt-in, help: confirmed
 *   words, or not readable        one SMS a day says what to do; a person
 *                                 reads the text
 *
 * Names and short numbers are kept, neither counted nor answered: two machines
 * would talk for ever. So would two that both answer: at most 20 replies to one
 * number in 24 hours.
 */
#include "server/conversation.h"

#include <stdio.h>
#include <string.h>
#include "server/check.h"
#include "server/settings.h"
#include "server/words.h"
#include "shared/civil.h"
#include "shared/log.h"

#define DAY_MS        (24 * 3600 * 1000LL)
#define REPLIES_A_DAY 20

struct state {
	const struct conversation *c;
	const struct incoming *in;
	struct reply reply; /* of the message, joined with the one before */
	uint8_t sender[TOKEN_HASH];
	struct uuid answer;
	bool answered; /* an answer was made */
};

/* ------------------------------------------------------------------ replies */

static bool
queue(struct state *s, const char *cause, const char *text)
{
	struct sms_out out = {.phone = s->in->phone,
	    .text = text,
	    .cause = cause,
	    .created_at = s->c->now};

	if (!s->in->answerable)
		return true; /* abroad or a landline: counted, never sent to */
	uuid_new(&out.id);
	memcpy(out.sender, s->sender, sizeof(out.sender));
	return store_sms_out(s->c->db, &out);
}

/* Queues the words of a key with what they may name. limited: once a day. */
static bool
answer_with(struct state *s, const char *key, bool limited)
{
	const struct settings *set = s->c->settings;
	int64_t since = s->c->now - DAY_MS;
	int64_t recent =
	    store_sms_recent(s->c->db, s->sender, limited ? key : NULL, since);
	struct arena *a = s->c->arena;

	if (recent < 0)
		return false;
	if (recent >= (limited ? 1 : REPLIES_A_DAY))
		return true;
	return queue(s, key,
	    text_fill(a, LANG_VI, key, "agency", set->sms_agency, "phone",
		set->sms_phone, "time", words_time(a, s->c->now), "date",
		words_date(a, civil_local_day(s->c->now)), NULL));
}

static bool
thank(struct state *s)
{
	struct arena *a = s->c->arena;
	const char *score = arena_printf(a, "%d", s->reply.score);
	const char *word = text(LANG_VI, arena_printf(a, "sms.word.%s", score));
	int64_t recent =
	    store_sms_recent(s->c->db, s->sender, NULL, s->c->now - DAY_MS);

	if (recent < 0)
		return false;
	if (recent >= REPLIES_A_DAY)
		return true;
	return queue(s, "sms.thanks",
	    text_fill(
		a, LANG_VI, "sms.thanks", "score", score, "word", word, NULL));
}

/* ------------------------------------------------------------------ answers */

static bool
make_answer(struct state *s, const char *desk)
{
	struct answer *answer = arena_alloc(s->c->arena, sizeof(*answer));
	struct sender sender = {
	    .channel = "sms", .device = s->c->device, .desk = NULL};
	struct entry entry;
	char error[LIMIT_ERROR_BYTES];

	uuid_new(&answer->id);
	answer->desk = desk;
	answer->answered_at = s->in->sent_at;
	answer->offset = s->in->zone;
	answer->scores[0].criterion = "overall";
	answer->scores[0].value = s->reply.score;
	answer->nscores = 1;
	answer->comment = s->reply.comment;
	answer->lang = "vi";
	answer->assisted = "none";
	if (!check_answer(answer, &sender, s->c->catalogue, s->c->now,
		s->c->arena, &entry, error)) {
		log_error("an SMS that was read cannot be stored: %s", error);
		return false;
	}
	s->answer = answer->id;
	s->answered = store_answer(s->c->db, s->c->tallies, &entry) == STORED;
	*s->c->answers += s->answered;
	return s->answered;
}

/* A score: which desk, and does it replace an earlier one? */
static bool
take_score(struct state *s)
{
	const char *desk = s->reply.desk, *last_desk = NULL;
	const struct aside corrected = {"corrected", "", s->c->now};
	struct uuid last;
	int64_t since = desk == NULL
			    ? s->in->received_at - DAY_MS
			    : civil_day_start(civil_local_day(s->in->sent_at));
	enum step step = store_sms_last_answer(s->c->db, s->c->arena, s->sender,
	    since, desk == NULL ? "" : desk, &last, &last_desk);

	if (step == STEP_FAIL)
		return false;
	if (desk == NULL && step != STEP_ROW)
		return answer_with(s, "sms.ask_desk", true);
	if (desk == NULL)
		desk = last_desk;
	if (step == STEP_ROW && !store_answer_aside(s->c->db, s->c->tallies,
				    &last, true, &corrected))
		return false;
	return make_answer(s, desk) && thank(s);
}

static bool
take_ambiguous(struct state *s)
{
	return answer_with(s,
	    s->reply.note == REPLY_NOTE_UNKNOWN_DESK ? "sms.unknown_desk"
						     : "sms.ambiguous",
	    true);
}

/* "LH1", then "5"; or "5", then "LH1": people answer what they are asked, so
 * what one message lacks is looked for in the one before. */
static bool
join(struct state *s)
{
	struct reply_desks desks = {s->c->catalogue->desk_codes};
	struct reply *now = &s->reply, before;
	bool score_alone = now->kind == REPLY_SCORE && now->desk == NULL;
	bool desk_alone = now->note == REPLY_NOTE_DESK_ONLY;
	const char *text_before;
	enum step step;

	if (!score_alone && !desk_alone)
		return true;
	step = store_sms_last_text(s->c->db, s->c->arena, s->sender,
	    s->in->received_at - DAY_MS, &s->in->id, &text_before);
	if (step != STEP_ROW)
		return step == STEP_DONE;
	reply_read(s->c->arena, text_before, &desks, &before);
	if (score_alone && before.note == REPLY_NOTE_DESK_ONLY) {
		now->desk = before.desk;
	} else if (desk_alone && before.kind == REPLY_SCORE &&
		   before.desk == NULL) {
		before.desk = now->desk;
		*now = before;
	}
	return true;
}

static bool
follow(struct state *s)
{
	switch (s->reply.kind) {
	case REPLY_SCORE:
		return take_score(s);
	case REPLY_OPT_OUT:
		return store_sms_optout(s->c->db, s->sender, true, s->c->now) &&
		       answer_with(s, "sms.optout", false);
	case REPLY_OPT_IN:
		return store_sms_optout(
			   s->c->db, s->sender, false, s->c->now) &&
		       answer_with(s, "sms.optin", false);
	case REPLY_HELP:
		return answer_with(s, "sms.help", true);
	case REPLY_COMMENT:
		return answer_with(s, "sms.comment", true);
	case REPLY_AMBIGUOUS:
		return take_ambiguous(s);
	default:
		return true; /* ignored */
	}
}

enum stored
conversation_take(const struct conversation *c, const struct incoming *in)
{
	struct state s = {.c = c, .in = in, .reply = in->reply};
	struct sms_in row = {.id = in->id,
	    .device = c->device,
	    .text = in->text,
	    .partial = in->partial,
	    .kind = reply_kind_name(in->reply.kind),
	    .received_at = in->received_at};
	enum stored stored;

	keyed_hash(c->key, in->phone == NULL ? "" : in->phone, s.sender);
	memcpy(row.digest, in->digest, sizeof(row.digest));
	memcpy(row.sender, s.sender, sizeof(row.sender));
	if (in->phone == NULL)
		row.kind = "ignore";
	stored = store_sms_in(c->db, &row);
	if (stored != STORED || in->phone == NULL)
		return stored;
	if (!join(&s) || !follow(&s))
		return STORED_FAILED;
	if (s.answered && !store_sms_in_answer(c->db, &in->id, &s.answer))
		return STORED_FAILED;
	return STORED;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What follows from a reading, the first that fits:
 *
 *   1. a text of which a part is missing may say the contrary of what is left
 *      of it: a person reads it; only an opt-out is carried out;
 *   2. commands are carried out; "nhầm số" right after a counted score may mean
 *      the digit, so that a person decides;
 *   3. a score belongs to the desk it names; else to the invitation, if that is
 *      newer than the number's last answer; else to that answer, which it
 *      corrects; else the desk is asked for;
 *   4. where an answer stands already only a digit corrects it (contract,
 *      section 5): "ok", "được", "tốt" are thanks, words of the same mood a
 *      comment, words of another for a person; "ok" is a score as the first
 *      reply to an invitation only, else it acknowledges what we said;
 *   5. words may be the letters of reasons after the question, a desk's code
 *      after a score, thanks, a comment; what is left a person reads;
 *   6. the same text again: nothing, except where it was not understood.
 */
#include "server/core/messages/follow.h"

#include <stddef.h>
#include <string.h>

static struct follow
follow_person(const char *why)
{
	return (struct follow){.deed = FOLLOW_PERSON, .why = why};
}

static bool
follow_since(int64_t then, const struct follow_facts *f, int64_t ms)
{
	return then > 0 && then >= f->at - ms;
}

static bool
invitation_open(const struct follow_facts *f)
{
	return f->invited && follow_since(f->invited_at, f, FOLLOW_OPEN_MS);
}

/* May the last answer still be corrected by a bare score? */
static bool
last_open(const struct follow_facts *f)
{
	if (!f->answered)
		return false;
	return follow_since(f->last_at, f,
	    f->last_dossier[0] != '\0' ? FOLLOW_OPEN_MS : FOLLOW_DAY_MS);
}

static int
mood_of(int score)
{
	return score >= 4 ? 1 : score <= 2 ? -1 : 0;
}

/* A score for a place where an answer stands. score: of that answer, 0 unknown.
 */
static struct follow
where_one_stands(const struct reply *r, int score, struct follow corrected)
{
	if (r->way == REPLY_BY_DIGIT)
		return corrected;
	if (r->way == REPLY_BY_YES)
		return (struct follow){.deed = FOLLOW_THANKS};
	if (score != 0 && mood_of(score) == mood_of(r->score))
		return (struct follow){.deed = FOLLOW_COMMENT};
	return follow_person("words against the score that was counted");
}

static struct follow
about_dossier(const struct follow_facts *f, const struct reply *r)
{
	const struct follow is = {.deed = FOLLOW_SCORE,
	    .score = r->score,
	    .dossier = f->dossier,
	    .desk = f->dossier_desk};
	bool last = f->answered && strcmp(f->last_dossier, f->dossier) == 0;

	return last || f->dossier_answered
		   ? where_one_stands(r, last ? f->last_score : 0, is)
		   : is;
}

/* A score at a desk that was named. */
static struct follow
at_desk(const struct follow_facts *f, const struct reply *r, const char *desk)
{
	const struct follow is = {
	    .deed = FOLLOW_SCORE, .score = r->score, .desk = desk};
	bool last = f->answered && f->last_dossier[0] == '\0' &&
		    strcmp(f->last_desk, desk) == 0;

	if (invitation_open(f) && strcmp(f->dossier_desk, desk) == 0)
		return about_dossier(f, r);
	return f->desk_answered
		   ? where_one_stands(r, last ? f->last_score : 0, is)
		   : is;
}

/* Is the last answer what the talk is about, no newer invitation? */
static bool
talk_of_last(const struct follow_facts *f)
{
	return last_open(f) &&
	       !(invitation_open(f) && f->invited_at > f->last_at &&
		   strcmp(f->last_dossier, f->dossier) != 0);
}

/* "ok" after something else was said, and answered by us: it acknowledges our
 * answer, and is no first word to the invitation. */
static bool
acknowledges(const struct reply *r, const struct follow_facts *f)
{
	return r->way == REPLY_BY_YES && r->desk == NULL && f->before_at > 0 &&
	       !(invitation_open(f) && f->invited_at > f->before_at);
}

static struct follow
follow_score(const struct reply *r, const struct follow_facts *f)
{
	if (acknowledges(r, f))
		return (struct follow){.deed = FOLLOW_THANKS};
	if (r->desk != NULL)
		return at_desk(f, r, r->desk);
	if (f->before.note == REPLY_NOTE_DESK_ONLY)
		return at_desk(f, r, f->before.desk);
	if (invitation_open(f) && (!f->answered || f->invited_at > f->last_at ||
				      strcmp(f->last_dossier, f->dossier) == 0))
		return about_dossier(f, r);
	if (last_open(f))
		return where_one_stands(r, f->last_score,
		    (struct follow){.deed = FOLLOW_SCORE,
			.score = r->score,
			.desk = f->last_desk,
			.dossier =
			    f->last_dossier[0] != '\0' ? f->last_dossier : NULL,
			.corrects = true});
	return (struct follow){.deed = FOLLOW_ASK_DESK, .score = r->score};
}

/* The text before made the last answer, so that it says no other. */
static bool
before_counted(const struct follow_facts *f)
{
	return f->answered && f->last_at == f->before_at;
}

/* Words, or nothing readable: perhaps a code, or thanks. */
static struct follow
follow_words(const struct reply *r, const struct follow_facts *f)
{
	if (r->note == REPLY_NOTE_DESK_ONLY && f->before.kind == REPLY_SCORE &&
	    f->before.desk == NULL && !before_counted(f))
		return at_desk(f, &f->before, r->desk);
	if (r->note == REPLY_NOTE_UNKNOWN_DESK)
		return (struct follow){.deed = FOLLOW_UNKNOWN_DESK};
	if (r->note == REPLY_NOTE_PERHAPS_OUT)
		return (struct follow){
		    .deed = FOLLOW_PERHAPS_OUT, .why = r->reason};
	if (r->note == REPLY_NOTE_THANKS ||
	    (r->note == REPLY_NOTE_YES && talk_of_last(f)))
		return (struct follow){.deed = FOLLOW_THANKS};
	if (r->kind == REPLY_COMMENT)
		return (struct follow){.deed = FOLLOW_COMMENT};
	return follow_person(r->reason);
}

/* After the question for a reason, what is no digit may be its letters. */
static bool
names_reasons(const struct reply *r, const struct follow_facts *f)
{
	return f->reasons != 0 && f->answered &&
	       follow_since(f->reason_asked_at, f, FOLLOW_REASON_MS) &&
	       (r->kind == REPLY_COMMENT || r->kind == REPLY_AMBIGUOUS ||
		   (r->kind == REPLY_SCORE && r->way == REPLY_BY_WORDS));
}

static struct follow
decide_once(const struct reply *r, const struct follow_facts *f)
{
	struct follow is;

	if (f->partial && r->kind != REPLY_OPT_OUT && r->kind != REPLY_IGNORE)
		return follow_person("a part is missing");
	if (names_reasons(r, f))
		return (struct follow){
		    .deed = FOLLOW_REASON, .reasons = f->reasons};
	switch (r->kind) {
	case REPLY_SCORE:
		is = follow_score(r, f);
		if (r->opt_out && is.deed != FOLLOW_SCORE)
			is = (struct follow){.deed = FOLLOW_OPT_OUT};
		is.opt_out = r->opt_out;
		return is;
	case REPLY_OPT_OUT:
		return (struct follow){.deed = FOLLOW_OPT_OUT};
	case REPLY_OPT_IN:
		return (struct follow){.deed = FOLLOW_OPT_IN};
	case REPLY_HELP:
		return (struct follow){.deed = FOLLOW_HELP};
	case REPLY_IGNORE:
		if (r->note != REPLY_NOTE_WRONG_PERSON)
			return (struct follow){.deed = FOLLOW_NOTHING};
		if (talk_of_last(f))
			return (struct follow){.deed = FOLLOW_PERHAPS_OUT,
			    .why = "the wrong digit, or the wrong number"};
		return (struct follow){.deed = FOLLOW_WRONG_PERSON};
	default:
		return follow_words(r, f);
	}
}

struct follow
follow_decide(const struct reply *r, const struct follow_facts *f)
{
	struct follow is = decide_once(r, f);

	/* "5" once more after another question is another answer */
	bool repeated = f->repeated &&
			!(invitation_open(f) && f->invited_at > f->before_at);

	if (repeated && is.deed != FOLLOW_ASK_DESK &&
	    is.deed != FOLLOW_UNKNOWN_DESK && is.deed != FOLLOW_PERSON)
		return (struct follow){.deed = FOLLOW_NOTHING};
	return is;
}

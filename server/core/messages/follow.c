/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What follows from a reading, the first that fits:
 *
 *   1. the same text again: nothing;
 *   2. a text of which a part is missing may say the contrary of what is left
 *      of it: a person reads it; only an opt-out is carried out;
 *   3. commands are carried out;
 *   4. a score belongs to the desk it names; else to the invitation, if that is
 *      newer than the number's last answer; else to that answer, which it
 *      corrects; else the desk is asked for;
 *   5. words may be the letter of a reason after the question, a desk's code
 *      after a score, a comment; what is left a person reads.
 */
#include "server/core/messages/follow.h"

#include <stddef.h>
#include <string.h>
#include "server/core/messages/reason_letter.h"

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

static struct follow
about_dossier(const struct follow_facts *f, int score)
{
	return (struct follow){.deed = FOLLOW_SCORE,
	    .score = score,
	    .dossier = f->dossier,
	    .desk = f->dossier_desk};
}

/* A score that names its desk. */
static struct follow
at_desk(const struct follow_facts *f, int score, const char *desk)
{
	if (invitation_open(f) && strcmp(f->dossier_desk, desk) == 0)
		return about_dossier(f, score);
	return (struct follow){
	    .deed = FOLLOW_SCORE, .score = score, .desk = desk};
}

static struct follow
follow_score(const struct reply *r, const struct follow_facts *f)
{
	if (r->desk != NULL)
		return at_desk(f, r->score, r->desk);
	if (f->before.note == REPLY_NOTE_DESK_ONLY)
		return at_desk(f, r->score, f->before.desk);
	if (invitation_open(f) && (!f->answered || f->invited_at > f->last_at ||
				      strcmp(f->last_dossier, f->dossier) == 0))
		return about_dossier(f, r->score);
	if (last_open(f))
		return (struct follow){.deed = FOLLOW_SCORE,
		    .score = r->score,
		    .desk = f->last_desk,
		    .dossier =
			f->last_dossier[0] != '\0' ? f->last_dossier : NULL,
		    .corrects = true};
	return (struct follow){.deed = FOLLOW_ASK_DESK, .score = r->score};
}

/* Words, or nothing readable: perhaps a code, a letter, or what was asked. */
static struct follow
follow_words(const struct reply *r, const struct follow_facts *f)
{
	if (follow_since(f->reason_asked_at, f, FOLLOW_REASON_MS) &&
	    f->answered) {
		if (f->letter >= 0)
			return (struct follow){
			    .deed = FOLLOW_REASON, .reason = f->letter};
		if (f->letter == REASON_LETTER_MANY)
			return follow_person("several reasons");
	}
	if (r->note == REPLY_NOTE_DESK_ONLY && f->before.kind == REPLY_SCORE &&
	    f->before.desk == NULL)
		return at_desk(f, f->before.score, r->desk);
	if (r->note == REPLY_NOTE_UNKNOWN_DESK)
		return (struct follow){.deed = FOLLOW_UNKNOWN_DESK};
	if (r->kind == REPLY_COMMENT)
		return (struct follow){.deed = FOLLOW_COMMENT};
	return follow_person(r->reason);
}

struct follow
follow_decide(const struct reply *r, const struct follow_facts *f)
{
	if (f->repeated)
		return (struct follow){.deed = FOLLOW_NOTHING};
	if (f->partial && r->kind != REPLY_OPT_OUT && r->kind != REPLY_IGNORE)
		return follow_person("a part is missing");
	switch (r->kind) {
	case REPLY_SCORE:
		return follow_score(r, f);
	case REPLY_OPT_OUT:
		return (struct follow){.deed = FOLLOW_OPT_OUT};
	case REPLY_OPT_IN:
		return (struct follow){.deed = FOLLOW_OPT_IN};
	case REPLY_HELP:
		return (struct follow){.deed = FOLLOW_HELP};
	case REPLY_IGNORE:
		return (struct follow){
		    .deed = r->note == REPLY_NOTE_WRONG_PERSON
				? FOLLOW_WRONG_PERSON
				: FOLLOW_NOTHING};
	default:
		return follow_words(r, f);
	}
}

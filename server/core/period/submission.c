/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * As in closing.c: one table of deeds. What is accepted stays as it is: it is
 * returned only before the period is closed, and written only while it is the
 * unit's.
 */
#include "server/core/period/submission.h"

#include <stddef.h>
#include <string.h>

const char *const submission_state_words[SUBMISSION_STATE_COUNT] = {
    [SUBMISSION_DRAFT] = "draft",
    [SUBMISSION_SUBMITTED] = "submitted",
    [SUBMISSION_RETURNED] = "returned",
    [SUBMISSION_ACCEPTED] = "accepted",
};

const char *const submission_deed_words[SUBMISSION_DEED_COUNT] = {
    [SUBMISSION_SAVE] = "save",
    [SUBMISSION_SUBMIT] = "submit",
    [SUBMISSION_RETURN] = "return",
    [SUBMISSION_ACCEPT] = "accept",
};

const char *const submission_answer_keys[SUBMISSION_ANSWER_COUNT] = {
    [SUBMISSION_MAY] = NULL,
    [SUBMISSION_NOT_NOW] = "submission.no.state",
    [SUBMISSION_NOT_YOURS] = "submission.no.role",
    [SUBMISSION_SAME_PERSON] = "submission.no.same",
    [SUBMISSION_NO_REASON] = "submission.no.reason",
    [SUBMISSION_NO_WORDS] = "submission.no.words",
    [SUBMISSION_NO_MEASURE] = "submission.no.measure",
};

struct move {
	enum submission_state from;
	enum submission_deed deed;
	enum submission_state to;
};

static const struct move moves[] = {
    {SUBMISSION_DRAFT, SUBMISSION_SAVE, SUBMISSION_DRAFT},
    {SUBMISSION_DRAFT, SUBMISSION_SUBMIT, SUBMISSION_SUBMITTED},
    {SUBMISSION_RETURNED, SUBMISSION_SAVE, SUBMISSION_RETURNED},
    {SUBMISSION_RETURNED, SUBMISSION_SUBMIT, SUBMISSION_SUBMITTED},
    {SUBMISSION_SUBMITTED, SUBMISSION_RETURN, SUBMISSION_RETURNED},
    {SUBMISSION_SUBMITTED, SUBMISSION_ACCEPT, SUBMISSION_ACCEPTED},
    {SUBMISSION_ACCEPTED, SUBMISSION_RETURN, SUBMISSION_RETURNED},
};

static const struct move *
find_move(enum submission_state state, enum submission_deed deed)
{
	for (size_t i = 0; i < sizeof(moves) / sizeof(*moves); i++)
		if (moves[i].from == state && moves[i].deed == deed)
			return &moves[i];
	return NULL;
}

/* The unit's manager writes; so does the district's, for a unit without one. */
static bool
may_ask(const struct submission_act *a)
{
	if (a->deed == SUBMISSION_SAVE || a->deed == SUBMISSION_SUBMIT)
		return a->sees && (a->office == OFFICE_UNIT ||
				      a->office == OFFICE_DISTRICT);
	return a->office == OFFICE_DISTRICT;
}

enum submission_answer
submission_may(const struct submission_act *a, enum submission_state *next)
{
	const struct move *move = find_move(a->state, a->deed);

	if (!may_ask(a))
		return SUBMISSION_NOT_YOURS;
	if (move == NULL || (a->state == SUBMISSION_ACCEPTED && a->closed))
		return SUBMISSION_NOT_NOW;
	if (a->deed == SUBMISSION_ACCEPT && a->sender)
		return SUBMISSION_SAME_PERSON;
	if (a->deed == SUBMISSION_RETURN && !a->reason)
		return SUBMISSION_NO_REASON;
	if (a->deed == SUBMISSION_SUBMIT && a->missed && !a->words)
		return SUBMISSION_NO_WORDS;
	if (a->deed == SUBMISSION_SUBMIT && a->missed && !a->measures)
		return SUBMISSION_NO_MEASURE;
	*next = move->to;
	return SUBMISSION_MAY;
}

bool
submission_late(
    enum submission_state state, int32_t by, int32_t due, int32_t today)
{
	bool there =
	    state == SUBMISSION_SUBMITTED || state == SUBMISSION_ACCEPTED;

	return there ? by > due : today > due;
}

bool
submission_state_find(const char *word, enum submission_state *out)
{
	for (int i = 0; i < SUBMISSION_STATE_COUNT; i++)
		if (word != NULL &&
		    strcmp(submission_state_words[i], word) == 0) {
			*out = (enum submission_state)i;
			return true;
		}
	return false;
}

bool
submission_deed_find(const char *word, enum submission_deed *out)
{
	for (int i = 0; i < SUBMISSION_DEED_COUNT; i++)
		if (word != NULL &&
		    strcmp(submission_deed_words[i], word) == 0) {
			*out = (enum submission_deed)i;
			return true;
		}
	return false;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One table of deeds: from which state to which; for confirm and decline, what
 * becomes of each proposal. The rest are the questions that stand in the way,
 * asked in the order in which a person can do something about them.
 */
#include "server/core/period/closing.h"

#include <stddef.h>
#include <string.h>

const char *const closing_state_words[CLOSING_STATE_COUNT] = {
    [CLOSING_OPEN] = "open",
    [CLOSING_PROPOSED] = "proposed",
    [CLOSING_CLOSED] = "closed",
    [CLOSING_REOPENING] = "reopening",
    [CLOSING_REVISING] = "revising",
};

const char *const closing_deed_words[CLOSING_DEED_COUNT] = {
    [CLOSING_CLOSE] = "close",
    [CLOSING_REOPEN] = "reopen",
    [CLOSING_REVISE] = "revise",
    [CLOSING_CONFIRM] = "confirm",
    [CLOSING_DECLINE] = "decline",
};

const char *const closing_answer_keys[CLOSING_ANSWER_COUNT] = {
    [CLOSING_MAY] = NULL,
    [CLOSING_NOT_NOW] = "period.no.state",
    [CLOSING_NOT_YOURS] = "period.no.role",
    [CLOSING_SAME_PERSON] = "period.no.same",
    [CLOSING_RUNNING] = "period.no.running",
    [CLOSING_WINDOW] = "period.no.window",
    [CLOSING_CLOCK] = "period.no.clock",
    [CLOSING_NO_REASON] = "period.no.reason",
};

struct step {
	enum closing_state from;
	enum closing_deed deed;
	enum closing_state to;
};

static const struct step steps[] = {
    {CLOSING_OPEN, CLOSING_CLOSE, CLOSING_PROPOSED},
    {CLOSING_PROPOSED, CLOSING_CONFIRM, CLOSING_CLOSED},
    {CLOSING_PROPOSED, CLOSING_DECLINE, CLOSING_OPEN},
    {CLOSING_CLOSED, CLOSING_REOPEN, CLOSING_REOPENING},
    {CLOSING_REOPENING, CLOSING_CONFIRM, CLOSING_OPEN},
    {CLOSING_REOPENING, CLOSING_DECLINE, CLOSING_CLOSED},
    {CLOSING_CLOSED, CLOSING_REVISE, CLOSING_REVISING},
    {CLOSING_REVISING, CLOSING_CONFIRM, CLOSING_CLOSED},
    {CLOSING_REVISING, CLOSING_DECLINE, CLOSING_CLOSED},
};

static const struct step *
find_step(enum closing_state state, enum closing_deed deed)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		if (steps[i].from == state && steps[i].deed == deed)
			return &steps[i];
	return NULL;
}

static bool
has_right(const struct closing_act *a)
{
	bool second = a->deed == CLOSING_CONFIRM || a->deed == CLOSING_DECLINE;

	return a->office == OFFICE_DISTRICT ||
	       (second && a->office == OFFICE_AUDITOR);
}

enum closing_answer
closing_may(const struct closing_act *a, enum closing_state *next)
{
	const struct step *step = find_step(a->state, a->deed);
	/* what leads to a snapshot waits for the figures and for the clock */
	bool figures = a->deed == CLOSING_CLOSE || a->deed == CLOSING_REVISE ||
		       closing_freezes(a->state, a->deed);

	if (!has_right(a))
		return CLOSING_NOT_YOURS;
	if (step == NULL)
		return CLOSING_NOT_NOW;
	if (a->deed == CLOSING_CONFIRM && a->proposer)
		return CLOSING_SAME_PERSON;
	if (figures && a->doubt)
		return CLOSING_CLOCK;
	if (figures && !a->ended)
		return CLOSING_RUNNING;
	if (figures && a->window)
		return CLOSING_WINDOW;
	if (!a->reason)
		return CLOSING_NO_REASON;
	*next = step->to;
	return CLOSING_MAY;
}

bool
closing_frozen(enum closing_state state)
{
	return state == CLOSING_CLOSED || state == CLOSING_REOPENING ||
	       state == CLOSING_REVISING;
}

bool
closing_freezes(enum closing_state state, enum closing_deed deed)
{
	return deed == CLOSING_CONFIRM &&
	       (state == CLOSING_PROPOSED || state == CLOSING_REVISING);
}

static bool
find_word(const char *const *words, int n, const char *word, int *out)
{
	for (int i = 0; i < n; i++)
		if (word != NULL && strcmp(words[i], word) == 0) {
			*out = i;
			return true;
		}
	return false;
}

bool
closing_state_find(const char *word, enum closing_state *out)
{
	int i;

	if (!find_word(closing_state_words, CLOSING_STATE_COUNT, word, &i))
		return false;
	*out = (enum closing_state)i;
	return true;
}

bool
closing_deed_find(const char *word, enum closing_deed *out)
{
	int i;

	if (!find_word(closing_deed_words, CLOSING_DEED_COUNT, word, &i))
		return false;
	*out = (enum closing_deed)i;
	return true;
}

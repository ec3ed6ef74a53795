/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A unit's report for a period, on its way to the district: written, submitted,
 * returned with a reason or accepted. Late is no state: it follows from the
 * day. Pure.
 */
#ifndef HAILONG_SERVER_CORE_PERIOD_SUBMISSION_H
#define HAILONG_SERVER_CORE_PERIOD_SUBMISSION_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/period/closing.h"

enum submission_state {
	SUBMISSION_DRAFT,
	SUBMISSION_SUBMITTED,
	SUBMISSION_RETURNED,
	SUBMISSION_ACCEPTED,
	SUBMISSION_STATE_COUNT
};

enum submission_deed {
	SUBMISSION_SAVE, /* what it says */
	SUBMISSION_SUBMIT,
	SUBMISSION_RETURN,
	SUBMISSION_ACCEPT,
	SUBMISSION_DEED_COUNT
};

enum submission_answer {
	SUBMISSION_MAY,
	SUBMISSION_NOT_NOW,
	SUBMISSION_NOT_YOURS,
	SUBMISSION_SAME_PERSON, /* who submitted it does not accept it */
	SUBMISSION_NO_REASON,   /* why it is returned */
	SUBMISSION_NO_WORDS,    /* a target that was missed and not explained */
	SUBMISSION_NO_MEASURE,  /* … or without a measure */
	SUBMISSION_ANSWER_COUNT
};

struct submission_act {
	enum submission_state state;
	enum submission_deed deed;
	enum office office;
	bool sees;     /* the unit lies in what the asker answers for */
	bool sender;   /* who asks has submitted it */
	bool reason;   /* one was given */
	bool closed;   /* the period is closed */
	bool missed;   /* a target of the unit is not_met */
	bool words;    /* it explains itself */
	bool measures; /* each target that was missed has a measure */
};

extern const char *const submission_state_words[SUBMISSION_STATE_COUNT];
extern const char *const submission_deed_words[SUBMISSION_DEED_COUNT];
extern const char *const submission_answer_keys[SUBMISSION_ANSWER_COUNT];

/* Whether it may be done, and (SUBMISSION_MAY) what the state is then. */
enum submission_answer submission_may(
    const struct submission_act *act, enum submission_state *next);
/* True when it was submitted after its day (by: the local day on which it was;
 * 0: it was not), or is not there and that day is over. */
bool submission_late(
    enum submission_state state, int32_t by, int32_t due, int32_t today);
/* Finds a word; false: there is none. */
bool submission_state_find(const char *word, enum submission_state *out);
bool submission_deed_find(const char *word, enum submission_deed *out);

#endif

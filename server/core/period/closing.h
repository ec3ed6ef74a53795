/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a period is closed: proposed by one person, confirmed by another, each
 * with a reason; opened again, and revised by what came late, likewise. A
 * confirmed closing or revision freezes the counts (store/period/snapshot.h).
 * Pure.
 */
#ifndef HAILONG_SERVER_CORE_PERIOD_CLOSING_H
#define HAILONG_SERVER_CORE_PERIOD_CLOSING_H

#include <stdbool.h>

enum closing_state {
	CLOSING_OPEN,      /* figures move */
	CLOSING_PROPOSED,  /* … and somebody proposes to close it */
	CLOSING_CLOSED,    /* figures are those of the newest snapshot */
	CLOSING_REOPENING, /* … and somebody proposes to open it again */
	CLOSING_REVISING, /* … and somebody proposes to take up what came late
			   */
	CLOSING_STATE_COUNT
};

enum closing_deed {
	CLOSING_CLOSE, /* these three propose */
	CLOSING_REOPEN,
	CLOSING_REVISE,
	CLOSING_CONFIRM,
	CLOSING_DECLINE, /* by a second person, or taken back by the first */
	CLOSING_DEED_COUNT
};

/* Who asks. Only people of the whole district close its periods: managers
 * propose, managers and auditors confirm or decline. */
enum office {
	OFFICE_READER,
	OFFICE_CASEWORKER,
	OFFICE_ADMIN,
	OFFICE_UNIT,     /* manager of one unit */
	OFFICE_DISTRICT, /* manager of the whole district */
	OFFICE_AUDITOR,  /* of the whole district */
	OFFICE_COUNT
};

enum closing_answer {
	CLOSING_MAY,
	CLOSING_NOT_NOW,     /* the state has no such deed */
	CLOSING_NOT_YOURS,   /* the role has no such right */
	CLOSING_SAME_PERSON, /* who proposed cannot confirm */
	CLOSING_RUNNING,     /* the period's days are not over */
	CLOSING_WINDOW,      /* units may still explain their figures */
	CLOSING_CLOCK,       /* the machine's clock is in doubt */
	CLOSING_NO_REASON,
	CLOSING_ANSWER_COUNT
};

struct closing_act {
	enum closing_state state;
	enum closing_deed deed;
	enum office office;
	bool proposer; /* who asks has made the proposal that waits */
	bool ended;    /* the period's days are over, by the trusted clock */
	bool window;   /* the days to explain are not over, and reports lack */
	bool doubt;    /* the clock is in doubt (core/trusted_clock.h) */
	bool reason;   /* one was given */
};

/* "open", "proposed", …; "close", "reopen", …: in the database, the audit log
 * and forms; and the words of a refusal, "period.no.running". */
extern const char *const closing_state_words[CLOSING_STATE_COUNT];
extern const char *const closing_deed_words[CLOSING_DEED_COUNT];
extern const char *const closing_answer_keys[CLOSING_ANSWER_COUNT];

/* Whether it may be done, and (CLOSING_MAY) what the state is then. */
enum closing_answer closing_may(
    const struct closing_act *act, enum closing_state *next);
/* True in the states whose figures are a snapshot's. */
bool closing_frozen(enum closing_state state);
/* True when this deed, in that state, freezes the counts. */
bool closing_freezes(enum closing_state state, enum closing_deed deed);
/* Finds a word; false: there is none. */
bool closing_state_find(const char *word, enum closing_state *out);
bool closing_deed_find(const char *word, enum closing_deed *out);

#endif

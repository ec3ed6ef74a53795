/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who is asked for an opinion by SMS, and when. Stricter than the decree on
 * advertising (DOMAIN, 6.1), which probably does not bind us: only with consent
 * and a mobile, by day, once and at most once again, few a day, after a delay
 * that cannot be foreseen, never to a citizen who declined.
 */
#ifndef HAILONG_SERVER_CORE_DOSSIER_INVITE_H
#define HAILONG_SERVER_CORE_DOSSIER_INVITE_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/dossier/dossier.h"

#define INVITE_FROM_HOUR  8 /* local, inclusive */
#define INVITE_UNTIL_HOUR 20
#define INVITE_SOONEST_MS (60 * 60 * 1000LL) /* after the result */
#define INVITE_SPREAD_MS  (24 * 3600 * 1000LL)
#define INVITE_MOST_A_DAY 3 /* to one number in 24 hours */
#define INVITE_DAY_MS     (24 * 3600 * 1000LL)
/* One dossier of a number is asked about at a time: the next one waits so long
 * for an answer about the other, at least. */
#define INVITE_APART_MS (3 * INVITE_DAY_MS)
/* A number is reminded once in so long, however many its dossiers. */
#define INVITE_REMIND_APART_MS (30 * INVITE_DAY_MS)

/* Where a dossier's invitation stands. */
enum invite_state {
	INVITE_PLANNED,  /* nothing was sent yet */
	INVITE_INVITED,  /* one invitation went out */
	INVITE_REMINDED, /* and one reminder: nothing more will */
	INVITE_ANSWERED,
	INVITE_ENDED, /* for another reason */
	INVITE_STATE_COUNT
};
extern const char *const invite_state_words[INVITE_STATE_COUNT];

/* What the administrator chose. */
struct invite_rules {
	int days; /* an invitation makes sense so long after the result */
	int remind_days; /* the reminder comes so long after it; 0: none */
};

/* All that is known of one dossier when its turn has come. */
struct invite_case {
	enum invite_state state;
	enum outcome outcome;
	int64_t finished_at; /* DOSSIER_NEVER: not yet */
	int64_t sent_at;     /* ours, last, about this dossier; 0: none */
	bool contact;        /* a mobile and consent are there */
	bool opted_out, answered;
	bool halted; /* perhaps it wants no more; a person has not decided */
	int recent;  /* invitations to this number in the last 24 hours */
	int64_t other_at; /* the last one to it that is unanswered; 0: none */
	int64_t reminded_at; /* when it was reminded last, of any; 0: never */
};

enum invite_step {
	INVITE_SEND,
	INVITE_REMIND,
	INVITE_WAIT, /* look again at `at` */
	INVITE_STOP  /* nothing will ever be sent: `why` */
};

struct invite_verdict {
	enum invite_step step;
	int64_t at;
	const char *why; /* "answered", "opted_out", "late", … */
};

/* Is this dossier one to ask about at all? Granted and refused alike, late ones
 * too; those withdrawn or returned have no result. */
bool invite_wanted(enum outcome outcome, int64_t finished_at,
    const struct invite_rules *rules, int64_t now);
/* When the invitation is due: an hour to a day after the result, by day. random
 * is any number. */
int64_t invite_plan(int64_t finished_at, uint32_t random);
/* The first allowed moment not before `at`; what would fall into the night is
 * spread over the first two hours of the morning by random. */
int64_t invite_by_day(int64_t at, uint32_t random);
/* The end of the day's allowed hours: too late afterwards. */
int64_t invite_until(int64_t at);
/* What is to be done about a dossier whose invitation is due. */
struct invite_verdict invite_decide(const struct invite_case *c,
    const struct invite_rules *rules, int64_t now, uint32_t random);

#endif

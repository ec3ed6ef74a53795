/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What follows from the reading of an SMS, by the rules of the conversation
 * (contract, section 5; DOMAIN, section 6): which answer it is, or what is to
 * be said. The facts come from the database; nothing here knows one.
 */
#ifndef HAILONG_SERVER_CORE_MESSAGES_FOLLOW_H
#define HAILONG_SERVER_CORE_MESSAGES_FOLLOW_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/messages/reply.h"

#define FOLLOW_DAY_MS    (24 * 3600 * 1000LL)
#define FOLLOW_REASON_MS (7 * FOLLOW_DAY_MS)  /* the question stays open */
#define FOLLOW_OPEN_MS   (14 * FOLLOW_DAY_MS) /* so does an invitation */
#define FOLLOW_REPEAT_MS (10 * 60 * 1000LL)   /* the same text: a repeat */
#define FOLLOW_ASK_A_DAY 2 /* questions back about what was unclear */

enum follow_deed {
	FOLLOW_NOTHING,
	FOLLOW_SCORE,    /* an answer: desk or dossier, score */
	FOLLOW_REASON,   /* the last answer gets a reason */
	FOLLOW_ASK_DESK, /* a score without a known desk */
	FOLLOW_OPT_OUT,
	FOLLOW_OPT_IN,
	FOLLOW_HELP,
	FOLLOW_WRONG_PERSON, /* the number is not the citizen's */
	FOLLOW_UNKNOWN_DESK,
	FOLLOW_COMMENT,
	FOLLOW_PERSON, /* not readable: a request to repeat, and a person */
	FOLLOW_THANKS, /* thanks, or a yes to what was counted: nothing */
	FOLLOW_PERHAPS_OUT, /* likely a wish to be left alone: nothing is sent
			     * until a person has decided */
	FOLLOW_DEED_COUNT
};

/* What is known of the number, apart from this message. */
struct follow_facts {
	int64_t at;          /* when it came */
	bool partial;        /* a part of it never came */
	bool repeated;       /* the very same text came FOLLOW_REPEAT_MS ago */
	unsigned reasons;    /* reason_letters_read of the text */
	struct reply before; /* the reading of the text before, of a day ago */
	int64_t before_at;   /* when that came; 0: there is none */
	/* its last counted answer */
	bool answered;
	const char *last_desk, *last_dossier; /* "" none */
	int last_score;
	int64_t last_at;
	/* an answer of this number stands at the desk that this text, or the
	 * one before, names */
	bool desk_answered;
	/* its last invitation */
	bool invited;
	const char *dossier, *dossier_desk;
	bool dossier_answered; /* it has its answer, from any channel */
	int64_t invited_at;
	/* when the follow-up question was asked, after the last thanks; 0: not
	 */
	int64_t reason_asked_at;
};

struct follow {
	enum follow_deed deed;
	int score;
	unsigned reasons;    /* bits, by index of reason_letters */
	const char *desk;    /* of an answer without dossier */
	const char *dossier; /* of an answer about one, else NULL */
	bool corrects;       /* it replaces the number's last answer */
	bool opt_out;        /* FOLLOW_SCORE: no more messages, besides */
	const char *why;     /* FOLLOW_PERSON: short English */
};

/* Decides. Strings are those of the reading and the facts. */
struct follow follow_decide(
    const struct reply *reply, const struct follow_facts *facts);

#endif

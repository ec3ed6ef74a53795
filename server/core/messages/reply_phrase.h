/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Phrases that say a level: "rất không hài lòng". Inside of the SMS
 * reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_PHRASE_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/messages/reply_fold.h"

/* How much may follow a phrase that still counts. */
enum phrase_hold {
	HOLD_FREE,  /* hài lòng: any comment */
	HOLD_TIGHT, /* tốt, ok: a polite end, a stop, "nhưng" */
	HOLD_WHOLE  /* chậm: nothing but manners */
};

struct phrase {
	size_t end; /* the first piece after it */
	int level;  /* 1..5; 0: unclear, why says so */
	int sign;   /* -1, 0, 1: the mood, also where the level is unclear */
	bool bare;  /* one word of little weight ("tốt", "được") */
	bool turned; /* "hài lòng cái gì", "hài lòng nếu": not meant so */
	bool yes;    /* "ok", "được": also a mere "all right" */
	bool normal; /* "bt": also biết, to know */
	enum phrase_hold hold;
	const char *why;
};

/* What became of a number or a phrase and the words round it. */
enum found_kind {
	FOUND_NOTHING, /* not such a thing: words of a comment */
	FOUND_SCORE,
	FOUND_UNCLEAR
};

struct found {
	enum found_kind kind;
	int score;
	size_t rest;     /* the first piece of the comment */
	bool digit;      /* with SCORE: a digit or a number in words said it */
	bool yes;        /* may be a mere yes: "ok", "được", one thumb */
	const char *why; /* with UNCLEAR */
};

/* A FOUND_UNCLEAR with this reason, which is static. */
struct found found_unclear(const char *why);
/* Reads a phrase that begins at piece i. False: none begins there. */
bool phrase_at(const struct pieces *p, size_t i, struct phrase *out);
/* Looks for "hài lòng" from piece i on: *sign is its mood, 0 when two "not"
 * make it unclear, *at its place. */
bool pleased_find(
    const struct pieces *p, size_t i, int *sign, size_t *at, size_t *end);
/* Passes over manners and faces; the mood of the faces is added to *sad and
 * *glad where these are not NULL. */
size_t skip_manners(const struct pieces *p, size_t i, bool *sad, bool *glad);
/* Passes over marks. */
size_t skip_marks(const struct pieces *p, size_t i);
/* True when a question mark is among the marks at i. */
bool question_at(const struct pieces *p, size_t i);
/* True when a word near i, in the same clause, makes mockery, a question or a
 * condition of the phrase before it: "cái gì", "nào", "nếu". */
bool phrase_turned(const struct pieces *p, size_t i);
/* True for "không có gì phàn nàn" at i, which is no question. */
bool nothing_to_add(const struct pieces *p, size_t i);

#endif

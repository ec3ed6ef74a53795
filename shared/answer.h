/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The answer: what a citizen said, with an id made by the sender. This is the
 * one vocabulary of kiosk, SMS gateway, web form and collector (contract,
 * section 3). Reading checks the shape and the limits; whether desk, field,
 * form and criteria exist is asked of the catalogue (server/check).
 */
#ifndef HAILONG_SHARED_ANSWER_H
#define HAILONG_SHARED_ANSWER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/json.h"
#include "shared/limits.h"
#include "shared/uuid.h"

/* One criterion's score: 1..5, or 0 for "not applicable" (null in JSON). */
struct answer_score {
	const char *criterion; /* "overall", "attitude", … */
	int value;
};

/* When it was said by a clock that never jumps, so that the collector can put
 * right what a device's wrong clock said. */
struct answer_clock {
	const char *boot; /* of the device, NULL: not told */
	int64_t mono;     /* ms since that boot */
	bool synced;      /* a server of time kept the clock right */
};

struct answer {
	struct uuid id;
	const char *form;    /* NULL: the channel's default, one-stop */
	int form_version;    /* 0: the newest */
	const char *desk;    /* NULL: the device's own */
	const char *field;   /* NULL: not said */
	int64_t answered_at; /* ms since 1970 */
	int offset;          /* minutes east of UTC, as the sender wrote it */
	struct answer_score scores[LIMIT_CRITERIA];
	size_t nscores;
	const char *reasons[LIMIT_REASONS];
	size_t nreasons;
	const char *comment; /* cleaned (shared/clean_text.h); NULL: none */
	const char *sent;    /* the same as it was sent; NULL: no other */
	bool cleaned;        /* something of it was no text */
	const char *lang;    /* "vi" when not said */
	const char
	    *assisted;     /* "none", "staff", "relative"; "none" if unsaid */
	const char *token; /* NULL: none */
	const char *flags[LIMIT_FLAGS];
	size_t nflags;
	int64_t seq; /* the sender's own counter, 0: none */
	struct answer_clock clock;
};

/* Reads one JSON answer. False with one clear sentence in error (English, for
 * integrators; never repeats a comment). id is filled whenever it was readable,
 * *has_id says so. Strings are the nodes' own, or live in the arena. */
bool answer_read(const struct node *json, struct arena *a, struct answer *out,
    bool *has_id, char error[LIMIT_ERROR_BYTES]);
/* Writes the JSON that answer_read reads; the caller owns it. */
json_t *answer_write(const struct answer *answer);
/* The answer's score of a criterion, -1 when the answer does not have it. */
int answer_score(const struct answer *answer, const char *criterion);

/* Appends a text of everything the sender said, the same for the same meaning:
 * defaults filled in (lang, assisted), criteria, reasons and flags sorted, the
 * time as an instant whatever its offset; no two meanings share a text. The
 * collector hashes it to tell a duplicate from a conflict (contract, section
 * 3), and keeps the hash: the text must never change for a given answer. That
 * is why it holds the comment as it was sent: what is cleaned away may be more
 * with the next release, and an outbox repeats what it sent before. Take
 * it of the answer as it was read, before the collector fills in the device's
 * desk or the form's version: those may differ when the sender tries again. */
void answer_canonical(const struct answer *answer, struct buf *out);

/* True for a catalogue code: 1..LIMIT_CODE_BYTES of letters, digits, -_. */
bool code_valid(const char *text);

#endif

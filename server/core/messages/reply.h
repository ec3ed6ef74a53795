/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reading of an SMS: what a citizen meant, or that a person must read it.
 * Contract, sections 2 and 5; DOMAIN.md, section 6.4.
 */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_H

#include <stdbool.h>
#include "shared/arena.h"

/* The version of the reading, from the table of words (reply_words.tsv). Kept
 * beside the raw text, so that an old reading can be told from a new one:
 * raised with every change of words or grammar that can read a text
 * differently. */
extern const int reply_reader_version;

enum reply_kind {
	REPLY_SCORE,
	REPLY_OPT_OUT,
	REPLY_OPT_IN,
	REPLY_HELP,
	REPLY_COMMENT,   /* words, no score */
	REPLY_AMBIGUOUS, /* a person must read it */
	REPLY_IGNORE,
	REPLY_KIND_COUNT
};

/* What the gateway's conversation must know beyond the kind. */
enum reply_note {
	REPLY_NOTE_NONE,
	REPLY_NOTE_WRONG_PERSON, /* with IGNORE: end this dossier's invitation
				  */
	REPLY_NOTE_UNKNOWN_DESK, /* with AMBIGUOUS: answer sms.unknown_desk */
	REPLY_NOTE_DESK_ONLY,    /* with AMBIGUOUS: a desk's code and no more */
	REPLY_NOTE_PERHAPS_OUT,  /* with AMBIGUOUS: likely a wish to be left
				  * alone; a person decides */
	REPLY_NOTE_YES,          /* with AMBIGUOUS: a mere yes, "dạ vâng" */
	REPLY_NOTE_THANKS        /* with COMMENT: thanks and manners only */
};

/* What a score was said with: after a counted reading only a digit corrects
 * (contract, section 5). */
enum reply_way {
	REPLY_BY_WORDS, /* "rất hài lòng", stars, faces */
	REPLY_BY_DIGIT, /* "4", "5 sao", "bốn điểm" */
	REPLY_BY_YES /* "ok", "được", "tốt", one thumb: may acknowledge */
};

/* The desks whose codes may begin a text. */
struct reply_desks {
	const char *const *codes; /* closed by NULL */
};

struct reply {
	enum reply_kind kind;
	enum reply_note note;
	int score;           /* 1..5 with SCORE, else 0 */
	enum reply_way way;  /* with SCORE */
	bool opt_out;        /* with SCORE: it also asks to be left alone */
	const char *comment; /* the citizen's own words; NULL: none */
	const char *reason;  /* with AMBIGUOUS and IGNORE: short English */
	const char *desk;    /* as the catalogue writes it; NULL: none */
};

/* Reads one SMS. desks may be NULL. comment belongs to the arena, reason is
 * static, desk points into desks. A text that is not UTF-8 is AMBIGUOUS; one
 * longer than LIMIT_SMS_TEXT_CHARS is read up to there. */
void reply_read(struct arena *a, const char *text,
    const struct reply_desks *desks, struct reply *out);
/* "score", "opt_out", … as the contract names the kind. */
const char *reply_kind_name(enum reply_kind kind);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text cut into words, numbers, stars, faces and marks. Inside of the SMS
 * reader. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_FOLD_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/arena.h"

enum piece_kind {
	PIECE_WORD,   /* letters */
	PIECE_NUMBER, /* digits */
	PIECE_STAR,   /* one star */
	PIECE_FACE,   /* an emoji or emoticon */
	PIECE_MARK    /* anything else that is seen */
};

struct piece {
	enum piece_kind kind;
	bool glued;         /* no blank before it */
	bool drawn;         /* STAR: not an asterisk; FACE: a thumb up */
	int value;          /* NUMBER: itself, -1 over 9 digits; STAR: 1, or 0
			       for an empty one; FACE: its level or 0; MARK: its
			       code point */
	int sign;           /* FACE: -1 sad, 0 neither, 1 glad */
	size_t begin, end;  /* bytes of the original text */
	const char *plain;  /* lower case without diacritics, d for đ */
	const char *word;   /* plain, repeated letters once ("looong") */
	const char *marked; /* lower case with diacritics, repeats once */
};

struct pieces {
	struct piece *list;
	size_t count;
	bool accents; /* written with diacritics somewhere */
	bool garbled; /* letters of an old encoding, or lost ones */
};

/* Cuts a text up; everything belongs to the arena. False: not UTF-8. */
bool reply_fold(struct arena *a, const char *text, struct pieces *out);
/* How many pieces of this kind stand from piece i on. */
size_t pieces_of_kind(const struct pieces *p, size_t i, enum piece_kind kind);

/* True when the piece is this mark. */
static inline bool
piece_is(const struct pieces *p, size_t i, int mark)
{
	return i < p->count && p->list[i].kind == PIECE_MARK &&
	       p->list[i].value == mark;
}

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a reply to a batch says about the rows that were sent: kiosk and SMS
 * gateway act on nothing else. Pure. shared/protocol.md, section 4, "Refused
 * rows".
 */
#ifndef HAILONG_SHARED_REPLY_VERDICT_H
#define HAILONG_SHARED_REPLY_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/limits.h"

/* A reply as it came. */
struct reply {
	int status;       /* of HTTP; 0: the collector was not reached */
	const char *type; /* Content-Type; NULL or "": the reply has none */
	const char *body; /* text; NULL is as good as "" */
};

enum reply_verdict {
	REPLY_WAIT,  /* the line, or something on it: nothing is known */
	REPLY_ROWS,  /* each row has its own word */
	REPLY_SPLIT, /* the collector cannot take this batch as it is */
};

enum row_word { ROW_STORED, ROW_DUPLICATE, ROW_INVALID, ROW_CONFLICT };

/* What the collector says of one row. */
struct row_verdict {
	enum row_word word;
	/* why it was refused, "invalid: …"; "" when it was not. Says what was
	 * sent: never for a log. */
	char reason[LIMIT_ERROR_BYTES + 16];
};

/* Judges the reply to a batch of n rows with these ids (UUIDs as they were
 * sent, in order). rows has room for n and is filled by REPLY_ROWS alone. */
enum reply_verdict reply_verdict(const struct reply *reply,
    const char *const *ids, size_t n, struct row_verdict *rows);
/* True when the sender may let the row go: the collector has it on disk. */
bool row_kept(enum row_word word);

#endif

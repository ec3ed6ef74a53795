/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a reply to a batch says about the rows that were sent, and whether any
 * other reply is the collector's own: kiosk and SMS gateway act on nothing
 * else. Pure. shared/protocol.md, section 4, "Refused rows".
 */
#ifndef HAILONG_SHARED_REPLY_VERDICT_H
#define HAILONG_SHARED_REPLY_VERDICT_H

#include <jansson.h>
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

/* The reply to anything else than a batch, as JSON to be released: only when it
 * is 200, says JSON, and is one object that bears what the format of
 * json_unpack_ex (with the names that it asks for behind it) wants; NULL for
 * any other, which is not the collector's and changes nothing. */
json_t *reply_object(const struct reply *reply, const char *format, ...);
/* True for our error object with this status and code. */
bool reply_is_error(const struct reply *reply, int status, const char *code);

#endif

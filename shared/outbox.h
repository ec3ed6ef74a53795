/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The durable queue of a kiosk or SMS gateway: JSON bodies with sender-made
 * ids, on disk (SQLite, WAL, synchronous=FULL) before the call returns. One
 * process at a time holds an outbox; two threads may, each with its own
 * struct outbox (the UI thread puts, the courier thread takes).
 */
#ifndef HAILONG_SHARED_OUTBOX_H
#define HAILONG_SHARED_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/uuid.h"

struct outbox;

struct outbox_row {
	int64_t seq;
	struct uuid id;
	const char *body; /* JSON object; valid until outbox_rows_free */
};

/* Opens or creates the file; NULL, logged, when it cannot (the reason and what
 * to do), errno then is EBUSY for an outbox another process holds, ENOSPC for
 * a full disk, EIO for one that fails, else what the system said. A damaged
 * file is set aside under "PATH.damaged-TIME" and a new one is begun, so that
 * the next citizen can answer. */
struct outbox *outbox_open(const char *path);
/* Closes; NULL is allowed. */
void outbox_close(struct outbox *o);
/* Stores a body under its id, or replaces the body of a row not yet sent (a
 * citizen adds reasons to the face). hold_ms: the courier leaves it alone so
 * long (0: send at once). Returns only when it is on disk; false, logged, when
 * it is not (full disk, LIMIT_OUTBOX_ROWS unsent, a file that is not at its
 * path any more: opened again, a new one is begun). */
bool outbox_put(
    struct outbox *o, const struct uuid *id, const char *body, int64_t hold_ms);
/* Ends a row's hold, so that the courier may take it. */
bool outbox_release(struct outbox *o, const struct uuid *id);
/* Up to max rows that are due, oldest first, without the first skip of them;
 * count in *n, NULL and 0 if none. */
struct outbox_row *outbox_due(
    struct outbox *o, size_t skip, size_t max, size_t *n);
/* Frees what outbox_due gave. */
void outbox_rows_free(struct outbox_row *rows, size_t n);
/* The collector has it on disk: the row may go. A body that was replaced since
 * outbox_due gave it stays: it was not that one the collector stored. */
bool outbox_done(struct outbox *o, const struct uuid *id);
/* The collector refused this one for good: it is set aside with the reason
 * (never deleted, never blocks the queue), until outbox_resend. */
bool outbox_refused(
    struct outbox *o, const struct uuid *id, const char *reason);
/* Puts what was refused back into the queue, as far as there is room; returns
 * how many, -1, logged, when it cannot. wish: 0, whoever stands at the device
 * wants it; else the number of the office's wish, which grows: one that was
 * heard before does nothing. */
int64_t outbox_resend(struct outbox *o, int64_t wish);
/* Rows not yet sent, and the age of the oldest in ms (0 when none). */
bool outbox_depth(struct outbox *o, int64_t *rows, int64_t *oldest_ms);
/* How many the collector refused for good, -1, logged, when it cannot tell. */
int64_t outbox_set_aside(struct outbox *o);
/* The next value of the outbox's own counter (for answer.seq), durable with
 * the next put; starts at 1. One struct outbox of a process asks for it. */
int64_t outbox_next_seq(struct outbox *o);
/* Goes on from a value that the collector has seen, when a new outbox was begun
 * behind it. */
void outbox_raise_seq(struct outbox *o, int64_t seen);
/* Makes the done, refused and put calls up to outbox_commit one durable
 * commit; the calls between tell nothing final, outbox_commit does. */
bool outbox_begin(struct outbox *o);
bool outbox_commit(struct outbox *o);
/* True when a put would succeed now: tries a durable write that stores
 * nothing, and looks whether there is room. */
bool outbox_usable(struct outbox *o);

#endif

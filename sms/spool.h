/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gateway's durable memory (sql/spool.sql): parts, messages waiting for
 * the collector, messages to send. A function that returns bool or SPOOL_NEW
 * has its work on disk; a failure is logged here, and the caller's process
 * should end. One process, one struct spool.
 */
#ifndef HAILONG_SMS_SPOOL_H
#define HAILONG_SMS_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/arena.h"
#include "shared/uuid.h"
#include "sms/modem.h"
#include "sms/number.h"

#define SPOOL_JOIN_MAX    1000 /* waiting parts looked at together */
#define SPOOL_TEXT_BYTES  2048 /* an outgoing text with its NUL */
#define SPOOL_TRIES       3    /* of a message that the network refuses */
#define SPOOL_KEEP_MS     (90 * 24 * 3600 * 1000LL) /* hashes and ids */
#define SPOOL_PATIENCE_MS (60 * 1000LL)       /* for the preferred modem */
#define SPOOL_OUTGOING_MS (2 * 3600 * 1000LL) /* then too late to send */

struct spool;

enum spool_added { SPOOL_NEW, SPOOL_DUPLICATE, SPOOL_FAILED };

struct spool_message {
	char id[UUID_TEXT];
	const char *modem, *from, *text; /* of the arena */
	int64_t received_at;
	int64_t sent_at; /* 0: unknown */
	int sent_offset;
	bool partial;
};

struct spool_outgoing {
	char id[UUID_TEXT];
	char number[NUMBER_TEXT];
	char text[SPOOL_TEXT_BYTES];
	int tries; /* this one included */
};

enum spool_outcome { SPOOL_SENT, SPOOL_NOT_SENT, SPOOL_UNKNOWN };

struct spool_report {
	char id[UUID_TEXT];
	const char *status; /* "sent", "failed", "unknown" */
	int64_t at;
	int code; /* -1: none */
};

/* Opens or makes the file; NULL with one sentence in error. */
struct spool *spool_open(const char *path, char *error, size_t error_size);
void spool_close(struct spool *s);

/* Puts a part on disk, unless it is there already: the key is a keyed hash of
 * sender, network time, header and text. Of names, short numbers and parts
 * without words only the key is kept. */
enum spool_added spool_part(struct spool *s, const char *modem,
    const struct modem_part *part, int64_t now);
/* Makes messages of the parts that are complete, or have waited wait_ms. */
bool spool_join(struct spool *s, int64_t now, int64_t wait_ms);
/* How many parts were dropped (names, short numbers, no words), -1 on error. */
int64_t spool_dropped(struct spool *s);

/* Up to max messages that the collector does not have, oldest first, in the
 * arena. False on error. */
bool spool_waiting(struct spool *s, struct arena *a, size_t max,
    struct spool_message **out, size_t *n);
/* The collector has it on disk: number and text go. */
bool spool_handed(struct spool *s, const char *id);
/* The collector refused it for good: kept, with the reason. */
bool spool_refused(struct spool *s, const char *id, const char *reason);

/* Takes a message of the collector; one already known is left alone. One that
 * cannot be sent (sendable false) is kept as failed, to be reported. */
bool spool_outgoing(struct spool *s, const char *id, const char *number,
    const char *text, bool sendable, int64_t now);
/* True when something waits for this modem. */
bool spool_ready(struct spool *s, const char *modem, int64_t now);
/* Takes the next one for this modem and marks it as being sent; *found says
 * whether there was one. */
bool spool_claim(struct spool *s, const char *modem, int64_t now,
    struct spool_outgoing *out, bool *found);
/* What became of it. code: the network's, -1 none. */
bool spool_outcome(struct spool *s, const char *id, enum spool_outcome outcome,
    int code, int64_t now);
/* The network refused it for now: to be tried again not before then. */
bool spool_again(struct spool *s, const char *id, int code, int64_t not_before);
/* Whatever was being sent by a process that died becomes unknown (modem NULL:
 * of every modem). */
bool spool_recover(struct spool *s, const char *modem, int64_t now);
/* What waits longer than SPOOL_OUTGOING_MS fails: a late answer confuses, and
 * an invitation must not leave in the night. */
bool spool_expire(struct spool *s, int64_t now);
/* Up to max outcomes that the collector does not know; in the arena. */
bool spool_reports(struct spool *s, struct arena *a, size_t max,
    struct spool_report **out, size_t *n);
/* The collector knows it: number and text go. */
bool spool_reported(struct spool *s, const char *id);
/* Messages waiting to be sent, -1 on error. */
int64_t spool_depth(struct spool *s);

/* Keeps what a slot held that libGammu cannot read (hex of the PDU). */
bool spool_poison(
    struct spool *s, const char *modem, const char *pdu, int64_t now);
/* True when this SIM PIN may be tried, and notes that it is; false when it was
 * tried before and not accepted. mark: the file's time, so that writing the
 * file again allows one new try. */
bool spool_pin_try(struct spool *s, const char *modem, const char *pin,
    int64_t mark, int64_t now);
/* The SIM took the PIN. */
bool spool_pin_accepted(
    struct spool *s, const char *modem, const char *pin, int64_t mark);
/* Forgets what is older than SPOOL_KEEP_MS and done with. */
bool spool_purge(struct spool *s, int64_t now);

#endif

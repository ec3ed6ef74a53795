/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gateway's durable memory (sql/spool.sql): parts, messages waiting for
 * the collector, messages to send. A function that returns bool or SPOOL_NEW
 * has its work on disk; a failure is logged here, and the caller's process
 * should end. One process, one struct spool.
 */
#ifndef HAILONG_SMS_SPOOL_SPOOL_H
#define HAILONG_SMS_SPOOL_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/arena.h"
#include "shared/phone.h"
#include "shared/uuid.h"
#include "sms/modem/modem.h"

#define SPOOL_JOIN_MAX    1000 /* waiting parts looked at together */
#define SPOOL_TEXT_BYTES  2048 /* an outgoing text with its NUL */
#define SPOOL_TRIES       4    /* of a message that the network refuses */
#define SPOOL_KEEP_MS     (90 * 24 * 3600 * 1000LL) /* hashes and ids */
#define SPOOL_PATIENCE_MS (60 * 1000LL)  /* for the preferred modem */
#define SPOOL_ALIVE_MS    (150 * 1000LL) /* it is given up, not heard of for */
#define SPOOL_OUTGOING_MS (2 * 3600 * 1000LL) /* then too late to send */

struct spool;

enum spool_added { SPOOL_NEW, SPOOL_DUPLICATE, SPOOL_FAILED };

/* What makes a part the same one when it is read again. */
struct spool_key {
	unsigned char bytes[32];
};

struct spool_message {
	char id[UUID_TEXT];
	const char *modem, *from, *text; /* of the arena */
	int64_t received_at;
	int64_t sent_at; /* 0: unknown */
	int sent_offset;
	bool partial;
	bool unreadable; /* text is the PDU, for a person's eyes */
};

/* A message of the collector's that shall go out. */
struct spool_message_out {
	const char *id, *number, *text;
	int64_t until; /* ms, too late afterwards; 0: no such time */
	bool urgent;   /* a citizen waits for it */
	bool sendable; /* else it is kept as failed, to be reported */
};

/* Who asks for something to send, and how much that one may. */
struct spool_turn {
	const char *modem;
	const char *sim;  /* its IMSI, "" unknown */
	int rate, cap;    /* parts a minute, and since midnight */
	int64_t midnight; /* ms */
};

struct spool_outgoing {
	char id[UUID_TEXT];
	char number[PHONE_TEXT];
	char text[SPOOL_TEXT_BYTES];
	int tries; /* this one included */
};

enum spool_outcome { SPOOL_SENT, SPOOL_NOT_SENT, SPOOL_UNKNOWN };

struct spool_report {
	char id[UUID_TEXT];
	const char *status; /* "sent", "failed", "unknown", "delivered", … */
	int64_t at;
	int code; /* -1: none */
};

/* A modem as its worker last described it; what is unknown is -1 or "". */
struct spool_modem {
	const char *name, *state, *error, *network, *operator, * model, *imei;
	int64_t heard_at, starts, stuck, sent_today, sent_minute;
	int signal, sim_used, sim_size, own_used, own_size, rate, cap;
};

struct spool_figures {
	int64_t waiting, oldest_at; /* messages the collector does not have */
	int64_t parts;              /* of messages that are not whole yet */
	int64_t queued;             /* to be sent */
	int64_t refused, dropped, poison;
};

struct spool_ussd {
	int64_t id; /* 0: none */
	char code[40];
};

/* Opens or makes the file; NULL with one sentence in error. */
struct spool *spool_open(const char *path, char *error, size_t error_size);
/* Closes the file and frees; NULL is allowed. */
void spool_close(struct spool *s);

/* Makes one commit of the writes until spool_end, since each commit waits for
 * the disk: kept all together when ok, else none of them. Not around a function
 * that says it commits by itself. False when the disk refused. */
bool spool_begin(struct spool *s);
bool spool_end(struct spool *s, bool ok);

/* Puts a part on disk, unless it is there already: the key, which is told, is
 * a keyed hash of sender, network time, header and text, and of modem and slot
 * where the network told no time. Of names, short numbers and parts without
 * words only the key is kept. */
enum spool_added spool_part(struct spool *s, const char *modem,
    const struct modem_part *part, int64_t now, struct spool_key *key);
/* The slot of a part without a network time was emptied: whoever says the same
 * there from now on says it anew. */
bool spool_part_gone(struct spool *s, const struct spool_key *key);
/* Makes messages of the parts that are complete, or have waited wait_ms. */
bool spool_join(struct spool *s, int64_t now, int64_t wait_ms);

/* Puts messages that came whole on disk, all in one commit; those whose id is
 * known are left alone. partial is not read. */
bool spool_take(struct spool *s, const struct spool_message *list, size_t n);
/* Up to max messages that the collector does not have, oldest first, without
 * the first skip of them, in the arena. False on error. */
bool spool_waiting(struct spool *s, struct arena *a, size_t skip, size_t max,
    struct spool_message **out, size_t *n);
/* The collector has it on disk: number and text go. */
bool spool_handed(struct spool *s, const char *id);
/* The collector refused it for good: kept, with the reason, until spool_resend.
 */
bool spool_refused(struct spool *s, const char *id, const char *reason);
/* What was refused waits for the collector again; how many, -1 on error. wish:
 * 0, whoever stands at the gateway wants it; else the number of the office's
 * wish, which grows: one that was heard before does nothing. */
int64_t spool_resend(struct spool *s, int64_t wish);

/* Takes a message of the collector; one already known is left alone. */
bool spool_outgoing(
    struct spool *s, const struct spool_message_out *m, int64_t now);
/* True when something waits for this modem, and it may send. */
bool spool_ready(struct spool *s, const struct spool_turn *turn, int64_t now);
/* Takes the next one for this modem and marks it as being sent; *found says
 * whether there was one. */
bool spool_claim(struct spool *s, const struct spool_turn *turn, int64_t now,
    struct spool_outgoing *out, bool *found);
/* Notes which parts the network took. lost: of one more it is unknown. */
bool spool_sent_parts(struct spool *s, const struct spool_turn *turn,
    const struct spool_outgoing *out, const struct modem_sent *sent, bool lost,
    int64_t now);
/* A delivery report has come; *matched: it was about one of ours. */
bool spool_delivery(struct spool *s, const struct spool_turn *turn,
    const struct modem_report *report, int64_t now, bool *matched);
/* The same, where the report names the message itself. */
bool spool_delivered(struct spool *s, const char *id, bool failed, int64_t now);
/* What became of it. code: the network's, -1 none. */
bool spool_outcome(struct spool *s, const char *id, enum spool_outcome outcome,
    int code, int64_t now);
/* The network refused it for now: to be tried again not before then. */
bool spool_again(struct spool *s, const char *id, int code, int64_t not_before);
/* Whatever was being sent by a process that died becomes unknown (modem NULL:
 * of every modem). */
bool spool_recover(struct spool *s, const char *modem, int64_t now);
/* What waits longer than SPOOL_OUTGOING_MS, or past its time, fails: a late
 * answer confuses, and an invitation must not leave in the night. */
bool spool_expire(struct spool *s, int64_t now);
/* Outcomes that the collector does not know, up to max after the first skip; in
 * the arena. */
bool spool_unreported(struct spool *s, struct arena *a, size_t skip, size_t max,
    struct spool_report **out, size_t *n);
/* The collector knows this one: number and text go. */
bool spool_reported(struct spool *s, const struct spool_report *report);
/* Messages waiting to be sent, -1 on error. */
int64_t spool_depth(struct spool *s);

/* A worker begins; its modem is "opening". */
bool spool_modem_start(
    struct spool *s, const struct spool_turn *turn, int64_t now);
/* How the modem is: "ready", "attention" (it works, and a person must look),
 * "unplugged", "trouble", with a clause; stuck: what cannot be deleted from it.
 */
bool spool_modem_state(struct spool *s, const char *modem, const char *state,
    const char *error, unsigned stuck, int64_t now);
/* What a worker saw of its modem: signal, network, memory. */
bool spool_modem_look(
    struct spool *s, const char *modem, const struct modem_state *state);
/* All modems that a worker ever ran for, into the arena. */
bool spool_modems(struct spool *s, struct arena *a, int64_t midnight,
    int64_t now, struct spool_modem **out, size_t *n);
/* The figures of the spool itself. False when it cannot be read. */
bool spool_figures(struct spool *s, struct spool_figures *out);
/* Notes that a service code shall be dialled; its id, -1 on error. */
int64_t spool_ussd(
    struct spool *s, const char *modem, const char *code, int64_t now);
/* The next wish for a modem, at most a minute old. */
bool spool_ussd_next(
    struct spool *s, const char *modem, int64_t now, struct spool_ussd *out);
/* Writes down what the operator answered. */
bool spool_ussd_answer(
    struct spool *s, int64_t id, const char *answer, int64_t now);
/* The answer, of the arena; NULL: none yet. */
const char *spool_ussd_read(struct spool *s, int64_t id, struct arena *a);

/* Keeps what a slot held that cannot be read (hex of the PDU), and has it
 * handed over for a person, without the addresses' octets; once, until
 * spool_part_gone says with *key that the slot is empty of it. Commits by
 * itself. */
enum spool_added spool_poison(struct spool *s, const char *modem, int slot,
    const char *pdu, int64_t now, struct spool_key *key);
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

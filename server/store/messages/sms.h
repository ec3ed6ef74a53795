/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SMS that came and SMS to be sent. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_MESSAGES_SMS_H
#define HAILONG_SERVER_STORE_MESSAGES_SMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/db/db.h"
#include "server/secret/token.h"
#include "server/store/answers.h"
#include "shared/limits.h"
#include "shared/uuid.h"

struct arena;

struct sms_in {
	struct uuid id;
	const char *device, *text, *kind;
	uint8_t sender[TOKEN_HASH];
	uint8_t digest[DIGEST_BYTES];
	bool partial;
	int64_t received_at, sent_at; /* the gateway's clock, the operator's */
	int zone;                     /* minutes, of sent_at */
	int reader;                   /* version of the rules that read it */
};

struct sms_out {
	struct uuid id;
	const char *phone; /* sealed */
	const char *text, *cause;
	uint8_t sender[TOKEN_HASH];
	int64_t created_at;
	const char *dossier; /* of an invitation; NULL: a reply */
	int64_t until_at;    /* too late afterwards; 0: never */
};

/* Whether a message waits for a person. */
enum sms_person { PERSON_NONE, PERSON_MUST, PERSON_HAS, PERSON_MAY };

/* What followed from a message, and what it is about; "" unknown. */
struct sms_deed {
	const char *deed, *desk, *unit, *dossier;
	enum sms_person person;
	const char *phone; /* sealed; "" unless a person reads it */
};

/* The sender's answer made of an earlier message. */
struct sms_answer {
	struct uuid id;
	const char *desk, *dossier, *scores, *reasons, *comment;
	int64_t received_at; /* of the message */
	int32_t day;
};

/* Writes a message that came: new, a duplicate, or another under its id. */
enum stored store_sms_in(struct db *db, const struct sms_in *message);
/* Notes what was made of a message. False when the database refused. */
bool store_sms_in_deed(
    struct db *db, const struct uuid *id, const struct sms_deed *deed);
/* Notes which answer was made of a message, and in whose place (NULL: none). */
bool store_sms_in_answer(struct db *db, const struct uuid *id,
    const struct uuid *answer, const struct uuid *replaced);
/* Queues a message to be sent. False when the database refused. */
bool store_sms_out(struct db *db, const struct sms_out *message);
/* The text before this message from the same sender, since a time, and when it
 * came. */
enum step store_sms_last_text(struct db *db, struct arena *a,
    const uint8_t sender[TOKEN_HASH], int64_t since, const struct uuid *id,
    const char **text, int64_t *at);
/* The sender's last counted answer since a time, into the arena. */
enum step store_sms_last_answer(struct db *db, struct arena *a,
    const uint8_t sender[TOKEN_HASH], int64_t since, struct sms_answer *out);
/* The sender's counted answer at a desk on a local day, about no dossier; *at:
 * answered when. */
enum step store_sms_day_answer(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *desk, int32_t day, struct uuid *id, int64_t *at);
/* When the sender was asked for a reason, 0 if the last thanks did not. */
bool store_sms_reason_asked(
    struct db *db, const uint8_t sender[TOKEN_HASH], int64_t *at);
/* Messages still to be sent, oldest first, into the arena. */
bool store_sms_queued(struct db *db, struct arena *a, size_t max, int64_t now,
    struct sms_out **list, size_t *count);
/* Ends a message (sent, failed, unknown; then delivered, undelivered) and
 * blanks its number. *known is false when no such message was ever queued; a
 * repeat is fine, and *changed then false. */
bool store_sms_end(struct db *db, const struct uuid *id, const char *state,
    int64_t now, bool *known, bool *changed);
/* Takes back the invitations that are still queued to a number. */
bool store_sms_drop(
    struct db *db, const uint8_t sender[TOKEN_HASH], int64_t now);
/* Replies queued to this sender since a time, in all or of one cause (NULL:
 * any); -1 when it cannot tell. */
int64_t store_sms_recent(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *cause, int64_t since);
/* Takes back the wish that was noted at that time, no other. */
bool store_sms_optout_undo(
    struct db *db, const uint8_t sender[TOKEN_HASH], int64_t since);
/* Notes that a number wants no invitations (out), or does again. */
bool store_sms_optout(
    struct db *db, const uint8_t sender[TOKEN_HASH], bool out, int64_t now);

#endif

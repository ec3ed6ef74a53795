/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SMS as people read and decide them. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_MESSAGES_SMS_DECISIONS_H
#define HAILONG_SERVER_STORE_MESSAGES_SMS_DECISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/db/db.h"
#include "server/store/messages/sms.h"
#include "shared/limits.h"
#include "shared/uuid.h"

struct arena;

/* A message as a person reads it, with its answer. Strings: the arena's. */
struct sms_read {
	struct uuid id;
	const char *text, *kind, *deed, *desk, *unit, *dossier, *device;
	const char *phone; /* sealed, "" unknown */
	bool partial;
	int64_t received_at, sent_at;
	int zone, reader;
	enum sms_person person;
	const char *decided, *decided_by; /* "4", comment, ignore; "" not yet */
	int64_t decided_at;
	uint8_t sender[TOKEN_HASH];
	bool has_sender; /* not erased */
	bool has_answer, has_replaced, counted;
	struct uuid answer, replaced;
	int score; /* of the answer, 0: none */
};

/* A place among the messages: those after it are older. */
struct sms_place {
	int64_t at;
	struct uuid id;
};

/* A message as it was read, into the arena; STEP_DONE: there is none. */
enum step store_sms_read(struct db *db, struct arena *a, const struct uuid *id,
    struct sms_read *out);
/* Messages that stand so with a person, of a unit and those below (NULL: all),
 * behind a place (NULL: from the newest), newest first. */
bool store_sms_page(struct db *db, struct arena *a, enum sms_person person,
    const char *unit, const struct sms_place *after, size_t most,
    struct sms_read **list, size_t *count);
/* How many there are; -1 when it cannot tell. */
int64_t store_sms_count(
    struct db *db, enum sms_person person, const char *unit);
/* The score the sender gave later about the same, counted; *score 0: none. */
bool store_sms_later(
    struct db *db, const struct sms_read *m, int32_t day, int *score);
/* Writes a person's decision ("" taken back), and desk and unit. */
bool store_sms_decide(struct db *db, const struct sms_read *m);
/* Writes a new reading: kind, reader, deed, person. */
bool store_sms_reading(struct db *db, const struct sms_read *m);
/* Ids of up to `most` messages behind an id that rules older than `reader` have
 * read and no person has decided. */
bool store_sms_older(struct db *db, int reader, const struct uuid *after,
    size_t most, struct uuid *ids, size_t *count);
/* Erases numbers of dossiers finished before `contacts`, and texts and senders
 * of messages before `texts`. Opt-outs stay. */
bool store_sms_erase(struct db *db, int64_t contacts, int64_t texts);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words a citizen gets by SMS, queued for the gateway. */
#ifndef HAILONG_SERVER_MESSAGES_SMS_REPLY_H
#define HAILONG_SERVER_MESSAGES_SMS_REPLY_H

#include <stdbool.h>
#include <stdint.h>
#include "server/secret/phone_seal.h"
#include "server/db/db.h"
#include "server/settings.h"
#include "shared/arena.h"

#define SMS_REPLY_DAY_MS     (24 * 3600 * 1000LL)
#define SMS_REPLY_MOST_A_DAY 20 /* to one number: two machines stop talking */

/* To whom; a number that cannot be sent to (abroad, a landline) gets nothing,
 * which is no failure. */
struct sms_reply {
	struct db *db; /* the writer's */
	struct arena *arena;
	const struct settings *settings;
	const struct seal_keys *keys;
	int64_t now;
	const char *phone; /* E.164 */
	bool answerable;
	uint8_t sender[TOKEN_HASH];
	const char *agency; /* who signs; NULL: the usual one */
};

/* Queues the words of a key, at most SMS_REPLY_MOST_A_DAY a day. */
bool say(struct sms_reply *s, const char *key);
/* The same, at most `most` times a day; *said: it was (may be NULL). */
bool sms_reply_few(
    struct sms_reply *s, const char *key, int64_t most, bool *said);
/* Confirms a score: thanks, or after 1 and 2 the question for the reason. day:
 * of the dossier, where the number has several ("12/11"); NULL: not named. */
bool sms_reply_score(struct sms_reply *s, int score, const char *day);
/* Confirms reasons (their codes, at least one); the first two are named. */
bool sms_reply_reasons(
    struct sms_reply *s, const char *const *reasons, size_t count);

#endif

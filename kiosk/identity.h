/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who this kiosk is: a key it made itself, and, once an administrator has
 * approved it, its name, desk and token, and the collector's key. Kept beside
 * the outbox (PATH.key, PATH.device), for its user's eyes only.
 */
#ifndef HAILONG_KIOSK_IDENTITY_H
#define HAILONG_KIOSK_IDENTITY_H

#include <stdbool.h>
#include "shared/keys.h"
#include "shared/limits.h"

struct identity {
	char device[LIMIT_NAME_BYTES + 1];
	char desk[LIMIT_CODE_BYTES + 1];
	char token[LIMIT_TOKEN_BYTES + 1]; /* "": not enrolled */
	struct key key;
	bool own_key;                  /* key is set and signs */
	uint8_t collector[KEY_PUBLIC]; /* whose settings are taken */
	bool knows_collector;
};

/* Reads what is kept beside the outbox; what is missing stays empty. */
void identity_load(struct identity *id, const char *outbox);
/* Makes and keeps a key if there is none yet; false, logged, when it cannot be
 * kept. */
bool identity_need_key(struct identity *id, const char *outbox);
/* Keeps what an enrolment brought; false, logged, when it cannot. */
bool identity_keep(const struct identity *id, const char *outbox);
/* Keeps the key of the collector that was met first; nothing is done for one
 * that is known already. */
void identity_meet(
    struct identity *id, const char *outbox, const char *collector);
/* Forgets all of it, and the settings: at the next start the device is new.
 * False, logged, when that cannot be. */
bool identity_forget(const char *outbox);

#endif

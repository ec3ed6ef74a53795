/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Telephone numbers at rest: a keyed hash to find them by, and a sealed text
 * (XChaCha20-Poly1305) that only the holder of the key file can open. Without
 * the key the database says nothing about a number; 10^9 of them are tried in
 * seconds where the hash has no key.
 */
#ifndef HAILONG_SERVER_SECRET_PHONE_SEAL_H
#define HAILONG_SERVER_SECRET_PHONE_SEAL_H

#include <stdbool.h>
#include <stdint.h>
#include "shared/phone.h"
#include "server/secret/token.h"

#define SEAL_KEY    32
#define SEALED_TEXT 96 /* room for a sealed number and its NUL */

/* The two secrets of the key file (server/store/messages/phone_keys.h). */
struct seal_keys {
	char hash[TOKEN_TEXT];  /* of the keyed hash, as text */
	uint8_t seal[SEAL_KEY]; /* of the sealing */
};

/* Makes both anew. */
void seal_keys_new(struct seal_keys *keys);
/* The sealing key as text and back; false when it is none. */
void seal_key_text(const struct seal_keys *keys, char out[TOKEN_TEXT]);
bool seal_key_read(const char *text, struct seal_keys *keys);
/* What tells one pair of secrets from another, and says nothing of them. */
void seal_fingerprint(const struct seal_keys *keys, char out[TOKEN_TEXT]);
/* Seals a number; no two sealed texts of the same number are alike. */
void seal_phone(
    const struct seal_keys *keys, const char *phone, char out[SEALED_TEXT]);
/* Opens it; false for what was sealed by another key, or altered. A number that
 * was never sealed (of a former schema) is itself. */
bool unseal_phone(
    const struct seal_keys *keys, const char *sealed, char out[PHONE_TEXT]);

#endif

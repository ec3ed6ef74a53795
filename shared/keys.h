/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ed25519 keys: a kiosk signs what it sends, the collector signs the settings
 * it gives, and a token travels sealed for one device. libsodium does the work.
 * Texts are URL-safe base64 without padding.
 */
#ifndef HAILONG_SHARED_KEYS_H
#define HAILONG_SHARED_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

#define KEY_PUBLIC    32  /* bytes of a public key */
#define KEY_TEXT      44  /* room for its text, or a secret's, and the NUL */
#define SIGNATURE_MAX 87  /* room for a signature's text and the NUL */
#define PIN_HASH      128 /* room for a PIN's hash and the NUL */
#define SEALED_MAX    260 /* room for a sealed token's or PIN's, and the NUL */

struct key {
	uint8_t public[KEY_PUBLIC];
	uint8_t secret[64];
};

/* Makes a new key. */
void key_make(struct key *k);
/* The secret as text, to be kept where no other user reads it. */
void key_keep(const struct key *k, char out[KEY_TEXT]);
/* Reads what key_keep wrote; false for anything else. */
bool key_read(const char *text, struct key *k);
/* The public part as text, and back; false for what is no key. */
void key_public_text(const uint8_t public[KEY_PUBLIC], char out[KEY_TEXT]);
bool key_public_read(const char *text, uint8_t public[KEY_PUBLIC]);
/* Forgets the secret. */
void key_wipe(struct key *k);

/* Fills in random bytes; or writes so many as text, for which KEY_CODE tells
 * the room. */
void key_random(void *out, size_t size);
void key_random_text(char *out, size_t bytes);
/* Bytes as text. */
void key_text(const void *bytes, size_t size, char *out);
#define KEY_CODE(bytes) (((bytes)*4 + 2) / 3 + 1)

/* BLAKE2b-256 of bytes under a key that is a text of at most 64 bytes (what is
 * longer does not count), as text: the proof of whoever has the key. */
void key_proof(
    const char *key, const void *bytes, size_t size, char out[KEY_TEXT]);

/* Signs bytes. */
void key_sign(const struct key *k, const void *bytes, size_t size,
    char out[SIGNATURE_MAX]);
/* True when the holder of that key signed these bytes. */
bool key_verify(const uint8_t public[KEY_PUBLIC], const void *bytes,
    size_t size, const char *signature);

/* What a device signs of a request: method, target (path and query as they are
 * sent), the line of its clock ("" none) and the body, each but the last closed
 * by a line end. So a signature is of no use for another request. Appends it.
 */
void key_request_text(struct buf *out, const char *method, const char *target,
    const char *clock, const void *body, size_t size);
/* Signs a JSON object's text: becomes its last member, "signature". */
void key_sign_json(const struct key *k, struct buf *json);
/* True when that last member is a signature of all before it. */
bool key_verify_json(const uint8_t public[KEY_PUBLIC], const char *json);

/* Seals a short text so that only the holder of the key reads it; false for
 * one that is too long. */
bool key_seal(
    const uint8_t public[KEY_PUBLIC], const char *text, char out[SEALED_MAX]);
/* Opens it into out; false for what is not sealed for this key or does not
 * fit. */
bool key_open(const struct key *k, const char *sealed, char *out, size_t size);

/* Argon2id of a PIN with 64 MiB and 3 passes, which a small device can still
 * check. A PIN has few digits: with the hash all of them can be tried in days,
 * so it is given away only sealed, to a device that has a key. False without
 * memory for it. */
bool pin_hash(const char *pin, char out[PIN_HASH]);
/* True when hash is that of this PIN. */
bool pin_check(const char *pin, const char *hash);

#endif

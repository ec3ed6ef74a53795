/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Secrets: tokens of devices and sessions, passwords, keyed hashes. libsodium
 * does the work; nothing here is kept or logged. */
#ifndef HAILONG_SERVER_SECRET_TOKEN_H
#define HAILONG_SERVER_SECRET_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/limits.h"

#define TOKEN_TEXT    44 /* bytes of a token's text with its NUL: 256 bits */
#define DIGEST_BYTES  16
#define DIGEST_TEXT   65  /* bytes of a long one in hexadecimal, with its NUL */
#define PASSWORD_TEXT 128 /* bytes of a stored password with its NUL */

/* Makes 256 random bits as URL-safe base64 without padding. */
void token_new(char out[TOKEN_TEXT]);
/* Names a device so that a person can say it: kiosk-LH1-k3v8, sms-8d2q. desk
 * NULL: it has none. */
void device_name(char *out, size_t size, const char *kind, const char *desk);
/* A random number from 0 to below - 1. */
uint32_t token_random(uint32_t below);
/* BLAKE2b-256 of a token, the only form that is stored. A token has 256 bits
 * of its own, so no salt and no slow hash are needed. */
void token_hash(const char *token, uint8_t out[TOKEN_HASH]);
/* Compares in constant time. */
bool token_same(const char *a, const char *b);
/* BLAKE2b-128 of what a sender said, to tell a repeat from a conflict. */
void digest(const void *bytes, size_t size, uint8_t out[DIGEST_BYTES]);
/* BLAKE2b-256, in hexadecimal. */
void digest_text(const void *bytes, size_t size, char out[DIGEST_TEXT]);
/* BLAKE2b-256 of a text under a secret key (a token's text): phone numbers
 * have only 10^9 values, a plain hash of one can be searched. */
void keyed_hash(const char *key, const char *text, uint8_t out[TOKEN_HASH]);
/* Argon2id of a hash, as dear to try as a password's (password_hash), with a
 * salt made of a secret key (a token's text) and a label. False when there is
 * no memory for it. */
bool dear_hash(const char *key, const char *label,
    const uint8_t plain[TOKEN_HASH], uint8_t out[TOKEN_HASH]);
/* Argon2id (64 MiB, 2 passes; libsodium's "interactive"), about 0.1 s. False
 * when there is no memory for it. */
bool password_hash(const char *password, char out[PASSWORD_TEXT]);
/* Checks a password; hash NULL takes as long and is always false, so that an
 * unknown login cannot be told by time. */
bool password_check(const char *password, const char *hash);
/* A number by which one password of a person is told from the next; hash: what
 * is stored of it, with a salt of its own. It says nothing of the password. */
uint64_t password_generation(const char *hash);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second factor: codes of six digits that a phone makes from a shared
 * secret and the time (TOTP, RFC 6238: SHA-1, 30 s, the kind that every such
 * program knows), and recovery codes for the day the phone is lost.
 */
#ifndef HAILONG_SERVER_SECRET_SECOND_FACTOR_H
#define HAILONG_SERVER_SECRET_SECOND_FACTOR_H

#include <stdbool.h>
#include <stdint.h>
#include "server/secret/token.h"
#include "shared/arena.h"

#define SECOND_FACTOR_SECRET      20 /* bytes (RFC 4226, section 4: 160 bits) */
#define SECOND_FACTOR_SECRET_TEXT 33 /* in base 32, with its NUL */
#define SECOND_FACTOR_DIGITS      6
#define SECOND_FACTOR_STEP_MS     (30 * 1000LL)
#define SECOND_FACTOR_RECOVERY    20 /* bytes of a recovery code with its NUL */

/* A new secret. */
void second_factor_new(uint8_t secret[SECOND_FACTOR_SECRET]);
/* The secret as a person types it into the phone. */
void second_factor_text(const uint8_t secret[SECOND_FACTOR_SECRET],
    char out[SECOND_FACTOR_SECRET_TEXT]);
/* The address that the phone reads as a QR: otpauth://totp/… (Google's "Key Uri
 * Format"); into the arena. */
const char *second_factor_address(struct arena *a, const char *issuer,
    const char *login, const uint8_t secret[SECOND_FACTOR_SECRET]);
/* Whether typed (blanks do not matter) is the code of this moment, of the step
 * before or of the one after: phones go wrong. *step becomes the number of the
 * code's step: a code that is taken must be of a later one than the last. */
bool second_factor_check(const uint8_t secret[SECOND_FACTOR_SECRET],
    const char *typed, int64_t now, int64_t *step);

/* A new recovery code, "k7mq-…": 80 random bits in letters and digits that
 * cannot be mistaken for one another. */
void second_factor_recovery_new(char out[SECOND_FACTOR_RECOVERY]);
/* Whether what was typed (case, blanks and hyphens do not matter) can be a
 * recovery code; plain: a cheap hash of it. */
bool second_factor_recovery_read(const char *typed, uint8_t plain[TOKEN_HASH]);
/* The hash of a recovery code, the only form that is stored: Argon2id of the
 * cheap one, as dear as a password's (0.1 s, 64 MiB). Its salt is made of
 * secret (a token's text) and login, so that one hash finds a code among a
 * person's. False when there is no memory for it. */
bool second_factor_recovery_dear(const char *secret, const char *login,
    const uint8_t plain[TOKEN_HASH], uint8_t out[TOKEN_HASH]);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Second factors: tries, secrets, recovery codes. What writes expects an open
 * transaction.
 */
#ifndef HAILONG_SERVER_STORE_PEOPLE_FACTORS_H
#define HAILONG_SERVER_STORE_PEOPLE_FACTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/limits.h"

struct db;

/* Takes one of the tries of a person's codes: the first LIMIT_CODE_TRIES wrong
 * ones in a row may follow one another, then one in LIMIT_CODE_WAIT_MS, after
 * LIMIT_CODE_MANY one in LIMIT_CODE_LONG_MS. All are counted together; known:
 * from a browser the person was here with, which waits for its own kind only.
 */
bool store_factor_try(
    struct db *db, const char *login, int64_t now, bool known, bool *allowed);
/* Takes one of the LIMIT_CODE_TRIES of one password step (size bytes that name
 * it), whoever makes it from where; it is remembered until then, ms. */
bool store_sign_in_try(struct db *db, const void *envelope, size_t size,
    int64_t now, int64_t until, bool *allowed);
/* The try was right, by the code of this step; *taken is false when that code,
 * or a later one, was taken before. */
bool store_factor_step(
    struct db *db, const char *login, int64_t step, bool *taken);
/* Sets the secret (in its envelope), first taken by the code of this step. */
bool store_factor_set(struct db *db, const char *login, const char *envelope,
    int64_t now, int64_t step);
/* Takes the second factor away, its recovery codes too, and ends the person's
 * sessions but the one of this token (NULL: all); *found: there was one. */
bool store_factor_clear(
    struct db *db, const char *login, const char *token, bool *found);
/* Replaces the recovery codes by those of these n hashes. */
bool store_recovery_put(struct db *db, const char *login,
    const uint8_t (*hashes)[TOKEN_HASH], size_t n);
/* The try was right if *used: there was such a code; it is gone. */
bool store_recovery_use(struct db *db, const char *login,
    const uint8_t hash[TOKEN_HASH], bool *used);
/* Hashes anew, once, the codes that an upgrade found hashed in the former way;
 * secret as in secret/second_factor.h. Begins and commits by itself. */
bool store_recovery_renew(struct db *db, const char *secret);
/* How many are left; -1 when it cannot tell. */
int64_t store_recovery_left(struct db *db, const char *login);

#endif

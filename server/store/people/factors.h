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
 * ones in a row may follow one another, then one in LIMIT_CODE_WAIT_MS; known:
 * from a browser the person was here with, which does not wait. */
bool store_factor_try(
    struct db *db, const char *login, int64_t now, bool known, bool *allowed);
/* The try was right, by the code of this step; *taken is false when that code,
 * or a later one, was taken before. */
bool store_factor_step(
    struct db *db, const char *login, int64_t step, bool *taken);
/* Sets the secret (in its envelope), first taken by the code of this step. */
bool store_factor_set(struct db *db, const char *login, const char *envelope,
    int64_t now, int64_t step);
/* Takes the second factor away, its recovery codes too; *found: there was one.
 */
bool store_factor_clear(struct db *db, const char *login, bool *found);
/* Replaces the recovery codes by those of these n hashes. */
bool store_recovery_put(struct db *db, const char *login,
    const uint8_t (*hashes)[TOKEN_HASH], size_t n);
/* The try was right if *used: there was such a code; it is gone. */
bool store_recovery_use(struct db *db, const char *login,
    const uint8_t hash[TOKEN_HASH], bool *used);
/* How many are left; -1 when it cannot tell. */
int64_t store_recovery_left(struct db *db, const char *login);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A code of the second factor, or a recovery code, as it is typed into a form
 * and checked on the writer thread. */
#ifndef HAILONG_SERVER_PAGES_ACCOUNT_CODE_TRY_H
#define HAILONG_SERVER_PAGES_ACCOUNT_CODE_TRY_H

#include <stdbool.h>
#include <stdint.h>
#include "server/secret/second_factor.h"

#define SIGN_IN_NUMBER 16 /* bytes: tells one sign-in from another */

struct arena;
struct db;
struct page;
struct staff;

enum code_found {
	CODE_TRY_WRONG,
	CODE_TRY_WAIT,
	CODE_TRY_OVER, /* no try is left with this envelope */
	CODE_TRY_RIGHT,
	CODE_TRY_RECOVERED
};

struct code_try {
	const char *login, *typed;
	int64_t now;
	bool known; /* the browser was here before: it has its own turn */
	uint8_t secret[SECOND_FACTOR_SECRET];
	bool recovery;            /* it may be a recovery code, … */
	uint8_t hash[TOKEN_HASH]; /* … and then of this hash */
	const uint8_t *envelope;  /* SIGN_IN_NUMBER bytes; NULL: none */
	enum code_found found;    /* what code_try_run makes of it */
};

/* Reads the form's field "code" for a person who has a second factor; hashes
 * it, as dearly as a password, where it may be a recovery code. False, logged,
 * when the person's secret does not open. */
bool code_try_read(const struct page *page, const struct staff *staff,
    bool known, struct code_try *out);
/* Takes a try, and the code if it is right; within a write. False when the
 * database refused. */
bool code_try_run(struct db *db, struct code_try *t);

/* The stored hash of a recovery code of a person's (plain as in
 * secret/second_factor.h). False, logged, when there is no memory for it. */
bool code_try_hash(const struct page *page, const char *login,
    const uint8_t plain[TOKEN_HASH], uint8_t hash[TOKEN_HASH]);
/* The label of a person's secret in its envelope; memory of the arena. */
const char *code_try_label(struct arena *arena, const char *login);

#endif

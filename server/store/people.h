/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The people who sign in: who they are, their sessions, their second factors.
 * Part of store.h, whose rules hold: what writes expects an open transaction,
 * what fails was logged.
 */
#ifndef HAILONG_SERVER_STORE_PEOPLE_H
#define HAILONG_SERVER_STORE_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/secret/token.h"
#include "server/db/db.h"
#include "shared/arena.h"

/* ---------------------------------------------------------------- staff.c */

struct staff {
	const char *login, *role, *unit; /* unit NULL: the whole district */
	const char *password;            /* Argon2id text; not of a list */
	bool start;                      /* given by an admin, to be changed */
	int64_t created_at, disabled_at, signed_in_at; /* 0: never */
	const char *factor; /* in its envelope, "" none; not of a list */
	int64_t factor_at;  /* 0: none */
};

/* One person, into the arena. */
enum step store_staff(
    struct db *db, struct arena *a, const char *login, struct staff *out);
/* *added is false when the login exists. */
bool store_staff_add(struct db *db, const struct staff *staff, bool *added);
/* All of them by login, into the arena. */
bool store_staff_list(
    struct db *db, struct arena *a, struct staff **list, size_t *count);
/* Whether, but for this login, an enabled admin of the whole district is left.
 * Holds until the transaction ends, also against other collectors. */
bool store_staff_other_admin(struct db *db, const char *login, bool *left);
/* Gives another role and unit (NULL: the whole district). */
bool store_staff_change(struct db *db, const char *login, const char *role,
    const char *unit, bool *found);
/* Disables and ends all sessions; *found: there was an enabled one. */
bool store_staff_disable(
    struct db *db, const char *login, int64_t now, bool *found);
/* *found: there was a disabled one. */
bool store_staff_enable(struct db *db, const char *login, bool *found);
/* Sets a password (start: to be changed at the next sign-in) and ends all
 * sessions. */
bool store_staff_password(struct db *db, const char *login,
    const char *password, bool start, bool *found);

/* ------------------------------------------------------------- sessions.c */

struct session {
	const char *login, *role, *unit, *csrf;
	int64_t seen_at; /* its last use, to a minute */
	bool start;      /* the person's password is a start password */
	bool factor;     /* the person has a second factor */
};

/* The session of a token that is neither over nor has been idle for longer than
 * idle ms. */
enum step store_session(struct db *db, struct arena *a, const char *token,
    int64_t now, int64_t idle, struct session *out);
/* Adds one, and notes when the person signed in last. */
bool store_session_add(struct db *db, const char *token, const char *login,
    const char *csrf, int64_t now, int64_t expires);
/* Ends a session; one that is over already is fine. */
bool store_session_end(struct db *db, const char *token);
/* Notes a session's use; the session is told by its token's hash. */
bool store_session_seen(
    struct db *db, const uint8_t session[TOKEN_HASH], int64_t at);

/* One session of a person's list. */
struct session_row {
	uint8_t hash[TOKEN_HASH];
	int64_t created_at, seen_at;
};

/* A person's living sessions, none of them idle for longer than idle ms, last
 * used first, into the arena. */
bool store_session_list(struct db *db, struct arena *a, const char *login,
    int64_t now, int64_t idle, struct session_row **list, size_t *count);
/* Ends the one of this hash. */
bool store_session_end_hash(struct db *db, const uint8_t hash[TOKEN_HASH]);
/* Ends all of a person's but the one of this token; NULL: all. */
bool store_session_end_others(
    struct db *db, const char *login, const char *token, int64_t *ended);

/* -------------------------------------------------------------- factors.c */

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

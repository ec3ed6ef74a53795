/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sessions of people who signed in. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_PEOPLE_SESSIONS_H
#define HAILONG_SERVER_STORE_PEOPLE_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/db/db.h"
#include "shared/limits.h"

struct arena;

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
/* Takes away sessions that are over or have been idle for longer than idle ms.
 */
bool store_session_expire(struct db *db, int64_t now, int64_t idle);
/* Adds one, and notes when the person signed in last. Of more than
 * LIMIT_SESSIONS those that were used longest ago end. */
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

#endif

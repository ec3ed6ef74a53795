/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sessions. The cookie's value is never stored, only its hash; a person who was
 * disabled has none, whatever stands in the table. */
#include "server/store/people/sessions.h"

#include <string.h>
#include "server/secret/token.h"
#include "shared/arena.h"

enum step
store_session(struct db *db, struct arena *a, const char *token, int64_t now,
    int64_t idle, struct session *out)
{
	uint8_t hash[TOKEN_HASH];
	struct rows *r;
	enum step step;

	token_hash(token, hash);
	r = db_query(
	    db, Q_SESSION_GET, "bii", hash, sizeof(hash), now, now - idle);
	step = rows_next(r);
	if (step == STEP_ROW) {
		out->login = arena_strdup(a, rows_text(r, 0));
		out->csrf = arena_strdup(a, rows_text(r, 1));
		out->role = arena_strdup(a, rows_text(r, 2));
		out->unit = arena_strdup(a, rows_text(r, 3));
		out->seen_at = rows_int(r, 4);
		out->start = rows_int(r, 5) != 0;
		out->factor = rows_int(r, 6) != 0;
	}
	rows_close(r);
	return step;
}

bool
store_session_seen(struct db *db, const uint8_t session[TOKEN_HASH], int64_t at)
{
	return db_run(
	    db, Q_SESSION_SEEN, NULL, "bi", session, (size_t)TOKEN_HASH, at);
}

bool
store_session_expire(struct db *db, int64_t now, int64_t idle)
{
	return db_run(db, Q_SESSION_EXPIRE, NULL, "ii", now, now - idle);
}

bool
store_session_add(struct db *db, const char *token, const char *login,
    const char *csrf, int64_t now, int64_t expires)
{
	uint8_t hash[TOKEN_HASH];

	token_hash(token, hash);
	return db_run(db, Q_SESSION_KEEP, NULL, "ti", login,
		   (int64_t)LIMIT_SESSIONS - 1) &&
	       db_run(db, Q_STAFF_SIGNED_IN, NULL, "ti", login, now) &&
	       db_run(db, Q_SESSION_ADD, NULL, "bttii", hash, sizeof(hash),
		   login, csrf, now, expires);
}

bool
store_session_end(struct db *db, const char *token)
{
	uint8_t hash[TOKEN_HASH];

	token_hash(token, hash);
	return store_session_end_hash(db, hash);
}

bool
store_session_end_hash(struct db *db, const uint8_t hash[TOKEN_HASH])
{
	return db_run(db, Q_SESSION_END, NULL, "b", hash, (size_t)TOKEN_HASH);
}

bool
store_session_end_others(
    struct db *db, const char *login, const char *token, int64_t *ended)
{
	uint8_t hash[TOKEN_HASH];

	if (token == NULL)
		return db_run(db, Q_SESSION_END_ALL, ended, "t", login);
	token_hash(token, hash);
	return db_run(
	    db, Q_SESSION_END_OTHERS, ended, "tb", login, hash, sizeof(hash));
}

bool
store_session_list(struct db *db, struct arena *a, const char *login,
    int64_t now, int64_t idle, struct session_row **list, size_t *count)
{
	struct rows *r =
	    db_query(db, Q_SESSION_LIST, "tii", login, now, now - idle);
	const void *hash;
	size_t size;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct session_row *s =
		    arena_append(a, list, count, sizeof(*s));

		hash = rows_blob(r, 0, &size);
		if (size == sizeof(s->hash))
			memcpy(s->hash, hash, size);
		s->created_at = rows_int(r, 1);
		s->seen_at = rows_int(r, 2);
	}
	rows_close(r);
	return step == STEP_DONE;
}

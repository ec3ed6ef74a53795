/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Staff and their sessions. A person who is disabled, or whose password is
 * changed, loses every session in the same transaction. */
#include "server/store/store.h"

#include <string.h>

enum step
store_staff(
    struct db *db, struct arena *a, const char *login, struct staff *out)
{
	struct rows *r = db_query(db, Q_STAFF_GET, "t", login);
	enum step step = rows_next(r);

	memset(out, 0, sizeof(*out));
	if (step == STEP_ROW) {
		out->login = arena_strdup(a, login);
		out->role = arena_strdup(a, rows_text(r, 0));
		out->unit = arena_strdup(a, rows_text(r, 1));
		out->password = arena_strdup(a, rows_text(r, 2));
		out->disabled_at = rows_int(r, 3);
	}
	rows_close(r);
	return step;
}

bool
store_staff_add(struct db *db, const struct staff *s, bool *added)
{
	int64_t changed;

	if (!db_run(db, Q_STAFF_ADD, &changed, "tttti", s->login, s->role,
		s->unit, s->password, s->created_at))
		return false;
	*added = changed > 0;
	return store_generation_raise(db);
}

bool
store_staff_list(
    struct db *db, struct arena *a, struct staff **list, size_t *count)
{
	struct rows *r = db_query(db, Q_STAFF_LIST, "");
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct staff *s = arena_append(a, list, count, sizeof(*s));

		s->login = arena_strdup(a, rows_text(r, 0));
		s->role = arena_strdup(a, rows_text(r, 1));
		s->unit = arena_strdup(a, rows_text(r, 2));
		s->created_at = rows_int(r, 3);
		s->disabled_at = rows_int(r, 4);
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_staff_disable(struct db *db, const char *login, int64_t now, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_STAFF_DISABLE, &changed, "ti", login, now) ||
	    !db_run(db, Q_SESSION_END_ALL, NULL, "t", login))
		return false;
	*found = changed > 0;
	return store_generation_raise(db);
}

bool
store_staff_password(
    struct db *db, const char *login, const char *password, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_STAFF_PASSWORD, &changed, "tt", login, password) ||
	    !db_run(db, Q_SESSION_END_ALL, NULL, "t", login))
		return false;
	*found = changed > 0;
	return store_generation_raise(db);
}

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
store_session_add(struct db *db, const char *token, const char *login,
    const char *csrf, int64_t now, int64_t expires)
{
	uint8_t hash[TOKEN_HASH];

	token_hash(token, hash);
	return db_run(db, Q_SESSION_EXPIRE, NULL, "i", now) &&
	       db_run(db, Q_SESSION_ADD, NULL, "bttii", hash, sizeof(hash),
		   login, csrf, now, expires);
}

bool
store_session_end(struct db *db, const char *token)
{
	uint8_t hash[TOKEN_HASH];

	token_hash(token, hash);
	return db_run(db, Q_SESSION_END, NULL, "b", hash, sizeof(hash));
}

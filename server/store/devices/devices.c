/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Devices and their tokens. Only hashes are stored and looked up. */
#include "server/store/devices/devices.h"

#include <string.h>
#include "server/db/db.h"
#include "server/secret/token.h"
#include "server/store/catalogue/generation.h"
#include "shared/arena.h"

bool
store_device_add(struct db *db, const struct device *d, const char *token)
{
	uint8_t hash[TOKEN_HASH];

	token_hash(token, hash);
	return db_run(db, Q_DEVICE_ADD, NULL, "tttbi", d->id, d->kind, d->desk,
		   hash, sizeof(hash), d->created_at) &&
	       store_generation_raise(db);
}

bool
store_devices(
    struct db *db, struct arena *a, struct device **list, size_t *count)
{
	struct rows *r = db_query(db, Q_DEVICE_LIST, "");
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct device *d = arena_append(a, list, count, sizeof(*d));

		d->id = arena_strdup(a, rows_text(r, 0));
		d->kind = arena_strdup(a, rows_text(r, 1));
		d->desk = arena_strdup(a, rows_text(r, 2));
		d->created_at = rows_int(r, 3);
		d->revoked_at = rows_int(r, 4);
		d->heard_at = rows_int(r, 5);
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_heartbeats(struct db *db, struct arena *a, const char *kind,
    struct heartbeat **list, size_t *count)
{
	struct rows *r = db_query(db, Q_DEVICE_HEARTBEATS, "t", kind);
	struct heartbeat *one;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		one = arena_append(a, list, count, sizeof(*one));
		one->id = arena_strdup(a, rows_text(r, 0));
		one->heard_at = rows_int(r, 1);
		one->json =
		    rows_null(r, 2) ? "" : arena_strdup(a, rows_text(r, 2));
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_device_revoke(struct db *db, const char *id, int64_t now, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_DEVICE_REVOKE, &changed, "ti", id, now))
		return false;
	*found = changed > 0;
	return store_generation_raise(db);
}

bool
store_device_heard(
    struct db *db, const char *id, int64_t now, const char *heartbeat)
{
	return db_run(db, Q_DEVICE_HEARD, NULL, "tit", id, now, heartbeat);
}

bool
store_device_resend(struct db *db, const char *id, int64_t now, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_DEVICE_RESEND, &changed, "ti", id, now))
		return false;
	*found = changed > 0;
	return true;
}

int64_t
store_device_resend_asked(struct db *db, const char *id)
{
	struct rows *r = db_query(db, Q_DEVICE_RESEND_ASKED, "t", id);
	enum step step = rows_next(r);
	int64_t at = step == STEP_ROW ? rows_int(r, 0) : 0;

	rows_close(r);
	return step == STEP_FAIL ? -1 : at;
}

bool
store_device_rename(struct db *db, const char *id, const char *from,
    const char *name, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_DEVICE_RENAME, &changed, "ttt", id, name, from))
		return false;
	*found = changed > 0;
	return true;
}

bool
store_device_move(struct db *db, const char *id, const char *from,
    const char *to, int64_t now, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_DEVICE_MOVE, &changed, "ttt", id, to, from))
		return false;
	*found = changed > 0;
	return !*found ||
	       (db_run(db, Q_DEVICE_LEFT, NULL, "tti", id, from, now) &&
		   store_generation_raise(db));
}

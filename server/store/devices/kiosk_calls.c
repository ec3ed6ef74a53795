/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The newest call of each desk. Its token is made from meta's call_key and the
 * call's number, so that no row has to hold a token in clear.
 */
#include "server/store/devices/kiosk_calls.h"

#include <string.h>
#include "server/secret/token.h"
#include "server/store/house_keys.h"
#include "shared/arena.h"
#include "shared/keys.h"
#include "shared/log.h"

bool
store_call(struct db *db, const char *desk, const char *dossier,
    const char *field, int64_t expires_at, int64_t *number)
{
	struct desk_call call;
	struct arena a;
	bool ok;

	arena_init(&a);
	ok = db_run(db, Q_CALL_PUT, NULL, "ttti", desk, dossier, field,
		 expires_at) &&
	     store_call_get(db, &a, desk, &call) == STEP_ROW;
	*number = ok ? call.number : 0;
	arena_finish(&a);
	return ok;
}

enum step
store_call_get(
    struct db *db, struct arena *a, const char *desk, struct desk_call *out)
{
	struct rows *r = db_query(db, Q_CALL_GET, "t", desk);
	enum step step = rows_next(r);

	memset(out, 0, sizeof(*out));
	if (step == STEP_ROW) {
		out->number = rows_int(r, 0);
		out->dossier = arena_strdup(a, rows_text(r, 1));
		out->field = arena_strdup(a, rows_text(r, 2));
		out->expires_at = rows_int(r, 3);
	}
	rows_close(r);
	return step;
}

int64_t
store_call_total(struct db *db)
{
	struct rows *r = db_query(db, Q_CALL_TOTAL, "");
	int64_t total = rows_next(r) == STEP_ROW ? rows_int(r, 0) : -1;

	rows_close(r);
	return total;
}

bool
store_call_token(struct db *db, struct arena *a, const struct seal_keys *seal,
    const char *desk, int64_t number, char out[LINK_TOKEN])
{
	const char *key = house_key(db, a, seal, HOUSE_KEY_CALLS);
	uint8_t hash[TOKEN_HASH];

	if (key == NULL)
		return false;
	keyed_hash(key,
	    arena_printf(a, "call %s %lld", desk, (long long)number), hash);
	key_text(hash, LINK_BYTES, out);
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row of meta each; sealed_text.h. */
#include "server/store/house_keys.h"

#include <string.h>
#include "server/db/db.h"
#include "server/secret/envelope.h"
#include "server/secret/phone_seal.h"
#include "server/secret/token.h"
#include "server/store/catalogue/generation.h"
#include "server/store/sealed_text.h"
#include "shared/arena.h"
#include "shared/keys.h"
#include "shared/log.h"

_Static_assert(KEY_TEXT <= TOKEN_TEXT, "room for either");
_Static_assert(TOKEN_TEXT <= ENVELOPE_BYTES, "an envelope holds it");

static const char *const rows[HOUSE_KEYS] = {[HOUSE_KEY_DOOR] = "door_key",
    [HOUSE_KEY_CALLS] = "call_key",
    [HOUSE_KEY_SETTINGS] = "settings_key"};

static void
new_house_key(enum house_key which, char text[TOKEN_TEXT])
{
	struct key key;

	if (which != HOUSE_KEY_SETTINGS) {
		token_new(text);
		return;
	}
	key_make(&key);
	key_keep(&key, text);
	key_wipe(&key);
}

static bool
make_house_key(struct db *db, struct arena *a, const struct seal_keys *seal,
    bool has_file, enum house_key which)
{
	const char *now = store_meta(db, a, rows[which]);
	char fresh[TOKEN_TEXT];

	if (now != NULL && (!has_file || sealed_text_is(now)))
		return true;
	if (now == NULL) {
		new_house_key(which, fresh);
		now = fresh;
	}
	return db_run(db, Q_META_PUT, NULL, "tt", rows[which],
	    has_file ? sealed_text_close(a, seal, rows[which], now, TOKEN_TEXT)
		     : now);
}

bool
house_keys_make(struct db *db, const struct seal_keys *seal, bool has_file)
{
	struct arena a;
	bool ok = db_begin(db);

	arena_init(&a);
	for (int i = 0; ok && i < HOUSE_KEYS; i++)
		ok = make_house_key(db, &a, seal, has_file, (enum house_key)i);
	ok = ok && db_commit(db);
	db_rollback(db);
	arena_finish(&a);
	return ok;
}

const char *
house_key(struct db *db, struct arena *a, const struct seal_keys *seal,
    enum house_key which)
{
	const char *value = store_meta(db, a, rows[which]), *open;

	if (value == NULL) {
		log_error("the database has no %s; run hailong-server init",
		    rows[which]);
		return NULL;
	}
	open = sealed_text_open(a, seal, rows[which], value, TOKEN_TEXT);
	if (open != NULL)
		return open;
	log_error("the database's %s was sealed by other secrets than those "
		  "of the key file",
	    rows[which]);
	return NULL;
}

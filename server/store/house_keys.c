/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sealed one begins with a word that no open one begins with: those are text
 * of 43 letters in base 64. */
#include "server/store/house_keys.h"

#include <string.h>
#include "server/db/db.h"
#include "server/secret/envelope.h"
#include "server/secret/phone_seal.h"
#include "server/secret/token.h"
#include "server/store/catalogue/generation.h"
#include "shared/arena.h"
#include "shared/keys.h"
#include "shared/log.h"

#define SEALED "sealed:"

_Static_assert(KEY_TEXT <= TOKEN_TEXT, "room for either");
_Static_assert(TOKEN_TEXT <= ENVELOPE_BYTES, "an envelope holds it");

static const char *const rows[HOUSE_KEYS] = {[HOUSE_KEY_DOOR] = "door_key",
    [HOUSE_KEY_CALLS] = "call_key",
    [HOUSE_KEY_SETTINGS] = "settings_key"};

static bool
is_sealed(const char *value)
{
	return strncmp(value, SEALED, strlen(SEALED)) == 0;
}

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

/* The value as it will stand. */
static const char *
close_house_key(struct arena *a, const struct seal_keys *seal,
    enum house_key which, const char *open)
{
	char text[TOKEN_TEXT] = "";

	memcpy(text, open, strnlen(open, sizeof(text) - 1));
	return arena_printf(a, SEALED "%s",
	    envelope_close(a, seal->hash, rows[which], text, sizeof(text)));
}

static bool
make_house_key(struct db *db, struct arena *a, const struct seal_keys *seal,
    bool has_file, enum house_key which)
{
	const char *now = store_meta(db, a, rows[which]);
	char fresh[TOKEN_TEXT];

	if (now != NULL && (!has_file || is_sealed(now)))
		return true;
	if (now == NULL) {
		new_house_key(which, fresh);
		now = fresh;
	}
	return db_run(db, Q_META_PUT, NULL, "tt", rows[which],
	    has_file ? close_house_key(a, seal, which, now) : now);
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
	const char *value = store_meta(db, a, rows[which]);
	char *open;

	if (value == NULL) {
		log_error("the database has no %s; run hailong-server init",
		    rows[which]);
		return NULL;
	}
	if (!is_sealed(value))
		return value;
	open = arena_alloc(a, TOKEN_TEXT);
	if (envelope_open(seal->hash, rows[which], value + strlen(SEALED), open,
		TOKEN_TEXT) &&
	    open[TOKEN_TEXT - 1] == '\0')
		return open;
	log_error("the database's %s was sealed by other secrets than those "
		  "of the key file",
	    rows[which]);
	return NULL;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of kiosks' settings. Running collectors read them with the catalogue,
 * so a change raises its generation. */
#include "server/store/devices/kiosk_settings.h"

#include <string.h>
#include "server/core/device/kiosk_setting.h"
#include "server/db/db.h"
#include "server/store/catalogue/generation.h"
#include "server/store/sealed_text.h"
#include "shared/arena.h"
#include "shared/keys.h"
#include "shared/log.h"

bool
store_kiosk_set(
    struct db *db, const char *desk, const char *key, const char *value)
{
	bool ok = value == NULL
		      ? db_run(db, Q_KIOSK_SETTING_CLEAR, NULL, "tt", desk, key)
		      : db_run(db, Q_KIOSK_SETTING_PUT, NULL, "ttt", desk, key,
			    value);

	return ok && store_generation_raise(db);
}

bool
store_kiosk_values(
    struct db *db, struct arena *a, struct kiosk_value **list, size_t *count)
{
	struct rows *r = db_query(db, Q_KIOSK_SETTING_LIST, "");
	struct kiosk_value *v;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		v = arena_append(a, list, count, sizeof(*v));
		v->desk = arena_strdup(a, rows_text(r, 0));
		v->key = arena_strdup(a, rows_text(r, 1));
		v->value = arena_strdup(a, rows_text(r, 2));
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_kiosk_fields(struct db *db, struct arena *a, int64_t month,
    const char *unit, const char *desk, const char ***codes, size_t *count)
{
	struct rows *r = db_query(db, Q_KIOSK_FIELDS, "itt", month, unit, desk);
	const char **code;
	enum step step;

	*codes = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		code = arena_append(a, codes, count, sizeof(*code));
		*code = arena_strdup(a, rows_text(r, 0));
	}
	rows_close(r);
	return step == STEP_DONE;
}

#define PIN_LABEL "kiosk_pin"

const char *
store_kiosk_pin_close(struct arena *a, const struct seal_keys *seal,
    bool has_file, const char *hash)
{
	return has_file ? sealed_text_close(a, seal, PIN_LABEL, hash, PIN_HASH)
			: hash;
}

const char *
store_kiosk_pin_open(
    struct arena *a, const struct seal_keys *seal, const char *value)
{
	const char *hash =
	    sealed_text_open(a, seal, PIN_LABEL, value, PIN_HASH);

	if (hash == NULL)
		log_error("a kiosk's PIN was sealed by other secrets than "
			  "those of the key file; set it anew");
	return hash;
}

bool
store_kiosk_pins_seal(
    struct db *db, const struct seal_keys *seal, bool has_file)
{
	struct kiosk_value *list;
	struct arena a;
	size_t n;
	bool ok;

	arena_init(&a);
	ok = db_begin(db) && store_kiosk_values(db, &a, &list, &n);
	for (size_t i = 0; ok && has_file && i < n; i++)
		if (strcmp(list[i].key, KIOSK_PIN) == 0 &&
		    list[i].value[0] != '\0' && !sealed_text_is(list[i].value))
			ok = store_kiosk_set(db, list[i].desk, KIOSK_PIN,
			    store_kiosk_pin_close(
				&a, seal, has_file, list[i].value));
	ok = ok && db_commit(db);
	db_rollback(db);
	arena_finish(&a);
	return ok;
}

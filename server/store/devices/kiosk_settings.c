/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of kiosks' settings. Running collectors read them with the catalogue,
 * so a change raises its generation. */
#include "server/store/devices/kiosk_settings.h"

#include "server/core/device/kiosk_setting.h"
#include "server/db/db.h"
#include "server/store/catalogue/generation.h"
#include "shared/arena.h"

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

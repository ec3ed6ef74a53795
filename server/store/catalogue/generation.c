/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Table meta holds a few facts by name. The generation is one of them: who
 * changes catalogue, devices or staff raises it in the same transaction, and a
 * collector that finds it raised reads the catalogue anew.
 */
#include "server/store/catalogue/generation.h"

#include <stdlib.h>
#include "server/db/db.h"
#include "shared/arena.h"

const char *
store_meta(struct db *db, struct arena *a, const char *key)
{
	struct rows *r = db_query(db, Q_META_GET, "t", key);
	const char *value = NULL;

	if (rows_next(r) == STEP_ROW)
		value = arena_strdup(a, rows_text(r, 0));
	rows_close(r);
	return value;
}

int64_t
store_generation(struct db *db)
{
	struct rows *r = db_query(db, Q_META_GET, "t", "generation");
	int64_t value = -1;

	if (rows_next(r) == STEP_ROW)
		value = strtoll(rows_text(r, 0), NULL, 10);
	rows_close(r);
	return value;
}

bool
store_generation_raise(struct db *db)
{
	return db_run(db, Q_META_NEW, NULL, "tt", "generation", "0") &&
	       db_run(db, Q_GENERATION_RAISE, NULL, "");
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A header has some hundred bytes, and a district a handful of programs: all
 * are read at once. */
#include "server/store/dossier/dossier_mappings.h"

#include "server/core/dossier/register.h"
#include "server/db/db.h"
#include "shared/arena.h"

bool
store_mappings(struct db *db, struct arena *a,
    const struct register_mapping **list, size_t *n)
{
	struct rows *r = db_query(db, Q_MAPPING_LIST, "");
	struct register_mapping *all = NULL;
	enum step step;

	*n = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct register_mapping *one =
		    arena_append(a, &all, n, sizeof(*one));

		one->name = arena_strdup(a, rows_text(r, 0));
		one->head = arena_strdup(a, rows_text(r, 1));
		one->columns = arena_strdup(a, rows_text(r, 2));
	}
	rows_close(r);
	*list = all;
	return step == STEP_DONE;
}

bool
store_mapping_put(struct db *db, const struct register_mapping *mapping,
    const char *login, int64_t at)
{
	return db_run(db, Q_MAPPING_PUT, NULL, "tttti", mapping->name,
	    mapping->head, mapping->columns, login, at);
}

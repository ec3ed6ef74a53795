/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An upgrade's text asks for what SQL alone cannot do on both engines by
 * setting a row of meta ("recount", "audit_chain"). Each is done in one
 * transaction, and the request is withdrawn in the same: cut short, it is
 * simply done again.
 */
#include "server/store/after_upgrade.h"

#include <string.h>
#include "server/core/score/tally.h"
#include "server/core/text/search_text.h"
#include "server/db/db.h"
#include "server/store/catalogue/generation.h"
#include "server/store/people/audit_chain.h"
#include "server/store/tallies.h"
#include "shared/log.h"

static bool
wanted(struct db *db, struct arena *a, const char *what)
{
	const char *asked = store_meta(db, a, what);

	return asked != NULL && strcmp(asked, "1") == 0;
}

static bool
recount(struct db *db)
{
	struct tallies tallies;
	int64_t bad;
	bool ok;

	tallies_init(&tallies);
	ok = store_recount(db, &tallies, &bad) &&
	     store_tallies_replace(db, &tallies);
	tallies_finish(&tallies);
	return ok;
}

struct unfolded {
	const void *id;
	size_t size;
	const char *comment;
};

/* Read first, then written: SQLite does not promise what a query sees of rows
 * that are changed while it runs. */
static bool
fold_remarks(struct db *db, struct arena *a)
{
	struct rows *r = db_query(db, Q_REMARK_UNFOLDED, "");
	struct unfolded *list = NULL, *one;
	enum step step;
	size_t n = 0;

	while ((step = rows_next(r)) == STEP_ROW) {
		const void *id;

		one = arena_append(a, &list, &n, sizeof(*one));
		id = rows_blob(r, 0, &one->size);
		one->id = memcpy(arena_alloc(a, one->size), id, one->size);
		one->comment = arena_strdup(a, rows_text(r, 1));
	}
	rows_close(r);
	for (size_t i = 0; step == STEP_DONE && i < n; i++)
		if (!db_run(db, Q_REMARK_FOLD, NULL, "bt", list[i].id,
			list[i].size, search_text(a, list[i].comment)))
			return false;
	return step == STEP_DONE;
}

bool
store_bring_up(struct db *db)
{
	struct arena a;
	bool ok = true;

	arena_init(&a);
	if (wanted(db, &a, "recount")) {
		log_info("counting all answers anew, after an upgrade");
		ok = db_begin(db) && recount(db) && fold_remarks(db, &a) &&
		     db_run(db, Q_META_PUT, NULL, "tt", "recount", "0") &&
		     db_commit(db);
		db_rollback(db);
	}
	if (ok && wanted(db, &a, "audit_chain")) {
		log_info("linking the audit log, after an upgrade");
		ok = db_begin(db) && audit_chain_begin(db) &&
		     db_run(db, Q_META_PUT, NULL, "tt", "audit_chain", "0") &&
		     db_commit(db);
		db_rollback(db);
	}
	arena_finish(&a);
	return ok;
}

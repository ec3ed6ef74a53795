/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "Without a name" is an answer of a desk's form that no dossier stands behind;
 * of a decision that holds, and of nothing that is not in a burst. */
#include "server/store/cases/burst_words.h"

#include <string.h>
#include "server/db/db.h"
#include "shared/arena.h"

bool
store_burst_words(struct db *db, struct arena *a, size_t most,
    struct burst_words **list, size_t *count)
{
	struct rows *r = db_query(db, Q_BURST_WORDS, "i", (int64_t)most);
	struct burst_words *b;
	const void *id;
	enum step step;
	size_t size;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		b = arena_append(a, list, count, sizeof(*b));
		*b = (struct burst_words){.at = rows_int(r, 1),
		    .login = arena_strdup(a, rows_text(r, 2)),
		    .act = arena_strdup(a, rows_text(r, 3)),
		    .unit = arena_strdup(a, rows_text(r, 4)),
		    .desk = arena_strdup(a, rows_text(r, 5)),
		    .first = (int32_t)rows_int(r, 6),
		    .last = (int32_t)rows_int(r, 7),
		    .answers = rows_int(r, 8),
		    .words = rows_int(r, 9),
		    .characters = rows_int(r, 10)};
		id = rows_blob(r, 0, &size);
		if (size == sizeof(b->decision.bytes))
			memcpy(b->decision.bytes, id, size);
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_burst_words_remove(struct db *db, const struct uuid *decision, int64_t *n)
{
	return db_run(db, Q_BURST_WORDS_REMOVE, n, "b", decision->bytes,
		   sizeof(decision->bytes)) &&
	       db_run(db, Q_BURST_ADDITIONS_REMOVE, NULL, "b", decision->bytes,
		   sizeof(decision->bytes));
}

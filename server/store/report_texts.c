/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row for each text; the one that is taken back is gone, and the audit log
 * says what it was. */
#include "server/store/report_texts.h"

#include "server/core/report/source.h"
#include "server/db/db.h"
#include "shared/arena.h"

bool
store_report_texts(struct db *db, struct arena *a, const char *unit,
    const char *period, struct report_text **list, size_t *count)
{
	struct rows *r = db_query(db, Q_REPORT_TEXTS, "tt", unit, period);
	struct report_text *text;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		text = arena_append(a, list, count, sizeof(*text));
		text->key = arena_strdup(a, rows_text(r, 0));
		text->words = arena_strdup(a, rows_text(r, 1));
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_report_text_put(struct db *db, const char *unit, const char *period,
    const char *key, const char *words, const char *login, int64_t at)
{
	if (words[0] == '\0')
		return db_run(
		    db, Q_REPORT_TEXT_CLEAR, NULL, "ttt", unit, period, key);
	return db_run(db, Q_REPORT_TEXT_PUT, NULL, "ttttti", unit, period, key,
	    words, login, at);
}

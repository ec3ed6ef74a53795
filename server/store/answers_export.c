/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The general score stands first in the text of an answer's scores; it gets a
 * column of its own, and the others stay as they are kept. */
#include "server/store/answers_export.h"

#include <string.h>
#include "server/db/db.h"

static const char *
exported(struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : value;
}

static void
take_scores(struct answer_row *row, const char *scores)
{
	static const char key[] = "overall=";
	const char *value = scores + strlen(key);

	row->scores = scores;
	if (strncmp(scores, key, strlen(key)) != 0 || *value == '\0')
		return;
	if (*value >= '1' && *value <= '5')
		row->overall = *value - '0';
	row->scores = value + 1 + (value[1] == ' ');
}

bool
store_answers_each(struct db *db, int32_t first, int32_t last,
    answer_taker *take, void *context)
{
	struct rows *r =
	    db_query(db, Q_ANSWERS_EXPORT, "ii", (int64_t)first, (int64_t)last);
	enum step step;
	bool on = true;

	while (on && (step = rows_next(r)) == STEP_ROW) {
		struct answer_row row = {.day = (int32_t)rows_int(r, 0),
		    .unit = exported(r, 1),
		    .desk = exported(r, 2),
		    .field = exported(r, 3),
		    .channel = exported(r, 4),
		    .form = exported(r, 5),
		    .form_version = (int)rows_int(r, 6),
		    .reasons = exported(r, 8),
		    .assisted = exported(r, 9),
		    .aside = exported(r, 10)};

		take_scores(&row, exported(r, 7));
		on = take(context, &row);
	}
	rows_close(r);
	return on && step == STEP_DONE;
}

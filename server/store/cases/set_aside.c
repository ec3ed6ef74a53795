/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is not counted, answer by answer: each unit's by itself, and merged,
 * like the cases. */
#include "server/store/cases/set_aside.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/cases/needs_person.h"
#include "server/db/db.h"
#include "shared/arena.h"

static const char *
set_aside_text(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return arena_strdup(a, value == NULL ? "" : value);
}

static void
read_set_aside_row(struct rows *r, struct arena *a, struct set_aside *s)
{
	size_t size;
	const void *id = rows_blob(r, 0, &size);

	if (id != NULL && size == sizeof(s->place.answer.bytes))
		memcpy(s->place.answer.bytes, id, size);
	s->place.day = (int32_t)rows_int(r, 1);
	s->unit = set_aside_text(a, r, 2);
	s->desk = set_aside_text(a, r, 3);
	s->field = set_aside_text(a, r, 4);
	s->channel = set_aside_text(a, r, 5);
	s->overall = needs_person_overall(rows_text(r, 6));
	s->comment = arena_strdup(a, rows_text(r, 7));
	s->why.reason = set_aside_text(a, r, 8);
	s->why.login = set_aside_text(a, r, 9);
	s->why.at = rows_int(r, 10);
}

static int
compare_set_aside(const void *x, const void *y)
{
	const struct remark_place *a = &((const struct set_aside *)x)->place;
	const struct remark_place *b = &((const struct set_aside *)y)->place;

	if (a->day != b->day)
		return a->day > b->day ? -1 : 1;
	return uuid_compare(&b->answer, &a->answer);
}

bool
store_set_aside(struct db *db, struct arena *a, const char *const *units,
    size_t nunits, const struct remark_place *after, size_t most,
    struct set_aside **list, size_t *count, bool *more)
{
	struct remark_place from = {.day = INT32_MAX};

	memset(from.answer.bytes, 0xff, sizeof(from.answer.bytes));
	if (after != NULL)
		from = *after;
	*list = NULL;
	*count = 0;
	for (size_t i = 0; i < nunits; i++) {
		struct rows *r = db_query(db, Q_ASIDE_PAGE, "tibi", units[i],
		    (int64_t)from.day, from.answer.bytes,
		    sizeof(from.answer.bytes), (int64_t)most + 1);
		enum step step;

		while ((step = rows_next(r)) == STEP_ROW)
			read_set_aside_row(
			    r, a, arena_append(a, list, count, sizeof(**list)));
		rows_close(r);
		if (step != STEP_DONE)
			return false;
	}
	if (*count > 1)
		qsort(*list, *count, sizeof(**list), compare_set_aside);
	*more = *count > most;
	if (*more)
		*count = most;
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dossiers are announced over and over: received, then finished, then the same
 * month's export again. Each announcement replaces the one before; the counts
 * lose what the former said and gain what the newer says, in one transaction,
 * so that nothing doubles.
 *
 * Those who announce dossiers take turns: two that read the same former
 * announcement would both take it out of the counts. On PostgreSQL a row of
 * meta is the turn, held until the commit; on SQLite the writer has it anyway.
 */
#include "server/store/dossier/dossiers.h"

#include <string.h>
#include "server/core/dossier/dossier.h"
#include "server/core/dossier/dossier_names.h"
#include "server/core/dossier/dossier_count.h"
#include "shared/arena.h"
#include "shared/civil.h"

/* ------------------------------------------------------------------ writing */

static int64_t
time_or_never(struct rows *r, int column)
{
	return rows_null(r, column) ? DOSSIER_NEVER : rows_int(r, column);
}

static enum outcome
dossier_outcome_of(const char *word)
{
	for (int i = 0; word != NULL && i < OUTCOME_COUNT; i++)
		if (strcmp(word, outcome_words[i]) == 0)
			return (enum outcome)i;
	return OUTCOME_NONE;
}

static const char *
dossier_text(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : arena_strdup(a, value);
}

enum step
store_dossier(
    struct db *db, struct arena *a, const char *key, struct dossier *out)
{
	struct rows *r = db_query(db, Q_DOSSIER_GET, "t", key);
	enum step step = rows_next(r);

	memset(out, 0, sizeof(*out));
	if (step == STEP_ROW) {
		out->key = arena_strdup(a, key);
		out->unit = dossier_text(a, r, 0);
		out->field = dossier_text(a, r, 1);
		out->procedure = dossier_text(a, r, 2);
		out->desk = dossier_text(a, r, 3);
		out->authority = dossier_text(a, r, 4);
		out->received_at = rows_int(r, 5);
		out->due_at = time_or_never(r, 6);
		out->finished_at = time_or_never(r, 7);
		out->outcome = dossier_outcome_of(rows_text(r, 9));
		out->code = dossier_text(a, r, 10);
	}
	rows_close(r);
	return step;
}

static bool
same_dossier(const struct dossier *a, const struct dossier *b)
{
	return strcmp(a->code, b->code) == 0 && strcmp(a->unit, b->unit) == 0 &&
	       strcmp(a->field, b->field) == 0 &&
	       strcmp(a->procedure, b->procedure) == 0 &&
	       strcmp(a->desk, b->desk) == 0 &&
	       strcmp(a->authority, b->authority) == 0 &&
	       a->received_at == b->received_at && a->due_at == b->due_at &&
	       a->finished_at == b->finished_at && a->outcome == b->outcome;
}

static bool
put_dossier(struct db *db, const struct dossier *d, int64_t now)
{
	bool finished = d->finished_at != DOSSIER_NEVER;
	int64_t day = finished ? civil_local_day(d->finished_at) : 0;

	return db_run(db, Q_DOSSIER_PUT, NULL, "tttttttiIIIti", d->key, d->code,
	    d->unit, d->field, d->procedure, d->desk, d->authority,
	    d->received_at, d->due_at == DOSSIER_NEVER ? NULL : &d->due_at,
	    finished ? &d->finished_at : NULL, finished ? &day : NULL,
	    outcome_words[d->outcome], now);
}

static bool
write_one(struct db *db, struct arena *a, const struct dossier *d, int64_t now,
    struct dossier_counts *moved, enum announced *became)
{
	struct dossier old;
	enum step step = store_dossier(db, a, d->key, &old);

	if (step == STEP_FAIL)
		return false;
	*became = step == STEP_DONE       ? ANNOUNCED_NEW
		  : same_dossier(&old, d) ? ANNOUNCED_SAME
					  : ANNOUNCED_CHANGED;
	if (*became == ANNOUNCED_SAME)
		return true;
	if (*became == ANNOUNCED_CHANGED)
		dossier_counts_add(a, moved, &old, -1);
	dossier_counts_add(a, moved, d, 1);
	return put_dossier(db, d, now);
}

static void
count_row(const void *context, size_t i, struct db_value *v)
{
	const struct dossier_count *row =
	    &((const struct dossier_count *)context)[i];

	*v++ = db_int(row->day);
	*v++ = db_text(row->unit);
	*v++ = db_text(row->field);
	for (int k = 0; k < DOSSIERS_COUNT; k++)
		*v++ = db_int(row->n[k]);
}

bool
store_dossiers_turn(struct db *db)
{
	return db_run(db, Q_META_PUT, NULL, "tt", "dossiers", "");
}

bool
store_dossiers(struct db *db, const struct dossier *list, size_t n, int64_t now,
    enum announced *became)
{
	struct dossier_counts moved = {NULL, 0};
	struct arena a;
	bool ok = store_dossiers_turn(db);

	arena_init(&a);
	for (size_t i = 0; ok && i < n; i++)
		ok = write_one(db, &a, &list[i], now, &moved, &became[i]);
	dossier_counts_merge(&moved);
	ok = ok && db_run_rows(db, Q_DOSSIER_TALLY_ADD, moved.count, count_row,
		       moved.rows, NULL);
	arena_finish(&a);
	return ok;
}

/* ----------------------------------------------------------------- counting */

bool
store_dossier_counts(struct db *db, struct arena *a, int32_t first,
    int32_t last, bool by_day, struct dossier_counts *out)
{
	struct rows *r = db_query(
	    db, Q_DOSSIER_TALLY_RANGE, "ii", (int64_t)first, (int64_t)last);
	struct dossier_count *row;
	enum step step;

	*out = (struct dossier_counts){NULL, 0};
	while ((step = rows_next(r)) == STEP_ROW) {
		row = arena_append(a, &out->rows, &out->count, sizeof(*row));
		row->day = by_day ? rows_int(r, 0) : 0;
		row->unit = dossier_text(a, r, 1);
		row->field = dossier_text(a, r, 2);
		for (int k = 0; k < DOSSIERS_COUNT; k++)
			row->n[k] = rows_int(r, 3 + k);
	}
	rows_close(r);
	dossier_counts_merge(out);
	return step == STEP_DONE;
}

bool
store_dossiers_tied(struct db *db, struct arena *a, int32_t first, int32_t last,
    struct dossier_counts *out)
{
	struct rows *r =
	    db_query(db, Q_DOSSIERS_TIED, "ii", (int64_t)first, (int64_t)last);
	struct dossier_count *row;
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		row = arena_append(a, &out->rows, &out->count, sizeof(*row));
		row->unit = dossier_text(a, r, 0);
		row->field = dossier_text(a, r, 1);
		row->tied = rows_int(r, 2);
	}
	rows_close(r);
	dossier_counts_merge(out);
	return step == STEP_DONE;
}

bool
store_dossier_recount(
    struct db *db, struct arena *a, struct dossier_counts *out)
{
	struct rows *r = db_query(db, Q_DOSSIER_RECOUNT, "");
	struct dossier d = {0};
	enum step step;

	*out = (struct dossier_counts){NULL, 0};
	while ((step = rows_next(r)) == STEP_ROW) {
		d.unit = dossier_text(a, r, 1);
		d.field = dossier_text(a, r, 2);
		d.outcome = dossier_outcome_of(rows_text(r, 3));
		d.authority = dossier_text(a, r, 4);
		d.due_at = time_or_never(r, 5);
		d.finished_at = time_or_never(r, 6);
		dossier_counts_add(a, out, &d, 1);
		/* the day it was counted on, should the zone have changed */
		if (out->count > 0)
			out->rows[out->count - 1].day = rows_int(r, 0);
	}
	rows_close(r);
	dossier_counts_merge(out);
	return step == STEP_DONE;
}

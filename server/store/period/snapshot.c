/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The database copies its own rows; only the reasons of what is set aside, and
 * the catalogue, pass through the program. What is read again goes through the
 * same structs as what moves, so that whoever makes figures of it cannot tell
 * the two apart.
 */
#include "server/store/period/snapshot.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/folder.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/formula.h"
#include "server/core/score/tally.h"
#include "server/db/db.h"
#include "server/store/cases/remarks.h"
#include "server/store/catalogue/folder.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/tallies.h"
#include "shared/arena.h"
#include "shared/log.h"

static const char *
snapshot_text(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : arena_strdup(a, value);
}

/* ------------------------------------------------------------------- taking */

static bool
one_number(struct rows *r, int64_t *out)
{
	bool ok = rows_next(r) == STEP_ROW;

	*out = ok ? rows_int(r, 0) : 0;
	rows_close(r);
	return ok;
}

/* The catalogue of the database as one line; NULL when it cannot be read. */
static const char *
catalogue_line(struct db *db, struct arena *a)
{
	struct folder folder;
	const char *line = NULL;
	json_t *json;
	char *text;

	if (!store_folder(db, a, &folder))
		return NULL;
	json = folder_json(&folder);
	text = json_dumps(json, JSON_COMPACT);
	json_decref(json);
	if (text != NULL)
		line = arena_strdup(a, text);
	free(text);
	return line;
}

static bool
take_head(struct db *db, struct arena *a, const struct snapshot *s)
{
	const char *catalogue = catalogue_line(db, a);
	char name[PERIOD_TEXT];

	period_name(&s->period, name);
	return catalogue != NULL &&
	       db_run(db, Q_SNAPSHOT_ADD, NULL, "ititiiitttttt", s->id, name,
		   s->revision, period_cut_words[s->period.cut],
		   (int64_t)s->period.first, (int64_t)s->period.last, s->at,
		   s->proposed_by, s->reason, s->confirmed_by, s->words,
		   s->formula, catalogue);
}

static int
compare_asides(const void *x, const void *y)
{
	const struct aside_count *a = x, *b = y;
	const char *const left[] = {
	    a->reason, a->unit, a->field, a->channel, a->form};
	const char *const right[] = {
	    b->reason, b->unit, b->field, b->channel, b->form};

	for (size_t i = 0; i < sizeof(left) / sizeof(*left); i++) {
		int order = strcmp(left[i], right[i]);

		if (order != 0)
			return order;
	}
	return (a->overall > b->overall) - (a->overall < b->overall);
}

/* One row for each reason, place and general score: answers that differ in
 * their other scores come apart. */
static size_t
merge_asides(struct aside_count *list, size_t count)
{
	size_t n = 0;

	if (count > 1)
		qsort(list, count, sizeof(*list), compare_asides);
	for (size_t i = 0; i < count; i++) {
		if (n > 0 && compare_asides(&list[n - 1], &list[i]) == 0)
			list[n - 1].answers += list[i].answers;
		else
			list[n++] = list[i];
	}
	return n;
}

static bool
take_asides(struct db *db, struct arena *a, const struct snapshot *s)
{
	struct aside_count *list;
	size_t count;
	bool ok =
	    store_asides(db, a, s->period.first, s->period.last, &list, &count);

	count = ok ? merge_asides(list, count) : 0;
	for (size_t i = 0; ok && i < count; i++) {
		const struct aside_count *c = &list[i];

		ok = db_run(db, Q_SNAPSHOT_ASIDE_ADD, NULL, "itttttii", s->id,
		    c->reason, c->unit, c->field, c->channel, c->form,
		    (int64_t)c->overall, c->answers);
	}
	return ok;
}

/* False, logged: counts and reasons do not agree. */
static bool
agrees(struct db *db, const struct snapshot *s)
{
	int64_t more;

	if (!one_number(db_query(db, Q_SNAPSHOT_DIFFERS, "i", s->id), &more))
		return false;
	if (more != 0)
		log_error("a period was not closed: %" PRId64
			  " more set aside in the counts than have a reason; "
			  "run hailong-server check",
		    more);
	return more == 0;
}

bool
store_snapshot_take(struct db *db, const struct snapshot *snapshot, int64_t *id)
{
	struct snapshot s = *snapshot;
	int64_t first = s.period.first, last = s.period.last;
	struct arena a;
	bool ok = one_number(db_query(db, Q_SNAPSHOT_NEXT, ""), &s.id);

	arena_init(&a);
	s.formula = arena_printf(
	    &a, "%s %d", formula_at(0)->name, formula_at(0)->version);
	ok =
	    ok && take_head(db, &a, &s) &&
	    db_run(db, Q_SNAPSHOT_TALLY_TAKE, NULL, "iii", s.id, first, last) &&
	    db_run(
		db, Q_SNAPSHOT_DOSSIER_TAKE, NULL, "iii", s.id, first, last) &&
	    take_asides(db, &a, &s) &&
	    db_run(db, Q_SNAPSHOT_ASKED_TAKE, NULL, "iii", s.id, first, last) &&
	    agrees(db, &s);
	arena_finish(&a);
	*id = s.id;
	return ok;
}

/* ------------------------------------------------------------------ reading */

bool
store_snapshots(struct db *db, struct arena *a, const struct period *p,
    struct snapshot **list, size_t *count)
{
	char name[PERIOD_TEXT];
	struct rows *r;
	enum step step;

	period_name(p, name);
	r = db_query(db, Q_SNAPSHOT_LIST, "t", name);
	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct snapshot *s = arena_append(a, list, count, sizeof(*s));

		s->id = rows_int(r, 0);
		s->revision = rows_int(r, 1);
		s->period = *p;
		period_cut_find(rows_text(r, 2), &s->period.cut);
		s->period.first = (int32_t)rows_int(r, 3);
		s->period.last = (int32_t)rows_int(r, 4);
		s->at = rows_int(r, 5);
		s->proposed_by = snapshot_text(a, r, 6);
		s->reason = snapshot_text(a, r, 7);
		s->confirmed_by = snapshot_text(a, r, 8);
		s->words = snapshot_text(a, r, 9);
		s->formula = snapshot_text(a, r, 10);
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_snapshot_tallies(struct db *db, int64_t id, int32_t first, int32_t last,
    bool by_day, struct tallies *out)
{
	return store_tallies_rows(db_query(db, Q_SNAPSHOT_TALLY_RANGE, "iii",
				      id, (int64_t)first, (int64_t)last),
	    by_day, out);
}

bool
store_snapshot_dossiers(struct db *db, struct arena *a, int64_t id,
    int32_t first, int32_t last, bool by_day, struct dossier_counts *out)
{
	struct rows *r = db_query(db, Q_SNAPSHOT_DOSSIER_RANGE, "iii", id,
	    (int64_t)first, (int64_t)last);
	enum step step;

	*out = (struct dossier_counts){NULL, 0};
	while ((step = rows_next(r)) == STEP_ROW) {
		struct dossier_count *row =
		    arena_append(a, &out->rows, &out->count, sizeof(*row));

		row->day = by_day ? rows_int(r, 0) : 0;
		row->unit = snapshot_text(a, r, 1);
		row->field = snapshot_text(a, r, 2);
		for (int k = 0; k < DOSSIERS_COUNT; k++)
			row->n[k] = rows_int(r, 3 + k);
		row->tied = rows_int(r, 3 + DOSSIERS_COUNT);
	}
	rows_close(r);
	dossier_counts_merge(out);
	return step == STEP_DONE;
}

bool
store_snapshot_asides(struct db *db, struct arena *a, int64_t id,
    struct aside_count **list, size_t *count)
{
	struct rows *r = db_query(db, Q_SNAPSHOT_ASIDE_LIST, "i", id);
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct aside_count *c =
		    arena_append(a, list, count, sizeof(*c));

		c->reason = snapshot_text(a, r, 0);
		c->unit = snapshot_text(a, r, 1);
		c->field = snapshot_text(a, r, 2);
		c->channel = snapshot_text(a, r, 3);
		c->form = snapshot_text(a, r, 4);
		c->overall = (int)rows_int(r, 5);
		c->answers = rows_int(r, 6);
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_snapshot_asked(struct db *db, struct arena *a, int64_t id,
    struct asked_count **list, size_t *count)
{
	struct rows *r = db_query(db, Q_SNAPSHOT_ASKED_LIST, "i", id);
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct asked_count *c =
		    arena_append(a, list, count, sizeof(*c));

		c->unit = snapshot_text(a, r, 0);
		c->field = snapshot_text(a, r, 1);
		c->invited = rows_int(r, 2);
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
frozen_folder(struct db *db, struct arena *a, int64_t id, struct folder *out)
{
	struct rows *r = db_query(db, Q_SNAPSHOT_CATALOGUE, "i", id);
	json_t *json = NULL;
	bool ok;

	if (rows_next(r) == STEP_ROW)
		json = json_loads(rows_text(r, 0), 0, NULL);
	rows_close(r);
	ok = json != NULL && folder_from_json(a, json, out);
	json_decref(json);
	return ok;
}

struct catalogue *
store_snapshot_catalogue(struct db *db, int64_t id, const struct catalogue *now)
{
	struct catalogue *c = calloc(1, sizeof(*c));
	struct folder folder;
	char error[200] = "it cannot be read";
	struct arena a;
	bool ok;

	if (c == NULL)
		abort();
	*c = *now;
	c->nforms = 0;
	arena_init(&c->arena);
	arena_init(&a);
	ok = frozen_folder(db, &a, id, &folder) &&
	     folder_catalogue(&folder, c, error, sizeof(error));
	arena_finish(&a);
	if (ok)
		return c;
	log_error("the catalogue of snapshot %" PRId64 ": %s", id, error);
	catalogue_destroy(c);
	return NULL;
}

bool
store_period_counts(struct db *db, struct arena *a, const struct period *p,
    const struct closed_period *closed, bool by_day, struct tallies *tallies,
    struct dossier_counts *dossiers)
{
	if (closed != NULL)
		return store_snapshot_tallies(db, closed->snapshot, p->first,
			   p->last, by_day, tallies) &&
		       store_snapshot_dossiers(db, a, closed->snapshot,
			   p->first, p->last, false, dossiers);
	return store_tallies_sum(db, p->first, p->last, by_day, tallies) &&
	       store_dossier_counts(
		   db, a, p->first, p->last, false, dossiers) &&
	       store_dossiers_tied(db, a, p->first, p->last, dossiers);
}

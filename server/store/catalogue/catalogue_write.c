/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one way in which a catalogue changes, by a page or a folder:
 * what there is and what shall be are compared, what is wrong is told, and the
 * list of changes is written with a deed for each.
 *
 * What was shown to a person is written only while the catalogue is still the
 * one it was compared with (its mark); if it is already as it shall be, the
 * change was written before, and writing it again is content.
 */
#include "server/store/catalogue/catalogue_write.h"

#include <stdlib.h>
#include <string.h>
#include "server/store/people/audit.h"
#include "server/store/catalogue/folder.h"
#include "server/store/catalogue/generation.h"
#include "shared/arena.h"

static bool
refuse_used(struct db *db, struct revision *r)
{
	for (size_t i = 0; i < r->changes.count; i++) {
		const struct change *c = &r->changes.list[i];
		bool used;

		if (c->kind != CHANGE_REMOVE)
			continue;
		if (!store_row_used(db, c->sheet, c->key, &used))
			return false;
		if (used)
			refuse_row(&r->refusals, NULL,
			    c->sheet == SHEET_UNITS    ? "refuse.used.unit"
			    : c->sheet == SHEET_FIELDS ? "refuse.used.field"
						       : "refuse.used.desk",
			    c->key);
	}
	return true;
}

bool
store_revise(struct db *db, struct arena *a, const struct folder *next,
    int32_t today, struct revision *out)
{
	*out = (struct revision){0};
	out->arena = a;
	if (!store_folder(db, a, &out->former))
		return false;
	out->next = folder_copy(a, next);
	changes_keep(a, SHEET_FORMS, &out->former, &out->next);
	if (!folder_check(a, &out->next, &out->refusals))
		return true;
	folder_sort(&out->next);
	out->mark = folder_mark(&out->former);
	changes_make(
	    a, &out->former, &out->next, today, &out->changes, &out->refusals);
	out->ids = arena_alloc(a, (out->changes.count + 1) * sizeof(*out->ids));
	for (size_t i = 0; i < out->changes.count; i++)
		uuid_new(&out->ids[i]);
	return refuse_used(db, out);
}

/* ------------------------------------------------------------------ writing */

static const struct change *
change_of(const struct revision *r, const struct sheet_row *row)
{
	for (size_t i = 0; i < r->changes.count; i++)
		if (r->changes.list[i].after == row)
			return &r->changes.list[i];
	return NULL;
}

/* Rows that are new, other than before, or stand in another place. */
static bool
put_sheet(struct db *db, const struct revision *r, enum sheet_name sheet)
{
	const struct sheet *is = &r->next.sheets[sheet];
	const struct sheet *was = &r->former.sheets[sheet];

	for (size_t i = 0; i < is->count; i++) {
		const struct sheet_row *row = &is->rows[i];
		const struct change *c = change_of(r, row);
		bool moved = sheet_kinds[sheet].ordered &&
			     (i >= was->count || strcmp(was->rows[i].cells[0],
						     row->cells[0]) != 0);

		if ((c != NULL || moved) &&
		    !store_row_put(db, r->arena, sheet, row, i, c == NULL))
			return false;
	}
	return true;
}

static bool
remove_rows(struct db *db, const struct revision *r, enum sheet_name sheet)
{
	for (size_t i = 0; i < r->changes.count; i++) {
		const struct change *c = &r->changes.list[i];

		if (c->kind == CHANGE_REMOVE && c->sheet == sheet &&
		    !store_row_remove(db, sheet, c->before))
			return false;
	}
	return true;
}

static const char *
json_text(struct arena *a, json_t *json)
{
	char *dump;
	const char *kept;

	if (json == NULL)
		return NULL;
	dump = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	kept = arena_strdup(a, dump);
	free(dump);
	json_decref(json);
	return kept;
}

/* The first catalogue of a database is one deed: nothing was there before. */
static bool
audit_first(struct db *db, const struct revision *r, const struct deed *by)
{
	struct deed deed = *by;
	json_t *counts = json_object();

	for (int s = 0; s < SHEET_COUNT; s++)
		json_object_set_new(counts, sheet_kinds[s].name,
		    json_integer((json_int_t)r->next.sheets[s].count));
	deed.id = r->ids[0];
	deed.act = "catalogue.load";
	deed.object = "catalogue";
	deed.after = json_text(r->arena, counts);
	return store_audit(db, &deed);
}

static bool
audit_all(struct db *db, const struct revision *r, const struct deed *by)
{
	for (size_t i = 0; i < r->changes.count; i++) {
		const struct change *c = &r->changes.list[i];
		struct deed deed = *by;

		deed.id = r->ids[i];
		deed.act = change_act(r->arena, c);
		deed.unit = change_unit(c);
		deed.object = c->key;
		deed.before =
		    json_text(r->arena, change_before(&r->changes, c));
		deed.after = json_text(r->arena, change_after(&r->changes, c));
		if (!store_audit(db, &deed))
			return false;
	}
	return true;
}

static bool
was_empty(const struct revision *r)
{
	return r->former.sheets[SHEET_UNITS].count == 0;
}

bool
store_revision_write(
    struct db *db, const struct revision *r, const struct deed *by, bool *stale)
{
	struct folder now;
	uint64_t mark;

	*stale = false;
	if (!store_folder(db, r->arena, &now))
		return false;
	mark = folder_mark(&now);
	if (mark != r->mark) {
		*stale = mark != folder_mark(&r->next);
		return true;
	}
	if (r->changes.count == 0)
		return true;
	for (int s = 0; s < SHEET_COUNT; s++)
		if (!put_sheet(db, r, (enum sheet_name)s))
			return false;
	for (int s = SHEET_COUNT - 1; s >= 0; s--)
		if (!remove_rows(db, r, (enum sheet_name)s))
			return false;
	if (by != NULL &&
	    !(was_empty(r) ? audit_first(db, r, by) : audit_all(db, r, by)))
		return false;
	return store_generation_raise(db);
}

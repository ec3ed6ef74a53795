/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sheet after sheet: rows of the new folder are looked for in the former one,
 * then those of the former that are gone; at last the order of those that are
 * in both. Cells are compared as text, since they are canonical; forms as JSON,
 * since the order of an object's members means nothing.
 */
#include "server/core/catalogue/catalogue_change.h"

#include <stdio.h>
#include <string.h>
#include "shared/arena.h"
#include "shared/civil.h"

void
changes_keep(struct arena *a, enum sheet_name sheet,
    const struct folder *former, struct folder *next)
{
	const struct sheet *rows = &former->sheets[sheet];

	for (size_t i = 0; i < rows->count; i++)
		if (folder_row(next, sheet,
			sheet_key(a, sheet, &rows->rows[i])) == NULL)
			*folder_add(a, next, sheet) = rows->rows[i];
}

static bool
same_document(const char *a, const char *b)
{
	json_t *one = json_loads(a, 0, NULL), *other = json_loads(b, 0, NULL);
	bool same = json_equal(one, other) == 1;

	json_decref(one);
	json_decref(other);
	return same;
}

static bool
same_row(
    enum sheet_name sheet, const struct sheet_row *a, const struct sheet_row *b)
{
	for (size_t i = 0; i < sheet_kinds[sheet].ncolumns; i++)
		if (strcmp(a->cells[i], b->cells[i]) != 0)
			return sheet == SHEET_FORMS && i == FORM_DOCUMENT &&
			       same_document(a->cells[i], b->cells[i]);
	return true;
}

static bool
differs(const struct change *c, int column)
{
	return strcmp(c->before->cells[column], c->after->cells[column]) != 0;
}

/* Does the row speak of a day that is not in the future? */
static bool
holds_already(const struct sheet_row *row, int column, int32_t today)
{
	int32_t day;

	return row != NULL &&
	       (!civil_parse_date(row->cells[column], &day) || day <= today);
}

static bool
is_grave(const struct change *c, int32_t today)
{
	if (c->kind == CHANGE_REMOVE || c->sheet == SHEET_FORMS)
		return true;
	if (c->sheet == SHEET_TARGETS)
		return holds_already(c->before, TARGET_FROM, today) ||
		       holds_already(c->after, TARGET_FROM, today);
	if (c->kind != CHANGE_EDIT)
		return false;
	if (c->sheet == SHEET_UNITS)
		return differs(c, UNIT_PARENT) || differs(c, UNIT_FROM) ||
		       differs(c, UNIT_TO);
	return c->sheet == SHEET_FIELDS && differs(c, FIELD_GROUP);
}

static void
add_change(struct arena *a, struct changes *out, int32_t today,
    const struct change *change)
{
	struct change *c = arena_append(a, &out->list, &out->count, sizeof(*c));

	*c = *change;
	c->grave = c->kind != CHANGE_ORDER && is_grave(c, today);
}

static void
compare_row(struct arena *a, enum sheet_name sheet, const struct sheet_row *row,
    int32_t today, struct changes *out, struct refusals *refusals)
{
	struct change c = {.sheet = sheet, .after = row};

	c.key = sheet_key(a, sheet, row);
	c.before = folder_row(out->former, sheet, c.key);
	c.kind = c.before == NULL ? CHANGE_ADD : CHANGE_EDIT;
	if (c.before != NULL && same_row(sheet, c.before, row))
		return;
	if (c.before != NULL && sheet == SHEET_FORMS)
		refuse_row(refusals, row, "refuse.published", c.key);
	else
		add_change(a, out, today, &c);
}

static void
compare_gone(struct arena *a, enum sheet_name sheet,
    const struct sheet_row *was, int32_t today, struct changes *out)
{
	const struct change c = {.kind = CHANGE_REMOVE,
	    .sheet = sheet,
	    .key = sheet_key(a, sheet, was),
	    .before = was};

	if (folder_row(out->next, sheet, c.key) == NULL)
		add_change(a, out, today, &c);
}

/* Do the rows that are in both stand in another order? */
static bool
reordered(struct arena *a, const struct changes *out, enum sheet_name sheet)
{
	const struct sheet *was = &out->former->sheets[sheet];
	const struct sheet *is = &out->next->sheets[sheet];
	size_t k = 0;

	for (size_t i = 0; i < was->count; i++) {
		const char *key = sheet_key(a, sheet, &was->rows[i]);

		if (folder_row(out->next, sheet, key) == NULL)
			continue;
		while (k < is->count &&
		       folder_row(out->former, sheet,
			   sheet_key(a, sheet, &is->rows[k])) == NULL)
			k++;
		if (k == is->count ||
		    strcmp(key, sheet_key(a, sheet, &is->rows[k])) != 0)
			return true;
		k++;
	}
	return false;
}

void
changes_make(struct arena *a, const struct folder *former,
    const struct folder *next, int32_t today, struct changes *out,
    struct refusals *refusals)
{
	*out = (struct changes){.former = former, .next = next};
	for (int s = 0; s < SHEET_COUNT; s++) {
		const struct change order = {.kind = CHANGE_ORDER,
		    .sheet = (enum sheet_name)s,
		    .key = sheet_kinds[s].name};
		const struct sheet *was = &former->sheets[s];
		const struct sheet *is = &next->sheets[s];

		for (size_t i = 0; i < is->count; i++)
			compare_row(
			    a, order.sheet, &is->rows[i], today, out, refusals);
		for (size_t i = 0; i < was->count; i++)
			compare_gone(a, order.sheet, &was->rows[i], today, out);
		if (sheet_kinds[s].ordered && reordered(a, out, order.sheet))
			add_change(a, out, today, &order);
	}
}

bool
changes_grave(const struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++)
		if (changes->list[i].grave)
			return true;
	return false;
}

const char *
change_act(struct arena *a, const struct change *c)
{
	static const char *const deeds[] = {[CHANGE_ADD] = "add",
	    [CHANGE_EDIT] = "change",
	    [CHANGE_REMOVE] = "remove",
	    [CHANGE_ORDER] = "order"};

	if (c->sheet == SHEET_FORMS)
		return "form.publish";
	return arena_printf(
	    a, "%s.%s", sheet_kinds[c->sheet].word, deeds[c->kind]);
}

const char *
change_unit(const struct change *c)
{
	const struct sheet_row *row = c->after == NULL ? c->before : c->after;

	if (row == NULL)
		return "";
	if (c->sheet == SHEET_UNITS || c->sheet == SHEET_SUCCESSORS)
		return row->cells[UNIT_CODE];
	return c->sheet == SHEET_DESKS ? row->cells[DESK_UNIT] : "";
}

/* The codes of a sheet in their order. */
static json_t *
order_of(const struct folder *f, enum sheet_name sheet)
{
	json_t *codes = json_array();

	for (size_t i = 0; i < f->sheets[sheet].count; i++)
		json_array_append_new(
		    codes, json_string(f->sheets[sheet].rows[i].cells[0]));
	return codes;
}

json_t *
change_before(const struct changes *all, const struct change *c)
{
	if (c->kind == CHANGE_ORDER)
		return order_of(all->former, c->sheet);
	return c->before == NULL ? NULL : sheet_row_json(c->sheet, c->before);
}

json_t *
change_after(const struct changes *all, const struct change *c)
{
	if (c->kind == CHANGE_ORDER)
		return order_of(all->next, c->sheet);
	return c->after == NULL ? NULL : sheet_row_json(c->sheet, c->after);
}

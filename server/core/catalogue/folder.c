/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a sheet is stands in one table; all else goes by it, so that comparing,
 * showing and writing know nothing of units or desks. Rows are searched from
 * front to back, as in catalogue.c, for the same reason.
 */
#include "server/core/catalogue/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/arena.h"
#include "shared/hash.h"
#include "shared/sort.h"

const struct sheet_kind sheet_kinds[SHEET_COUNT] = {
    [SHEET_UNITS] = {"units", "unit",
	{"code", "parent", "level", "name", "valid_from", "valid_to", NULL}, 6,
	{UNIT_CODE, 0}, 1, true},
    [SHEET_SUCCESSORS] = {"successors", "successor",
	{"unit", "successor", "from", NULL}, 3,
	{SUCCESSOR_UNIT, SUCCESSOR_NEXT}, 2, false},
    [SHEET_FIELDS] = {"fields", "field", {"code", "name", "group", NULL}, 3,
	{FIELD_CODE, 0}, 1, true},
    [SHEET_TARGETS] = {"targets", "target",
	{"population", "group", "from", "percent", NULL}, 4,
	{TARGET_POPULATION, TARGET_FROM}, 2, false},
    [SHEET_DESKS] = {"desks", "desk", {"code", "unit", "name", "fields", NULL},
	4, {DESK_CODE, 0}, 1, true},
    [SHEET_FORMS] = {"forms", "form", {"code", "version", "document", NULL}, 3,
	{FORM_CODE, FORM_VERSION}, 2, false},
};

bool
sheet_find(const char *name, enum sheet_name *out)
{
	for (int i = 0; i < SHEET_COUNT; i++)
		if (strcmp(sheet_kinds[i].name, name) == 0) {
			*out = (enum sheet_name)i;
			return true;
		}
	return false;
}

const char *
sheet_key(struct arena *a, enum sheet_name sheet, const struct sheet_row *row)
{
	const struct sheet_kind *kind = &sheet_kinds[sheet];

	if (kind->nkeys == 1)
		return row->cells[kind->key[0]];
	return arena_printf(
	    a, "%s.%s", row->cells[kind->key[0]], row->cells[kind->key[1]]);
}

/* Is this the row's key? Codes have no dot. */
static bool
has_key(enum sheet_name sheet, const struct sheet_row *row, const char *key)
{
	const struct sheet_kind *kind = &sheet_kinds[sheet];
	const char *first = row->cells[kind->key[0]];
	size_t length = strlen(first);

	if (kind->nkeys == 1)
		return strcmp(first, key) == 0;
	return strncmp(first, key, length) == 0 && key[length] == '.' &&
	       strcmp(row->cells[kind->key[1]], key + length + 1) == 0;
}

const struct sheet_row *
folder_row(const struct folder *f, enum sheet_name sheet, const char *key)
{
	const struct sheet *s = &f->sheets[sheet];

	for (size_t i = 0; i < s->count; i++)
		if (has_key(sheet, &s->rows[i], key))
			return &s->rows[i];
	return NULL;
}

struct sheet_row *
folder_add(struct arena *a, struct folder *f, enum sheet_name sheet)
{
	struct sheet *s = &f->sheets[sheet];
	struct sheet_row *row =
	    arena_append(a, &s->rows, &s->count, sizeof(*row));

	for (size_t i = 0; i < SHEET_COLUMNS; i++)
		row->cells[i] = "";
	return row;
}

bool
cell_has(const char *cell, const char *code)
{
	size_t n = strlen(code);

	while (*cell != '\0') {
		size_t length = strcspn(cell, "|");

		if (length == n && strncmp(cell, code, n) == 0)
			return true;
		cell += length + (cell[length] == '|');
	}
	return false;
}

/* Appends the codes of a cell that another one has, or has not. */
static void
append_codes(struct arena *a, const char **out, const char *cell,
    const char *other, bool has)
{
	for (size_t n; *cell != '\0'; cell += n + (cell[n] == '|')) {
		const char *code;

		n = strcspn(cell, "|");
		code = arena_strndup(a, cell, n);
		if (cell_has(other, code) == has)
			*out = arena_printf(a, "%s%s%s", *out,
			    (*out)[0] == '\0' ? "" : "|", code);
	}
}

const char *
cell_in_order(struct arena *a, const char *cell, const char *before)
{
	const char *out = "";

	append_codes(a, &out, before, cell, true);
	append_codes(a, &out, cell, before, false);
	return out;
}

struct folder
folder_copy(struct arena *a, const struct folder *from)
{
	struct folder out = {0};

	for (int i = 0; i < SHEET_COUNT; i++)
		for (size_t k = 0; k < from->sheets[i].count; k++)
			*folder_add(a, &out, (enum sheet_name)i) =
			    from->sheets[i].rows[k];
	return out;
}

bool
folder_remove(struct folder *f, enum sheet_name sheet, const char *key)
{
	struct sheet *s = &f->sheets[sheet];
	const struct sheet_row *row = folder_row(f, sheet, key);
	size_t i;

	if (row == NULL)
		return false;
	i = (size_t)(row - s->rows);
	memmove(
	    &s->rows[i], &s->rows[i + 1], (s->count - i - 1) * sizeof(*row));
	s->count--;
	return true;
}

/* By the key's columns; a form's version is a number. */
static int
compare_folder_keys(const void *left, const void *right, const void *sheet)
{
	const struct sheet_row *a = left, *b = right;
	enum sheet_name name = *(const enum sheet_name *)sheet;
	const struct sheet_kind *kind = &sheet_kinds[name];
	int order = strcmp(a->cells[kind->key[0]], b->cells[kind->key[0]]);

	if (order != 0 || kind->nkeys == 1)
		return order;
	if (name == SHEET_FORMS)
		return atoi(a->cells[FORM_VERSION]) -
		       atoi(b->cells[FORM_VERSION]);
	return strcmp(a->cells[kind->key[1]], b->cells[kind->key[1]]);
}

void
folder_sort(struct folder *f)
{
	for (enum sheet_name s = 0; s < SHEET_COUNT; s++) {
		struct sheet *sheet = &f->sheets[s];

		if (!sheet_kinds[s].ordered)
			sort_stable(sheet->rows, sheet->count,
			    sizeof(*sheet->rows), compare_folder_keys, &s);
	}
}

/* A NUL stands between two cells. A mark made to fit another folder would gain
 * its maker nothing. */
uint64_t
folder_mark(const struct folder *f)
{
	uint64_t mark = HASH_START;

	for (int s = 0; s < SHEET_COUNT; s++)
		for (size_t i = 0; i < f->sheets[s].count; i++)
			for (size_t k = 0; k < sheet_kinds[s].ncolumns; k++) {
				const char *c = f->sheets[s].rows[i].cells[k];

				mark = hash_add(mark, c, strlen(c) + 1);
			}
	return mark;
}

json_t *
sheet_row_json(enum sheet_name sheet, const struct sheet_row *row)
{
	json_t *object = json_object();

	if (sheet == SHEET_FORMS) {
		json_decref(object);
		return json_loads(row->cells[FORM_DOCUMENT], 0, NULL);
	}
	for (size_t i = 0; i < sheet_kinds[sheet].ncolumns; i++)
		json_object_set_new(object, sheet_kinds[sheet].columns[i],
		    json_string(row->cells[i]));
	return object;
}

json_t *
folder_json(const struct folder *f)
{
	json_t *all = json_object();

	for (int s = 0; s < SHEET_COUNT; s++) {
		json_t *rows = json_array();

		for (size_t i = 0; i < f->sheets[s].count; i++)
			json_array_append_new(
			    rows, sheet_row_json((enum sheet_name)s,
				      &f->sheets[s].rows[i]));
		json_object_set_new(all, sheet_kinds[s].name, rows);
	}
	return all;
}

bool
form_row(struct arena *a, const json_t *document, struct sheet_row *row)
{
	const char *code = json_string_value(json_object_get(document, "code"));
	char *dump = json_dumps(document, JSON_COMPACT);

	if (dump == NULL || code == NULL) {
		free(dump);
		return false;
	}
	row->cells[FORM_CODE] = arena_strdup(a, code);
	row->cells[FORM_VERSION] = arena_printf(a, "%lld",
	    (long long)json_integer_value(
		json_object_get(document, "version")));
	row->cells[FORM_DOCUMENT] = arena_strdup(a, dump);
	free(dump);
	return true;
}

static bool
row_from_json(struct arena *a, enum sheet_name sheet, const json_t *json,
    struct sheet_row *row)
{
	const struct sheet_kind *kind = &sheet_kinds[sheet];

	if (sheet == SHEET_FORMS)
		return form_row(a, json, row);
	for (size_t i = 0; i < kind->ncolumns; i++) {
		const char *cell =
		    json_string_value(json_object_get(json, kind->columns[i]));

		if (cell == NULL)
			return false;
		row->cells[i] = arena_strdup(a, cell);
	}
	return true;
}

bool
folder_from_json(struct arena *a, const json_t *json, struct folder *out)
{
	*out = (struct folder){0};
	for (int s = 0; s < SHEET_COUNT; s++) {
		const json_t *rows = json_object_get(json, sheet_kinds[s].name);

		if (!json_is_array(rows))
			return false;
		for (size_t i = 0; i < json_array_size(rows); i++)
			if (!row_from_json(a, (enum sheet_name)s,
				json_array_get(rows, i),
				folder_add(a, out, (enum sheet_name)s)))
				return false;
	}
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/admin/catalogue/SHEET/KEY and /staff/admin/new/SHEET: one row of
 * the catalogue as a form, and what was done to it. A column's input follows
 * from what the column is; a code is never changed, since answers refer to it.
 */
#include "server/pages/catalogue/index.h"

#include <string.h>
#include "server/core/score/score.h"
#include "server/pages/document.h"
#include "server/pages/pages.h"

enum input { INPUT_TEXT, INPUT_DATE, INPUT_CHOICE, INPUT_MANY };

static enum input
input_of(enum sheet_name sheet, int column)
{
	switch (sheet) {
	case SHEET_UNITS:
		return column == UNIT_PARENT || column == UNIT_LEVEL
			   ? INPUT_CHOICE
		       : column == UNIT_FROM || column == UNIT_TO ? INPUT_DATE
								  : INPUT_TEXT;
	case SHEET_SUCCESSORS:
		return column == SUCCESSOR_FROM ? INPUT_DATE : INPUT_CHOICE;
	case SHEET_FIELDS:
		return column == FIELD_GROUP ? INPUT_CHOICE : INPUT_TEXT;
	case SHEET_TARGETS:
		return column == TARGET_FROM      ? INPUT_DATE
		       : column == TARGET_PERCENT ? INPUT_TEXT
						  : INPUT_CHOICE;
	default:
		return column == DESK_UNIT     ? INPUT_CHOICE
		       : column == DESK_FIELDS ? INPUT_MANY
					       : INPUT_TEXT;
	}
}

/* ------------------------------------------------------------------- choices
 */

static void
offer(struct admin *a, json_t *list, enum sheet_name sheet, int column,
    const char *value, const char *chosen)
{
	const char *words = value[0] == '\0'
				? admin_text(a, "admin.nothing")
				: admin_cell(a, sheet, column, value);

	json_array_append_new(
	    list, json_pack("{s:s, s:s, s:b}", "value", value, "words", words,
		      "chosen", strcmp(value, chosen) == 0));
}

/* Has the list this value already? */
static bool
offered(const json_t *list, const char *value)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(json_string_value(json_object_get(
			       json_array_get(list, i), "value")),
			value) == 0)
			return true;
	return false;
}

/* The different values of a column of the catalogue, in its order. */
static void
offer_column(struct admin *a, json_t *list, enum sheet_name sheet, int column,
    const char *chosen, enum sheet_name from, int from_column)
{
	const struct sheet *s = &a->folder.sheets[from];

	for (size_t i = 0; i < s->count; i++) {
		const char *value = s->rows[i].cells[from_column];

		if (!offered(list, value))
			offer(a, list, sheet, column, value, chosen);
	}
}

static json_t *
choices(struct admin *a, enum sheet_name sheet, int column, const char *chosen)
{
	static const char *const levels[] = {
	    "district", "town", "commune", "ward", NULL};
	json_t *list = json_array();

	if ((sheet == SHEET_UNITS && column == UNIT_PARENT) ||
	    (sheet == SHEET_TARGETS && column == TARGET_GROUP))
		offer(a, list, sheet, column, "", chosen);
	if (sheet == SHEET_UNITS && column == UNIT_LEVEL) {
		for (int i = 0; levels[i] != NULL; i++)
			offer(a, list, sheet, column, levels[i], chosen);
		offer_column(
		    a, list, sheet, column, chosen, SHEET_UNITS, UNIT_LEVEL);
	} else if (sheet == SHEET_TARGETS && column == TARGET_POPULATION) {
		for (int i = 0; population_names[i] != NULL; i++)
			offer(a, list, sheet, column, population_names[i],
			    chosen);
	} else if (sheet == SHEET_FIELDS || sheet == SHEET_TARGETS) {
		offer_column(
		    a, list, sheet, column, chosen, SHEET_FIELDS, FIELD_GROUP);
	} else {
		offer_column(
		    a, list, sheet, column, chosen, SHEET_UNITS, UNIT_CODE);
	}
	return list;
}

/* All fields, those of the desk ticked. */
static json_t *
field_choices(struct admin *a, const char *chosen)
{
	const struct sheet *s = &a->folder.sheets[SHEET_FIELDS];
	json_t *list = json_array();

	for (size_t i = 0; i < s->count; i++) {
		const char *code = s->rows[i].cells[FIELD_CODE];

		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:b}", "value", code, "words",
			      s->rows[i].cells[FIELD_NAME], "chosen",
			      cell_has(chosen, code)));
	}
	return list;
}

/* -------------------------------------------------------------------- inputs
 */

static bool
is_key(enum sheet_name sheet, int column)
{
	const struct sheet_kind *kind = &sheet_kinds[sheet];

	for (size_t i = 0; i < kind->nkeys; i++)
		if (kind->key[i] == column)
			return true;
	return false;
}

/* The document of one input, as catalogue/row.html has it. */
static json_t *
input(struct admin *a, enum sheet_name sheet, int column, const char *cell,
    bool fixed)
{
	const char *name = sheet_kinds[sheet].columns[column];
	const char *help =
	    text_find(a->lang, arena_printf(a->arena, "column.%s.%s.help",
				   sheet_kinds[sheet].name, name));
	enum input kind = input_of(sheet, column);
	json_t *doc = json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", name,
	    "label", admin_column(a, sheet, column), "value", cell, "words",
	    admin_cell(a, sheet, column, cell), "help", admin_string(help));

	if (fixed)
		json_object_set_new(doc, "fixed", json_true());
	else if (kind == INPUT_CHOICE)
		json_object_set_new(doc, "choice",
		    json_pack(
			"{s:o}", "options", choices(a, sheet, column, cell)));
	else if (kind == INPUT_MANY)
		json_object_set_new(doc, "many",
		    json_pack("{s:o}", "options", field_choices(a, cell)));
	else
		json_object_set_new(
		    doc, kind == INPUT_DATE ? "date" : "text", json_true());
	return doc;
}

int
admin_row_show(struct admin *a, struct response *res, int status,
    enum sheet_name sheet, const struct sheet_row *row,
    const struct sheet_row *was, const struct refusals *problems)
{
	const char *name = sheet_kinds[sheet].name;
	const char *key = was == NULL ? NULL : sheet_key(a->arena, sheet, was);
	json_t *inputs = json_array(), *doc, *history = json_null();

	for (size_t i = 0; i < sheet_kinds[sheet].ncolumns; i++)
		json_array_append_new(
		    inputs, input(a, sheet, (int)i, row->cells[i],
				was != NULL && is_key(sheet, (int)i)));
	if (was != NULL)
		history = admin_history(a,
		    arena_printf(a->arena, "%s.", sheet_kinds[sheet].word),
		    key);
	if (history == NULL) {
		json_decref(inputs);
		return 503;
	}
	doc = admin_document(a);
	json_object_update_new(doc,
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:o, s:o, s:o}", "title",
		was == NULL ? admin_text(a, "admin.new")
			    : admin_name(a, sheet, was, key),
		"sheet",
		admin_text(a, arena_printf(a->arena, "admin.%s", name)),
		"sheet_href", admin_sheet_address(a, sheet, NULL, NULL),
		"action",
		arena_printf(a->arena, "/staff/admin/change/%s", name), "key",
		key == NULL ? "" : key, "known", was != NULL, "inputs", inputs,
		"history", history, "problems", admin_problems(a, problems)));
	return document_show(a->req, res, status, "catalogue/row", doc);
}

int
get_catalogue_row(struct ctx *ctx, struct request *req, struct response *res)
{
	enum sheet_name sheet;
	const struct sheet_row *row;
	struct admin a;
	int status;

	if (!sheet_find(req->part[0], &sheet))
		return 404;
	status = admin_open(&a, ctx, req);
	if (status != 0)
		return status;
	row = folder_row(&a.folder, sheet, req->part[1]);
	if (row == NULL)
		return 404;
	if (sheet == SHEET_FORMS)
		return admin_form_show(&a, res, 200, row, NULL);
	return admin_row_show(&a, res, 200, sheet, row, row, NULL);
}

int
get_catalogue_new(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct sheet_row empty = {.cells = {"", "", "", "", "", ""}};
	enum sheet_name sheet;
	struct admin a;
	int status;

	if (!sheet_find(req->part[0], &sheet) || sheet == SHEET_FORMS)
		return 404;
	status = admin_open(&a, ctx, req);
	return status != 0
		   ? status
		   : admin_row_show(&a, res, 200, sheet, &empty, NULL, NULL);
}

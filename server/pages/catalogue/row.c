/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/admin/catalogue/SHEET/KEY and /staff/admin/new/SHEET: one row of
 * the catalogue as a form, and what was done to it. A column's input follows
 * from what the column is; a code is never changed, since answers refer to it.
 */
#include "server/pages/catalogue/row.h"

#include <string.h>
#include "server/core/score/score.h"
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/catalogue/form.h"
#include "server/pages/catalogue/words.h"
#include "server/pages/page.h"
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

/* ----------------------------------------------------------------- choices */

/* A select or a list of ticks that is being made. */
struct choosing {
	const struct catalogue_page *c;
	enum sheet_name sheet; /* of the column whose cell is chosen */
	int column;
	const char *chosen; /* the cell as it is */
	json_t *options;    /* [{value, label, chosen}] */
};

static void
offer_value(const struct choosing *o, const char *value)
{
	const char *label =
	    value[0] == '\0'
		? page_text(o->c->page, "admin.nothing")
		: catalogue_words_cell(o->c, o->sheet, o->column, value);

	page_option(o->options, value, label, strcmp(value, o->chosen) == 0);
}

static bool
value_offered(const struct choosing *o, const char *value)
{
	json_t *option;
	size_t i;

	json_array_foreach (o->options, i, option)
		if (strcmp(json_string_value(json_object_get(option, "value")),
			value) == 0)
			return true;
	return false;
}

/* Offers the different values of a column of the catalogue, in its order. */
static void
offer_column(const struct choosing *o, enum sheet_name from, int column)
{
	const struct sheet *s = &o->c->folder.sheets[from];

	for (size_t i = 0; i < s->count; i++)
		if (!value_offered(o, s->rows[i].cells[column]))
			offer_value(o, s->rows[i].cells[column]);
}

/* Offers names up to a NULL. */
static void
offer_names(const struct choosing *o, const char *const *names)
{
	for (; *names != NULL; names++)
		offer_value(o, *names);
}

static json_t *
cell_options(const struct catalogue_page *c, enum sheet_name sheet, int column,
    const char *chosen)
{
	static const char *const levels[] = {
	    "district", "town", "commune", "ward", NULL};
	const struct choosing o = {c, sheet, column, chosen, json_array()};

	if ((sheet == SHEET_UNITS && column == UNIT_PARENT) ||
	    (sheet == SHEET_TARGETS && column == TARGET_GROUP))
		offer_value(&o, "");
	else if (chosen[0] == '\0') /* a new row's is chosen by a person */
		page_option(
		    o.options, "", page_text(c->page, "admin.choose"), true);
	if (sheet == SHEET_UNITS && column == UNIT_LEVEL) {
		offer_names(&o, levels);
		offer_column(&o, SHEET_UNITS, UNIT_LEVEL);
	} else if (sheet == SHEET_TARGETS && column == TARGET_POPULATION) {
		offer_names(&o, population_names);
	} else if (sheet == SHEET_FIELDS || sheet == SHEET_TARGETS) {
		offer_column(&o, SHEET_FIELDS, FIELD_GROUP);
	} else {
		offer_column(&o, SHEET_UNITS, UNIT_CODE);
	}
	return o.options;
}

/* All fields, those of the desk ticked. */
static json_t *
desk_field_options(const struct catalogue_page *c, const char *chosen)
{
	const struct sheet *s = &c->folder.sheets[SHEET_FIELDS];
	json_t *options = json_array();

	for (size_t i = 0; i < s->count; i++) {
		const char *code = s->rows[i].cells[FIELD_CODE];

		page_option(options, code, s->rows[i].cells[FIELD_NAME],
		    cell_has(chosen, code));
	}
	return options;
}

/* ------------------------------------------------------------------ inputs */

static bool
is_key_column(enum sheet_name sheet, int column)
{
	const struct sheet_kind *kind = &sheet_kinds[sheet];

	for (size_t i = 0; i < kind->nkeys; i++)
		if (kind->key[i] == column)
			return true;
	return false;
}

/* The document of catalogue/input.html; was: the row as it stands, NULL: a new
 * one, whose every cell may be written. */
static json_t *
input_document(const struct catalogue_page *c, enum sheet_name sheet,
    int column, const char *cell, const struct sheet_row *was)
{
	bool fixed = was != NULL && is_key_column(sheet, column);
	const struct page *page = c->page;
	const char *name = sheet_kinds[sheet].columns[column];
	const char *help =
	    text_find(page->lang, arena_printf(page->arena, "column.%s.%s.help",
				      sheet_kinds[sheet].name, name));
	enum input kind = input_of(sheet, column);
	json_t *doc = json_object();

	put_text(doc, "name", name);
	put_text(doc, "label", catalogue_words_column(page, sheet, column));
	put_text(doc, "value", cell);
	put_text(doc, "words", catalogue_words_cell(c, sheet, column, cell));
	put_words(doc, "help", help);
	put_part(doc, "shown",
	    was == NULL || fixed
		? NULL
		: json_pack("{s:s}", "was", was->cells[column]));
	if (fixed)
		put_flag(doc, "fixed", true);
	else if (kind == INPUT_CHOICE)
		put_part(doc, "choice",
		    json_pack("{s:o}", "options",
			cell_options(c, sheet, column, cell)));
	else if (kind == INPUT_MANY)
		put_part(doc, "many",
		    json_pack("{s:o}", "options", desk_field_options(c, cell)));
	else
		put_flag(doc, kind == INPUT_DATE ? "date" : "text", true);
	return doc;
}

int
catalogue_row_show(const struct catalogue_page *c, int status,
    enum sheet_name sheet, const struct sheet_row *row,
    const struct sheet_row *was, const struct refusals *problems)
{
	const struct page *page = c->page;
	const struct sheet_kind *kind = &sheet_kinds[sheet];
	const char *key =
	    was == NULL ? NULL : sheet_key(page->arena, sheet, was);
	json_t *inputs, *doc, *history = NULL;

	if (was != NULL) {
		history = catalogue_words_history(
		    c, arena_printf(page->arena, "%s.", kind->word), key);
		if (history == NULL)
			return 503;
	}
	inputs = json_array();
	for (int i = 0; i < (int)kind->ncolumns; i++)
		json_array_append_new(
		    inputs, input_document(c, sheet, i, row->cells[i], was));
	doc = catalogue_page_document(page);
	put_text(doc, "title",
	    was == NULL ? page_text(page, "admin.new")
			: catalogue_words_row(c, sheet, was, key));
	put_text(doc, "sheet", page_text_of(page, "admin.%s", kind->name));
	put_text(
	    doc, "sheet_href", catalogue_page_address(page, sheet, NULL, NULL));
	put_text(doc, "action",
	    arena_printf(page->arena, "/staff/admin/change/%s", kind->name));
	put_text(doc, "key", key == NULL ? "" : key);
	put_flag(doc, "known", was != NULL);
	put_part(doc, "inputs", inputs);
	put_part(doc, "history", history);
	put_part(doc, "problems", catalogue_words_problems(page, problems));
	return page_show(page, status, "catalogue/row", doc);
}

int
get_catalogue_row(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	enum sheet_name sheet;
	const struct sheet_row *row;
	struct catalogue_page c;
	int status;

	if (!sheet_find(req->part[0], &sheet))
		return 404;
	status = catalogue_page_open(&c, &page);
	if (status != 0)
		return status;
	row = folder_row(&c.folder, sheet, req->part[1]);
	if (row == NULL)
		return 404;
	if (sheet == SHEET_FORMS)
		return catalogue_form_show(&c, 200, row, NULL);
	return catalogue_row_show(&c, 200, sheet, row, row, NULL);
}

int
get_catalogue_new(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct sheet_row empty = {.cells = {"", "", "", "", "", ""}};
	struct page page = page_of(ctx, req, res);
	enum sheet_name sheet;
	struct catalogue_page c;
	int status;

	if (!sheet_find(req->part[0], &sheet) || sheet == SHEET_FORMS)
		return 404;
	status = catalogue_page_open(&c, &page);
	if (status != 0)
		return status;
	return catalogue_row_show(&c, 200, sheet, &empty, NULL, NULL);
}

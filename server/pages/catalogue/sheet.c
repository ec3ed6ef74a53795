/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GET /staff/admin/catalogue/SHEET: all rows of a part of the catalogue, in its
 * order, each with the way to its own page. */
#include "server/pages/catalogue/index.h"

#include <string.h>
#include "server/pages/document.h"
#include "server/pages/pages.h"

#define FIELDS_SHOWN 3

/* A form's words for the list: of its document only the title. */
static const char *
form_title(struct admin *a, const struct sheet_row *row)
{
	json_t *document = json_loads(row->cells[FORM_DOCUMENT], 0, NULL);
	const json_t *title = json_object_get(document, "title");
	const char *words =
	    json_string_value(json_object_get(title, lang_code(a->lang)));
	const char *kept = arena_strdup(a->arena, words == NULL ? "" : words);

	json_decref(document);
	return kept;
}

/* Of many fields the first three, and how many more there are. */
static const char *
few_fields(struct admin *a, const char *cell)
{
	const char *end = cell;
	size_t n = 1;

	for (const char *c = cell; *c != '\0'; c++)
		if (*c == '|' && n++ == FIELDS_SHOWN)
			end = c;
	if (n <= FIELDS_SHOWN + 1)
		return admin_cell(a, SHEET_DESKS, DESK_FIELDS, cell);
	return admin_fill(a, "admin.fields.more", "names",
	    admin_cell(a, SHEET_DESKS, DESK_FIELDS,
		arena_strndup(a->arena, cell, (size_t)(end - cell))),
	    "n", admin_count(a, (int64_t)(n - FIELDS_SHOWN)));
}

static const char *
words_of(struct admin *a, enum sheet_name sheet, const struct sheet_row *row,
    int column)
{
	if (sheet == SHEET_FORMS && column == FORM_DOCUMENT)
		return form_title(a, row);
	if (sheet == SHEET_DESKS && column == DESK_FIELDS)
		return few_fields(a, row->cells[column]);
	return admin_cell(a, sheet, column, row->cells[column]);
}

static json_t *
cells_of(struct admin *a, enum sheet_name sheet, const struct sheet_row *row)
{
	json_t *cells = json_array();

	for (size_t i = 0; i < sheet_kinds[sheet].ncolumns; i++) {
		const char *words = words_of(a, sheet, row, (int)i);

		json_array_append_new(
		    cells, json_pack("{s:s, s:s}", "label",
			       admin_column(a, sheet, (int)i), "words",
			       words[0] == '\0' ? "–" : words));
	}
	return cells;
}

static json_t *
rows_of(struct admin *a, enum sheet_name sheet)
{
	const struct sheet *s = &a->folder.sheets[sheet];
	json_t *rows = json_array();

	for (size_t i = 0; i < s->count; i++) {
		const struct sheet_row *row = &s->rows[i];
		const char *key = sheet_key(a->arena, sheet, row);
		json_t *cells = cells_of(a, sheet, row), *first;

		first = json_incref(json_array_get(cells, 0));
		json_array_remove(cells, 0);
		json_array_append_new(rows,
		    json_pack("{s:s, s:s, s:o}", "href",
			admin_sheet_address(a, sheet, key, NULL), "first",
			json_string_value(json_object_get(first, "words")),
			"cells", cells));
		json_decref(first);
	}
	return rows;
}

int
get_catalogue_sheet(struct ctx *ctx, struct request *req, struct response *res)
{
	enum sheet_name sheet;
	struct admin a;
	const char *name;
	json_t *heads, *doc;
	int status;

	if (!sheet_find(req->part[0], &sheet))
		return 404;
	status = admin_open(&a, ctx, req);
	if (status != 0)
		return status;
	name = sheet_kinds[sheet].name;
	heads = json_array();
	for (size_t i = 0; i < sheet_kinds[sheet].ncolumns; i++)
		json_array_append_new(
		    heads, json_string(admin_column(&a, sheet, (int)i)));
	doc = admin_document(&a);
	json_object_update_new(doc,
	    json_pack("{s:s, s:s, s:o, s:o, s:o}", "title",
		admin_text(&a, arena_printf(a.arena, "admin.%s", name)), "what",
		admin_text(&a, arena_printf(a.arena, "admin.%s.what", name)),
		"heads", heads, "rows", rows_of(&a, sheet), "new",
		sheet == SHEET_FORMS || !office_may(req, WHO_ADMIN)
		    ? json_null()
		    : json_string(admin_address(&a,
			  arena_printf(a.arena, "/staff/admin/new/%s", name),
			  NULL))));
	return document_show(req, res, 200, "catalogue/sheet", doc);
}

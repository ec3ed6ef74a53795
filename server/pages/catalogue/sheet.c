/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GET /staff/admin/catalogue/SHEET: all rows of a part of the catalogue, in its
 * order, each with the way to its own page. */
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/catalogue/words.h"
#include "server/pages/page.h"

#define FIELDS_SHOWN 3

/* A form's words for the list: of its document only the title. */
static const char *
form_title(const struct page *page, const struct sheet_row *row)
{
	json_t *document = json_loads(row->cells[FORM_DOCUMENT], 0, NULL);
	const json_t *title = json_object_get(document, "title");
	const char *words =
	    json_string_value(json_object_get(title, lang_code(page->lang)));
	const char *kept =
	    arena_strdup(page->arena, words == NULL ? "" : words);

	json_decref(document);
	return kept;
}

/* Of many fields the first three, and how many more there are. */
static const char *
few_fields(const struct catalogue_page *c, const char *cell)
{
	const struct page *page = c->page;
	const char *end = cell;
	size_t n = 1;

	for (const char *at = cell; *at != '\0'; at++)
		if (*at == '|' && n++ == FIELDS_SHOWN)
			end = at;
	if (n <= FIELDS_SHOWN + 1)
		return catalogue_words_cell(c, SHEET_DESKS, DESK_FIELDS, cell);
	return page_fill(page, "admin.fields.more", "names",
	    catalogue_words_cell(c, SHEET_DESKS, DESK_FIELDS,
		arena_strndup(page->arena, cell, (size_t)(end - cell))),
	    "n", page_count(page, (int64_t)(n - FIELDS_SHOWN)));
}

/* A cell as the list shows it; "–" for none. */
static const char *
listed_words(const struct catalogue_page *c, enum sheet_name sheet,
    const struct sheet_row *row, int column)
{
	const char *cell = row->cells[column], *words;

	if (sheet == SHEET_FORMS && column == FORM_DOCUMENT)
		words = form_title(c->page, row);
	else if (sheet == SHEET_DESKS && column == DESK_FIELDS)
		words = few_fields(c, cell);
	else
		words = catalogue_words_cell(c, sheet, column, cell);
	return words[0] == '\0' ? "–" : words;
}

/* All cells but the first. */
static json_t *
further_cells(const struct catalogue_page *c, enum sheet_name sheet,
    const struct sheet_row *row)
{
	json_t *cells = json_array();

	for (int i = 1; i < (int)sheet_kinds[sheet].ncolumns; i++) {
		json_t *cell = json_object();

		put_text(
		    cell, "label", catalogue_words_column(c->page, sheet, i));
		put_text(cell, "words", listed_words(c, sheet, row, i));
		json_array_append_new(cells, cell);
	}
	return cells;
}

static json_t *
sheet_rows(const struct catalogue_page *c, enum sheet_name sheet)
{
	const struct page *page = c->page;
	const struct sheet *s = &c->folder.sheets[sheet];
	json_t *rows = json_array();

	for (size_t i = 0; i < s->count; i++) {
		const char *key = sheet_key(page->arena, sheet, &s->rows[i]);
		json_t *row = json_object();

		put_text(row, "href",
		    catalogue_page_address(page, sheet, key, NULL));
		put_text(row, "first", listed_words(c, sheet, &s->rows[i], 0));
		put_part(row, "cells", further_cells(c, sheet, &s->rows[i]));
		json_array_append_new(rows, row);
	}
	return rows;
}

int
get_catalogue_sheet(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	enum sheet_name sheet;
	struct catalogue_page c;
	const char *name, *new = NULL;
	json_t *heads, *doc;
	int status;

	if (!sheet_find(req->part[0], &sheet))
		return 404;
	status = catalogue_page_open(&c, &page);
	if (status != 0)
		return status;
	name = sheet_kinds[sheet].name;
	if (sheet != SHEET_FORMS && page_may(&page, WHO_ADMIN))
		new = page_address(&page,
		    arena_printf(page.arena, "/staff/admin/new/%s", name),
		    NULL);
	heads = json_array();
	for (int i = 0; i < (int)sheet_kinds[sheet].ncolumns; i++)
		json_array_append_new(heads,
		    json_string(catalogue_words_column(&page, sheet, i)));
	doc = catalogue_page_document(&page);
	put_text(doc, "title", page_text_of(&page, "admin.%s", name));
	put_text(doc, "what", page_text_of(&page, "admin.%s.what", name));
	put_part(doc, "heads", heads);
	put_part(doc, "rows", sheet_rows(&c, sheet));
	put_text(doc, "new", new);
	return page_show(&page, 200, "catalogue/sheet", doc);
}

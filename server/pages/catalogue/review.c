/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each row with what was and what will be, and what that does to figures
 * (catalogue/effect.c). What is grave wants a tick. The form carries the mark
 * of the catalogue that was compared: one that was changed meanwhile has
 * another.
 */
#include "server/pages/catalogue/review.h"

#include <string.h>
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/catalogue/effect.h"
#include "server/pages/catalogue/words.h"
#include "server/pages/page.h"
#include "server/store/people/audit.h"
#include "server/store/catalogue/catalogue_write.h"

#define CHANGES_SHOWN 200

void
catalogue_review_hide(json_t *hidden, const char *name, const char *value)
{
	json_t *input = json_object();

	put_text(input, "name", name);
	put_text(input, "value", value);
	json_array_append_new(hidden, input);
}

/* ----------------------------------------------------------------- changes */

static void
add_cell(json_t *cells, const char *name, const char *before, const char *after)
{
	json_t *cell = json_object();

	put_text(cell, "name", name);
	put_words(cell, "before", before);
	put_words(cell, "after", after);
	put_flag(cell, "same", strcmp(before, after) == 0);
	json_array_append_new(cells, cell);
}

/* A part of a form in one language: its words; of a list of questions
 * "waiting: Chờ đợi lâu · …". */
static const char *
form_part_words(const struct page *page, const json_t *part, enum lang lang)
{
	const char *words =
	    json_string_value(json_object_get(part, lang_code(lang)));
	const char *out = words == NULL ? "" : words;

	for (size_t i = 0; i < json_array_size(part); i++) {
		const json_t *one = json_array_get(part, i);
		const char *code =
		    json_string_value(json_object_get(one, "code"));
		const char *said =
		    json_string_value(json_object_get(one, lang_code(lang)));

		out = arena_printf(page->arena, "%s%s%s: %s", out,
		    out[0] == '\0' ? "" : " · ", code == NULL ? "" : code,
		    said == NULL ? "–" : said);
	}
	return out;
}

/* The newest version of a form's code as it is; NULL: there is none. The caller
 * owns it. */
static json_t *
newest_document(const struct folder *f, const char *code)
{
	const struct sheet *forms = &f->sheets[SHEET_FORMS];
	const char *found = NULL;

	for (size_t i = 0; i < forms->count; i++)
		if (strcmp(forms->rows[i].cells[FORM_CODE], code) == 0)
			found = forms->rows[i].cells[FORM_DOCUMENT];
	return found == NULL ? NULL : json_loads(found, 0, NULL);
}

/* A new version beside the one before it. */
static json_t *
form_cells(const struct catalogue_page *c, const struct sheet_row *after)
{
	static const char *const parts[] = {
	    "title", "overall", "criteria", "reasons", NULL};
	const struct page *page = c->page;
	json_t *is = json_loads(after->cells[FORM_DOCUMENT], 0, NULL);
	json_t *was = newest_document(&c->folder, after->cells[FORM_CODE]);
	json_t *cells = json_array();

	for (int i = 0; parts[i] != NULL; i++)
		for (int l = 0; l < LANG_COUNT; l++) {
			enum lang lang = (enum lang)l;
			const char *name = arena_printf(page->arena, "%s (%s)",
			    page_text_of(page, "admin.form.%s", parts[i]),
			    page_text_of(page, "lang.%s", lang_code(lang)));

			add_cell(cells, name,
			    form_part_words(
				page, json_object_get(was, parts[i]), lang),
			    form_part_words(
				page, json_object_get(is, parts[i]), lang));
		}
	json_decref(was);
	json_decref(is);
	return cells;
}

static const char *
row_cell(const struct catalogue_page *c, enum sheet_name sheet,
    const struct sheet_row *row, int column)
{
	return row == NULL
		   ? ""
		   : catalogue_words_cell(c, sheet, column, row->cells[column]);
}

static json_t *
row_cells(const struct catalogue_page *c, const struct catalogue_page *next,
    const struct change *change)
{
	enum sheet_name sheet = change->sheet;
	json_t *cells = json_array();

	for (int i = 0; i < (int)sheet_kinds[sheet].ncolumns; i++)
		add_cell(cells, catalogue_words_column(c->page, sheet, i),
		    row_cell(c, sheet, change->before, i),
		    row_cell(next, sheet, change->after, i));
	return cells;
}

static const char *
change_title(const struct catalogue_page *c, const struct catalogue_page *next,
    const struct change *change)
{
	static const char *const keys[] = {"admin.change.add",
	    "admin.change.edit", "admin.change.remove", "admin.change.order"};
	const struct page *page = c->page;
	enum sheet_name sheet = change->sheet;
	const char *name = sheet_kinds[sheet].name;

	if (change->kind == CHANGE_ORDER)
		return page_fill(page, keys[CHANGE_ORDER], "what",
		    page_text_of(page, "admin.%s", name));
	return page_fill(page, keys[change->kind], "what",
	    page_text_of(page, "admin.%s.one", name), "name",
	    change->after == NULL
		? catalogue_words_row(c, sheet, change->before, change->key)
		: catalogue_words_row(next, sheet, change->after, change->key));
}

static json_t *
change_rows(const struct catalogue_page *c, const struct revision *r)
{
	/* new names for new codes */
	const struct catalogue_page next = {c->page, r->next};
	json_t *rows = json_array();

	for (size_t i = 0; i < r->changes.count && i < CHANGES_SHOWN; i++) {
		const struct change *change = &r->changes.list[i];
		json_t *row = json_object(), *cells = NULL;

		if (change->sheet == SHEET_FORMS &&
		    change->kind != CHANGE_ORDER)
			cells = form_cells(c, change->after);
		else if (change->kind != CHANGE_ORDER)
			cells = row_cells(c, &next, change);
		put_text(row, "title", change_title(c, &next, change));
		put_text(row, "code", change->key);
		put_flag(row, "grave", change->grave);
		put_part(row, "table",
		    cells == NULL ? NULL : json_pack("{s:o}", "cells", cells));
		json_array_append_new(rows, row);
	}
	return rows;
}

/* ------------------------------------------------------------------ saving */

static const char *
mark_text(const struct page *page, const struct revision *r)
{
	return arena_printf(
	    page->arena, "%016llx", (unsigned long long)r->mark);
}

int
catalogue_review_show(const struct catalogue_page *c, int status,
    const struct catalogue_review *review, json_t *hidden, const char *problem)
{
	const struct page *page = c->page;
	const struct revision *r = review->revision;
	json_t *effect = catalogue_effect_document(c, r), *doc;
	int64_t n = (int64_t)r->changes.count;

	if (effect == NULL) {
		json_decref(hidden);
		return 503;
	}
	catalogue_review_hide(hidden, "mark", mark_text(page, r));
	doc = catalogue_page_document(page);
	put_text(doc, "action", review->action);
	put_text(doc, "back", review->back);
	put_text(doc, "problem",
	    review->moved != NULL ? review->moved
				  : page_problem(page, problem));
	put_part(doc, "hidden", hidden);
	put_part(doc, "changes", change_rows(c, r));
	put_flag(doc, "grave", changes_grave(&r->changes));
	put_part(doc, "effect", effect);
	put_text(doc, "count", page_count(page, n));
	put_text(doc, "more",
	    n > CHANGES_SHOWN ? page_count(page, n - CHANGES_SHOWN) : NULL);
	put_flag(
	    doc, "large", strcmp(review->action, "/staff/admin/import") == 0);
	return page_show(page, status, "catalogue/review", doc);
}

const char *
catalogue_review_refusal(const struct page *page, const struct revision *r)
{
	if (strcmp(page_field(page, "mark"), mark_text(page, r)) != 0)
		return "admin.problem.stale";
	if (changes_grave(&r->changes) &&
	    pairs_get(&page->req->form, "sure") == NULL)
		return "admin.problem.sure";
	return NULL;
}

struct saving {
	struct catalogue_review review;
	struct deed by;
	bool stale;
};

static bool
write_revision(struct db *db, struct tallies *tallies, struct request *req)
{
	struct saving *s = req->data;

	(void)tallies;
	return store_revision_write(db, s->review.revision, &s->by, &s->stale);
}

static int
reply_revision(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct saving *s = req->data;

	return page_go(&page, s->stale ? s->review.stale : s->review.saved);
}

int
catalogue_review_save(
    const struct page *page, const struct catalogue_review *review)
{
	struct saving *s = arena_alloc(page->arena, sizeof(*s));

	s->review = *review;
	s->by = page_deed(page, "", "", "");
	return page_write(page, s, write_revision, reply_revision);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /staff/admin/change/SHEET: one row of the catalogue as it was entered.
 * step=show checks it and shows what it changes; step=edit gives the form back;
 * step=save saves what was shown. All three make the same revision of what was
 * entered, so that nothing is saved that was not checked.
 */
#include "server/db/db.h"
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/catalogue/form.h"
#include "server/pages/catalogue/review.h"
#include "server/pages/catalogue/row.h"
#include "server/pages/moved.h"
#include "server/pages/page.h"
#include "server/pages/catalogue/words.h"
#include "server/store/catalogue/catalogue_write.h"
#include "shared/civil.h"

struct entered_row {
	enum sheet_name sheet;
	const char *key; /* of the row as it stands, "": a new one */
	const struct sheet_row *was; /* NULL: a new one */
	struct sheet_row row;
	bool remove;
	struct moved moved; /* what others changed meanwhile */
};

/* A field of the form, trimmed; how long it may be, folder_check knows. */
static const char *
entered_cell(const struct page *page, const char *name)
{
	return page_entered(page, name, SIZE_MAX);
}

/* The ticked fields: first those that the desk had, in the desk's order, then
 * the new ones in the form's. */
static const char *
ticked_fields(const struct page *page, const char *before)
{
	const struct pairs *form = &page->req->form;
	const char *ticked = "";

	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->list[i].name, "fields") == 0)
			ticked = arena_printf(page->arena, "%s%s%s", ticked,
			    ticked[0] == '\0' ? "" : "|", form->list[i].value);
	return cell_in_order(page->arena, ticked, before);
}

/* The cells of the form; what finds the row again stays as it is. */
static void
read_cells(const struct page *page, struct entered_row *e)
{
	const struct sheet_kind *kind = &sheet_kinds[e->sheet];
	const char **cells = e->row.cells;

	for (size_t i = 0; i < kind->ncolumns; i++)
		cells[i] = entered_cell(page, kind->columns[i]);
	if (e->sheet == SHEET_DESKS)
		cells[DESK_FIELDS] = ticked_fields(
		    page, e->was == NULL ? "" : e->was->cells[DESK_FIELDS]);
	for (size_t i = 0; e->was != NULL && i < kind->nkeys; i++)
		cells[kind->key[i]] = e->was->cells[kind->key[i]];
}

/* What the row's cells are by now, where that is not what was shown; a cell
 * that was left as it was shown stays what it is by now. */
static void
merge_cells(const struct catalogue_page *c, struct entered_row *e)
{
	const struct page *page = c->page;
	const struct sheet_kind *kind = &sheet_kinds[e->sheet];

	e->moved.page = page;
	for (int i = 0; i < (int)kind->ncolumns; i++) {
		const char *name = kind->columns[i], *now = e->was->cells[i];

		if (moved_is(page, name, now))
			moved_note(&e->moved,
			    catalogue_words_column(page, e->sheet, i),
			    catalogue_words_cell(
				c, e->sheet, i, moved_was(page, name)),
			    catalogue_words_cell(c, e->sheet, i, now));
		if (!e->remove)
			e->row.cells[i] =
			    moved_value(page, name, e->row.cells[i], now);
	}
}

/* False: 404, the row is not there. */
static bool
read_entered_row(const struct catalogue_page *c, struct entered_row *e)
{
	e->key = entered_cell(c->page, "key");
	e->remove = entered_cell(c->page, "remove")[0] != '\0';
	if (e->sheet == SHEET_FORMS)
		return !e->remove && catalogue_form_read(c, &e->row);
	if (e->key[0] != '\0') {
		e->was = folder_row(&c->folder, e->sheet, e->key);
		if (e->was == NULL)
			return false;
	}
	if (e->remove && e->was == NULL)
		return false;
	read_cells(c->page, e);
	if (e->was != NULL)
		merge_cells(c, e);
	return true;
}

/* The catalogue with what was entered. */
static struct folder
folder_with(const struct catalogue_page *c, const struct entered_row *e)
{
	struct arena *arena = c->page->arena;
	struct folder next = folder_copy(arena, &c->folder);

	if (e->remove)
		folder_remove(&next, e->sheet, e->key);
	else if (e->was == NULL)
		*folder_add(arena, &next, e->sheet) = e->row;
	else /* the copy's rows are ours */
		*(struct sheet_row *)folder_row(&next, e->sheet, e->key) =
		    e->row;
	return next;
}

static bool
revise_row(const struct catalogue_page *c, const struct entered_row *e,
    struct revision *out)
{
	const struct page *page = c->page;
	struct folder next = folder_with(c, e);
	bool ok = db_begin_read(page->ctx->db) &&
		  store_revise(page->ctx->db, page->arena, &next,
		      civil_local_day(page->req->now), out);

	db_commit(page->ctx->db);
	return ok;
}

/* Everything of the form, once more. */
static void
hide_form(const struct page *page, json_t *list)
{
	static const char *const others[] = {
	    "csrf", "step", "mark", "sure", "lang", NULL};
	const struct pairs *form = &page->req->form;

	for (size_t i = 0; i < form->count; i++) {
		const struct pair *p = &form->list[i];
		int k = 0;

		while (others[k] != NULL && strcmp(p->name, others[k]) != 0)
			k++;
		if (others[k] == NULL)
			catalogue_review_hide(list, p->name, p->value);
	}
}

/* A cell as its form has it: the ticked fields of a desk one by one. */
static void
hide_cell(const struct page *page, json_t *list, const char *name,
    const char *cell, bool many)
{
	while (many && strchr(cell, '|') != NULL) {
		size_t n = strcspn(cell, "|");

		catalogue_review_hide(
		    list, name, arena_strndup(page->arena, cell, n));
		cell += n + 1;
	}
	if (!many || cell[0] != '\0')
		catalogue_review_hide(list, name, cell);
}

/* What the row shall be and what it is by now, as its form has them. */
static json_t *
hidden_row(const struct page *page, const struct entered_row *e)
{
	const struct sheet_kind *kind = &sheet_kinds[e->sheet];
	json_t *list = json_array();

	if (e->sheet == SHEET_FORMS) {
		hide_form(page, list);
		return list;
	}
	catalogue_review_hide(list, "key", e->key);
	if (e->remove)
		catalogue_review_hide(list, "remove", "1");
	for (int i = 0; i < (int)kind->ncolumns; i++) {
		const char *name = kind->columns[i];

		if (!e->remove)
			hide_cell(page, list, name, e->row.cells[i],
			    e->sheet == SHEET_DESKS && i == DESK_FIELDS);
		if (e->was != NULL)
			catalogue_review_hide(
			    list, moved_name(page, name), e->was->cells[i]);
	}
	return list;
}

static int
show_entered_row(const struct catalogue_page *c, int status,
    const struct entered_row *e, const struct refusals *problems)
{
	if (e->sheet == SHEET_FORMS)
		return catalogue_form_show(c, status, &e->row, problems);
	return catalogue_row_show(c, status, e->sheet,
	    e->remove ? e->was : &e->row, e->was, problems);
}

/* The step that the form asks for. */
static int
take_step(const struct catalogue_page *c, const struct entered_row *e,
    struct revision *revision)
{
	const struct page *page = c->page;
	const char *step = entered_cell(page, "step"), *problem = NULL;
	const char *key = sheet_key(page->arena, e->sheet, &e->row);
	const char *known = e->was == NULL ? NULL : key;
	const struct catalogue_review review = {.revision = revision,
	    .action = arena_printf(page->arena, "/staff/admin/change/%s",
		sheet_kinds[e->sheet].name),
	    .back = catalogue_page_address(page, e->sheet, known, NULL),
	    .saved = catalogue_page_address(page, e->sheet,
		e->remove ? NULL : key, e->remove ? "removed" : "saved"),
	    .stale = catalogue_page_address(page, e->sheet, known, "stale"),
	    .moved = moved_sentence(&e->moved, "admin.problem.moved")};

	if (revision->refusals.count > 0)
		return show_entered_row(c, 422, e, &revision->refusals);
	if (strcmp(step, "edit") == 0)
		return show_entered_row(c, 200, e, NULL);
	if (revision->changes.count == 0)
		return page_go(page,
		    catalogue_page_address(page, e->sheet, key, "nothing"));
	if (strcmp(step, "save") != 0 || review.moved != NULL)
		return catalogue_review_show(c,
		    review.moved == NULL ? 200 : 409, &review,
		    hidden_row(page, e), NULL);
	problem = catalogue_review_refusal(page, revision);
	if (problem != NULL)
		return catalogue_review_show(
		    c, 409, &review, hidden_row(page, e), problem);
	return catalogue_review_save(page, &review);
}

int
post_catalogue_change(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct revision *revision = arena_alloc(&req->arena, sizeof(*revision));
	struct entered_row e = {0};
	struct catalogue_page c;
	int status;

	if (!sheet_find(req->part[0], &e.sheet))
		return 404;
	status = catalogue_page_open(&c, &page);
	if (status != 0)
		return status;
	if (!read_entered_row(&c, &e))
		return 404;
	if (!revise_row(&c, &e, revision))
		return 503;
	return take_step(&c, &e, revision);
}

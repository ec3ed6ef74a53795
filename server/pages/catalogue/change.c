/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /staff/admin/change/SHEET: one row of the catalogue as it was entered.
 * step=show looks it over and shows what it changes; step=edit gives the form
 * back; step=save saves what was shown. All three make the same revision of
 * what was entered, so that nothing is saved that was not looked over.
 */
#include "server/db/db.h"
#include "server/pages/catalogue/index.h"

#include <string.h>
#include "server/pages/document.h"
#include "server/pages/pages.h"
#include "server/store/catalogue_write.h"
#include "shared/civil.h"
#include "shared/utf8.h"

struct entered {
	enum sheet_name sheet;
	const char *key; /* of the row as it stands, "": a new one */
	const struct sheet_row *was; /* NULL: a new one */
	struct sheet_row row;
	bool remove;
};

static const char *
value(struct admin *a, const char *name)
{
	const char *text = pairs_get(&a->req->form, name);
	size_t n;

	if (text == NULL)
		return "";
	n = strlen(text);
	utf8_trim(&text, &n);
	return arena_strndup(a->arena, text, n);
}

/* "87,5 %" as people write it is 87.5. */
static const char *
percentage(struct admin *a, const char *text)
{
	char *out = arena_strdup(a->arena, text);
	size_t n = strlen(out);

	while (n > 0 && (out[n - 1] == '%' || out[n - 1] == ' '))
		out[--n] = '\0';
	for (char *c = out; *c != '\0'; c++)
		if (*c == ',')
			*c = '.';
	return out;
}

/* The ticked fields: first those that the desk had, in their order, then the
 * new ones. */
static const char *
ticked(struct admin *a, const char *name, const char *before)
{
	const struct pairs *form = &a->req->form;
	const char *out = "";

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < form->count; i++) {
			const struct pair *p = &form->list[i];

			if (strcmp(p->name, name) == 0 &&
			    cell_has(before, p->value) == (pass == 0))
				out = arena_printf(a->arena, "%s%s%s", out,
				    out[0] == '\0' ? "" : "|", p->value);
		}
	return out;
}

/* The cells of the form; what finds the row again stays as it is. */
static void
read_cells(struct admin *a, struct entered *e)
{
	const struct sheet_kind *kind = &sheet_kinds[e->sheet];

	for (size_t i = 0; i < kind->ncolumns; i++)
		e->row.cells[i] = value(a, kind->columns[i]);
	if (e->sheet == SHEET_TARGETS)
		e->row.cells[TARGET_PERCENT] =
		    percentage(a, e->row.cells[TARGET_PERCENT]);
	if (e->sheet == SHEET_DESKS)
		e->row.cells[DESK_FIELDS] = ticked(a, "fields",
		    e->was == NULL ? "" : e->was->cells[DESK_FIELDS]);
	for (size_t i = 0; e->was != NULL && i < kind->nkeys; i++)
		e->row.cells[kind->key[i]] = e->was->cells[kind->key[i]];
}

/* False: 404, the row is not there. */
static bool
read_entered(struct admin *a, struct entered *e)
{
	e->key = value(a, "key");
	e->remove = value(a, "remove")[0] != '\0';
	if (e->sheet == SHEET_FORMS)
		return !e->remove && admin_form_read(a, &e->row);
	if (e->key[0] != '\0') {
		e->was = folder_row(&a->folder, e->sheet, e->key);
		if (e->was == NULL)
			return false;
	}
	if (e->remove && e->was == NULL)
		return false;
	read_cells(a, e);
	return true;
}

/* The catalogue with what was entered. */
static struct folder
next_folder(struct admin *a, const struct entered *e)
{
	struct folder next = folder_copy(a->arena, &a->folder);

	if (e->remove)
		folder_remove(&next, e->sheet, e->key);
	else if (e->was == NULL)
		*folder_add(a->arena, &next, e->sheet) = e->row;
	else /* the copy's rows are ours */
		*(struct sheet_row *)folder_row(&next, e->sheet, e->key) =
		    e->row;
	return next;
}

static bool
revise(struct admin *a, const struct entered *e, struct revision *out)
{
	struct folder next = next_folder(a, e);
	bool ok = db_begin_read(a->ctx->db) &&
		  store_revise(a->ctx->db, a->arena, &next,
		      civil_local_day(a->req->now), out);

	db_commit(a->ctx->db);
	return ok;
}

/* Everything that was entered, once more. */
static json_t *
hidden(struct admin *a)
{
	const struct pairs *form = &a->req->form;
	json_t *list = json_array();

	for (size_t i = 0; i < form->count; i++) {
		const struct pair *p = &form->list[i];

		if (strcmp(p->name, "csrf") != 0 &&
		    strcmp(p->name, "step") != 0 &&
		    strcmp(p->name, "mark") != 0 &&
		    strcmp(p->name, "sure") != 0 &&
		    strcmp(p->name, "lang") != 0)
			json_array_append_new(
			    list, admin_hidden(p->name, p->value));
	}
	return list;
}

static int
show_form(struct admin *a, struct response *res, int status,
    const struct entered *e, const struct refusals *problems)
{
	if (e->sheet == SHEET_FORMS)
		return admin_form_show(a, res, status, &e->row, problems);
	return admin_row_show(a, res, status, e->sheet,
	    e->remove ? e->was : &e->row, e->was, problems);
}

static int
go_on(struct admin *a, struct response *res, const struct entered *e,
    struct revision *revision)
{
	const char *step = value(a, "step"), *problem = NULL;
	const char *key = sheet_key(a->arena, e->sheet, &e->row);
	const char *action = arena_printf(
	    a->arena, "/staff/admin/change/%s", sheet_kinds[e->sheet].name);
	const char *back =
	    admin_sheet_address(a, e->sheet, e->was == NULL ? NULL : key, NULL);

	if (revision->refusals.count > 0)
		return show_form(a, res, 422, e, &revision->refusals);
	if (strcmp(step, "edit") == 0)
		return show_form(a, res, 200, e, NULL);
	if (revision->changes.count == 0)
		return document_go(
		    res, admin_sheet_address(a, e->sheet, key, "nothing"));
	if (strcmp(step, "save") != 0)
		return admin_review(
		    a, res, 200, revision, action, hidden(a), back, NULL);
	if (!admin_affirmed(a, revision, &problem))
		return admin_review(
		    a, res, 409, revision, action, hidden(a), back, problem);
	return admin_save(a, revision,
	    admin_sheet_address(a, e->sheet, e->remove ? NULL : key,
		e->remove ? "removed" : "saved"),
	    admin_sheet_address(
		a, e->sheet, e->was == NULL ? NULL : key, "stale"));
}

int
post_catalogue_change(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct revision *revision = arena_alloc(&req->arena, sizeof(*revision));
	struct entered e = {0};
	struct admin *a = arena_alloc(&req->arena, sizeof(*a));
	int status;

	if (!sheet_find(req->part[0], &e.sheet))
		return 404;
	status = admin_open(a, ctx, req);
	if (status != 0)
		return status;
	if (!read_entered(a, &e))
		return 404;
	if (!revise(a, &e, revision))
		return 503;
	return go_on(a, res, &e, revision);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/admin/dossiers/ID: one register that was sent. Until it
 * is confirmed the page shows what its columns mean and what it would bring;
 * then how far it is; then what it brought. GET …/ID/bad: the rows that are
 * left out, as a file to be mended.
 *
 * What the columns mean is kept by name as soon as a person says it: the page
 * that follows reads the file by it, as the next file will be.
 */
#include "server/pages/register/register.h"

#include <string.h>
#include "server/db/db.h"
#include "server/pages/page.h"
#include "server/pages/pages.h"
#include "server/register/keeper.h"
#include "server/register/upload.h"
#include "server/store/dossier/dossier_imports.h"
#include "server/store/dossier/dossier_mappings.h"
#include "server/store/people/audit.h"
#include "shared/civil.h"

/* One that is looked at. */
struct register_page {
	const struct page *page;
	struct uuid id;
	const char *path, *name; /* path NULL: it is not here any more */
	struct dossier_names names;
	struct register_file file;
};

/* 0, or the status of the answer. */
static int
open_register(struct register_page *r, const struct page *page)
{
	struct arena *a = page->arena;

	*r = (struct register_page){.page = page};
	if (page->req->caller.unit != NULL)
		return 403;
	if (!uuid_parse(page->req->part[0], &r->id))
		return 404;
	r->path = upload_find(a, &r->id, &r->name);
	dossier_names_make(a, page->ctx->catalogue, &r->names);
	r->file = (struct register_file){.path = r->path,
	    .names = &r->names,
	    .today = civil_local_day(page->req->now)};
	return store_mappings(
		   page->ctx->db, a, &r->file.mappings, &r->file.nmappings)
		   ? 0
		   : 503;
}

static const char *
register_address(const struct register_page *r, const char *end)
{
	const struct page *page = r->page;

	return page_address(page,
	    arena_printf(page->arena, "%s%s",
		page_path(page, "/staff/admin/dossiers", &r->id), end),
	    NULL);
}

static json_t *
register_document(const struct register_page *r)
{
	json_t *doc = page_document(r->page);

	put_text(
	    doc, "up", page_address(r->page, "/staff/admin/dossiers", NULL));
	put_text(doc, "name", r->name);
	put_part(doc, "form", page_form(r->page, register_address(r, "")));
	return doc;
}

/* ------------------------------------------------------- after it was saved */

/* What it brought, of its deed; NULL: there is none (yet). */
static json_t *
brought(const struct register_page *r, const char **file)
{
	const struct page *page = r->page;
	struct deed_query query = {.to = INT64_MAX,
	    .act = "dossier.import",
	    .since = r->id,
	    .most = 100};
	struct deed *list;
	json_t *after = NULL, *out = NULL;
	size_t n = 0;

	memset(query.before.bytes, 0xff, sizeof(query.before.bytes));
	if (!store_audit_list(page->ctx->db, page->arena, &query, &list, &n))
		return NULL;
	for (size_t i = 0; i < n && after == NULL; i++)
		if (uuid_compare(&list[i].id, &r->id) == 0) {
			after = json_loads(list[i].after, 0, NULL);
			*file = list[i].object;
		}
	if (after != NULL) {
		static const char *const counts[] = {
		    "new", "changed", "same", "bad"};

		out = json_object();
		for (size_t k = 0; k < 4; k++)
			put_text(out, counts[k],
			    page_count(page, json_integer_value(json_object_get(
						 after, counts[k]))));
	}
	json_decref(after);
	return out;
}

/* The page of one that was confirmed; 0: it was not. */
static int
show_progress(const struct register_page *r)
{
	const struct page *page = r->page;
	struct dossier_import import;
	char why[KEEPER_TEXT];
	enum keeper_state state =
	    keeper_look(page->ctx->registers, &r->id, why);
	enum step step =
	    store_import_of(page->ctx->db, page->arena, &r->id, &import);
	const char *file = r->name;
	json_t *done = step == STEP_DONE ? brought(r, &file) : NULL, *doc;
	int64_t taken = 0;

	if (state == KEEPER_UNKNOWN && step == STEP_DONE && done == NULL)
		return 0;
	doc = register_document(r);
	if (step == STEP_ROW) {
		for (int i = 0; i < ANNOUNCED_KINDS; i++)
			taken += import.count[i];
		put_text(doc, "far",
		    page_fill(page, "register.far", "n",
			page_count(page, taken), "of",
			page_count(page, import.dossiers)));
		file = import.file;
	}
	put_text(doc, "name", file);
	put_flag(doc, "work", done == NULL && state != KEEPER_FAILED);
	put_text(doc, "again", register_address(r, ""));
	put_words(doc, "failed", state == KEEPER_FAILED ? why : "");
	put_part(doc, "brought", done);
	return page_show(page, 200, "register/progress", doc);
}

/* ------------------------------------------------------ before it is saved */

static int
show_register(const struct register_page *r, int status, const char *problem)
{
	const struct page *page = r->page;
	struct register_sample sample;
	struct preview preview;
	json_t *doc = register_document(r);
	bool table, good;

	table = register_sample(page->arena, r->path, &r->names,
	    r->file.mappings, r->file.nmappings, &sample);
	good = table && preview_make(page->arena, page->ctx->db, &r->file,
			    &preview, NULL);
	if (table && !good && preview.error[0] == '\0') {
		json_decref(doc);
		return 503;
	}
	put_text(doc, "problem", problem);
	put_text(doc, "refused",
	    !table  ? sample.error
	    : !good ? preview.error
		    : NULL);
	put_part(doc, "look",
	    table && sample.ncolumns > 0
		? register_columns_document(page, &sample)
		: NULL);
	put_text(doc, "keep", table && sample.by != NULL ? sample.by : r->name);
	put_part(doc, "preview",
	    good ? register_preview_document(page, &preview) : NULL);
	put_part(doc, "effect",
	    good ? register_effect_document(page, &preview) : NULL);
	put_flag(doc, "whole",
	    good && preview.counts.bad == 0 && preview.counts.rows > 0);
	put_flag(doc, "part",
	    good && preview.counts.bad > 0 &&
		preview.counts.bad < preview.counts.rows);
	put_text(doc, "bad_file", register_address(r, "/bad"));
	return page_show(page, status, "register/register", doc);
}

/* It was kept for its hour, or the collector is another one. */
static int
register_gone(const struct page *page)
{
	return page_go(page,
	    page_address(page, "/staff/admin/dossiers", "done", "gone", NULL));
}

int
get_register(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct register_page r;
	int status = open_register(&r, &page);

	if (status == 0)
		status = show_progress(&r);
	if (status != 0)
		return status;
	if (r.path == NULL)
		return register_gone(&page);
	return show_register(&r, 200, NULL);
}

int
get_register_bad(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct register_page r;
	struct preview preview;
	int status = open_register(&r, &page);

	if (status != 0)
		return status;
	if (r.path == NULL)
		return register_gone(&page);
	if (!preview_make(page.arena, ctx->db, &r.file, &preview, &res->body))
		return 503;
	res->type = "text/csv; charset=utf-8";
	res->filename = "ho-so.bad.csv";
	return 200;
}

/* --------------------------------------------------------------------- steps
 */

struct keeping_mapping {
	struct register_mapping mapping;
	const char *back;
};

static bool
write_mapping(struct db *db, struct tallies *tallies, struct request *req)
{
	const struct keeping_mapping *k = req->data;

	(void)tallies;
	return store_mapping_put(db, &k->mapping, req->caller.login, req->now);
}

static int
reply_mapping(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct keeping_mapping *k = req->data;
	struct page page = page_of(ctx, req, res);

	return page_go(&page, k->back);
}

static enum dossier_cell
chosen_cell(const char *word)
{
	int i = 0;

	while (i < CELL_COUNT && strcmp(dossier_cells[i], word) != 0)
		i++;
	return (enum dossier_cell)i;
}

/* The columns as a person says: each meaning once, and those without which
 * there is no dossier. */
static int
take_columns(const struct register_page *r)
{
	const struct page *page = r->page;
	struct arena *a = page->arena;
	struct keeping_mapping *k = arena_alloc(a, sizeof(*k));
	const char *name = page_entered(page, "keep", 60);
	bool seen[CELL_COUNT + 1] = {false};
	struct register_sample s;

	if (!register_sample(
		a, r->path, &r->names, r->file.mappings, r->file.nmappings, &s))
		return show_register(r, 422, NULL);
	for (size_t i = 0; i < s.ncolumns; i++) {
		s.place[i] =
		    chosen_cell(page_field(page, arena_printf(a, "c%zu", i)));
		if (s.place[i] != COLUMN_NOT_OURS && seen[s.place[i]])
			return show_register(r, 422,
			    page_fill(page, "register.problem.twice", "name",
				page_text_of(page, "register.column.%s",
				    dossier_cells[s.place[i]])));
		seen[s.place[i]] = true;
	}
	if (!seen[CELL_CODE] || !seen[CELL_UNIT] || !seen[CELL_RECEIVED_AT])
		return show_register(
		    r, 422, page_text(page, "register.problem.missing"));
	if (name == NULL || name[0] == '\0')
		return show_register(
		    r, 422, page_text(page, "register.problem.name"));
	k->mapping.name = name;
	k->mapping.head = register_head_text(a, s.head, s.ncolumns);
	k->mapping.columns = register_columns_text(a, s.place, s.ncolumns);
	k->back = register_address(r, "");
	return page_write(page, k, write_mapping, reply_mapping);
}

static int
take_register(const struct register_page *r, bool partial)
{
	const struct page *page = r->page;
	const struct caller *caller = &page->req->caller;
	struct keeper_job job = {.id = r->id, .partial = partial};

	if (strlen(r->path) >= KEEPER_TEXT || strlen(r->name) >= KEEPER_TEXT ||
	    strlen(caller->login) >= KEEPER_TEXT)
		return 503;
	strcpy(job.path, r->path);
	strcpy(job.file, r->name);
	strcpy(job.login, caller->login);
	strcpy(job.role, caller->role);
	if (!keeper_take(page->ctx->registers, &job))
		return show_register(
		    r, 409, page_text(page, "register.problem.busy"));
	return page_go(page, register_address(r, ""));
}

int
post_register(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *step = page_field(&page, "step");
	struct register_page r;
	int status = open_register(&r, &page);

	if (status != 0)
		return status;
	/* sent twice: it is on its way */
	status = show_progress(&r);
	if (status != 0)
		return status;
	if (r.path == NULL)
		return register_gone(&page);
	if (strcmp(step, "columns") == 0)
		return take_columns(&r);
	if (strcmp(step, "whole") == 0 || strcmp(step, "part") == 0)
		return take_register(&r, strcmp(step, "part") == 0);
	if (strcmp(step, "drop") == 0)
		upload_drop(page.arena, &r.id);
	return page_go(&page, page_address(&page, "/staff/admin/dossiers",
				  "done", "dropped", NULL));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/admin/export: the catalogue's folder as a zip. GET and POST
 * /staff/admin/import: a folder comes back, packed as zip or tar. It is
 * unpacked in memory, checked and shown; the page that asks whether to save it
 * carries the whole folder, so that nothing waits in the collector, and the
 * answer may come to another one.
 */
#include "server/db/db.h"
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/text/archive.h"
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/catalogue/review.h"
#include "server/pages/catalogue/words.h"
#include "server/pages/page.h"
#include "server/store/catalogue/catalogue_write.h"
#include "shared/civil.h"
#include "shared/limits.h"

int
get_catalogue_export(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct folder_file *files;
	struct catalogue_page c;
	size_t n;
	int status = catalogue_page_open(&c, &page);

	if (status != 0)
		return status;
	folder_write(page.arena, &c.folder, &files, &n);
	if (!archive_pack(files, n, &res->body))
		return 500;
	res->type = "application/zip";
	res->filename = "hailong-catalogue.zip";
	return 200;
}

static int
show_import(
    const struct page *page, int status, const struct refusals *problems)
{
	json_t *doc = catalogue_page_document(page);

	put_text(
	    doc, "export", page_address(page, "/staff/admin/export", NULL));
	put_part(doc, "problems", catalogue_words_problems(page, problems));
	return page_show(page, status, "catalogue/import", doc);
}

int
get_catalogue_import(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct catalogue_page c;
	int status = catalogue_page_open(&c, &page);

	return status != 0 ? status : show_import(&page, 200, NULL);
}

/* The folder that came: packed in a file, or carried by the page that showed
 * it. */
static bool
unpack_sent_folder(
    const struct page *page, struct folder *next, struct refusals *refusals)
{
	const struct upload *upload = &page->req->upload;
	const char *carried = pairs_get(&page->req->form, "folder");
	struct folder_file *files;
	json_t *json;
	size_t n;
	bool ok;

	if (carried == NULL && upload->data == NULL)
		return refuse_row(refusals, NULL, "refuse.archive.none", "");
	if (carried == NULL)
		return archive_unpack(page->arena, upload->data, upload->size,
			   &files, &n, refusals) &&
		       folder_read(page->arena, files, n, next, refusals);
	json = json_loads(carried, JSON_REJECT_DUPLICATES, NULL);
	ok = folder_from_json(page->arena, json, next);
	json_decref(json);
	return ok || refuse_row(refusals, NULL, "refuse.archive", "");
}

/* The folder as one text, for the page to carry. */
static const char *
folder_text(const struct page *page, const struct folder *f)
{
	return page_json(page, folder_json(f));
}

/* Reads it as far as it can be saved, too: what is shown is sent back whole. */
static bool
read_sent_folder(
    const struct page *page, struct folder *next, struct refusals *refusals)
{
	if (!unpack_sent_folder(page, next, refusals))
		return false;
	return strlen(folder_text(page, next)) <= LIMIT_FOLDER_BYTES ||
	       refuse_row(refusals, NULL, "refuse.archive.large", "");
}

static json_t *
hidden_folder(const struct page *page, const struct folder *f)
{
	json_t *hidden = json_array();

	catalogue_review_hide(hidden, "folder", folder_text(page, f));
	return hidden;
}

/* The step that the form asks for. */
static int
take_import_step(const struct catalogue_page *c, struct revision *r)
{
	const struct page *page = c->page;
	const char *here = "/staff/admin/import", *problem = NULL;
	const struct catalogue_review review = {.revision = r,
	    .action = here,
	    .back = page_address(page, here, NULL),
	    .saved =
		page_address(page, "/staff/admin", "done", "imported", NULL),
	    .stale = page_address(page, here, "done", "stale", NULL)};

	if (r->refusals.count > 0)
		return show_import(page, 422, &r->refusals);
	if (r->changes.count == 0)
		return page_go(
		    page, page_address(page, here, "done", "nothing", NULL));
	if (strcmp(page_field(page, "step"), "save") == 0) {
		problem = catalogue_review_refusal(page, r);
		if (problem == NULL)
			return catalogue_review_save(page, &review);
	}
	return catalogue_review_show(c, problem == NULL ? 200 : 409, &review,
	    hidden_folder(page, &r->next), problem);
}

int
post_catalogue_import(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct revision *r = arena_alloc(&req->arena, sizeof(*r));
	struct catalogue_page c;
	struct refusals refusals = {0};
	struct folder next;
	bool ok;
	int status = catalogue_page_open(&c, &page);

	if (status != 0)
		return status;
	if (!read_sent_folder(&page, &next, &refusals))
		return show_import(&page, 422, &refusals);
	ok = db_begin_read(ctx->db) && store_revise(ctx->db, page.arena, &next,
					   civil_local_day(req->now), r);
	db_commit(ctx->db);
	return ok ? take_import_step(&c, r) : 503;
}

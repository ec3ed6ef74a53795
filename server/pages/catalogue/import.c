/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/admin/export: the catalogue's folder as a zip. GET and POST
 * /staff/admin/import: a folder comes back, packed as zip or tar. It is
 * unpacked in memory, looked over and shown; the page that asks whether to save
 * it carries the whole folder, so that nothing waits on our side, on whichever
 * collector the answer comes.
 */
#include "server/db/db.h"
#include "server/pages/catalogue/index.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/text/archive.h"
#include "server/pages/document.h"
#include "server/pages/pages.h"
#include "server/store/catalogue_write.h"
#include "shared/civil.h"
#include "shared/limits.h"

int
get_catalogue_export(struct ctx *ctx, struct request *req, struct response *res)
{
	struct folder_file *files;
	struct admin a;
	size_t n;
	int status = admin_open(&a, ctx, req);

	if (status != 0)
		return status;
	folder_write(a.arena, &a.folder, &files, &n);
	if (!archive_pack(files, n, &res->body))
		return 500;
	res->type = "application/zip";
	res->filename = "hailong-catalogue.zip";
	return 200;
}

static int
show(struct admin *a, struct response *res, int status,
    const struct refusals *problems)
{
	json_t *doc = admin_document(a);

	json_object_update_new(
	    doc, json_pack("{s:s, s:o}", "export",
		     admin_address(a, "/staff/admin/export", NULL), "problems",
		     admin_problems(a, problems)));
	return document_show(a->req, res, status, "catalogue/import", doc);
}

int
get_catalogue_import(struct ctx *ctx, struct request *req, struct response *res)
{
	struct admin a;
	int status = admin_open(&a, ctx, req);

	return status != 0 ? status : show(&a, res, 200, NULL);
}

/* The folder that came: packed in a file, or carried by the page that showed
 * it. */
static bool
read_next(struct admin *a, struct folder *next, struct refusals *refusals)
{
	const struct upload *upload = &a->req->upload;
	const char *carried = pairs_get(&a->req->form, "folder");
	struct folder_file *files;
	json_t *json;
	size_t n;
	bool ok;

	if (carried == NULL && upload->data == NULL)
		return refuse_row(refusals, NULL, "refuse.archive.none", "");
	if (carried == NULL)
		return archive_unpack(a->arena, upload->data, upload->size,
			   &files, &n, refusals) &&
		       folder_read(a->arena, files, n, next, refusals);
	json = json_loads(carried, JSON_REJECT_DUPLICATES, NULL);
	ok = folder_from_json(a->arena, json, next);
	json_decref(json);
	return ok || refuse_row(refusals, NULL, "refuse.archive", "");
}

static const char *
carried_text(struct admin *a, const struct folder *f)
{
	json_t *json = folder_json(f);
	char *dump = json_dumps(json, JSON_COMPACT);
	const char *kept = arena_strdup(a->arena, dump);

	free(dump);
	json_decref(json);
	return kept;
}

static int
go_on(struct admin *a, struct response *res, struct revision *r)
{
	const char *step = pairs_get(&a->req->form, "step"), *problem = NULL;
	const char *here = admin_address(a, "/staff/admin/import", NULL);
	json_t *hidden;

	if (r->refusals.count > 0)
		return show(a, res, 422, &r->refusals);
	if (r->changes.count == 0)
		return document_go(
		    res, admin_address(a, "/staff/admin/import", "nothing"));
	if (step != NULL && strcmp(step, "save") == 0 &&
	    admin_affirmed(a, r, &problem))
		return admin_save(a, r,
		    admin_address(a, "/staff/admin", "imported"),
		    admin_address(a, "/staff/admin/import", "stale"));
	hidden = json_array();
	json_array_append_new(
	    hidden, admin_hidden("folder", carried_text(a, &r->next)));
	return admin_review(a, res, problem == NULL ? 200 : 409, r,
	    "/staff/admin/import", hidden, here, problem);
}

int
post_catalogue_import(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct revision *r = arena_alloc(&req->arena, sizeof(*r));
	struct admin *a = arena_alloc(&req->arena, sizeof(*a));
	struct refusals refusals = {0};
	struct folder next;
	bool ok;
	int status = admin_open(a, ctx, req);

	if (status != 0)
		return status;
	if (!read_next(a, &next, &refusals))
		return show(a, res, 422, &refusals);
	ok = db_begin_read(ctx->db) && store_revise(ctx->db, a->arena, &next,
					   civil_local_day(req->now), r);
	db_commit(ctx->db);
	return ok ? go_on(a, res, r) : 503;
}

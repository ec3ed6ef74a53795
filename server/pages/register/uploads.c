/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/admin/dossiers: a register's file is sent here. It is
 * kept for this program alone (register/upload.h) while its own page shows what
 * it would bring; nothing is stored before that page is confirmed.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/page.h"
#include "server/register/upload.h"
#include "server/store/people/audit.h"
#include "shared/limits.h"
#include "shared/utf8.h"

#define IMPORTS_SHOWN 10
#define NAME_CHARS    60

/* What the last ones brought. */
static json_t *
former_imports(const struct page *page)
{
	struct deed_query query = {
	    .to = INT64_MAX, .act = "dossier.import", .most = IMPORTS_SHOWN};
	json_t *rows = json_array();
	struct deed *list;
	size_t n = 0;

	memset(query.before.bytes, 0xff, sizeof(query.before.bytes));
	if (!store_audit_list(page->ctx->db, page->arena, &query, &list, &n))
		n = 0;
	for (size_t i = 0; i < n; i++) {
		json_t *row = json_object(),
		       *after = json_loads(
			   list[i].after == NULL ? "{}" : list[i].after, 0,
			   NULL);
		static const char *const counts[] = {
		    "new", "changed", "same", "bad"};

		put_text(row, "time", page_moment(page, list[i].at));
		put_text(row, "file", list[i].object);
		put_text(row, "person", page_person(page, list[i].login));
		for (size_t k = 0; k < 4; k++)
			put_text(row, counts[k],
			    page_count(page, json_integer_value(json_object_get(
						 after, counts[k]))));
		json_decref(after);
		json_array_append_new(rows, row);
	}
	return rows;
}

static int
show_uploads(const struct page *page, int status, const char *problem)
{
	json_t *doc = page_document(page), *imports;

	put_text(doc, "up", page_address(page, "/staff/admin", NULL));
	put_text(doc, "done", page_done(page, "register.done"));
	put_text(doc, "problem", problem);
	put_flag(doc, "may", page_may(page, WHO_ADMIN));
	put_text(doc, "most",
	    page_fill(page, "register.most", "mb",
		page_count(page, LIMIT_UPLOAD_BYTES >> 20)));
	imports = former_imports(page);
	put_flag(doc, "any", json_array_size(imports) > 0);
	put_part(doc, "imports", imports);
	return page_show(page, status, "register/uploads", doc);
}

int
get_register_uploads(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return req->caller.unit != NULL ? 403 : show_uploads(&page, 200, NULL);
}

int
post_register_uploads(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct upload *upload = &req->upload;
	const char *name = upload->name == NULL ? "" : upload->name;
	struct uuid id;

	if (req->caller.unit != NULL)
		return 403;
	if (upload->data == NULL)
		return show_uploads(
		    &page, 422, page_text(&page, "register.none"));
	name = arena_strndup(page.arena, name, utf8_cut(name, NAME_CHARS));
	if (!upload_keep(page.arena, upload->data, upload->size, name, &id))
		return 503;
	return page_go(
	    &page, page_address(&page,
		       page_path(&page, "/staff/admin/dossiers", &id), NULL));
}

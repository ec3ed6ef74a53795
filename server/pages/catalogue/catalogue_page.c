/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The catalogue is read whole, in one transaction, and nothing else of the
 * database: what a page shows of it hangs together. */
#include "server/pages/catalogue/catalogue_page.h"

#include "server/db/db.h"
#include "server/pages/page.h"
#include "server/store/catalogue/folder.h"

int
catalogue_page_open(struct catalogue_page *out, const struct page *page)
{
	bool ok;

	*out = (struct catalogue_page){.page = page};
	if (page->req->caller.unit != NULL)
		return 403;
	if (!db_begin_read(page->ctx->db))
		return 503;
	ok = store_folder(page->ctx->db, page->arena, &out->folder);
	db_commit(page->ctx->db);
	return ok ? 0 : 503;
}

json_t *
catalogue_page_document(const struct page *page)
{
	json_t *doc = page_document(page);

	/* what was entered does not travel with a link */
	if (page->req->method == METHOD_POST)
		put_part(doc, "other", NULL);
	put_flag(doc, "may", page_may(page, WHO_ADMIN));
	put_text(doc, "done", page_done(page, "admin.done"));
	put_text(doc, "up", page_address(page, "/staff/admin", NULL));
	return doc;
}

const char *
catalogue_page_address(const struct page *page, enum sheet_name sheet,
    const char *key, const char *done)
{
	const char *path = arena_printf(page->arena,
	    "/staff/admin/catalogue/%s%s%s", sheet_kinds[sheet].name,
	    key == NULL ? "" : "/", key == NULL ? "" : key);

	return page_address(page, path, "done", done, NULL);
}

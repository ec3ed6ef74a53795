/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/audit.csv: the deeds of the page's address, all of them, for a
 * spreadsheet. That they were taken along is a deed as well. Before and after
 * stay JSON: nothing of them is cut.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/text/csv_cell.h"
#include "server/pages/people/audit_rows.h"
#include "server/pages/page.h"
#include "shared/civil.h"
#include "shared/limits.h"

struct export
{
	const char *file;
	size_t size;
	struct deed deed;
};

/* Who, as the page says it, and the login always: a file is kept for long, and
 * names change. */
static const char *
who_for_long(const struct page *page, const struct deed *d)
{
	const char *who = audit_rows_who(page, d);

	if (d->login[0] == '\0' || strstr(who, d->login) != NULL)
		return who;
	return arena_printf(page->arena, "%s (%s)", who, d->login);
}

static void
add_deed(const struct page *page, const struct deed *d, struct buf *out)
{
	char when[CIVIL_TIME_TEXT];
	const char *const cells[] = {when, who_for_long(page, d), d->role,
	    d->place, d->act, audit_rows_act(page, d->act), d->unit, d->object,
	    d->before, d->after, page_coded(page, "aside.reason", d->reason)};

	civil_format_time(d->at, civil_offset(d->at), when);
	csv_row(out, cells, sizeof(cells) / sizeof(cells[0]));
}

static void
write_csv_file(
    const struct page *page, const struct deed *list, size_t n, struct buf *out)
{
	enum lang l = page->lang;
	const char *const heads[] = {text(l, "audit.when"),
	    text(l, "audit.who"), text(l, "people.role"),
	    text(l, "audit.place"), text(l, "audit.code"), text(l, "audit.act"),
	    text(l, "people.unit"), text(l, "audit.object"),
	    text(l, "audit.before"), text(l, "audit.after"),
	    text(l, "audit.reason")};

	buf_puts(out, CSV_BOM);
	csv_row(out, heads, sizeof(heads) / sizeof(heads[0]));
	for (size_t i = 0; i < n; i++)
		add_deed(page, &list[i], out);
}

static bool
write_export(struct db *db, struct tallies *tallies, struct request *req)
{
	const struct export *e = req->data;

	(void)tallies;
	return store_audit(db, &e->deed);
}

static int
reply_export(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct export *e = req->data;

	(void)ctx;
	res->type = "text/csv; charset=utf-8";
	buf_add(&res->body, e->file, e->size);
	return 200;
}

/* Too many, or not to be read: says so on a page. */
static int
refuse_csv(const struct page *page, int status, const char *words)
{
	json_t *doc = page_document(page);

	put_text(doc, "words", words);
	put_text(doc, "back", page_address(page, "/staff/audit", NULL));
	return page_show(page, status, "people/audit_refused", doc);
}

int
get_audit_csv(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct export *e = arena_alloc(&req->arena, sizeof(*e));
	struct audit_question asked;
	struct deed *list;
	struct buf file;
	size_t n;
	int status = audit_rows_ask(&page, &asked);

	if (status == 404)
		return 404;
	if (status != 0)
		return refuse_csv(&page, status, page_text(&page, "audit.bad"));
	asked.query.most = LIMIT_FILE_DEEDS + 1;
	if (!store_audit_list(ctx->db, &req->arena, &asked.query, &list, &n))
		return 503;
	if (n > LIMIT_FILE_DEEDS)
		return refuse_csv(&page, 422,
		    text_fill(&req->arena, req->lang, "audit.toomany", "most",
			arena_printf(&req->arena, "%d", LIMIT_FILE_DEEDS),
			NULL));
	buf_init(&file);
	write_csv_file(&page, list, n, &file);
	e->size = file.size;
	e->file = arena_strndup(&req->arena, buf_text(&file), file.size);
	buf_finish(&file);
	e->deed = page_deed(&page, "audit.export", req->caller.unit, "audit");
	e->deed.after = arena_printf(&req->arena, "{\"deeds\":%zu}", n);
	return page_write(&page, e, write_export, reply_export);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/audit: who did what and when, newest first, narrowed by its
 * address; all that was ever done to one thing is such an address, too. A page
 * begins behind an id (after=), so that new deeds do not move a page.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/text/urlencoded.h"
#include "server/pages/people/audit_rows.h"
#include "server/pages/page.h"
#include "shared/limits.h"

/* The kinds of acts, by the first part of their word. */
static const char *const groups[] = {"session", "refusal", "user", "factor",
    "unit", "successor", "field", "target", "desk", "form", "device", "setting",
    "catalogue", "answer", "case", "paper", "sms", "dossier", "sample",
    "audit"};

/* This page's query on another path, beginning behind an id (NULL: at the
 * newest). */
static const char *
audit_address(
    const struct page *page, const char *path, const struct uuid *after)
{
	struct pairs pairs = {0};
	char id[UUID_TEXT];
	struct buf out;
	const char *kept;

	for (size_t i = 0; i < page->req->query.count; i++) {
		const struct pair *p = &page->req->query.list[i];

		if (strcmp(p->name, "after") != 0 && p->value[0] != '\0')
			pairs_add(page->arena, &pairs, p->name, p->value);
	}
	if (after != NULL) {
		uuid_format(after, id);
		pairs_add(page->arena, &pairs, "after",
		    arena_strdup(page->arena, id));
	}
	buf_init(&out);
	buf_puts(&out, path);
	pairs_put(&out, &pairs);
	kept = arena_strdup(page->arena, buf_text(&out));
	buf_finish(&out);
	return kept;
}

static json_t *
kinds(const struct page *page, const char *chosen)
{
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		const char *value = arena_printf(page->arena, "%s.", groups[i]);

		page_option(list, value,
		    page_text(page,
			arena_printf(page->arena, "act.group.%s", groups[i])),
		    strcmp(value, chosen) == 0);
	}
	return list;
}

static json_t *
audit_units(const struct page *page, const char *chosen)
{
	const struct catalogue *c = page->ctx->catalogue;
	json_t *list = json_array();

	for (size_t i = 0; i < c->nunits; i++)
		if (page_may_see(page, c->units[i].code))
			page_option(list, c->units[i].code, c->units[i].name,
			    strcmp(chosen, c->units[i].code) == 0);
	return list;
}

static json_t *
audit_document(const struct page *page, const struct audit_question *a,
    const struct deed *list, size_t n)
{
	json_t *doc = page_document(page), *deeds = json_array();
	bool more = n > LIMIT_PAGE_DEEDS;

	n = more ? LIMIT_PAGE_DEEDS : n;
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
		    deeds, audit_rows_document(page, &list[i]));
	put_text(doc, "of_login", a->login);
	put_text(doc, "of_object", a->object);
	put_text(doc, "from", a->from);
	put_text(doc, "to", a->to);
	put_part(doc, "kinds", kinds(page, a->act));
	put_part(doc, "units", audit_units(page, a->unit));
	put_flag(doc, "whole", page->req->caller.unit == NULL);
	put_part(doc, "deeds", deeds);
	put_flag(doc, "any", n > 0);
	put_text(doc, "older",
	    more ? audit_address(page, "/staff/audit", &list[n - 1].id) : NULL);
	put_text(doc, "newest",
	    pairs_get(&page->req->query, "after") == NULL
		? NULL
		: audit_address(page, "/staff/audit", NULL));
	put_text(doc, "file", audit_address(page, "/staff/audit.csv", NULL));
	put_text(doc, "all", page_address(page, "/staff/audit", NULL));
	put_text(doc, "history",
	    a->object[0] == '\0'
		? NULL
		: text_fill(page->arena, page->lang, "audit.history", "object",
		      a->object, NULL));
	put_part(doc, "problem", NULL);
	return doc;
}

int
get_audit(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct audit_question asked;
	struct deed *list = NULL;
	size_t n = 0;
	json_t *doc;
	int status = audit_rows_ask(&page, &asked);

	if (status == 404)
		return 404;
	asked.query.most = LIMIT_PAGE_DEEDS + 1;
	if (status == 0 &&
	    !store_audit_list(ctx->db, &req->arena, &asked.query, &list, &n))
		return 503;
	doc = audit_document(&page, &asked, list, n);
	if (status != 0)
		put_text(doc, "problem", page_text(&page, "audit.bad"));
	return page_show(
	    &page, status == 0 ? 200 : status, "people/audit", doc);
}

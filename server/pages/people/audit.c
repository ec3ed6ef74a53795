/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/audit: who did what and when, newest first, narrowed by its
 * address; all that was ever done to one thing is such an address, too. A page
 * begins behind an id (after=), so that new deeds move nobody's page.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/text/urlencoded.h"
#include "server/pages/people/audit_rows.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/office_words.h"
#include "shared/limits.h"

/* The kinds of acts, by the first part of their word. */
static const char *const groups[] = {"session", "user", "factor", "unit",
    "successor", "field", "target", "desk", "form", "device", "setting",
    "catalogue", "answer", "case", "paper", "sms", "audit"};

/* This page's query on another path, beginning behind an id (NULL: at the
 * newest). */
static const char *
address(struct request *req, const char *path, const struct uuid *after)
{
	struct pairs pairs = {0};
	char id[UUID_TEXT];
	struct buf out;
	const char *kept;

	for (size_t i = 0; i < req->query.count; i++) {
		const struct pair *p = &req->query.list[i];

		if (strcmp(p->name, "after") != 0 && p->value[0] != '\0')
			pairs_add(&req->arena, &pairs, p->name, p->value);
	}
	if (after != NULL) {
		uuid_format(after, id);
		pairs_add(&req->arena, &pairs, "after",
		    arena_strdup(&req->arena, id));
	}
	buf_init(&out);
	buf_puts(&out, path);
	pairs_put(&out, &pairs);
	kept = arena_strdup(&req->arena, buf_text(&out));
	buf_finish(&out);
	return kept;
}

static json_t *
kinds(struct request *req, const char *chosen)
{
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		const char *value = arena_printf(&req->arena, "%s.", groups[i]);

		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:b}", "value", value, "label",
			      text(req->lang, arena_printf(&req->arena,
						  "act.group.%s", groups[i])),
			      "chosen", strcmp(value, chosen) == 0));
	}
	return list;
}

static json_t *
units(const struct ctx *ctx, struct request *req, const char *chosen)
{
	const struct catalogue *c = ctx->catalogue;
	json_t *list = json_array();

	for (size_t i = 0; i < c->nunits; i++)
		if (office_unit(ctx, req, c->units[i].code))
			json_array_append_new(
			    list, json_pack("{s:s, s:s, s:b}", "value",
				      c->units[i].code, "label",
				      c->units[i].name, "chosen",
				      strcmp(chosen, c->units[i].code) == 0));
	return list;
}

static json_t *
document(struct ctx *ctx, struct request *req, const struct audit_question *a,
    const struct deed *list, size_t n)
{
	json_t *doc = document_staff(ctx, req), *deeds = json_array();
	bool more = n > LIMIT_PAGE_DEEDS;

	n = more ? LIMIT_PAGE_DEEDS : n;
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
		    deeds, audit_rows_document(ctx, req, &list[i]));
	json_object_update_new(doc,
	    json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:b}", "of_login",
		a->login, "of_object", a->object, "from", a->from, "to", a->to,
		"kinds", kinds(req, a->act), "units", units(ctx, req, a->unit),
		"whole", req->caller.unit == NULL));
	json_object_update_new(doc,
	    json_pack("{s:o, s:b, s:o, s:o, s:s, s:s, s:o, s:o}", "deeds",
		deeds, "any", n > 0, "older",
		office_text(more ? address(req, "/staff/audit", &list[n - 1].id)
				 : NULL),
		"newest",
		office_text(pairs_get(&req->query, "after") == NULL
				? NULL
				: address(req, "/staff/audit", NULL)),
		"file", address(req, "/staff/audit.csv", NULL), "all",
		office_address(req, "/staff/audit", NULL, NULL), "history",
		office_text(
		    a->object[0] == '\0'
			? NULL
			: text_fill(&req->arena, req->lang, "audit.history",
			      "object", a->object, NULL)),
		"problem", json_null()));
	return doc;
}

int
get_audit(struct ctx *ctx, struct request *req, struct response *res)
{
	struct audit_question asked;
	struct deed *list = NULL;
	size_t n = 0;
	json_t *doc;
	int status = audit_rows_ask(ctx, req, &asked);

	if (status == 404)
		return 404;
	asked.query.most = LIMIT_PAGE_DEEDS + 1;
	if (status == 0 &&
	    !store_audit_list(ctx->db, &req->arena, &asked.query, &list, &n))
		return 503;
	doc = document(ctx, req, &asked, list, n);
	if (status != 0)
		json_object_set_new(
		    doc, "problem", json_string(text(req->lang, "audit.bad")));
	return document_show(
	    req, res, status == 0 ? 200 : status, "people/audit", doc);
}

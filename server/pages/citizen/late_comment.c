/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /f/DESK?more=TOKEN, POST /f/DESK with more: a citizen who scanned the QR
 * of the kiosk's thanks adds a comment to that very answer. One comment for a
 * token. The answer itself may still be on its way (a kiosk without a network):
 * the comment waits for it, so a token that is not known is as good as any.
 */
#include "server/pages/pages.h"

#include "server/core/catalogue/catalogue.h"
#include "server/pages/document.h"
#include "server/pages/citizen/form_fill.h"
#include "server/settings.h"
#include "server/store/dossier_links.h"
#include "server/store/late_comments.h"
#include "shared/utf8.h"

struct addition {
	const struct desk *desk;
	const char *token, *comment;
	bool taken;
};

static int
show(struct request *req, struct response *res, int status,
    const struct addition *a, const char *problem)
{
	json_t *doc = document_citizen(req, a->desk->unit->name);

	json_object_update_new(
	    doc, json_pack("{s:s, s:s, s:s, s:s?, s:s}", "action", req->path,
		     "desk_name", a->desk->name, "more", a->token, "problem",
		     problem == NULL ? NULL : text(req->lang, problem),
		     "comment", a->comment == NULL ? "" : a->comment));
	return document_show(req, res, status, "citizen/late_comment", doc);
}

/* Used before, or nothing like a token: the desk's form is still there. */
static int
gone(struct ctx *ctx, struct request *req, struct response *res,
    const struct desk *desk)
{
	return document_gone(ctx, req, res, desk->unit->name, desk->code);
}

int
get_late_comment(struct ctx *ctx, struct request *req, struct response *res)
{
	struct addition a = {.token = pairs_get(&req->query, "more")};

	form_languages(ctx, req);
	a.desk = catalogue_desk(ctx->catalogue, req->part[0]);
	if (a.desk == NULL)
		return 404;
	if (!link_token_valid(a.token) ||
	    !store_late_comment_open(ctx->db, a.token))
		return gone(ctx, req, res, a.desk);
	return show(req, res, 200, &a, NULL);
}

static bool
write_addition(struct db *db, struct tallies *tallies, struct request *req)
{
	struct addition *a = req->data;

	(void)tallies;
	return store_late_comment_put(
	    db, a->token, a->comment, req->now, &a->taken);
}

static int
reply_addition(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct addition *a = req->data;
	json_t *doc;

	if (!a->taken)
		return gone(ctx, req, res, a->desk);
	doc = document_citizen(req, a->desk->unit->name);
	json_object_update_new(doc,
	    json_pack("{s:s, s:b}", "desk_name", a->desk->name, "low", false));
	return document_show(req, res, 200, "citizen/thanks", doc);
}

int
post_late_comment(struct ctx *ctx, struct request *req, struct response *res)
{
	struct addition *a = arena_alloc(&req->arena, sizeof(*a));

	form_languages(ctx, req);
	a->desk = catalogue_desk(ctx->catalogue, req->part[0]);
	a->token = pairs_get(&req->form, "more");
	if (a->desk == NULL)
		return 404;
	if (!link_token_valid(a->token))
		return gone(ctx, req, res, a->desk);
	a->comment = form_comment(req);
	if (a->comment == NULL)
		return show(req, res, 422, a, "more.empty");
	if (utf8_length(a->comment) > LIMIT_COMMENT_CHARS)
		return show(req, res, 422, a, "web.error.comment");
	req->data = a;
	req->write = write_addition;
	req->reply = reply_addition;
	return HTTP_LATER;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /f/DESK: the one-stop form behind a desk's QR, without
 * JavaScript and without cookie. The form carries the answer's id, made when it
 * is shown: pressed twice, or sent again from a bad connection, it counts once.
 * What was entered comes back with what is wrong (422). The answer goes the
 * same way as the interface's: check, writer, thanks after the commit.
 *
 * The time of the answer is ours, so it is left out of the digest that tells a
 * repeat from a conflict. With ?more=TOKEN the page belongs to an answer that
 * was given at the kiosk (late_comment.c).
 */
#include "server/pages/pages.h"

#include "server/core/catalogue/catalogue.h"
#include "server/http/counters.h"
#include "server/pages/citizen/form_fill.h"

/* Desk and form of the address; false: 404. */
static bool
find(struct ctx *ctx, struct request *req, struct filled *f)
{
	f->desk = catalogue_desk(ctx->catalogue, req->part[0]);
	f->form = catalogue_form(ctx->catalogue, "one-stop", 0);
	if (f->desk == NULL || f->form == NULL)
		return false;
	f->unit = f->desk->unit;
	form_languages(ctx, req);
	return true;
}

int
form_draft(struct ctx *ctx, struct request *req, struct response *res,
    const struct form *form)
{
	struct filled f = {.form = form, .draft = true};

	if (ctx->catalogue->ndesks == 0)
		return 404;
	f.desk = &ctx->catalogue->desks[0];
	f.unit = f.desk->unit;
	return form_show(req, res, 200, &f, NULL);
}

int
get_form(struct ctx *ctx, struct request *req, struct response *res)
{
	struct filled *f = arena_alloc(&req->arena, sizeof(*f));

	if (pairs_get(&req->query, "more") != NULL)
		return get_late_comment(ctx, req, res);
	return find(ctx, req, f) ? form_show(req, res, 200, f, NULL) : 404;
}

int
post_form(struct ctx *ctx, struct request *req, struct response *res)
{
	struct filled *f = arena_alloc(&req->arena, sizeof(*f));
	const char *wrong;

	req->lang = form_language(req);
	if (pairs_get(&req->form, "more") != NULL)
		return post_late_comment(ctx, req, res);
	if (!find(ctx, req, f))
		return 404;
	wrong = form_fill(ctx, req, f);
	if (wrong != NULL) {
		counters_answer(ctx->counters, "web", STORED_FAILED);
		return form_show(req, res, 422, f, text(req->lang, wrong));
	}
	req->data = f;
	req->entries = &f->entry;
	req->nentries = 1;
	req->reply = form_thanks;
	return HTTP_LATER;
}

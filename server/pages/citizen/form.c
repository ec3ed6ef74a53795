/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /f/DESK: the one-stop form behind a desk's QR, without
 * JavaScript and without cookie. The form carries the answer's id, made when it
 * is shown: pressed twice, or sent again from a bad connection, it counts once.
 * What was entered comes back with what is wrong (422). The answer goes the
 * same way as the interface's: check, writer, thanks after the commit.
 *
 * The time of the answer is that of the request, so it is left out of the
 * digest that tells a repeat from a conflict. With ?more=TOKEN the page belongs
 * to an answer that was given at the kiosk (late_comment.c).
 */
#include "server/pages/pages.h"

#include "server/core/catalogue/catalogue.h"
#include "server/pages/citizen/form_fill.h"
#include "server/pages/citizen/late_comment.h"

/* Desk and form of the address; false: 404. */
static bool
find_form(const struct page *page, struct filled *f)
{
	const struct catalogue *c = page->ctx->catalogue;

	f->desk = catalogue_desk(c, page->req->part[0]);
	f->form = catalogue_form(c, "one-stop", 0);
	f->unit = f->desk == NULL ? NULL : f->desk->unit;
	return f->desk != NULL && f->form != NULL;
}

int
form_draft(struct ctx *ctx, struct request *req, struct response *res,
    const struct form *form)
{
	struct page page = page_of(ctx, req, res);
	struct filled f = {.form = form, .draft = true};

	if (ctx->catalogue->ndesks == 0)
		return 404;
	f.desk = &ctx->catalogue->desks[0];
	f.unit = f.desk->unit;
	return form_show(&page, 200, &f, NULL);
}

int
get_form(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = form_page(ctx, req, res);
	struct filled f = {0};

	if (pairs_get(&req->query, "more") != NULL)
		return late_comment_ask(&page);
	return find_form(&page, &f) ? form_show(&page, 200, &f, NULL) : 404;
}

int
post_form(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = form_page(ctx, req, res);
	struct filled *f = arena_alloc(&req->arena, sizeof(*f));
	const char *wrong;

	if (pairs_get(&req->form, "more") != NULL)
		return late_comment_take(&page);
	if (!find_form(&page, f))
		return 404;
	wrong = form_fill(&page, f);
	if (wrong != NULL)
		return form_refuse(&page, f, wrong);
	req->entries = &f->entry;
	req->nentries = 1;
	return page_write(&page, f, NULL, form_thanks);
}

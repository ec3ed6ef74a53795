/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /f/DESK: the one-stop form behind a desk's QR, without
 * JavaScript and without cookie. Who comes from the QR is sent on to an address
 * that bears the answer's id, and the form is sent to that address: so back,
 * reload, retry and the other language are all the same answer, which counts
 * once, and whoever comes from the QR next has another. What was entered comes
 * back with what is wrong (422), and whatever else the form was refused for
 * (form_again). The answer goes the same way as the interface's: check, writer,
 * thanks after the commit.
 *
 * The time of the answer is that of the request, so it is left out of the
 * digest that tells a repeat from a conflict. With ?more=TOKEN the page belongs
 * to an answer that was given at the kiosk (late_comment.c).
 */
#include "server/pages/pages.h"

#include <string.h>
#include <strings.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/citizen/form_fill.h"
#include "server/pages/citizen/held_words.h"
#include "server/pages/citizen/late_comment.h"

/* The desk of an address that somebody may have typed: any case, with dots
 * behind it. NULL: none. */
static const struct desk *
typed_desk(const struct catalogue *c, const char *typed)
{
	const struct desk *desk = catalogue_desk(c, typed);
	size_t n = strlen(typed);

	while (n > 0 && typed[n - 1] == '.')
		n--;
	for (size_t i = 0; desk == NULL && i < c->ndesks; i++)
		if (strlen(c->desks[i].code) == n &&
		    strncasecmp(c->desks[i].code, typed, n) == 0)
			desk = &c->desks[i];
	return desk;
}

/* Desk and form of the address; false: 404. */
static bool
find_form(const struct page *page, struct filled *f)
{
	const struct catalogue *c = page->ctx->catalogue;

	f->desk = typed_desk(c, page->req->part[0]);
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
	struct uuid id;

	if (pairs_get(&req->query, "more") != NULL)
		return late_comment_ask(&page);
	if (!find_form(&page, &f))
		return 404;
	if (!uuid_parse(page_asked(&page, "id"), &id))
		return page_go(
		    &page, form_address(&page, &f, page_new_id(&page)));
	return form_show(&page, 200, &f, NULL);
}

int
form_again(
    struct ctx *ctx, struct request *req, struct response *res, int status)
{
	struct page page = form_page(ctx, req, res);
	const char *problem = status == 413 ? "web.error.comment" : "web.busy";
	struct filled f = {0};

	if (req->method != METHOD_POST || strlen(req->path) < 4)
		return status;
	if (req->part[0] == NULL) /* refused before its route was sought */
		req->part[0] = req->path + 3;
	if (strncmp(req->path, "/d/", 3) == 0)
		return dossier_again(&page, status, problem);
	if (strncmp(req->path, "/f/", 3) != 0 || !find_form(&page, &f))
		return status;
	if (pairs_get(&req->form, "more") != NULL)
		return late_comment_again(&page, status, problem);
	return form_show(&page, status, &f, problem);
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
	if (form_switched(&page))
		return form_show(&page, 200, f, NULL);
	wrong = form_fill(&page, f);
	if (wrong != NULL)
		return form_refuse(&page, f, wrong);
	req->entries = &f->entry;
	req->nentries = 1;
	if (!held_words_ask(&page, f))
		form_leave_words(&page, f);
	return page_write(&page, f, held_words_write, form_thanks);
}

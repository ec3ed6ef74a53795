/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What could not be done, in the visitor's words, with the way on: a citizen's
 * form comes back with what was entered; a citizen without one is led to the
 * desk or to the list of desks; people at work keep their menu.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/account/kept.h"
#include "server/pages/account/login_steps.h"
#include "server/pages/citizen/form_fill.h"
#include "server/pages/page.h"

/* Statuses that have words of their own; others read as the nearest. */
static int
worded_status(int status)
{
	switch (status) {
	case 401:
	case 403:
	case 404:
	case 405:
	case 413:
	case 429:
	case 503:
		return status;
	default:
		return status >= 500 ? 500 : 400;
	}
}

static bool
is_office(const struct request *req)
{
	return strncmp(req->path, "/staff", 6) == 0 ||
	       strncmp(req->path, "/log", 4) == 0;
}

/* The menu asks the database, which is not to be asked in trouble. */
static int
show_office_error(const struct page *page, int status)
{
	json_t *doc = page_document(page);
	const char *key =
	    arena_printf(page->arena, "staff.error.%d", worded_status(status));
	const char *words = text_find(page->lang, key);

	if (words == NULL)
		words = page_text_of(page, "error.%d", worded_status(status));
	put_text(doc, "message", words);
	put_number(doc, "status", status);
	put_flag(doc, "login", page->req->caller.login == NULL);
	return page_show(page, status, "staff_error", doc);
}

/* What a person at work had sent, with the way to send it again; 0: there is
 * nothing of the kind. */
static int
show_again(const struct page *page, int status)
{
	const struct request *req = page->req;
	bool busy = status == 429 || status == 503;

	if (req->method != METHOD_POST)
		return 0;
	if (busy && strcmp(req->path, "/login") == 0)
		return login_steps_password(page, status,
		    page_field(page, "login"),
		    status == 429 ? "error.429" : "error.503");
	if (busy && strcmp(req->path, "/login/code") == 0)
		return login_steps_code(page, status, page_field(page, "login"),
		    page_field(page, "envelope"),
		    status == 429 ? "error.429" : "error.503");
	if (!is_office(req) || !kept_any(page))
		return 0;
	if (status == 401)
		return login_steps_password(page, 401, "", "kept.over");
	if (req->caller.csrf == NULL || !(busy || req->caller.stale))
		return 0;
	return kept_show(
	    page, status, req->caller.csrf, busy ? "kept.busy" : "kept.stale");
}

int
error_page(
    struct ctx *ctx, struct request *req, struct response *res, int status)
{
	struct page page =
	    is_office(req) ? page_of(ctx, req, res) : form_page(ctx, req, res);
	const struct desk *desk = NULL;
	int again;
	json_t *doc;

	if (status == 503)
		res->retry_after = 5;
	again = show_again(&page, status);
	if (again != 0)
		return again;
	if (is_office(req) && status < 500)
		return show_office_error(&page, status);
	if (status == 413 || status == 429 || status >= 500)
		status = form_again(ctx, req, res, status);
	if (res->body.size > 0)
		return status;
	if (strncmp(req->path, "/f/", 3) == 0 && req->part[0] != NULL)
		desk = catalogue_desk(ctx->catalogue, req->part[0]);
	doc = page_citizen(&page, NULL);
	put_number(doc, "status", worded_status(status));
	put_text(doc, "message",
	    req->broken_off ? page_text(&page, "error.too_long") : NULL);
	put_text(doc, "back",
	    desk == NULL ? page_address(&page, "/", NULL)
			 : arena_printf(page.arena, "/f/%s", desk->code));
	put_text(doc, "back_words",
	    page_text(&page, desk == NULL ? "web.desks" : "web.again"));
	if (is_office(req))
		put_text(doc, "back", NULL);
	return page_show(&page, status, "error", doc);
}

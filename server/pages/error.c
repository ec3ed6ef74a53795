/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A page that could not be shown, in the visitor's words. */
#include "server/pages/pages.h"

#include "server/pages/page.h"

/* Statuses that have words of their own; others read as the nearest. */
static int
worded_status(int status)
{
	switch (status) {
	case 403:
	case 404:
	case 405:
	case 413:
	case 429:
	case 503:
		return status;
	case 401:
		return 403;
	default:
		return status >= 500 ? 500 : 400;
	}
}

int
error_page(
    struct ctx *ctx, struct request *req, struct response *res, int status)
{
	struct page page = page_of(ctx, req, res);
	json_t *doc = page_citizen(&page, NULL);

	if (status == 503)
		res->retry_after = 5;
	put_number(doc, "status", worded_status(status));
	put_text(doc, "message", NULL);
	put_text(doc, "back", NULL);
	return page_show(&page, status, "error", doc);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A page that could not be shown, in the visitor's words. */
#include "server/pages/pages.h"

#include "server/pages/document.h"

/* Statuses that have words of their own; others read as the nearest. */
static int
worded(int status)
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
	json_t *doc = document_citizen(req, NULL);

	(void)ctx;
	if (status == 503)
		res->retry_after = 5;
	json_object_set_new(doc, "status", json_integer(worded(status)));
	json_object_set_new(doc, "message", json_null());
	json_object_set_new(doc, "back", json_null());
	return document_show(req, res, status, "error", doc);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every page carries, what programs are told, and what the handler said.
 */
#include "server/http/response_head.h"

#include <stdio.h>
#include <string.h>
#include "server/http/exchange.h"

struct out {
	response_header *add;
	void *to;
};

static void
put_header(const struct out *out, const char *name, const char *value)
{
	if (value != NULL)
		out->add(out->to, name, value);
}

/* Headers every page carries: nothing is framed or fetched from elsewhere, no
 * address of a page leaks to another site. Programs need none of them.
 * Browsers that know no frame-ancestors know X-Frame-Options. */
#define PAGE_POLICY                                                            \
	"default-src 'none'; style-src 'self'; img-src 'self' data:; "         \
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

static void
add_page_headers(const struct out *r, bool script)
{
	put_header(r, "Referrer-Policy", "no-referrer");
	put_header(r, "X-Frame-Options", "DENY");
	put_header(r, "Content-Security-Policy",
	    script ? PAGE_POLICY "; script-src 'self'; connect-src 'self'"
		   : PAGE_POLICY);
}

static void
add_headers(const struct out *r, struct exchange *ex, bool last)
{
	bool page = ex->res.type == NULL ||
		    strcmp(ex->res.type, "application/json") != 0;
	char seconds[16];

	put_header(r, "Content-Type", ex->res.type);
	put_header(r, "X-Content-Type-Options", "nosniff");
	if (page)
		add_page_headers(r, ex->res.script);
	/* also of a POST: a password that is shown once is not to be had by
	 * going back */
	if (page || ex->req.method == METHOD_GET)
		put_header(r, "Cache-Control",
		    ex->res.cache ? "public, max-age=31536000, immutable"
				  : "no-store");
	put_header(r, "Location", ex->res.location);
	put_header(r, "Set-Cookie", ex->res.cookie);
	put_header(r, "Set-Cookie", ex->res.known);
	put_header(r, "ETag", ex->res.etag);
	if (ex->res.filename != NULL)
		put_header(r, "Content-Disposition",
		    arena_printf(&ex->req.arena, "attachment; filename=\"%s\"",
			ex->res.filename));
	if (ex->res.retry_after > 0) {
		snprintf(seconds, sizeof(seconds), "%d", ex->res.retry_after);
		put_header(r, "Retry-After", seconds);
	}
	if (ex->status == 401)
		put_header(r, "WWW-Authenticate", "Bearer");
	if (last)
		put_header(r, "Connection", "close");
}

void
response_head(struct exchange *ex, bool last, response_header *add, void *to)
{
	add_headers(&(const struct out){add, to}, ex, last);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GET /: the desks that can be rated, unit by unit; whoever has lost the QR, or
 * mistyped an address, finds the form here. The district's public results come
 * here with a later release. GET /staff: the way for people at work. */
#include "server/pages/pages.h"

#include "server/core/catalogue/catalogue.h"
#include "server/pages/citizen/form_fill.h"

/* The desks of one unit; NULL where it has none. */
static json_t *
desks_of(const struct page *page, const struct unit *unit)
{
	const struct catalogue *c = page->ctx->catalogue;
	json_t *list = json_array();

	for (size_t i = 0; i < c->ndesks; i++) {
		json_t *one;

		if (c->desks[i].unit != unit)
			continue;
		one = json_object();
		put_text(one, "name", c->desks[i].name);
		put_text(one, "href",
		    page_address(page,
			arena_printf(page->arena, "/f/%s", c->desks[i].code),
			NULL));
		json_array_append_new(list, one);
	}
	if (json_array_size(list) > 0)
		return list;
	json_decref(list);
	return NULL;
}

int
get_home(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = form_page(ctx, req, res);
	json_t *doc = page_citizen(&page, NULL), *units = json_array();

	for (size_t i = 0; i < ctx->catalogue->nunits; i++) {
		const struct unit *unit = &ctx->catalogue->units[i];
		json_t *desks = desks_of(&page, unit), *one;

		if (desks == NULL)
			continue;
		one = json_object();
		put_text(one, "name", unit->name);
		put_part(one, "desks", desks);
		json_array_append_new(units, one);
	}
	put_part(doc, "units", units);
	put_text(doc, "staff", page_address(&page, "/staff/", NULL));
	return page_show(&page, 200, "citizen/desks", doc);
}

int
get_staff(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return page_go(&page, page_address(&page, "/staff/", NULL));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/admin: where everything stands that keeps the house in order, a
 * card each, with how much of it there is. And how all these pages begin.
 */
#include "server/pages/catalogue/index.h"

#include <string.h>
#include "server/db/db.h"
#include "server/pages/document.h"
#include "server/pages/office_words.h"
#include "server/pages/pages.h"
#include "server/store/folder.h"

int
admin_open(struct admin *a, struct ctx *ctx, struct request *req)
{
	bool ok;

	*a = (struct admin){
	    .ctx = ctx, .req = req, .arena = &req->arena, .lang = req->lang};
	if (req->caller.unit != NULL)
		return 403;
	if (!db_begin_read(ctx->db))
		return 503;
	ok = store_folder(ctx->db, a->arena, &a->folder);
	db_commit(ctx->db);
	return ok ? 0 : 503;
}

json_t *
admin_document(struct admin *a)
{
	json_t *doc = document_staff(a->ctx, a->req);

	/* what was entered does not travel with a link */
	if (a->req->method == METHOD_POST)
		json_object_set_new(doc, "other", json_null());

	json_object_update_new(doc,
	    json_pack("{s:b, s:o, s:s}", "may", office_may(a->req, WHO_ADMIN),
		"done", office_done(a->req, "admin.done"), "up",
		admin_address(a, "/staff/admin", NULL)));
	return doc;
}

const char *
admin_address(struct admin *a, const char *path, const char *done)
{
	return office_address(a->req, path, done == NULL ? NULL : "done", done);
}

const char *
admin_sheet_address(
    struct admin *a, enum sheet_name sheet, const char *key, const char *done)
{
	return admin_address(a,
	    arena_printf(a->arena, "/staff/admin/catalogue/%s%s%s",
		sheet_kinds[sheet].name, key == NULL ? "" : "/",
		key == NULL ? "" : key),
	    done);
}

/* ---------------------------------------------------------------- the index */

static void
add_card(json_t *cards, const char *href, const char *title, const char *what,
    const char *count)
{
	json_array_append_new(
	    cards, json_pack("{s:s, s:s, s:s, s:o}", "href", href, "title",
		       title, "what", what, "count", admin_string(count)));
}

static void
add_sheets(struct admin *a, json_t *cards)
{
	for (int s = 0; s < SHEET_COUNT; s++) {
		const char *name = sheet_kinds[s].name;

		add_card(cards,
		    admin_sheet_address(a, (enum sheet_name)s, NULL, NULL),
		    admin_text(a, arena_printf(a->arena, "admin.%s", name)),
		    admin_text(
			a, arena_printf(a->arena, "admin.%s.what", name)),
		    admin_count(a, (int64_t)a->folder.sheets[s].count));
	}
}

/* Pages of others that belong here, by their place in the menu. */
static void
add_ways(struct admin *a, json_t *cards)
{
	json_t *ways = office_ways(a->req), *way;
	size_t i;

	json_array_foreach (ways, i, way) {
		const char *path =
		    json_string_value(json_object_get(way, "path"));

		if (strncmp(path, "/staff/admin/", 13) == 0)
			add_card(cards,
			    json_string_value(json_object_get(way, "href")),
			    json_string_value(json_object_get(way, "title")),
			    "", NULL);
	}
	json_decref(ways);
}

int
get_catalogue_index(struct ctx *ctx, struct request *req, struct response *res)
{
	struct admin a;
	json_t *cards, *doc;
	int status = admin_open(&a, ctx, req);

	if (status == 503)
		return status;
	cards = json_array();
	add_card(cards, admin_address(&a, "/staff/admin/people", NULL),
	    admin_text(&a, "way.people"), admin_text(&a, "admin.people.what"),
	    NULL);
	if (status == 0) {
		add_sheets(&a, cards);
		add_card(cards, admin_address(&a, "/staff/admin/import", NULL),
		    admin_text(&a, "admin.import"),
		    admin_text(&a, "admin.import.what"), NULL);
		add_card(cards,
		    admin_address(&a, "/staff/admin/settings", NULL),
		    admin_text(&a, "admin.settings"),
		    admin_text(&a, "admin.settings.what"), NULL);
	}
	add_ways(&a, cards);
	doc = admin_document(&a);
	json_object_set_new(doc, "cards", cards);
	json_object_set_new(doc, "local", json_boolean(status != 0));
	return document_show(req, res, 200, "catalogue/index", doc);
}

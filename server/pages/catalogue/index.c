/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GET /staff/admin: what keeps the system in order, a card each, with how much
 * of it there is. */
#include "server/pages/pages.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/menu.h"
#include "server/pages/page.h"

static void
add_card(json_t *cards, const char *href, const char *title, const char *what,
    const char *count)
{
	json_t *card = json_object();

	put_text(card, "href", href);
	put_text(card, "title", title);
	put_text(card, "what", what);
	put_text(card, "count", count);
	json_array_append_new(cards, card);
}

static void
add_sheet_cards(const struct catalogue_page *c, json_t *cards)
{
	const struct page *page = c->page;

	for (int s = 0; s < SHEET_COUNT; s++) {
		const char *name = sheet_kinds[s].name;

		add_card(cards,
		    catalogue_page_address(
			page, (enum sheet_name)s, NULL, NULL),
		    page_text_of(page, "admin.%s", name),
		    page_text_of(page, "admin.%s.what", name),
		    page_count(page, (int64_t)c->folder.sheets[s].count));
	}
}

/* Pages of others that belong here, by their place in the menu. */
static void
add_menu_cards(const struct page *page, json_t *cards)
{
	json_t *menu = menu_of(page), *way;
	size_t i;

	json_array_foreach (menu, i, way) {
		const char *path =
		    json_string_value(json_object_get(way, "path"));

		if (strncmp(path, "/staff/admin/", 13) == 0)
			add_card(cards,
			    json_string_value(json_object_get(way, "href")),
			    json_string_value(json_object_get(way, "title")),
			    "", NULL);
	}
	json_decref(menu);
}

int
get_catalogue_index(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct catalogue_page c;
	json_t *cards, *doc;
	int status = catalogue_page_open(&c, &page);

	if (status == 503)
		return status;
	cards = json_array();
	add_card(cards, page_address(&page, "/staff/admin/people", NULL),
	    page_text(&page, "way.people"),
	    page_text(&page, "admin.people.what"), NULL);
	if (status == 0) {
		add_sheet_cards(&c, cards);
		add_card(cards,
		    page_address(&page, "/staff/admin/import", NULL),
		    page_text(&page, "admin.import"),
		    page_text(&page, "admin.import.what"), NULL);
		add_card(cards,
		    page_address(&page, "/staff/admin/dossiers", NULL),
		    page_text(&page, "register.title"),
		    page_text(&page, "register.what"), NULL);
		add_card(cards,
		    page_address(&page, "/staff/admin/settings", NULL),
		    page_text(&page, "admin.settings"),
		    page_text(&page, "admin.settings.what"), NULL);
		add_card(cards, page_address(&page, "/staff/admin/words", NULL),
		    page_text(&page, "admin.words"),
		    page_text(&page, "admin.words.what"), NULL);
	}
	add_menu_cards(&page, cards);
	doc = catalogue_page_document(&page);
	put_part(doc, "cards", cards);
	put_flag(doc, "local", status != 0);
	put_flag(doc, "unlocked", !auth_factor_required(ctx));
	return page_show(&page, 200, "catalogue/index", doc);
}

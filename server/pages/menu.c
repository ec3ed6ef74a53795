/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The menu is one table: a new page is a row here and a row of routes.c. */
#include "server/pages/menu.h"

#include <string.h>
#include "server/pages/page.h"

static const struct {
	const char *path, *key; /* of its words */
	unsigned who;
} ways[] = {
    {"/staff/", "way.board", WHO_STAFF},
    {"/staff/report", "way.report", WHO_STAFF},
    {"/staff/comments", "way.comments", WHO_STAFF},
    {"/staff/periods", "way.periods", WHO_STAFF},
    {"/staff/cases", "way.cases", WHO_MANAGER | WHO_CASEWORKER | WHO_AUDITOR},
    {"/staff/queue", "way.queue", WHO_MANAGER | WHO_AUDITOR},
    {"/staff/messages", "way.messages",
	WHO_MANAGER | WHO_CASEWORKER | WHO_AUDITOR},
    {"/staff/paper", "way.paper", WHO_MANAGER | WHO_CASEWORKER},
    {"/staff/devices", "way.devices",
	WHO_MANAGER | WHO_CASEWORKER | WHO_ADMIN | WHO_AUDITOR},
    {"/staff/admin", "way.admin", WHO_ADMIN | WHO_AUDITOR},
    {"/staff/audit", "way.audit", WHO_ADMIN | WHO_AUDITOR},
};

#define WAYS (sizeof(ways) / sizeof(ways[0]))

/* "/staff/cases" is also where "/staff/cases/17" belongs; the board has no
 * pages below it in the menu. */
static bool
leads_to(const char *way, const char *path)
{
	size_t length = strlen(way);

	if (way[length - 1] == '/')
		return strcmp(way, path) == 0;
	return strncmp(way, path, length) == 0 &&
	       (path[length] == '\0' || path[length] == '/');
}

/* The way that leads to a path most closely: "/staff/admin/people" rather than
 * "/staff/admin". */
static const char *
nearest_way(const char *path)
{
	const char *found = "";

	for (size_t i = 0; i < WAYS; i++)
		if (leads_to(ways[i].path, path) &&
		    strlen(ways[i].path) > strlen(found))
			found = ways[i].path;
	return found;
}

static void
add_way(const struct page *page, json_t *menu, const char *path,
    const char *title, bool here)
{
	json_t *way = json_object();

	put_text(way, "path", path);
	put_text(way, "href", page_address(page, path, NULL));
	put_text(way, "title", title);
	put_flag(way, "here", here);
	json_array_append_new(menu, way);
}

/* Whoever is bound to a unit finds its page beside the board. */
static void
add_own_unit(const struct page *page, json_t *menu)
{
	const char *path = arena_printf(
	    page->arena, "/staff/units/%s", page->req->caller.unit);

	add_way(page, menu, path, page_text(page, "way.own_unit"),
	    strcmp(path, page->req->path) == 0);
}

json_t *
menu_of(const struct page *page)
{
	const char *here = nearest_way(page->req->path);
	json_t *menu = json_array();

	for (size_t i = 0; i < WAYS; i++) {
		const char *path = ways[i].path;

		if (!page_may(page, ways[i].who))
			continue;
		add_way(page, menu, path, page_text(page, ways[i].key),
		    strcmp(path, here) == 0);
		if (i == 0 && page->req->caller.unit != NULL)
			add_own_unit(page, menu);
	}
	return menu;
}

void
menu_lead(json_t *menu, const char *path, const char *address)
{
	json_t *way;
	size_t i;

	json_array_foreach (menu, i, way) {
		const char *own =
		    json_string_value(json_object_get(way, "path"));

		if (strcmp(own, path) == 0)
			put_text(way, "href", address);
	}
}

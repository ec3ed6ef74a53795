/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The menu is one table: a new page is a row here and a row of routes.c. */
#include "server/pages/office.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/visibility.h"
#include "shared/text.h"

static const struct {
	const char *path, *key; /* of its words */
	unsigned who;
} ways[] = {
    {"/staff/", "way.board", WHO_STAFF},
    {"/staff/comments", "way.comments", WHO_STAFF},
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

/* The way that leads here most closely: "/staff/admin/people" rather than
 * "/staff/admin". */
static const char *
nearest(const char *path)
{
	const char *found = "";

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (leads_to(ways[i].path, path) &&
		    strlen(ways[i].path) > strlen(found))
			found = ways[i].path;
	return found;
}

json_t *
office_ways(const struct request *req)
{
	const char *here = nearest(req->path);
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (office_may(req, ways[i].who))
			json_array_append_new(list,
			    json_pack("{s:s, s:o, s:s, s:b}", "path",
				ways[i].path, "href",
				json_sprintf("%s%s", ways[i].path,
				    req->lang == LANG_VI ? "" : "?lang=en"),
				"title", text(req->lang, ways[i].key), "here",
				strcmp(ways[i].path, here) == 0));
	return list;
}

void
office_way(json_t *list, const char *path, const char *address)
{
	json_t *way;
	size_t i;

	json_array_foreach (list, i, way)
		if (strcmp(json_string_value(json_object_get(way, "path")),
			path) == 0)
			json_object_set_new(way, "href", json_string(address));
}

bool
office_may(const struct request *req, unsigned who)
{
	return req->caller.login != NULL && (req->caller.who & who) != 0;
}

bool
office_unit(const struct ctx *ctx, const struct request *req, const char *unit)
{
	return unit != NULL && catalogue_unit(ctx->catalogue, unit) != NULL &&
	       unit_visible(ctx->catalogue, req->caller.unit, unit);
}

struct deed
office_deed(const struct request *req, const char *act, const char *unit,
    const char *object)
{
	struct deed deed = {.at = req->now,
	    .login = req->caller.login,
	    .role = req->caller.role,
	    .place = "pages",
	    .act = act,
	    .unit = unit,
	    .object = object};

	uuid_new(&deed.id);
	return deed;
}

const char *
office_json(struct request *req, json_t *json)
{
	char *dumped = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	const char *kept = arena_strdup(&req->arena, dumped);

	free(dumped);
	json_decref(json);
	return kept;
}

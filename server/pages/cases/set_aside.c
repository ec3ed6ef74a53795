/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/aside: every answer that is not counted, newest first: what it
 * said, who set it aside, when and why. An answer's own page counts it again.
 */
#include "server/pages/cases/answer_view.h"
#include "server/pages/document.h"
#include "server/pages/pages.h"
#include "server/pages/scores/remarks.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/limits.h"

static json_t *
row(const struct scope *l, const struct set_aside *s)
{
	char id[UUID_TEXT];

	uuid_format(&s->place.answer, id);
	return json_pack(
	    "{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:o, s:s}", "href",
	    answer_view_address(
		l, arena_printf(l->arena, "/staff/answers/%s", id), NULL),
	    "level", s->overall, "day", words_date(l->arena, s->place.day),
	    "unit", scope_unit_name(l, s->unit), "desk", s->desk, "field",
	    scope_field_name(l, s->field), "channel", s->channel, "words",
	    answer_view_excerpt(l, s->comment), "reason",
	    answer_view_aside_words(l, s->why.reason), "login",
	    scope_words(s->why.login), "time",
	    arena_printf(l->arena, "%s %s", words_time(l->arena, s->why.at),
		words_date(l->arena, civil_local_day(s->why.at))));
}

static const char *
next_page(const struct scope *l, const struct remark_place *last)
{
	const char *unit =
	    l->unit == NULL ? ""
			    : arena_printf(l->arena, "&unit=%s", l->unit->code);

	return answer_view_address(l,
	    arena_printf(l->arena, "/staff/aside?after=%s%s",
		remark_place_name(l, last), unit),
	    NULL);
}

int
get_aside(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *after = pairs_get(&req->query, "after");
	struct remark_place place;
	struct set_aside *list;
	const char **units;
	json_t *doc, *rows;
	size_t count;
	struct scope l;
	bool more;

	if (!scope_read(&l, ctx, req) ||
	    (after != NULL && !remark_place_read(after, &place)))
		return 404;
	count = answer_view_units(&l, false, &units);
	if (l.unit == NULL && req->caller.unit == NULL) {
		units[0] = ""; /* all of them */
		count = 1;
	}
	if (!store_set_aside(ctx->db, l.arena, units, count,
		after == NULL ? NULL : &place, LIMIT_PAGE_CASES, &list, &count,
		&more))
		return 503;
	doc = answer_view_frame(&l, scope_text(&l, "set_aside.title"), NULL);
	rows = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(rows, row(&l, &list[i]));
	json_object_set_new(doc, "any", json_boolean(count > 0));
	json_object_set_new(doc, "answers", rows);
	json_object_set_new(doc, "next",
	    scope_words(more ? next_page(&l, &list[count - 1].place) : NULL));
	json_object_set_new(doc, "back",
	    json_string(answer_view_address(&l, "/staff/queue", NULL)));
	return document_show(req, res, 200, "cases/set_aside", doc);
}

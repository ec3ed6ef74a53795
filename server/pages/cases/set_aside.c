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
#include "server/store/remarks.h"
#include "server/store/set_aside.h"
#include "shared/civil.h"
#include "shared/limits.h"

static json_t *
row(const struct scope *scope, const struct set_aside *s)
{
	char id[UUID_TEXT];

	uuid_format(&s->place.answer, id);
	return json_pack(
	    "{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:o, s:s}", "href",
	    answer_view_address(scope,
		arena_printf(scope->page->arena, "/staff/answers/%s", id),
		NULL),
	    "level", s->overall, "day",
	    words_date(scope->page->arena, s->place.day), "unit",
	    scope_unit_name(scope, s->unit), "desk", s->desk, "field",
	    scope_field_name(scope, s->field), "channel", s->channel, "words",
	    answer_view_excerpt(scope, s->comment), "reason",
	    answer_view_aside_words(scope, s->why.reason), "login",
	    scope_words(s->why.login), "time",
	    arena_printf(scope->page->arena, "%s %s",
		words_time(scope->page->arena, s->why.at),
		words_date(scope->page->arena, civil_local_day(s->why.at))));
}

static const char *
next_page(const struct scope *scope, const struct remark_place *last)
{
	const char *unit = scope->unit == NULL
			       ? ""
			       : arena_printf(scope->page->arena, "&unit=%s",
				     scope->unit->code);

	return answer_view_address(scope,
	    arena_printf(scope->page->arena, "/staff/aside?after=%s%s",
		remark_place_name(scope, last), unit),
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
	struct page page = page_of(ctx, req, res);
	struct scope scope;
	bool more;

	if (!scope_read(&scope, &page) ||
	    (after != NULL && !remark_place_read(after, &place)))
		return 404;
	count = answer_view_units(&scope, false, &units);
	if (scope.unit == NULL && req->caller.unit == NULL) {
		units[0] = ""; /* all of them */
		count = 1;
	}
	if (!store_set_aside(ctx->db, scope.page->arena, units, count,
		after == NULL ? NULL : &place, LIMIT_PAGE_CASES, &list, &count,
		&more))
		return 503;
	doc = answer_view_frame(
	    &scope, page_text(scope.page, "set_aside.title"), NULL);
	rows = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(rows, row(&scope, &list[i]));
	json_object_set_new(doc, "any", json_boolean(count > 0));
	json_object_set_new(doc, "answers", rows);
	json_object_set_new(doc, "next",
	    scope_words(
		more ? next_page(&scope, &list[count - 1].place) : NULL));
	json_object_set_new(doc, "back",
	    json_string(answer_view_address(&scope, "/staff/queue", NULL)));
	return document_show(req, res, 200, "cases/set_aside", doc);
}

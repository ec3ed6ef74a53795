/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/aside: every answer that is not counted, newest first: what it
 * said, who set it aside, when and why. An answer's own page counts it again.
 */
#include "server/pages/cases/answer_view.h"
#include "server/pages/pages.h"
#include "server/pages/scores/remarks.h"
#include "server/core/words.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/remarks.h"
#include "server/store/cases/set_aside.h"
#include "shared/limits.h"

static json_t *
set_aside_row(const struct scope *scope, const struct set_aside *s)
{
	const struct page *page = scope->page;
	const char *path = page_path(page, "/staff/answers", &s->place.answer);
	json_t *row = json_object();

	put_text(row, "href", page_address(page, path, NULL));
	put_number(row, "level", s->overall);
	put_text(row, "day", words_date(page->arena, s->place.day));
	put_text(row, "unit", scope_unit_name(scope, s->unit));
	put_text(row, "desk", s->desk);
	put_text(row, "field", scope_field_name(scope, s->field));
	put_text(row, "channel", s->channel);
	put_text(row, "words", answer_view_excerpt(page, s->comment));
	put_text(
	    row, "reason", page_coded(page, "aside.reason", s->why.reason));
	put_words(row, "login", page_person(page, s->why.login));
	put_text(row, "time", page_time(page, s->why.at));
	return row;
}

int
get_aside(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *after = page_asked(&page, "after"), **units;
	struct remark_place place;
	struct set_aside *list;
	struct scope scope;
	json_t *doc, *rows;
	size_t count;
	bool more;

	if (!scope_read(&scope, &page) ||
	    (after[0] != '\0' && !remark_place_read(after, &place)))
		return 404;
	count = answer_view_units(&scope, false, &units);
	if (scope.unit == NULL && req->caller.unit == NULL) {
		units[0] = ""; /* all of them */
		count = 1;
	}
	if (!store_set_aside(ctx->db, page.arena, units, count,
		after[0] == '\0' ? NULL : &place, LIMIT_PAGE_CASES, &list,
		&count, &more))
		return 503;
	rows = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(rows, set_aside_row(&scope, &list[i]));
	doc = page_document(&page);
	put_text(doc, "heading", page_text(&page, "set_aside.title"));
	put_text(doc, "done", page_done(&page, "done"));
	put_text(doc, "problem", NULL);
	put_flag(doc, "any", count > 0);
	put_part(doc, "answers", rows);
	put_text(doc, "next",
	    more ? page_address(&page, req->path, "after",
		       remark_place_name(&scope, &list[count - 1].place),
		       "unit", scope.unit == NULL ? "" : scope.unit->code, NULL)
		 : NULL);
	put_text(doc, "back", page_address(&page, "/staff/queue", NULL));
	return page_show(&page, 200, "cases/set_aside", doc);
}

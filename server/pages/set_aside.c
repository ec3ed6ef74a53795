/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/aside: every answer that is not counted, newest first: what it
 * said, who set it aside, when and why. An answer's own page counts it again.
 */
#include "server/pages/acting.h"
#include "server/pages/document.h"
#include "server/pages/pages.h"
#include "server/pages/remarks.h"
#include "server/words.h"
#include "shared/civil.h"
#include "shared/limits.h"

static json_t *
row(const struct look *l, const struct set_aside *s)
{
	char id[UUID_TEXT];

	uuid_format(&s->place.answer, id);
	return json_pack(
	    "{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:o, s:s}", "href",
	    acting_address(
		l, arena_printf(l->arena, "/staff/answers/%s", id), NULL),
	    "level", s->overall, "day", words_date(l->arena, s->place.day),
	    "unit", look_unit_name(l, s->unit), "desk", s->desk, "field",
	    look_field_name(l, s->field), "channel", s->channel, "words",
	    acting_excerpt(l, s->comment), "reason",
	    acting_aside_words(l, s->why.reason), "login",
	    look_words(s->why.login), "time",
	    arena_printf(l->arena, "%s %s", words_time(l->arena, s->why.at),
		words_date(l->arena, civil_local_day(s->why.at))));
}

static const char *
next_page(const struct look *l, const struct remark_place *last)
{
	const char *unit =
	    l->unit == NULL ? ""
			    : arena_printf(l->arena, "&unit=%s", l->unit->code);

	return acting_address(l,
	    arena_printf(l->arena, "/staff/aside?after=%s%s",
		remark_place_name(l, last), unit),
	    NULL);
}

int
page_aside(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *after = pairs_get(&req->query, "after");
	struct remark_place place;
	struct set_aside *list;
	const char **units;
	json_t *doc, *rows;
	size_t count;
	struct look l;
	bool more;

	if (!look_read(&l, ctx, req) ||
	    (after != NULL && !remark_place_read(after, &place)))
		return 404;
	count = acting_units(&l, false, &units);
	if (l.unit == NULL && req->caller.unit == NULL) {
		units[0] = ""; /* all of them */
		count = 1;
	}
	if (!store_set_aside(ctx->db, l.arena, units, count,
		after == NULL ? NULL : &place, LIMIT_PAGE_CASES, &list, &count,
		&more))
		return 503;
	doc = acting_frame(&l, look_text(&l, "set_aside.title"), NULL);
	rows = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(rows, row(&l, &list[i]));
	json_object_set_new(doc, "any", json_boolean(count > 0));
	json_object_set_new(doc, "answers", rows);
	json_object_set_new(doc, "next",
	    look_words(more ? next_page(&l, &list[count - 1].place) : NULL));
	json_object_set_new(
	    doc, "back", json_string(acting_address(&l, "/staff/queue", NULL)));
	return document_show(req, res, 200, "set_aside", doc);
}

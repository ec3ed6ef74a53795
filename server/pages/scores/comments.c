/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/comments: what citizens wrote, newest first, narrowed and
 * searched. A page says in its address where it begins (after=DAY.ID), so that
 * a new comment does not move a page, and none is read in vain.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/text/urlencoded.h"
#include "server/pages/page.h"
#include "server/pages/scores/live.h"
#include "server/pages/scores/remarks.h"
#include "server/core/words.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/remarks.h"
#include "shared/limits.h"

/* The score asked for, 0 any; -1: no score. */
static int
overall(const struct page *page)
{
	const char *text = pairs_get(&page->req->query, "score");

	if (text == NULL || text[0] == '\0')
		return 0;
	return text[0] >= '1' && text[0] <= '5' && text[1] == '\0'
		   ? text[0] - '0'
		   : -1;
}

/* The words sought; NULL: none, or more than anybody searches for. */
static const char *
sought(const struct page *page)
{
	const char *words = pairs_get(&page->req->query, "q");

	return words != NULL && strlen(words) <= LIMIT_SEARCH_BYTES ? words
								    : NULL;
}

/* This page again, beginning after a place; NULL: from the newest. */
static const char *
comment_address(const struct scope *scope, const char *after)
{
	struct pairs pairs = {0};
	struct buf out;
	const char *kept;

	for (size_t i = 0; i < scope->page->req->query.count; i++) {
		const struct pair *p = &scope->page->req->query.list[i];

		if (strcmp(p->name, "after") != 0 && p->value[0] != '\0')
			pairs_add(
			    scope->page->arena, &pairs, p->name, p->value);
	}
	if (after != NULL)
		pairs_add(scope->page->arena, &pairs, "after", after);
	buf_init(&out);
	buf_puts(&out, scope->page->req->path);
	pairs_put(&out, &pairs);
	kept = arena_strdup(scope->page->arena, buf_text(&out));
	buf_finish(&out);
	return kept;
}

static json_t *
comment_document(const struct scope *scope, json_t *said)
{
	const char *period =
	    words_period(scope->page->arena, scope->page->lang, &scope->period);
	const char *bound = scope_bound(scope), *heading = period;
	const char *next = json_string_value(json_object_get(said, "next"));
	bool first = pairs_get(&scope->page->req->query, "after") == NULL;
	json_t *doc;

	if (bound != NULL)
		heading = arena_printf(scope->page->arena, "%s – %s", period,
		    scope_unit_name(scope, bound));
	doc = live_frame(scope, heading, true);
	put_words(
	    doc, "older", next == NULL ? NULL : comment_address(scope, next));
	put_words(doc, "newest", first ? NULL : comment_address(scope, NULL));
	put_part(doc, "said", said);
	put_text(doc, "least", page_count(scope->page, scope_least(scope)));
	return doc;
}

int
get_comments(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct remark_place place;
	const char *after = pairs_get(&req->query, "after");
	json_t *said = NULL;
	struct scope scope;

	if (!scope_read(&scope, &page) || overall(&page) < 0 ||
	    (after != NULL && !remark_place_read(after, &place)))
		return 404;
	if (scope_hold(&scope, false))
		said = remarks_document(&scope, after == NULL ? NULL : &place,
		    sought(&page), overall(&page), LIMIT_PAGE_REMARKS);
	scope_release(&scope);
	if (said == NULL)
		return 503;
	return page_show(
	    &page, 200, "scores/comments", comment_document(&scope, said));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part is drawn once for all readers of the same address in the same unit
 * and language who come at about the same time (server/shelf); whatever belongs
 * to a session stands in the frame. So the part bears no time of day: that,
 * too, is the frame's.
 */
#include "server/pages/scores/live.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/cases/cases.h"
#include "server/pages/assets.h"
#include "server/pages/menu.h"
#include "server/pages/page.h"
#include "server/pages/periods/period_view.h"
#include "server/pages/periods/reminders.h"
#include "server/pages/scores/scope.h"
#include "server/pages/templates.h"
#include "server/cache/fragment_cache.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/log.h"

/* -------------------------------------------------------------------- frame */

/* "14:05 20/11/2026" */
static const char *
live_time_of(const struct scope *scope)
{
	return arena_printf(scope->page->arena, "%s %s",
	    words_time(scope->page->arena, scope->page->req->now),
	    words_date(scope->page->arena, scope->today));
}

/* On the board, what waits to be acted on, for those who may see it. */
static json_t *
cases(const struct scope *scope)
{
	json_t *counts = NULL;

	if (strcmp(scope->page->req->path, "/staff/") == 0 &&
	    page_may(scope->page, WHO_MANAGER | WHO_CASEWORKER | WHO_AUDITOR))
		counts = cases_counts(scope, true);
	return counts == NULL ? json_null() : counts;
}

/* Of a closed period: since when its figures stand, and what came later; NULL:
 * they move. */
static json_t *
closed_document(const struct scope *scope)
{
	const struct page *page = scope->page;
	const struct closed_period *closed = scope->closed;
	struct late late;
	json_t *out;

	if (closed == NULL)
		return NULL;
	out = json_object();
	put_text(out, "closed_at", page_time(page, closed->at));
	put_text(out, "revision", page_count(page, closed->revision));
	put_text(out, "href", period_view_path(page, &closed->period));
	put_text(out, "late",
	    period_view_late(page, &closed->period, closed->snapshot, 0, &late)
		? period_view_late_words(page, &late)
		: NULL);
	return out;
}

json_t *
live_frame(const struct scope *scope, const char *heading, bool words)
{
	json_t *doc = page_document(scope->page);
	json_t *menu = json_object_get(doc, "ways");

	menu_lead(menu, "/staff/", scope_back(scope));
	menu_lead(menu, "/staff/report", scope_address(scope, "/staff/report"));
	menu_lead(
	    menu, "/staff/comments", scope_address(scope, "/staff/comments"));
	put_text(doc, "heading", scope_heading(scope, heading));
	put_text(doc, "back", scope_back(scope));
	put_part(doc, "filters", scope_filters(scope, words));
	put_text(doc, "time", live_time_of(scope));
	put_text(doc, "again", scope_here(scope));
	put_part(doc, "closed", closed_document(scope));
	put_part(doc, "reminders",
	    strcmp(scope->page->req->path, "/staff/") == 0
		? reminders_document(scope->page)
		: NULL);
	put_part(doc, "cases", cases(scope));
	return doc;
}

/* --------------------------------------------------------------------- part */

/* All the part depends on but its counts: its address, since the links in it
 * keep what that says, what the address stands for today, and the reader's own
 * unit. */
static const char *
live_key_of(const struct scope *scope)
{
	const char *own = scope->page->req->caller.unit;

	return arena_printf(scope->page->arena, "%s %d..%d %d %s %lld",
	    scope_here(scope), scope->period.first, scope->period.last,
	    scope->today, own == NULL ? "-" : own,
	    (long long)scope->page->ctx->catalogue->generation);
}

/* What fragment_cache_take needs to draw the part. */
struct drawing {
	struct scope *scope;
	const char *template;
	bool weeks;
	live_part *make;
};

static int
draw_live(void *context, struct buf *out)
{
	struct drawing *d = context;
	struct scope *scope = d->scope;
	char error[LIMIT_ERROR_BYTES];
	json_t *doc = scope_hold(scope, d->weeks) ? d->make(scope) : NULL;
	bool ok;

	scope_release(scope);
	if (doc == NULL)
		return 503;
	ok = template_render(
	    &page_templates, d->template, doc, scope->page->lang, out, error);
	if (!ok)
		log_error("part %s: %s", d->template, error);
	json_decref(doc);
	return ok ? 200 : 500;
}

/* ---------------------------------------------------------------- response */

/* The part alone, for the page that is already open. */
static int
show_part(const struct scope *scope, struct response *res, struct buf *part,
    const char *tag)
{
	const char *known = scope->page->req->if_none_match;

	/* a proxy that packs the part marks its tag as a weak one */
	if (known != NULL && strncmp(known, "W/", 2) == 0)
		known += 2;
	res->type = "text/html; charset=utf-8";
	res->etag = arena_strdup(scope->page->arena, tag);
	if (known != NULL && strcmp(known, tag) == 0)
		return 304;
	buf_add(&res->body, part->data, part->size);
	return 200;
}

static int
show_live(const struct scope *scope, struct response *res, const char *page,
    const char *heading, struct buf *part, const char *tag)
{
	json_t *doc;

	if (pairs_get(&scope->page->req->query, "live") != NULL)
		return show_part(scope, res, part, tag);
	doc = live_frame(scope, heading, false);
	put_part(doc, "part", json_stringn_nocheck(part->data, part->size));
	put_text(doc, "tag", tag);
	/* what does not move need not be asked for again */
	put_text(
	    doc, "script", scope->closed == NULL ? asset_url("live.js") : NULL);
	res->script = scope->closed == NULL;
	return page_show(scope->page, 200, page, doc);
}

int
live_show(struct scope *scope, struct response *res, const char *page,
    const char *template, const char *heading, bool weeks, live_part *make)
{
	struct drawing drawing = {scope, template, weeks, make};
	char tag[FRAGMENT_TAG];
	struct buf part;
	int status;

	buf_init(&part);
	status = fragment_cache_take(scope->page->ctx, live_key_of(scope),
	    draw_live, &drawing, &part, tag);
	if (status == 200)
		status = show_live(scope, res, page, heading, &part, tag);
	buf_finish(&part);
	return status;
}

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
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/templates.h"
#include "server/cache/fragment_cache.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/log.h"

/* -------------------------------------------------------------------- frame */

/* "14:05 20/11/2026" */
static const char *
time_of(const struct scope *l)
{
	return arena_printf(l->arena, "%s %s",
	    words_time(l->arena, l->req->now), words_date(l->arena, l->today));
}

/* On the board, what waits to be acted on, for those who may see it. */
static json_t *
cases(const struct scope *l)
{
	json_t *counts = NULL;

	if (strcmp(l->req->path, "/staff/") == 0 &&
	    office_may(l->req, WHO_MANAGER | WHO_CASEWORKER | WHO_AUDITOR))
		counts = cases_counts(l, true);
	return counts == NULL ? json_null() : counts;
}

json_t *
live_frame(const struct scope *l, const char *heading, bool words)
{
	json_t *doc = document_staff(l->ctx, l->req);

	json_t *ways = json_object_get(doc, "ways");

	office_way(ways, "/staff/", scope_back(l));
	office_way(
	    ways, "/staff/comments", scope_address(l, "/staff/comments"));
	json_object_set_new(doc, "heading", json_string(heading));
	json_object_set_new(doc, "back", json_string(scope_back(l)));
	json_object_set_new(doc, "filters", scope_filters(l, words));
	json_object_set_new(doc, "time", json_string(time_of(l)));
	json_object_set_new(doc, "again", json_string(scope_here(l)));
	json_object_set_new(doc, "cases", cases(l));
	return doc;
}

/* --------------------------------------------------------------------- part */

/* All the part depends on but its counts: its address, since the links in it
 * keep what that says, what the address stands for today, and the reader's own
 * unit. */
static const char *
key_of(const struct scope *l)
{
	const char *own = l->req->caller.unit;

	return arena_printf(l->arena, "%s %d..%d %d %s %lld", scope_here(l),
	    l->period.first, l->period.last, l->today, own == NULL ? "-" : own,
	    (long long)l->ctx->catalogue->generation);
}

/* What fragment_cache_take needs to draw the part. */
struct drawing {
	struct scope *look;
	const char *template;
	bool weeks;
	live_part *make;
};

static int
draw(void *context, struct buf *out)
{
	struct drawing *d = context;
	struct scope *l = d->look;
	char error[LIMIT_ERROR_BYTES];
	json_t *doc = scope_hold(l, d->weeks) ? d->make(l) : NULL;
	bool ok;

	scope_release(l);
	if (doc == NULL)
		return 503;
	ok = template_render(
	    &page_templates, d->template, doc, l->lang, out, error);
	if (!ok)
		log_error("part %s: %s", d->template, error);
	json_decref(doc);
	return ok ? 200 : 500;
}

/* ---------------------------------------------------------------- response */

/* The part alone, for the page that is already open. */
static int
show_part(const struct scope *l, struct response *res, struct buf *part,
    const char *tag)
{
	const char *known = l->req->if_none_match;

	/* a proxy that packs the part marks its tag as a weak one */
	if (known != NULL && strncmp(known, "W/", 2) == 0)
		known += 2;
	res->type = "text/html; charset=utf-8";
	res->etag = arena_strdup(l->arena, tag);
	if (known != NULL && strcmp(known, tag) == 0)
		return 304;
	buf_add(&res->body, part->data, part->size);
	return 200;
}

static int
show(const struct scope *l, struct response *res, const char *page,
    const char *heading, struct buf *part, const char *tag)
{
	json_t *doc;

	if (pairs_get(&l->req->query, "live") != NULL)
		return show_part(l, res, part, tag);
	doc = live_frame(l, heading, false);
	json_object_set_new(
	    doc, "part", json_stringn_nocheck(part->data, part->size));
	json_object_set_new(doc, "tag", json_string(tag));
	json_object_set_new(doc, "script", json_string(asset_url("live.js")));
	res->script = true;
	return document_show(l->req, res, 200, page, doc);
}

int
live_show(struct scope *l, struct response *res, const char *page,
    const char *template, const char *heading, bool weeks, live_part *make)
{
	struct drawing drawing = {l, template, weeks, make};
	char tag[FRAGMENT_TAG];
	struct buf part;
	int status;

	buf_init(&part);
	status =
	    fragment_cache_take(l->ctx, key_of(l), draw, &drawing, &part, tag);
	if (status == 200)
		status = show(l, res, page, heading, &part, tag);
	buf_finish(&part);
	return status;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/messages: SMS that the reader could not read for sure, words
 * without a score, and what was decided; POST /staff/messages/ID decides, or
 * takes back. One click each: the page comes back with what was done on top,
 * its effect, and the way to undo it.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/messages/decision.h"
#include "server/pages/document.h"
#include "server/pages/messages/message.h"
#include "server/store/sms.h"
#include "server/store/sms_decisions.h"
#include "shared/limits.h"

/* The three lists, and their names in the address. */
static const struct {
	const char *name, *key;
	enum sms_person person;
} lists[] = {{"waiting", "messages.waiting", PERSON_MUST},
    {"words", "messages.words", PERSON_MAY},
    {"decided", "messages.decided", PERSON_HAS}};

#define LISTS (sizeof(lists) / sizeof(lists[0]))

/* The list asked for; the first for none, LISTS for an unknown one. */
static size_t
asked_list(const struct pairs *pairs)
{
	const char *name = pairs_get(pairs, "list");
	size_t i = 0;

	while (name != NULL && i < LISTS && strcmp(lists[i].name, name) != 0)
		i++;
	return i;
}

static bool
may_decide(const struct request *req)
{
	return (req->caller.who & (WHO_MANAGER | WHO_CASEWORKER)) != 0;
}

/* The lists with their sizes; NULL when the database does not answer. */
static json_t *
tabs(const struct scope *scope, size_t here)
{
	json_t *out = json_array();

	for (size_t i = 0; i < LISTS; i++) {
		int64_t n = store_sms_count(scope->page->ctx->db,
		    lists[i].person, scope->page->req->caller.unit);

		if (n < 0) {
			json_decref(out);
			return NULL;
		}
		json_array_append_new(out,
		    json_pack("{s:s, s:s, s:s, s:b}", "href",
			arena_printf(scope->page->arena,
			    "/staff/messages?list=%s", lists[i].name),
			"title", page_text(scope->page, lists[i].key), "count",
			page_count(scope->page, n), "here", i == here));
	}
	return out;
}

/* What was just decided, or null. */
static json_t *
just_done(const struct scope *scope)
{
	const char *id = pairs_get(&scope->page->req->query, "done");
	struct sms_read m;
	struct uuid uuid;

	if (id == NULL || !uuid_parse(id, &uuid) ||
	    store_sms_read(scope->page->ctx->db, scope->page->arena, &uuid,
		&m) != STEP_ROW ||
	    m.person != PERSON_HAS ||
	    !decision_may_see(
		scope->page->ctx->catalogue, &scope->page->req->caller, m.unit))
		return json_null();
	return message_document(scope, &m, may_decide(scope->page->req));
}

static json_t *
messages(const struct scope *scope, const struct sms_read *list, size_t n)
{
	json_t *out = json_array(), *one;

	for (size_t i = 0; i < n; i++) {
		one = message_document(
		    scope, &list[i], may_decide(scope->page->req));
		if (one == NULL) {
			json_decref(out);
			return NULL;
		}
		json_array_append_new(out, one);
	}
	return out;
}

/* The page's document; NULL when the database does not answer. */
static json_t *
document(const struct scope *scope, size_t which, const struct sms_place *after)
{
	const enum sms_person person = lists[which].person;
	struct sms_read *list;
	json_t *all, *done, *bar, *doc;
	size_t n;

	if (!store_sms_page(scope->page->ctx->db, scope->page->arena, person,
		scope->page->req->caller.unit, after, LIMIT_PAGE_REMARKS + 1,
		&list, &n))
		return NULL;
	all = messages(
	    scope, list, n > LIMIT_PAGE_REMARKS ? LIMIT_PAGE_REMARKS : n);
	done = just_done(scope);
	bar = tabs(scope, which);
	if (all == NULL || done == NULL || bar == NULL) {
		json_decref(all);
		json_decref(done);
		json_decref(bar);
		return NULL;
	}
	doc = document_staff(scope->page->ctx, scope->page->req);
	json_object_set_new(doc, "tabs", bar);
	json_object_set_new(doc, "done", done);
	json_object_set_new(doc, "list", json_string(lists[which].name));
	json_object_set_new(doc, "any", json_boolean(n > 0));
	json_object_set_new(doc, "messages", all);
	json_object_set_new(doc, "older",
	    n <= LIMIT_PAGE_REMARKS
		? json_null()
		: json_string(arena_printf(scope->page->arena,
		      "/staff/messages?list=%s&after=%s", lists[which].name,
		      message_place_name(
			  scope, &list[LIMIT_PAGE_REMARKS - 1]))));
	return doc;
}

int
get_messages(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *after = pairs_get(&req->query, "after");
	size_t which = asked_list(&req->query);
	struct sms_place place;
	struct page page = page_of(ctx, req, res);
	struct scope scope;
	json_t *doc;

	if (which == LISTS || !scope_read(&scope, &page) ||
	    (after != NULL && !message_place_read(after, &place)))
		return 404;
	doc = document(&scope, which, after == NULL ? NULL : &place);
	return doc == NULL
		   ? 503
		   : document_show(req, res, 200, "messages/messages", doc);
}

/* ------------------------------------------------------------------ deciding
 */

static bool
write_decision(struct db *db, struct tallies *tallies, struct request *req)
{
	return decision_carry_out(db, tallies, req->data);
}

static int
reply_decision(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct decision_request *d = req->data;
	size_t which = asked_list(&req->form);
	char id[UUID_TEXT];

	(void)ctx;
	uuid_format(&d->message, id);
	return document_go(
	    res, arena_printf(&req->arena, "/staff/messages?list=%s&done=%s%s",
		     lists[which == LISTS ? 0 : which].name, id,
		     req->lang == LANG_EN ? "&lang=en" : ""));
}

int
post_message(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *word = pairs_get(&req->form, "decision");
	struct decision_request *d = arena_alloc(&req->arena, sizeof(*d));
	struct sms_read m;

	(void)res;
	*d = (struct decision_request){.catalogue = ctx->catalogue,
	    .settings = ctx->settings,
	    .keys = ctx->keys,
	    .who = &req->caller,
	    .arena = &req->arena,
	    .now = req->now,
	    .decision = decision_find(word),
	    .desk = pairs_get(&req->form, "desk")};
	uuid_new(&d->deed);
	if (word == NULL ||
	    (d->decision == DECIDE_NOTHING && strcmp(word, "undo") != 0))
		return 422;
	if (!uuid_parse(req->part[0], &d->message))
		return 404;
	switch (store_sms_read(ctx->db, &req->arena, &d->message, &m)) {
	case STEP_ROW:
		break;
	case STEP_DONE:
		return 404;
	default:
		return 503;
	}
	if (m.person == PERSON_NONE ||
	    !decision_may_see(ctx->catalogue, &req->caller, m.unit))
		return 404;
	req->data = d;
	req->write = write_decision;
	req->reply = reply_decision;
	return HTTP_LATER;
}

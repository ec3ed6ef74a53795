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
#include "server/pages/messages/message.h"
#include "server/pages/scores/scope.h"
#include "server/store/messages/sms.h"
#include "server/store/messages/sms_decisions.h"
#include "shared/limits.h"

/* The three lists, and their names in the address. */
static const struct {
	const char *name, *key;
	enum sms_person person;
} message_lists[] = {{"waiting", "messages.waiting", PERSON_MUST},
    {"words", "messages.words", PERSON_MAY},
    {"decided", "messages.decided", PERSON_HAS}};

#define MESSAGE_LISTS (sizeof(message_lists) / sizeof(message_lists[0]))

/* The list of a name; the first for "", MESSAGE_LISTS for an unknown one. */
static size_t
find_message_list(const char *name)
{
	size_t i = 0;

	if (name[0] == '\0')
		return 0;
	while (i < MESSAGE_LISTS && strcmp(message_lists[i].name, name) != 0)
		i++;
	return i;
}

static bool
may_decide(const struct page *page)
{
	return page_may(page, WHO_MANAGER | WHO_CASEWORKER);
}

/* The lists with their sizes; NULL when the database does not answer. */
static json_t *
message_tabs(const struct page *page, size_t here)
{
	json_t *tabs = json_array(), *tab;

	for (size_t i = 0; i < MESSAGE_LISTS; i++) {
		const char *name = message_lists[i].name;
		int64_t n = store_sms_count(page->ctx->db,
		    message_lists[i].person, page->req->caller.unit);

		if (n < 0) {
			json_decref(tabs);
			return NULL;
		}
		tab = json_object();
		put_text(tab, "href",
		    arena_printf(page->arena, "/staff/messages?list=%s", name));
		put_text(tab, "title", page_text(page, message_lists[i].key));
		put_text(tab, "count", page_count(page, n));
		put_flag(tab, "here", i == here);
		json_array_append_new(tabs, tab);
	}
	return tabs;
}

/* What was just decided, or null. */
static json_t *
just_decided(const struct scope *scope)
{
	const struct page *page = scope->page;
	struct sms_read m;
	struct uuid id;

	if (!uuid_parse(page_asked(page, "done"), &id) ||
	    store_sms_read(page->ctx->db, page->arena, &id, &m) != STEP_ROW ||
	    m.person != PERSON_HAS ||
	    !decision_may_see(page->ctx->catalogue, &page->req->caller, m.unit))
		return json_null();
	return message_document(scope, &m, may_decide(page));
}

/* Messages one by one; NULL when the database does not answer. */
static json_t *
message_documents(
    const struct scope *scope, const struct sms_read *list, size_t n)
{
	json_t *all = json_array(), *one;

	for (size_t i = 0; i < n; i++) {
		one =
		    message_document(scope, &list[i], may_decide(scope->page));
		if (one == NULL) {
			json_decref(all);
			return NULL;
		}
		json_array_append_new(all, one);
	}
	return all;
}

/* The way to the messages behind this one in a list. */
static const char *
older_messages(
    const struct page *page, const char *list, const struct sms_read *last)
{
	return arena_printf(page->arena, "/staff/messages?list=%s&after=%s",
	    list, page_place(page, last->received_at, &last->id));
}

/* The page's document; NULL when the database does not answer. */
static json_t *
messages_document(
    const struct scope *scope, size_t which, const struct sms_place *after)
{
	const struct page *page = scope->page;
	const char *name = message_lists[which].name;
	json_t *messages, *done, *tabs, *doc;
	struct sms_read *list;
	size_t n, shown;

	if (!store_sms_page(page->ctx->db, page->arena,
		message_lists[which].person, page->req->caller.unit, after,
		LIMIT_PAGE_REMARKS + 1, &list, &n))
		return NULL;
	shown = n > LIMIT_PAGE_REMARKS ? LIMIT_PAGE_REMARKS : n;
	messages = message_documents(scope, list, shown);
	done = just_decided(scope);
	tabs = message_tabs(page, which);
	if (messages == NULL || done == NULL || tabs == NULL) {
		json_decref(messages);
		json_decref(done);
		json_decref(tabs);
		return NULL;
	}
	doc = page_document(page);
	put_part(doc, "tabs", tabs);
	put_part(doc, "done", done);
	put_text(doc, "list", name);
	put_flag(doc, "any", n > 0);
	put_part(doc, "messages", messages);
	put_text(doc, "older",
	    n > shown ? older_messages(page, name, &list[shown - 1]) : NULL);
	return doc;
}

int
get_messages(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	size_t which = find_message_list(page_asked(&page, "list"));
	const char *after = page_asked(&page, "after");
	bool first = after[0] == '\0';
	struct sms_place place;
	struct scope scope;
	json_t *doc;

	if (which == MESSAGE_LISTS || !scope_read(&scope, &page) ||
	    (!first && !page_place_read(after, &place.at, &place.id)))
		return 404;
	doc = messages_document(&scope, which, first ? NULL : &place);
	return doc == NULL ? 503
			   : page_show(&page, 200, "messages/messages", doc);
}

/* ----------------------------------------------------------------- deciding */

static bool
write_sms_decision(struct db *db, struct tallies *tallies, struct request *req)
{
	return decision_carry_out(db, tallies, req->data);
}

static int
reply_sms_decision(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct decision_request *d = req->data;
	size_t which = find_message_list(page_field(&page, "list"));
	const char *name =
	    message_lists[which == MESSAGE_LISTS ? 0 : which].name;

	return page_go(
	    &page, page_address(&page, "/staff/messages", "list", name, "done",
		       page_id(&page, &d->message), NULL));
}

int
post_message(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct decision_request *d = arena_alloc(page.arena, sizeof(*d));
	const char *word = page_field(&page, "decision");
	struct sms_read m;

	*d = (struct decision_request){.catalogue = ctx->catalogue,
	    .settings = ctx->settings,
	    .keys = ctx->keys,
	    .who = &req->caller,
	    .arena = page.arena,
	    .now = req->now,
	    .decision = decision_find(word),
	    .desk = pairs_get(&req->form, "desk")};
	uuid_new(&d->deed);
	if (d->decision == DECIDE_NOTHING && strcmp(word, "undo") != 0)
		return 422;
	if (!uuid_parse(req->part[0], &d->message))
		return 404;
	switch (store_sms_read(ctx->db, page.arena, &d->message, &m)) {
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
	return page_write(&page, d, write_sms_decision, reply_sms_decision);
}

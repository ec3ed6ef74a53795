/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The members that all documents of staff, or of citizens, have in common, and
 * the way from a document to a response. */
#include "server/pages/page.h"

#include <string.h>
#include "server/pages/assets.h"
#include "server/pages/menu.h"
#include "server/pages/templates.h"
#include "server/store/answers.h"
#include "server/store/soundness.h"
#include "shared/limits.h"
#include "shared/log.h"

/* What a page of ours keeps in its address. */
static bool
address_keeps(const struct pair *p)
{
	static const char *const names[] = {"period", "unit", "field",
	    "channel", "score", "q", "after", "list", "person", "flag", "desk",
	    "day", "login", "act", "object", "from", "to", "id", "more", NULL};

	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(p->name, names[i]) == 0)
			return true;
	return strcmp(p->name, "next") == 0 &&
	       strncmp(p->value, "/staff/", 7) == 0;
}

/* The way to the same page in the other language: this address with all that
 * was chosen, and lang=. */
static json_t *
other_language(const struct page *p)
{
	const struct pairs *query = &p->req->query;
	const char *other = lang_code(p->lang == LANG_VI ? LANG_EN : LANG_VI);
	struct pairs kept = {0};
	struct buf href;
	json_t *way = json_object();

	pairs_add(p->arena, &kept, "lang", other);
	for (size_t i = 0; i < query->count; i++)
		if (address_keeps(&query->list[i]))
			pairs_add(p->arena, &kept, query->list[i].name,
			    query->list[i].value);
	buf_init(&href);
	urlencoded_put(&href, p->req->path, true);
	pairs_put(&href, &kept);
	put_text(way, "lang", other);
	put_text(way, "href", buf_text(&href));
	buf_finish(&href);
	return way;
}

/* The members that staff_head.html and form_head.html have in common. */
static json_t *
head_document(const struct page *p, const char *style)
{
	json_t *doc = json_object();

	put_text(doc, "lang", lang_code(p->lang));
	put_part(doc, "other", p->req->one_language ? NULL : other_language(p));
	put_text(doc, "css", asset_url(style));
	put_text(doc, "icon", asset_url("icon.svg"));
	return doc;
}

json_t *
page_citizen(const struct page *p, const char *unit_name)
{
	json_t *doc = head_document(p, "form.css");

	put_text(doc, "unit_name", unit_name);
	return doc;
}

/* What whoever works here must know: the house cannot be believed wholly. */
static json_t *
alarms_of(const struct page *p)
{
	struct soundness_report sound;
	json_t *list = json_array();

	soundness_read(p->ctx->soundness, &sound);
	if (sound.damaged)
		json_array_append_new(
		    list, json_string(page_text(p, "alarm.damaged")));
	if (sound.differences > 0)
		json_array_append_new(
		    list, json_string(page_text(p, "alarm.counts")));
	if (*p->ctx->clock_off != 0)
		json_array_append_new(
		    list, json_string(page_text(p, "alarm.clock")));
	return list;
}

json_t *
page_document(const struct page *p)
{
	const struct caller *caller = &p->req->caller;
	json_t *doc = head_document(p, "style.css"), *user = NULL;

	if (caller->login != NULL) {
		user = json_object();
		put_text(user, "login", caller->login);
		put_text(user, "name", page_person(p, caller->login));
		put_text(user, "csrf", caller->csrf);
	}
	put_part(doc, "alarms", caller->login == NULL ? NULL : alarms_of(p));
	put_flag(doc, "sample", store_has_samples(p->ctx->db));
	put_part(doc, "user", user);
	put_text(doc, "csrf", caller->csrf);
	put_part(doc, "ways", menu_of(p));
	put_flag(doc, "hint",
	    page_may(p, WHO_ADMIN | WHO_AUDITOR) && !caller->factor &&
		!caller->start);
	return doc;
}

int
page_show(
    const struct page *p, int status, const char *template, json_t *document)
{
	struct response *res = p->res;
	char error[LIMIT_ERROR_BYTES];
	bool ok = template_render(
	    &page_templates, template, document, p->lang, &res->body, error);

	json_decref(document);
	res->type = "text/html; charset=utf-8";
	if (ok)
		return status;
	log_error("page %s: %s", template, error);
	buf_clear(&res->body);
	buf_puts(&res->body, "<!doctype html><title>500</title>500");
	return 500;
}

int
page_go(const struct page *p, const char *address)
{
	p->res->location = address;
	return 303;
}

int
page_write(const struct page *p, void *data, request_write *write,
    request_reply *reply)
{
	return request_later(p->req, data, write, reply);
}

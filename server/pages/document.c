/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The common members, and the way from a document to a response. */
#include "server/pages/document.h"

#include <string.h>
#include "server/core/text/urlencoded.h"
#include "server/pages/office.h"
#include "server/pages/templates.h"
#include "server/settings.h"
#include "server/store/answers.h"
#include "shared/log.h"

/* ------------------------------------------------------------------ members */

void
put_part(json_t *document, const char *name, json_t *part)
{
	json_object_set_new(document, name, part == NULL ? json_null() : part);
}

void
put_text(json_t *document, const char *name, const char *text)
{
	put_part(document, name, text == NULL ? NULL : json_string(text));
}

void
put_words(json_t *document, const char *name, const char *words)
{
	put_text(
	    document, name, words == NULL || words[0] == '\0' ? NULL : words);
}

void
put_flag(json_t *document, const char *name, bool flag)
{
	put_part(document, name, json_boolean(flag));
}

void
put_number(json_t *document, const char *name, int64_t number)
{
	put_part(document, name, json_integer(number));
}

/* ------------------------------------------------------------ whole documents
 */

/* What a page of ours keeps in its address. */
static bool
keeps(const struct pair *p)
{
	static const char *const names[] = {"period", "unit", "field",
	    "channel", "score", "q", "after", "list", "person", "flag", "desk",
	    "day", "login", "act", "object", "from", "to", NULL};

	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(p->name, names[i]) == 0)
			return true;
	return strcmp(p->name, "next") == 0 &&
	       strncmp(p->value, "/staff/", 7) == 0;
}

/* The way to the same page in the other language: this address with all that
 * was chosen, and lang=. */
static json_t *
other_language(struct request *req)
{
	enum lang other = req->lang == LANG_VI ? LANG_EN : LANG_VI;
	struct buf href;
	json_t *json;

	buf_init(&href);
	urlencoded_put(&href, req->path, true);
	buf_printf(&href, "?lang=%s", lang_code(other));
	for (size_t i = 0; i < req->query.count; i++) {
		const struct pair *p = &req->query.list[i];

		if (!keeps(p))
			continue;
		buf_putc(&href, '&');
		urlencoded_put(&href, p->name, false);
		buf_putc(&href, '=');
		urlencoded_put(&href, p->value, false);
	}
	json = json_pack(
	    "{s:s, s:s}", "lang", lang_code(other), "href", buf_text(&href));
	buf_finish(&href);
	return json;
}

json_t *
document_citizen(struct request *req, const char *unit_name)
{
	return json_pack("{s:s, s:o, s:s, s:s, s:s?}", "lang",
	    lang_code(req->lang), "other",
	    req->one_language ? json_null() : other_language(req), "css",
	    asset_url("form.css"), "icon", asset_url("icon.svg"), "unit_name",
	    unit_name);
}

json_t *
document_staff(struct ctx *ctx, struct request *req)
{
	json_t *user = req->caller.login == NULL
			   ? json_null()
			   : json_pack("{s:s, s:s}", "login", req->caller.login,
				 "csrf", req->caller.csrf);

	bool hint = office_may(req, WHO_ADMIN | WHO_AUDITOR) &&
		    !req->caller.factor && !req->caller.start;

	return json_pack("{s:s, s:o, s:s, s:s, s:b, s:o, s:o, s:b}", "lang",
	    lang_code(req->lang), "other", other_language(req), "css",
	    asset_url("style.css"), "icon", asset_url("icon.svg"), "sample",
	    store_has_samples(ctx->db), "user", user, "ways", office_ways(req),
	    "hint", hint);
}

int
document_show(struct request *req, struct response *res, int status,
    const char *page, json_t *document)
{
	char error[LIMIT_ERROR_BYTES];
	bool ok =
	    document != NULL && template_render(&page_templates, page, document,
				    req->lang, &res->body, error);

	if (document == NULL)
		log_error("page %s: its document cannot be made", page);
	else if (!ok)
		log_error("page %s: %s", page, error);
	json_decref(document);
	res->type = "text/html; charset=utf-8";
	if (ok)
		return status;
	buf_clear(&res->body);
	buf_puts(&res->body, "<!doctype html><title>500</title>500");
	return 500;
}

int
document_gone(struct ctx *ctx, struct request *req, struct response *res,
    const char *unit_name, const char *desk)
{
	json_t *doc = document_citizen(req, unit_name);
	const char *path =
	    desk == NULL ? "/" : arena_printf(&req->arena, "/f/%s", desk);
	const char *url =
	    arena_printf(&req->arena, "%s%s", ctx->settings->public_url, path);

	json_object_update_new(
	    doc, json_pack("{s:i, s:s, s:s, s:s}", "status", 410, "message",
		     text_fill(&req->arena, req->lang, "web.token.gone", "url",
			 url, NULL),
		     "back", path, "back_words", text(req->lang, "web.again")));
	return document_show(req, res, 410, "error", doc);
}

int
document_go(struct response *res, const char *location)
{
	res->location = location;
	return 303;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nothing is kept on the server: the pages of signing in carry what was sent as
 * hidden fields, "kept" the address and "kept.NAME" each of its fields, from
 * one step to the next. It is never sent on by itself: the person sees the
 * words and presses. Only addresses of staff pages are taken, and a request
 * that another site's page sent never comes so far (server/http/auth.c). Forms
 * of passwords and codes are not kept, nor files.
 */
#include "server/pages/account/kept.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/pages/page.h"
#include "shared/clean_text.h"
#include "shared/limits.h"

#define KEPT       "kept"
#define KEPT_PARTS (URLENCODED_PAIRS - 10) /* with what a login form has */
#define KEPT_BYTES (LIMIT_FORM_BYTES - 4096)
#define KEPT_LINE  40 /* bytes of a value that needs no big box */

static bool
starts_with(const char *text, const char *beginning)
{
	return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* This very request is a form that may be kept. */
static bool
is_kept_form(const struct request *req)
{
	return req->method == METHOD_POST &&
	       starts_with(req->path, "/staff/") &&
	       !starts_with(req->path, ACCOUNT_PATH) &&
	       req->upload.data == NULL && req->form.count > 0 &&
	       req->form.count <= KEPT_PARTS && req->body_size <= KEPT_BYTES;
}

/* The address that it was sent to; NULL: nothing is kept. */
static const char *
kept_address(const struct page *page)
{
	const struct request *req = page->req;
	struct buf out;
	const char *kept;

	if (!is_kept_form(req))
		return page_office_address(page_field(page, KEPT));
	buf_init(&out);
	urlencoded_put(&out, req->path, true);
	pairs_put(&out, &req->query);
	kept = arena_strdup(page->arena, buf_text(&out));
	buf_finish(&out);
	return page_office_address(kept);
}

bool
kept_any(const struct page *page)
{
	return kept_address(page) != NULL;
}

/* The name of a field that is kept, as it was in its own form; NULL: not kept.
 */
static const char *
kept_name(const struct request *req, const struct pair *p)
{
	if (is_kept_form(req))
		return strcmp(p->name, "csrf") == 0 ? NULL : p->name;
	return starts_with(p->name, KEPT ".") ? p->name + strlen(KEPT ".")
					      : NULL;
}

static void
add_kept(json_t *list, const char *name, const char *value)
{
	json_t *field = json_object();

	put_text(field, "name", name);
	put_text(field, "value", value);
	json_array_append_new(list, field);
}

json_t *
kept_fields(const struct page *page)
{
	const struct pairs *form = &page->req->form;
	const char *address = kept_address(page);
	json_t *list;

	if (address == NULL)
		return NULL;
	list = json_array();
	add_kept(list, KEPT, address);
	for (size_t i = 0; i < form->count; i++) {
		const struct pair *p = &form->list[i];
		const char *name = kept_name(page->req, p);

		if (name != NULL)
			add_kept(list,
			    arena_printf(page->arena, KEPT ".%s", name),
			    clean_text(page->arena, p->words, p->size, NULL));
	}
	return json_pack("{s:o}", "fields", list);
}

/* Words that a person typed, which are shown. */
static bool
is_words(const char *value)
{
	return strlen(value) > KEPT_LINE || strpbrk(value, " \n") != NULL;
}

int
kept_show(
    const struct page *page, int status, const char *csrf, const char *message)
{
	const struct pairs *form = &page->req->form;
	json_t *doc = page_document(page), *fields = json_array(),
	       *words = json_array();

	for (size_t i = 0; i < form->count; i++) {
		const struct pair *p = &form->list[i];
		const char *name = kept_name(page->req, p), *value;

		if (name == NULL)
			continue;
		value = clean_text(page->arena, p->words, p->size, NULL);
		add_kept(is_words(value) ? words : fields, name, value);
	}
	put_text(doc, "to", kept_address(page));
	put_text(doc, "token", csrf);
	put_text(doc, "message", page_text(page, message));
	put_part(doc, "fields", fields);
	put_part(doc, "words", words);
	return page_show(page, status, "account/kept", doc);
}

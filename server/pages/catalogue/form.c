/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A form's page: the questions of one version, as they stand, and from them the
 * next version. What was published never changes; publishing is adding. The
 * draft is shown as citizens will see it by the page they will see
 * (form_draft), with nothing to send.
 */
#include "server/pages/catalogue/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/document.h"
#include "server/pages/pages.h"
#include "shared/limits.h"
#include "shared/utf8.h"

#define SPARE 2 /* empty questions at the end, to add to */

static const char *const lists[] = {"criteria", "reasons", NULL};
static const char *const words[] = {"title", "overall", NULL};

/* The newest version of a code; NULL: there is none. */
static const struct sheet_row *
newest(struct admin *a, const char *code)
{
	const struct sheet *forms = &a->folder.sheets[SHEET_FORMS];
	const struct sheet_row *found = NULL;

	for (size_t i = 0; i < forms->count; i++)
		if (strcmp(forms->rows[i].cells[FORM_CODE], code) == 0)
			found = &forms->rows[i];
	return found;
}

/* -------------------------------------------------------------------- showing
 */

static json_t *
text_input(struct admin *a, const char *name, const char *label,
    const json_t *item, const char *member)
{
	const char *value = json_string_value(json_object_get(item, member));

	const char *lang =
	    text_find(a->lang, arena_printf(a->arena, "lang.%s", member));

	return json_pack("{s:s, s:s, s:s}", "name", name, "label",
	    lang == NULL ? label
			 : arena_printf(a->arena, "%s (%s)", label, lang),
	    "value", value == NULL ? "" : value);
}

/* Title and general question in each language. */
static json_t *
head_inputs(struct admin *a, const json_t *document)
{
	json_t *inputs = json_array();

	for (int i = 0; words[i] != NULL; i++)
		for (int l = 0; l < LANG_COUNT; l++) {
			const char *lang = lang_code((enum lang)l);

			json_array_append_new(inputs,
			    text_input(a,
				arena_printf(a->arena, "%s.%s", words[i], lang),
				admin_text(a, arena_printf(a->arena,
						  "admin.form.%s", words[i])),
				json_object_get(document, words[i]), lang));
		}
	return inputs;
}

/* One question of a list: its code and its words. */
static json_t *
item_inputs(struct admin *a, const char *list, size_t i, const json_t *item)
{
	json_t *inputs = json_array();
	const char *base = arena_printf(a->arena, "%s.%zu", list, i);

	json_array_append_new(
	    inputs, text_input(a, arena_printf(a->arena, "%s.code", base),
			admin_text(a, "admin.form.code"), item, "code"));
	for (int l = 0; l < LANG_COUNT; l++)
		json_array_append_new(
		    inputs, text_input(a,
				arena_printf(a->arena, "%s.%s", base,
				    lang_code((enum lang)l)),
				admin_text(a, "admin.form.words"), item,
				lang_code((enum lang)l)));
	return inputs;
}

static json_t *
list_inputs(
    struct admin *a, const json_t *document, const char *list, bool spare)
{
	const json_t *items = json_object_get(document, list);
	size_t n = json_array_size(items);
	json_t *rows = json_array();

	for (size_t i = 0; i < n + (spare ? SPARE : 0); i++)
		json_array_append_new(rows,
		    json_pack("{s:s, s:o}", "number",
			arena_printf(a->arena, "%zu", i + 1), "inputs",
			item_inputs(a, list, i, json_array_get(items, i))));
	return json_pack("{s:s, s:o}", "title",
	    admin_text(a, arena_printf(a->arena, "admin.form.%s", list)),
	    "items", rows);
}

int
admin_form_show(struct admin *a, struct response *res, int status,
    const struct sheet_row *row, const struct refusals *problems)
{
	json_t *document = json_loads(row->cells[FORM_DOCUMENT], 0, NULL);
	const char *code = row->cells[FORM_CODE];
	const struct sheet_row *last = newest(a, code);
	bool published =
	    problems == NULL && status == 200 && a->req->method == METHOD_GET;
	json_t *history =
	    admin_history(a, "form.", sheet_key(a->arena, SHEET_FORMS, row));
	json_t *doc;

	if (history == NULL) {
		json_decref(document);
		return 503;
	}
	doc = admin_document(a);
	json_object_update_new(doc,
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:o, s:[o, o], s:o, s:o}",
		"title", admin_name(a, SHEET_FORMS, row, row->cells[FORM_CODE]),
		"sheet", admin_text(a, "admin.forms"), "sheet_href",
		admin_sheet_address(a, SHEET_FORMS, NULL, NULL), "code", code,
		"next",
		arena_printf(a->arena, "%d",
		    last == NULL ? 1 : atoi(last->cells[FORM_VERSION]) + 1),
		"published", published, "head", head_inputs(a, document),
		"lists", list_inputs(a, document, "criteria", true),
		list_inputs(a, document, "reasons", true), "history", history,
		"problems", admin_problems(a, problems)));
	json_object_set_new(doc, "seen",
	    published ? json_string(admin_address(a,
			    arena_printf(a->arena, "/staff/admin/forms/%s/%s",
				code, row->cells[FORM_VERSION]),
			    NULL))
		      : json_null());
	json_decref(document);
	return document_show(a->req, res, status, "catalogue/form", doc);
}

/* ------------------------------------------------------------------- entering
 */

static const char *
entered(struct admin *a, const char *name)
{
	const char *text = pairs_get(&a->req->form, name);
	size_t n;

	if (text == NULL)
		return NULL;
	n = strlen(text);
	utf8_trim(&text, &n);
	return arena_strndup(a->arena, text, n);
}

/* Puts an entered text into an object; "" takes it out. */
static void
put(struct admin *a, json_t *object, const char *member, const char *name)
{
	const char *text = entered(a, name);

	if (text == NULL || object == NULL)
		return;
	if (text[0] == '\0')
		json_object_del(object, member);
	else
		json_object_set_new(object, member, json_string(text));
}

/* The item of a code, to keep what else it says (its factor), or a new one. */
static json_t *
item_of(const json_t *items, const char *code)
{
	for (size_t i = 0; i < json_array_size(items); i++) {
		const json_t *one = json_array_get(items, i);
		const char *own =
		    json_string_value(json_object_get(one, "code"));

		if (own != NULL && strcmp(own, code) == 0)
			return json_deep_copy(one);
	}
	return json_pack("{s:s}", "code", code);
}

/* The entered list; a question without a code is left out. */
static void
put_list(struct admin *a, json_t *document, const char *list)
{
	const json_t *items = json_object_get(document, list);
	json_t *out = json_array();

	for (size_t i = 0; i < LIMIT_CRITERIA + SPARE; i++) {
		const char *base = arena_printf(a->arena, "%s.%zu", list, i);
		const char *code =
		    entered(a, arena_printf(a->arena, "%s.code", base));
		json_t *item;

		if (code == NULL)
			break;
		if (code[0] == '\0')
			continue;
		item = item_of(items, code);
		for (int l = 0; l < LANG_COUNT; l++)
			put(a, item, lang_code((enum lang)l),
			    arena_printf(a->arena, "%s.%s", base,
				lang_code((enum lang)l)));
		json_array_append_new(out, item);
	}
	json_object_set_new(document, list, out);
}

bool
admin_form_read(struct admin *a, struct sheet_row *out)
{
	const char *code = pairs_get(&a->req->form, "code");
	const struct sheet_row *last = code == NULL ? NULL : newest(a, code);
	json_t *document;

	if (last == NULL)
		return false;
	document = json_loads(last->cells[FORM_DOCUMENT], 0, NULL);
	json_object_set_new(document, "version",
	    json_integer(atoi(last->cells[FORM_VERSION]) + 1));
	for (int i = 0; words[i] != NULL; i++) {
		if (json_object_get(document, words[i]) == NULL)
			json_object_set_new(document, words[i], json_object());
		for (int l = 0; l < LANG_COUNT; l++)
			put(a, json_object_get(document, words[i]),
			    lang_code((enum lang)l),
			    arena_printf(a->arena, "%s.%s", words[i],
				lang_code((enum lang)l)));
	}
	for (int i = 0; lists[i] != NULL; i++)
		put_list(a, document, lists[i]);
	*out = (struct sheet_row){.cells = {"", "", "", "", "", ""}};
	form_row(a->arena, document, out);
	json_decref(document);
	return true;
}

/* -------------------------------------------------------------- as it is seen
 */

static int
show_seen(struct admin *a, struct response *res, const struct sheet_row *row)
{
	json_t *document = json_loads(row->cells[FORM_DOCUMENT], 0, NULL);
	char error[200];
	struct form form;
	int status = 422;

	if (form_read(a->arena, document, &form, error, sizeof(error)))
		status = form_draft(a->ctx, a->req, res, &form);
	json_decref(document);
	return status;
}

int
get_catalogue_form(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct sheet_row *row;
	struct admin a;
	int status = admin_open(&a, ctx, req);

	if (status != 0)
		return status;
	row = folder_row(&a.folder, SHEET_FORMS,
	    arena_printf(a.arena, "%s.%s", req->part[0], req->part[1]));
	return row == NULL ? 404 : show_seen(&a, res, row);
}

int
post_catalogue_form_draft(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct sheet_row row;
	struct admin a;
	int status = admin_open(&a, ctx, req);

	if (status != 0)
		return status;
	return admin_form_read(&a, &row) ? show_seen(&a, res, &row) : 404;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A form's page: the questions of one version, as they stand, and from them the
 * next version. What was published never changes; publishing is adding. The
 * draft is shown as citizens will see it by the page they will see
 * (form_draft), with nothing to send.
 */
#include "server/pages/catalogue/form.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/catalogue/catalogue_page.h"
#include "server/pages/catalogue/words.h"
#include "server/pages/page.h"
#include "server/pages/pages.h"
#include "shared/limits.h"

#define SPARE 2 /* empty questions at the end, to add to */

/* The members of a form's document that are texts, and that are lists. */
static const char *const form_texts[] = {"title", "overall", NULL};
static const char *const form_lists[] = {"criteria", "reasons", NULL};

/* The newest version of a code; NULL: there is none. */
static const struct sheet_row *
newest_form(const struct catalogue_page *c, const char *code)
{
	const struct sheet *forms = &c->folder.sheets[SHEET_FORMS];
	const struct sheet_row *found = NULL;

	for (size_t i = 0; i < forms->count; i++)
		if (strcmp(forms->rows[i].cells[FORM_CODE], code) == 0)
			found = &forms->rows[i];
	return found;
}

static int
next_version(const struct sheet_row *last)
{
	return last == NULL ? 1 : atoi(last->cells[FORM_VERSION]) + 1;
}

/* ----------------------------------------------------------------- showing */

/* Adds an input for a member of an item: its code, or its words in a language.
 */
static void
add_text_input(const struct page *page, json_t *inputs, const char *base,
    const char *label, const json_t *item, const char *member)
{
	const char *value = json_string_value(json_object_get(item, member));
	const char *lang =
	    text_find(page->lang, arena_printf(page->arena, "lang.%s", member));
	json_t *input = json_object();

	if (lang != NULL)
		label = arena_printf(page->arena, "%s (%s)", label, lang);
	put_text(
	    input, "name", arena_printf(page->arena, "%s.%s", base, member));
	put_text(input, "label", label);
	put_text(input, "value", value == NULL ? "" : value);
	json_array_append_new(inputs, input);
}

/* Title and general question in each language. */
static json_t *
head_inputs(const struct page *page, const json_t *document)
{
	json_t *inputs = json_array();

	for (int i = 0; form_texts[i] != NULL; i++)
		for (int l = 0; l < LANG_COUNT; l++)
			add_text_input(page, inputs, form_texts[i],
			    page_text_of(page, "admin.form.%s", form_texts[i]),
			    json_object_get(document, form_texts[i]),
			    lang_code((enum lang)l));
	return inputs;
}

/* One question of a list: its code and its words. */
static json_t *
question_inputs(
    const struct page *page, const char *list, size_t i, const json_t *question)
{
	const char *base = arena_printf(page->arena, "%s.%zu", list, i);
	json_t *inputs = json_array();

	add_text_input(page, inputs, base, page_text(page, "admin.form.code"),
	    question, "code");
	for (int l = 0; l < LANG_COUNT; l++)
		add_text_input(page, inputs, base,
		    page_text(page, "admin.form.words"), question,
		    lang_code((enum lang)l));
	return inputs;
}

static json_t *
list_inputs(const struct page *page, const json_t *document, const char *list)
{
	const json_t *questions = json_object_get(document, list);
	size_t n = json_array_size(questions);
	json_t *rows = json_array(), *out = json_object();

	for (size_t i = 0; i < n + SPARE; i++) {
		const json_t *question = json_array_get(questions, i);
		json_t *row = json_object();

		put_text(
		    row, "number", arena_printf(page->arena, "%zu", i + 1));
		put_part(
		    row, "inputs", question_inputs(page, list, i, question));
		json_array_append_new(rows, row);
	}
	put_text(out, "title", page_text_of(page, "admin.form.%s", list));
	put_part(out, "items", rows);
	return out;
}

int
catalogue_form_show(const struct catalogue_page *c, int status,
    const struct sheet_row *row, const struct refusals *problems)
{
	const struct page *page = c->page;
	const char *code = row->cells[FORM_CODE];
	const char *key = sheet_key(page->arena, SHEET_FORMS, row);
	const char *seen = arena_printf(page->arena, "/staff/admin/forms/%s/%s",
	    code, row->cells[FORM_VERSION]);
	bool published = problems == NULL && status == 200 &&
			 page->req->method == METHOD_GET;
	json_t *history = catalogue_words_history(c, "form.", key);
	json_t *document, *lists, *doc;

	if (history == NULL)
		return 503;
	document = json_loads(row->cells[FORM_DOCUMENT], 0, NULL);
	lists = json_array();
	for (int i = 0; form_lists[i] != NULL; i++)
		json_array_append_new(
		    lists, list_inputs(page, document, form_lists[i]));
	doc = catalogue_page_document(page);
	put_text(doc, "title", catalogue_words_row(c, SHEET_FORMS, row, code));
	put_text(doc, "sheet", page_text(page, "admin.forms"));
	put_text(doc, "sheet_href",
	    catalogue_page_address(page, SHEET_FORMS, NULL, NULL));
	put_text(doc, "code", code);
	put_text(doc, "next",
	    arena_printf(
		page->arena, "%d", next_version(newest_form(c, code))));
	put_flag(doc, "published", published);
	put_part(doc, "head", head_inputs(page, document));
	put_part(doc, "lists", lists);
	put_part(doc, "history", history);
	put_part(doc, "problems", catalogue_words_problems(page, problems));
	put_text(
	    doc, "seen", published ? page_address(page, seen, NULL) : NULL);
	json_decref(document);
	return page_show(page, status, "catalogue/form", doc);
}

/* ---------------------------------------------------------------- entering */

/* A field of the form, trimmed; NULL: the form has none such. */
static const char *
entered_text(const struct page *page, const char *name)
{
	return pairs_get(&page->req->form, name) == NULL
		   ? NULL
		   : page_entered(page, name, SIZE_MAX);
}

/* Puts what was entered in each language into an object; "" takes it out, what
 * the form has not stays. */
static void
put_entered(const struct page *page, json_t *object, const char *base)
{
	for (int l = 0; l < LANG_COUNT; l++) {
		const char *lang = lang_code((enum lang)l);
		const char *words = entered_text(
		    page, arena_printf(page->arena, "%s.%s", base, lang));

		if (words != NULL && words[0] == '\0')
			json_object_del(object, lang);
		else if (words != NULL)
			put_text(object, lang, words);
	}
}

/* The question of a code, to keep what else it says (its factor), or a new one.
 */
static json_t *
question_copy(const json_t *questions, const char *code)
{
	for (size_t i = 0; i < json_array_size(questions); i++) {
		const json_t *one = json_array_get(questions, i);
		const char *own =
		    json_string_value(json_object_get(one, "code"));

		if (own != NULL && strcmp(own, code) == 0)
			return json_deep_copy(one);
	}
	return json_pack("{s:s}", "code", code);
}

/* Puts the entered list; a question without a code is left out. */
static void
put_entered_list(const struct page *page, json_t *document, const char *list)
{
	const json_t *questions = json_object_get(document, list);
	json_t *out = json_array();

	for (size_t i = 0; i < LIMIT_CRITERIA + SPARE; i++) {
		const char *base = arena_printf(page->arena, "%s.%zu", list, i);
		const char *code = entered_text(
		    page, arena_printf(page->arena, "%s.code", base));
		json_t *question;

		if (code == NULL)
			break;
		if (code[0] == '\0')
			continue;
		question = question_copy(questions, code);
		put_entered(page, question, base);
		json_array_append_new(out, question);
	}
	put_part(document, list, out);
}

bool
catalogue_form_read(const struct catalogue_page *c, struct sheet_row *out)
{
	const struct page *page = c->page;
	const struct sheet_row *last = newest_form(c, page_field(page, "code"));
	json_t *document;

	if (last == NULL)
		return false;
	document = json_loads(last->cells[FORM_DOCUMENT], 0, NULL);
	put_number(document, "version", next_version(last));
	for (int i = 0; form_texts[i] != NULL; i++) {
		if (json_object_get(document, form_texts[i]) == NULL)
			put_part(document, form_texts[i], json_object());
		put_entered(page, json_object_get(document, form_texts[i]),
		    form_texts[i]);
	}
	for (int i = 0; form_lists[i] != NULL; i++)
		put_entered_list(page, document, form_lists[i]);
	*out = (struct sheet_row){.cells = {"", "", "", "", "", ""}};
	form_row(page->arena, document, out);
	json_decref(document);
	return true;
}

/* ----------------------------------------------------------- as it is seen */

/* Shows a version as citizens see it. */
static int
show_draft(const struct page *page, const struct sheet_row *row)
{
	json_t *document = json_loads(row->cells[FORM_DOCUMENT], 0, NULL);
	char error[200];
	struct form form;
	int status = 422;

	if (form_read(page->arena, document, &form, error, sizeof(error)))
		status = form_draft(page->ctx, page->req, page->res, &form);
	json_decref(document);
	return status;
}

int
get_catalogue_form(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct sheet_row *row;
	struct catalogue_page c;
	int status = catalogue_page_open(&c, &page);

	if (status != 0)
		return status;
	row = folder_row(&c.folder, SHEET_FORMS,
	    arena_printf(page.arena, "%s.%s", req->part[0], req->part[1]));
	return row == NULL ? 404 : show_draft(&page, row);
}

int
post_catalogue_form_draft(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct sheet_row row;
	struct catalogue_page c;
	int status = catalogue_page_open(&c, &page);

	if (status != 0)
		return status;
	return catalogue_form_read(&c, &row) ? show_draft(&page, &row) : 404;
}

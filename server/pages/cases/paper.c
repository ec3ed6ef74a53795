/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/paper: forms that citizens filled in on paper, typed in
 * with the keyboard alone: a digit for each question (which leads on where the
 * browser runs paper.js, else Tab does), Enter saves and the next one is there,
 * of the same form, desk and day. The page brings the answer's id along, so a
 * form sent twice is one answer; who entered it is kept with it (answer.device,
 * and a step of its history).
 *
 * An entry of one's own of today can be taken back: it is set aside as entered
 * wrongly, with counts and history like every other.
 */
#include "server/pages/cases/paper.h"

#include <string.h>
#include "server/core/text/urlencoded.h"
#include "server/pages/cases/answer_view.h"
#include "server/pages/assets.h"
#include "server/pages/pages.h"
#include "server/pages/scores/levels.h"
#include "server/core/words.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/history.h"
#include "shared/civil.h"
#include "shared/limits.h"

const char *
paper_chosen(const struct page *page, const char *name)
{
	const char *entered = pairs_get(&page->req->form, name);

	return entered == NULL ? page_asked(page, name) : entered;
}

const struct form *
paper_form(const struct page *page)
{
	const char *code = paper_chosen(page, "form");

	return catalogue_form(
	    page->ctx->catalogue, code[0] == '\0' ? "one-stop" : code, 0);
}

/* This page for a form of the same desk, day and field, each of them named,
 * chosen or not. */
static const char *
paper_address(const struct page *page, const char *form, const char *done)
{
	struct pairs pairs = {0};
	const char *address;
	struct buf out;

	pairs_add(page->arena, &pairs, "form", form);
	pairs_add(page->arena, &pairs, "desk", paper_chosen(page, "desk"));
	pairs_add(page->arena, &pairs, "day", paper_chosen(page, "day"));
	pairs_add(page->arena, &pairs, "field", paper_chosen(page, "field"));
	if (done != NULL)
		pairs_add(page->arena, &pairs, "done", done);
	if (page->lang != LANG_VI)
		pairs_add(page->arena, &pairs, "lang", lang_code(page->lang));
	buf_init(&out);
	buf_puts(&out, "/staff/paper");
	pairs_put(&out, &pairs);
	address = arena_strdup(page->arena, buf_text(&out));
	buf_finish(&out);
	return address;
}

const char *
paper_again(const struct page *page, const char *done)
{
	return paper_address(page, paper_chosen(page, "form"), done);
}

/* ------------------------------------------------------------- the document */

/* The desks that the reader may enter for. None is chosen for him, but the only
 * one: an answer counts where a person said. */
static json_t *
paper_desks(const struct scope *scope)
{
	const struct page *page = scope->page;
	const struct catalogue *c = page->ctx->catalogue;
	const char *chosen = paper_chosen(page, "desk");
	json_t *options = json_array();

	for (size_t i = 0; i < c->ndesks; i++) {
		const struct desk *d = &c->desks[i];

		if (scope_may_see(scope, d->unit->code))
			page_option(options, d->code,
			    arena_printf(
				page->arena, "%s – %s", d->code, d->name),
			    strcmp(d->code, chosen) == 0);
	}
	if (json_array_size(options) > 1)
		json_array_insert_new(options, 0,
		    json_pack("{s:s, s:s, s:b}", "value", "", "label",
			page_text(page, "paper.desk.choose"), "chosen", 0));
	return options;
}

static json_t *
paper_fields(const struct page *page)
{
	const struct catalogue *c = page->ctx->catalogue;
	const char *chosen = paper_chosen(page, "field");
	json_t *options = json_array();

	page_option(options, "", page_text(page, "paper.field.desk"),
	    chosen[0] == '\0');
	for (size_t i = 0; i < c->nfields; i++)
		page_option(options, c->fields[i].code,
		    words_field(page->lang, &c->fields[i]),
		    strcmp(c->fields[i].code, chosen) == 0);
	return options;
}

/* What forms there are, in their newest version: [{title, href, here}]. */
static json_t *
paper_forms(const struct scope *scope, const struct form *chosen)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *list = json_array(), *one;

	for (size_t i = 0; i < c->nforms; i++) {
		const struct form *f = &c->forms[i];
		const json_t *title = json_object_get(f->document, "title");

		if (f != catalogue_form(c, f->code, 0))
			continue;
		one = json_object();
		put_text(one, "title", levels_words(scope, title, f->code));
		put_text(
		    one, "href", paper_address(scope->page, f->code, NULL));
		put_flag(one, "here", f == chosen);
		json_array_append_new(list, one);
	}
	return list;
}

/* The further questions: [{code, name, value: what was entered}]. */
static json_t *
paper_questions(const struct scope *scope, const struct form *form)
{
	json_t *list = json_array();

	for (size_t i = 0; i < form->ncriteria; i++) {
		const char *code = form->criteria[i];
		json_t *one = json_object();

		put_text(one, "code", code);
		put_text(one, "name", levels_name(scope, "criteria", code));
		put_text(one, "value", page_field(scope->page, code));
		json_array_append_new(list, one);
	}
	return list;
}

/* The reasons with the digits they are typed by: [{digit, name}]. */
static json_t *
paper_reasons(const struct scope *scope, const struct form *form)
{
	json_t *list = json_array();

	for (size_t i = 0; i < form->nreasons && i < PAPER_DIGITS; i++) {
		const char *code = form->reasons[i];
		json_t *one = json_object();

		put_number(one, "digit", (int64_t)i + 1);
		put_text(one, "name", levels_name(scope, "reasons", code));
		json_array_append_new(list, one);
	}
	return list;
}

/* What the reader entered today, newest first, of so many. */
static json_t *
paper_entries(const struct scope *scope, const struct paper_row *list,
    size_t count, int64_t entered)
{
	const struct page *page = scope->page;
	json_t *entries = json_array();

	for (size_t i = 0; i < count; i++) {
		const struct paper_row *p = &list[i];
		json_t *row = json_object();

		put_text(row, "number", page_count(page, entered - (int64_t)i));
		put_text(row, "entry", page_id(page, &p->id));
		put_text(row, "time", words_time(page->arena, p->at));
		put_text(row, "desk", p->desk);
		put_text(row, "day", words_date(page->arena, p->day));
		put_number(row, "level", needs_person_overall(p->scores));
		put_part(
		    row, "reasons", answer_view_reasons(scope, p->reasons));
		put_flag(row, "aside", p->aside);
		put_text(row, "step", page_new_id(page));
		json_array_append_new(entries, row);
	}
	return entries;
}

/* The form; again: it was refused, and comes back as it was entered. */
static json_t *
paper_form_document(
    const struct scope *scope, const struct form *form, bool again)
{
	const struct page *page = scope->page;
	const char *day = paper_chosen(page, "day");
	const char *today = page_iso_day(page, scope->today);
	const char *first = page_iso_day(page, scope->today - LIMIT_PAPER_DAYS);
	const char *id = pairs_get(&page->req->form, "id");
	json_t *doc = page_form(page, page_address(page, "/staff/paper", NULL));

	if (again && id != NULL)
		put_text(doc, "id", id);
	put_text(doc, "here", paper_again(page, NULL));
	put_text(doc, "code", form->code);
	put_part(doc, "desks", paper_desks(scope));
	put_part(doc, "fields", paper_fields(page));
	put_text(doc, "day", day[0] == '\0' ? today : day);
	put_text(doc, "today", today);
	put_text(doc, "first", first);
	put_text(doc, "overall", again ? page_field(page, "overall") : "");
	put_text(doc, "why", again ? page_field(page, "reasons") : "");
	put_part(doc, "questions", paper_questions(scope, form));
	put_part(doc, "reasons", paper_reasons(scope, form));
	put_flag(doc, "why_asked", form->nreasons > 0);
	put_text(
	    doc, "comment", again ? page_words(page, "comment", NULL) : "");
	return doc;
}

int
paper_show(const struct scope *scope, int status, const char *wrong)
{
	const struct page *page = scope->page;
	const struct form *form = paper_form(page);
	int64_t since = civil_day_start(scope->today), entered;
	struct paper_row *list;
	json_t *doc;
	size_t n;

	if (form == NULL)
		return 404;
	if (!store_paper(page->ctx->db, page->arena, page->req->caller.login,
		since, LIMIT_PAGE_DONE, &list, &n, &entered))
		return 503;
	doc = page_document(page);
	put_text(doc, "heading", page_text(page, "way.paper"));
	put_text(doc, "done", page_done(page, "done"));
	put_text(doc, "problem", wrong == NULL ? NULL : page_text(page, wrong));
	put_part(doc, "form", paper_form_document(scope, form, wrong != NULL));
	put_part(doc, "forms", paper_forms(scope, form));
	put_text(doc, "script", asset_url("paper.js"));
	put_text(doc, "number", page_count(page, entered));
	put_flag(doc, "any", n > 0);
	put_part(doc, "entries", paper_entries(scope, list, n, entered));
	page->res->script = true;
	return page_show(page, status, "cases/paper", doc);
}

int
get_paper(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	return scope_read(&scope, &page) ? paper_show(&scope, 200, NULL) : 404;
}

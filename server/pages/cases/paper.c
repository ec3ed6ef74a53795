/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/paper: forms that citizens filled in on paper, typed in
 * with the keyboard alone: a digit for each question, Tab or nothing between
 * them, Enter saves and the next one is there, of the same form, desk and day.
 * The page brings the answer's id along, so a form sent twice is one answer;
 * who entered it is kept with it (answer.device, and a step of its history).
 *
 * An entry of one's own of today can be taken back: it is set aside as entered
 * wrongly, with counts and history like every other.
 */
#include "server/pages/cases/paper.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/document.h"
#include "server/pages/pages.h"
#include "server/pages/scores/levels.h"
#include "server/core/words.h"
#include "server/store/history.h"
#include "shared/civil.h"
#include "shared/limits.h"

const char *
paper_chosen(const struct request *req, const char *name)
{
	const char *value = pairs_get(&req->form, name);

	if (value == NULL)
		value = pairs_get(&req->query, name);
	return value == NULL ? "" : value;
}

const struct form *
paper_form(const struct scope *scope)
{
	const char *code = paper_chosen(scope->page->req, "form");

	return catalogue_form(scope->page->ctx->catalogue,
	    code[0] == '\0' ? "one-stop" : code, 0);
}

/* This page for a form (NULL: the same) of the same desk, day and field. */
static const char *
page_for(const struct scope *scope, const char *form, const char *done)
{
	struct pairs pairs = {0};
	struct buf out;
	const char *kept;

	pairs_add(scope->page->arena, &pairs, "form",
	    form != NULL ? form : paper_chosen(scope->page->req, "form"));
	pairs_add(scope->page->arena, &pairs, "desk",
	    paper_chosen(scope->page->req, "desk"));
	pairs_add(scope->page->arena, &pairs, "day",
	    paper_chosen(scope->page->req, "day"));
	pairs_add(scope->page->arena, &pairs, "field",
	    paper_chosen(scope->page->req, "field"));
	buf_init(&out);
	buf_puts(&out, "/staff/paper");
	pairs_put(&out, &pairs);
	kept = answer_view_address(scope, buf_text(&out), done);
	buf_finish(&out);
	return kept;
}

const char *
paper_again(const struct scope *scope, const char *done)
{
	return page_for(scope, NULL, done);
}

/* ------------------------------------------------------------- the document */

static void
offer(json_t *options, const char *value, const char *label, bool is)
{
	json_array_append_new(
	    options, json_pack("{s:s, s:s, s:b}", "value", value, "label",
			 label, "chosen", is));
}

static json_t *
desks(const struct scope *scope, const char *code)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *options = json_array();

	for (size_t i = 0; i < c->ndesks; i++)
		if (scope_may_see(scope, c->desks[i].unit->code))
			offer(options, c->desks[i].code,
			    arena_printf(scope->page->arena, "%s – %s",
				c->desks[i].code, c->desks[i].name),
			    strcmp(c->desks[i].code, code) == 0);
	return options;
}

static json_t *
fields(const struct scope *scope, const char *code)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *options = json_array();

	offer(options, "", page_text(scope->page, "paper.field.desk"),
	    code[0] == '\0');
	for (size_t i = 0; i < c->nfields; i++)
		offer(options, c->fields[i].code,
		    words_field(scope->page->lang, &c->fields[i]),
		    strcmp(c->fields[i].code, code) == 0);
	return options;
}

/* What forms there are, in their newest version: [{title, href, here}]. */
static json_t *
forms(const struct scope *scope, const struct form *chosen)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *list = json_array();

	for (size_t i = 0; i < c->nforms; i++) {
		const struct form *f = &c->forms[i];

		if (f != catalogue_form(c, f->code, 0))
			continue;
		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:b}", "title",
			levels_words(scope,
			    json_object_get(f->document, "title"), f->code),
			"href", page_for(scope, f->code, NULL), "here",
			f == chosen));
	}
	return list;
}

/* The further questions: [{code, name, value: what was entered}]. */
static json_t *
questions(const struct scope *scope, const struct form *form)
{
	json_t *list = json_array();

	for (size_t i = 0; i < form->ncriteria; i++) {
		const char *value =
		    pairs_get(&scope->page->req->form, form->criteria[i]);

		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:s}", "code",
			      form->criteria[i], "name",
			      levels_name(scope, "criteria", form->criteria[i]),
			      "value", value == NULL ? "" : value));
	}
	return list;
}

/* The reasons with the digits they are typed by: [{digit, name}]. */
static json_t *
reasons(const struct scope *scope, const struct form *form)
{
	json_t *list = json_array();

	for (size_t i = 0; i < form->nreasons && i < 9; i++)
		json_array_append_new(
		    list, json_pack("{s:i, s:s}", "digit", (int)i + 1, "name",
			      levels_name(scope, "reasons", form->reasons[i])));
	return list;
}

static json_t *
entries(const struct scope *scope, json_t **number)
{
	int64_t since = civil_day_start(scope->today), entered;
	struct paper_row *list;
	json_t *out;
	size_t n;

	if (!store_paper(scope->page->ctx->db, scope->page->arena,
		scope->page->req->caller.login, since, LIMIT_PAGE_DONE, &list,
		&n, &entered))
		return NULL;
	out = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct paper_row *p = &list[i];
		char id[UUID_TEXT];

		uuid_format(&p->id, id);
		json_array_append_new(out,
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:b, s:s}",
			"number", page_count(scope->page, entered - (int64_t)i),
			"entry", id, "time",
			words_time(scope->page->arena, p->at), "desk", p->desk,
			"day", words_date(scope->page->arena, p->day), "level",
			needs_person_overall(p->scores), "reasons",
			answer_view_reasons(scope, p->reasons), "aside",
			p->aside, "step", answer_view_new_id(scope)));
	}
	*number = json_string(page_count(scope->page, entered));
	return out;
}

static const char *
iso(const struct scope *scope, int32_t day)
{
	char text[CIVIL_DATE_TEXT];

	civil_format_date(day, text);
	return arena_strdup(scope->page->arena, text);
}

static json_t *
form_document(const struct scope *scope, const struct form *form, bool entered)
{
	const struct request *req = scope->page->req;
	const char *day = paper_chosen(req, "day");
	const char *overall = pairs_get(&req->form, "overall");
	const char *why = pairs_get(&req->form, "reasons");
	const char *comment = pairs_get(&req->form, "comment");
	const char *id = pairs_get(&req->form, "id");

	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:s, "
			 "s:s, s:o, s:o, s:s, s:s, s:b}",
	    "here", paper_again(scope, NULL), "action",
	    answer_view_address(scope, "/staff/paper", NULL), "csrf",
	    req->caller.csrf, "id",
	    entered && id != NULL ? id : answer_view_new_id(scope), "desks",
	    desks(scope, paper_chosen(req, "desk")), "fields",
	    fields(scope, paper_chosen(req, "field")), "day",
	    day[0] == '\0' ? iso(scope, scope->today) : day, "today",
	    iso(scope, scope->today), "first",
	    iso(scope, scope->today - LIMIT_PAPER_DAYS), "overall",
	    overall == NULL || !entered ? "" : overall, "why",
	    why == NULL || !entered ? "" : why, "questions",
	    questions(scope, form), "reasons", reasons(scope, form), "comment",
	    comment == NULL || !entered ? "" : comment, "code", form->code,
	    "why_asked", form->nreasons > 0);
}

int
paper_show(
    struct scope *scope, struct response *res, int status, const char *problem)
{
	const struct form *form = paper_form(scope);
	json_t *number, *list, *doc;

	if (form == NULL)
		return 404;
	list = entries(scope, &number);
	if (list == NULL)
		return 503;
	doc = answer_view_frame(
	    scope, page_text(scope->page, "way.paper"), problem);
	json_object_set_new(
	    doc, "form", form_document(scope, form, problem != NULL));
	json_object_set_new(doc, "forms", forms(scope, form));
	json_object_set_new(doc, "script", json_string(asset_url("paper.js")));
	res->script = true;
	json_object_set_new(doc, "number", number);
	json_object_set_new(
	    doc, "any", json_boolean(json_array_size(list) > 0));
	json_object_set_new(doc, "entries", list);
	return document_show(scope->page->req, res, status, "cases/paper", doc);
}

int
get_paper(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	return scope_read(&scope, &page) ? paper_show(&scope, res, 200, NULL)
					 : 404;
}

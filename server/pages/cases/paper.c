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
paper_form(const struct scope *l)
{
	const char *code = paper_chosen(l->req, "form");

	return catalogue_form(
	    l->ctx->catalogue, code[0] == '\0' ? "one-stop" : code, 0);
}

/* This page for a form (NULL: the same) of the same desk, day and field. */
static const char *
page_for(const struct scope *l, const char *form, const char *done)
{
	struct pairs pairs = {0};
	struct buf out;
	const char *kept;

	pairs_add(l->arena, &pairs, "form",
	    form != NULL ? form : paper_chosen(l->req, "form"));
	pairs_add(l->arena, &pairs, "desk", paper_chosen(l->req, "desk"));
	pairs_add(l->arena, &pairs, "day", paper_chosen(l->req, "day"));
	pairs_add(l->arena, &pairs, "field", paper_chosen(l->req, "field"));
	buf_init(&out);
	buf_puts(&out, "/staff/paper");
	pairs_put(&out, &pairs);
	kept = answer_view_address(l, buf_text(&out), done);
	buf_finish(&out);
	return kept;
}

const char *
paper_again(const struct scope *l, const char *done)
{
	return page_for(l, NULL, done);
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
desks(const struct scope *l, const char *code)
{
	const struct catalogue *c = l->ctx->catalogue;
	json_t *options = json_array();

	for (size_t i = 0; i < c->ndesks; i++)
		if (scope_may_see(l, c->desks[i].unit->code))
			offer(options, c->desks[i].code,
			    arena_printf(l->arena, "%s – %s", c->desks[i].code,
				c->desks[i].name),
			    strcmp(c->desks[i].code, code) == 0);
	return options;
}

static json_t *
fields(const struct scope *l, const char *code)
{
	const struct catalogue *c = l->ctx->catalogue;
	json_t *options = json_array();

	offer(options, "", scope_text(l, "paper.field.desk"), code[0] == '\0');
	for (size_t i = 0; i < c->nfields; i++)
		offer(options, c->fields[i].code,
		    words_field(l->lang, &c->fields[i]),
		    strcmp(c->fields[i].code, code) == 0);
	return options;
}

/* What forms there are, in their newest version: [{title, href, here}]. */
static json_t *
forms(const struct scope *l, const struct form *chosen)
{
	const struct catalogue *c = l->ctx->catalogue;
	json_t *list = json_array();

	for (size_t i = 0; i < c->nforms; i++) {
		const struct form *f = &c->forms[i];

		if (f != catalogue_form(c, f->code, 0))
			continue;
		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:b}", "title",
			levels_words(
			    l, json_object_get(f->document, "title"), f->code),
			"href", page_for(l, f->code, NULL), "here",
			f == chosen));
	}
	return list;
}

/* The further questions: [{code, name, value: what was entered}]. */
static json_t *
questions(const struct scope *l, const struct form *form)
{
	json_t *list = json_array();

	for (size_t i = 0; i < form->ncriteria; i++) {
		const char *value = pairs_get(&l->req->form, form->criteria[i]);

		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s}", "code", form->criteria[i],
			"name", levels_name(l, "criteria", form->criteria[i]),
			"value", value == NULL ? "" : value));
	}
	return list;
}

/* The reasons with the digits they are typed by: [{digit, name}]. */
static json_t *
reasons(const struct scope *l, const struct form *form)
{
	json_t *list = json_array();

	for (size_t i = 0; i < form->nreasons && i < 9; i++)
		json_array_append_new(
		    list, json_pack("{s:i, s:s}", "digit", (int)i + 1, "name",
			      levels_name(l, "reasons", form->reasons[i])));
	return list;
}

static json_t *
entries(const struct scope *l, json_t **number)
{
	int64_t since = civil_day_start(l->today), entered;
	struct paper_row *list;
	json_t *out;
	size_t n;

	if (!store_paper(l->ctx->db, l->arena, l->req->caller.login, since,
		LIMIT_PAGE_DONE, &list, &n, &entered))
		return NULL;
	out = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct paper_row *p = &list[i];
		char id[UUID_TEXT];

		uuid_format(&p->id, id);
		json_array_append_new(out,
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:b, s:s}",
			"number", scope_count(l, entered - (int64_t)i), "entry",
			id, "time", words_time(l->arena, p->at), "desk",
			p->desk, "day", words_date(l->arena, p->day), "level",
			needs_person_overall(p->scores), "reasons",
			answer_view_reasons(l, p->reasons), "aside", p->aside,
			"step", answer_view_new_id(l)));
	}
	*number = json_string(scope_count(l, entered));
	return out;
}

static const char *
iso(const struct scope *l, int32_t day)
{
	char text[CIVIL_DATE_TEXT];

	civil_format_date(day, text);
	return arena_strdup(l->arena, text);
}

static json_t *
form_document(const struct scope *l, const struct form *form, bool entered)
{
	const struct request *req = l->req;
	const char *day = paper_chosen(req, "day");
	const char *overall = pairs_get(&req->form, "overall");
	const char *why = pairs_get(&req->form, "reasons");
	const char *comment = pairs_get(&req->form, "comment");
	const char *id = pairs_get(&req->form, "id");

	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:s, "
			 "s:s, s:o, s:o, s:s, s:s, s:b}",
	    "here", paper_again(l, NULL), "action",
	    answer_view_address(l, "/staff/paper", NULL), "csrf",
	    req->caller.csrf, "id",
	    entered && id != NULL ? id : answer_view_new_id(l), "desks",
	    desks(l, paper_chosen(req, "desk")), "fields",
	    fields(l, paper_chosen(req, "field")), "day",
	    day[0] == '\0' ? iso(l, l->today) : day, "today", iso(l, l->today),
	    "first", iso(l, l->today - LIMIT_PAPER_DAYS), "overall",
	    overall == NULL || !entered ? "" : overall, "why",
	    why == NULL || !entered ? "" : why, "questions", questions(l, form),
	    "reasons", reasons(l, form), "comment",
	    comment == NULL || !entered ? "" : comment, "code", form->code,
	    "why_asked", form->nreasons > 0);
}

int
paper_show(
    struct scope *l, struct response *res, int status, const char *problem)
{
	const struct form *form = paper_form(l);
	json_t *number, *list, *doc;

	if (form == NULL)
		return 404;
	list = entries(l, &number);
	if (list == NULL)
		return 503;
	doc = answer_view_frame(l, scope_text(l, "way.paper"), problem);
	json_object_set_new(
	    doc, "form", form_document(l, form, problem != NULL));
	json_object_set_new(doc, "forms", forms(l, form));
	json_object_set_new(doc, "script", json_string(asset_url("paper.js")));
	res->script = true;
	json_object_set_new(doc, "number", number);
	json_object_set_new(
	    doc, "any", json_boolean(json_array_size(list) > 0));
	json_object_set_new(doc, "entries", list);
	return document_show(l->req, res, status, "cases/paper", doc);
}

int
get_paper(struct ctx *ctx, struct request *req, struct response *res)
{
	struct scope l;

	return scope_read(&l, ctx, req) ? paper_show(&l, res, 200, NULL) : 404;
}

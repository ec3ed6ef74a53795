/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/paper: forms that citizens filled in on paper, typed in
 * with the keyboard alone: a digit for each question, Tab or nothing between
 * them, Enter saves and the next form is there, with the same desk and day. The
 * page brings the answer's id along, so a form sent twice is one answer; who
 * entered it is kept with it (answer.device, and a step of its history).
 *
 * An entry of one's own of today can be taken back: it is set aside as entered
 * wrongly, with counts and history like every other.
 *
 * A paper bears a day and no hour: its answer is of noon, or of now on the day
 * itself. The digest is of the day's beginning, so that the hour tells no
 * repeat from a conflict.
 */
#include "server/pages/pages.h"

#include <stdio.h>
#include <string.h>
#include "server/check.h"
#include "server/figures.h"
#include "server/pages/acting.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/said.h"
#include "server/words.h"
#include "shared/civil.h"
#include "shared/utf8.h"

#define NOON_MS (12 * 3600 * 1000LL)

static const char *
chosen(const struct request *req, const char *name)
{
	const char *value = pairs_get(&req->form, name);

	if (value == NULL)
		value = pairs_get(&req->query, name);
	return value == NULL ? "" : value;
}

static const struct form *
form_of(const struct look *l)
{
	return catalogue_form(l->ctx->catalogue, "one-stop", 0);
}

/* This page again, for the next form of the same desk, day and field. */
static const char *
again(const struct look *l, const char *done)
{
	struct pairs pairs = {0};
	struct buf out;
	const char *kept;

	pairs_add(l->arena, &pairs, "desk", chosen(l->req, "desk"));
	pairs_add(l->arena, &pairs, "day", chosen(l->req, "day"));
	pairs_add(l->arena, &pairs, "field", chosen(l->req, "field"));
	buf_init(&out);
	buf_puts(&out, "/staff/paper");
	pairs_put(&out, &pairs);
	kept = acting_address(l, buf_text(&out), done);
	buf_finish(&out);
	return kept;
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
desks(const struct look *l, const char *code)
{
	const struct catalogue *c = l->ctx->catalogue;
	json_t *options = json_array();

	for (size_t i = 0; i < c->ndesks; i++)
		if (look_may_see(l, c->desks[i].unit->code))
			offer(options, c->desks[i].code,
			    arena_printf(l->arena, "%s – %s", c->desks[i].code,
				c->desks[i].name),
			    strcmp(c->desks[i].code, code) == 0);
	return options;
}

static json_t *
fields(const struct look *l, const char *code)
{
	const struct catalogue *c = l->ctx->catalogue;
	json_t *options = json_array();

	offer(options, "", look_text(l, "paper.field.desk"), code[0] == '\0');
	for (size_t i = 0; i < c->nfields; i++)
		offer(options, c->fields[i].code,
		    words_field(l->lang, &c->fields[i]),
		    strcmp(c->fields[i].code, code) == 0);
	return options;
}

/* The further questions: [{code, name, value: what was entered}]. */
static json_t *
questions(const struct look *l, const struct form *form)
{
	json_t *list = json_array();

	for (size_t i = 0; i < form->ncriteria; i++) {
		const char *value = pairs_get(&l->req->form, form->criteria[i]);

		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s}", "code", form->criteria[i],
			"name", said_name(l, "criteria", form->criteria[i]),
			"value", value == NULL ? "" : value));
	}
	return list;
}

/* The reasons with the digits they are typed by: [{digit, name}]. */
static json_t *
reasons(const struct look *l, const struct form *form)
{
	json_t *list = json_array();

	for (size_t i = 0; i < form->nreasons && i < 9; i++)
		json_array_append_new(
		    list, json_pack("{s:i, s:s}", "digit", (int)i + 1, "name",
			      said_name(l, "reasons", form->reasons[i])));
	return list;
}

static json_t *
entries(const struct look *l, json_t **number)
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
			"number", look_count(l, entered - (int64_t)i), "entry",
			id, "time", words_time(l->arena, p->at), "desk",
			p->desk, "day", words_date(l->arena, p->day), "level",
			matter_overall(p->scores), "reasons",
			acting_reasons(l, p->reasons), "aside", p->aside,
			"step", acting_new_id(l)));
	}
	*number = json_string(look_count(l, entered));
	return out;
}

static const char *
iso(const struct look *l, int32_t day)
{
	char text[CIVIL_DATE_TEXT];

	civil_format_date(day, text);
	return arena_strdup(l->arena, text);
}

static json_t *
form_document(const struct look *l, const struct form *form, bool entered)
{
	const struct request *req = l->req;
	const char *day = chosen(req, "day");
	const char *overall = pairs_get(&req->form, "overall");
	const char *why = pairs_get(&req->form, "reasons");
	const char *comment = pairs_get(&req->form, "comment");
	const char *id = pairs_get(&req->form, "id");

	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:s, "
			 "s:s, s:o, s:o, s:s}",
	    "here", again(l, NULL), "action",
	    acting_address(l, "/staff/paper", NULL), "csrf", req->caller.csrf,
	    "id", entered && id != NULL ? id : acting_new_id(l), "desks",
	    desks(l, chosen(req, "desk")), "fields",
	    fields(l, chosen(req, "field")), "day",
	    day[0] == '\0' ? iso(l, l->today) : day, "today", iso(l, l->today),
	    "first", iso(l, l->today - LIMIT_PAPER_DAYS), "overall",
	    overall == NULL || !entered ? "" : overall, "why",
	    why == NULL || !entered ? "" : why, "questions", questions(l, form),
	    "reasons", reasons(l, form), "comment",
	    comment == NULL || !entered ? "" : comment);
}

static int
show(struct look *l, struct response *res, int status, const char *problem)
{
	const struct form *form = form_of(l);
	json_t *number, *list, *doc;

	if (form == NULL)
		return 404;
	list = entries(l, &number);
	if (list == NULL)
		return 503;
	doc = acting_frame(l, look_text(l, "way.paper"), problem);
	json_object_set_new(
	    doc, "form", form_document(l, form, problem != NULL));
	json_object_set_new(doc, "number", number);
	json_object_set_new(
	    doc, "any", json_boolean(json_array_size(list) > 0));
	json_object_set_new(doc, "entries", list);
	return document_show(l->req, res, status, "paper", doc);
}

int
page_paper(struct ctx *ctx, struct request *req, struct response *res)
{
	struct look l;

	return look_read(&l, ctx, req) ? show(&l, res, 200, NULL) : 404;
}

/* ------------------------------------------------------------------ entering
 */

struct typed {
	struct answer answer;
	struct entry entry;
	struct work_step step;
	struct deed deed;
	struct uuid undone; /* of an undo: the answer */
	struct decision decision;
};

/* A digit: 1..5, 0 where that is allowed, -1 for nonsense. */
static int
digit(const char *text, int from)
{
	return text[0] >= '0' + from && text[0] <= '5' && text[1] == '\0'
		   ? text[0] - '0'
		   : -1;
}

static const char *
read_scores(struct request *req, const struct form *form, struct answer *a)
{
	int value = digit(chosen(req, "overall"), 1);

	if (value < 0)
		return "paper.error.overall";
	a->scores[a->nscores++] = (struct answer_score){"overall", value};
	for (size_t i = 0; i < form->ncriteria; i++) {
		const char *text = pairs_get(&req->form, form->criteria[i]);

		if (text == NULL || text[0] == '\0')
			continue;
		value = digit(text, 0);
		if (value < 0)
			return "paper.error.digit";
		a->scores[a->nscores++] =
		    (struct answer_score){form->criteria[i], value};
	}
	return NULL;
}

/* "13", "1 3", "1,3": the first and the third reason. */
static const char *
read_reasons(struct request *req, const struct form *form, struct answer *a)
{
	const char *text = pairs_get(&req->form, "reasons");
	size_t most = form->nreasons < 9 ? form->nreasons : 9;

	for (; text != NULL && *text != '\0'; text++) {
		const char *code;

		if (strchr(" ,;", *text) != NULL)
			continue;
		if (*text < '1' || *text > '0' + (int)most)
			return "paper.error.reasons";
		code = form->reasons[*text - '1'];
		for (size_t k = 0; k < a->nreasons; k++)
			if (a->reasons[k] == code)
				return "paper.error.reasons";
		a->reasons[a->nreasons++] = code;
	}
	return NULL;
}

static const char *
read_comment(struct request *req, struct answer *a)
{
	const char *text = pairs_get(&req->form, "comment");
	size_t bytes = text == NULL ? 0 : strlen(text);

	if (text == NULL)
		return NULL;
	if (!utf8_valid(text, bytes))
		return "error.400";
	utf8_trim(&text, &bytes);
	if (bytes == 0)
		return NULL;
	a->comment = arena_strndup(&req->arena, text, bytes);
	return utf8_length(a->comment) > LIMIT_COMMENT_CHARS
		   ? "web.error.comment"
		   : NULL;
}

/* All of the form; NULL, or the key of what is wrong. */
static const char *
read_form(const struct look *l, struct typed *t)
{
	struct request *req = l->req;
	const struct form *form = form_of(l);
	const struct desk *desk =
	    catalogue_desk(l->ctx->catalogue, chosen(req, "desk"));
	const char *field = chosen(req, "field"), *wrong;
	struct answer *a = &t->answer;
	int32_t day;

	if (!acting_form_id(req, &a->id))
		return "error.400";
	if (desk == NULL || !look_may_see(l, desk->unit->code))
		return "paper.error.desk";
	if (!civil_parse_date(chosen(req, "day"), &day) || day > l->today ||
	    day < l->today - LIMIT_PAPER_DAYS)
		return "paper.error.day";
	a->form = form->code;
	a->form_version = form->version;
	a->desk = desk->code;
	a->field = field[0] == '\0' ? NULL : field;
	a->answered_at = civil_day_start(day);
	a->offset = civil_offset(a->answered_at);
	a->lang = "vi";
	a->assisted = "none";
	wrong = read_scores(req, form, a);
	if (wrong == NULL)
		wrong = read_reasons(req, form, a);
	return wrong != NULL ? wrong : read_comment(req, a);
}

/* The step and the deed of a form that was really new. */
static bool
write_typed(struct db *db, struct tallies *tallies, struct request *req)
{
	struct typed *t = req->data;
	bool added;

	(void)tallies;
	if (t->entry.stored != STORED)
		return true;
	return store_step(db, &t->answer.id, t->entry.unit, &t->step, &added) &&
	       store_audit(db, &t->deed);
}

static int
reply_typed(struct ctx *ctx, struct request *req, struct response *res)
{
	struct typed *t = req->data;
	struct look l;

	figures_answer(server_figures(ctx->server), "paper", t->entry.stored);
	if (!look_read(&l, ctx, req))
		return 404;
	if (t->entry.stored == STORED_CONFLICT)
		return show(
		    &l, res, 409, look_text(&l, "paper.error.conflict"));
	return document_go(res,
	    again(&l, t->entry.stored == STORED ? "paper" : "paper.again"));
}

static int
enter(struct look *l, struct response *res, struct typed *t)
{
	struct request *req = l->req;
	const struct sender sender = {
	    .channel = "paper", .device = req->caller.login};
	char error[LIMIT_ERROR_BYTES], id[UUID_TEXT];
	const char *wrong = read_form(l, t);

	if (wrong == NULL &&
	    !check_answer(&t->answer, &sender, l->ctx->catalogue, req->now,
		&req->arena, &t->entry, error))
		wrong = "error.400";
	if (wrong != NULL)
		return show(l, res, 422, look_text(l, wrong));
	/* only now the hour, so that it is in no digest */
	t->entry.answered_at += NOON_MS;
	if (t->entry.answered_at > req->now)
		t->entry.answered_at = req->now;
	t->entry.zone = civil_offset(t->entry.answered_at);
	uuid_format(&t->answer.id, id);
	t->step = (struct work_step){.id = t->answer.id,
	    .at = req->now,
	    .login = req->caller.login,
	    .act = "paper"};
	t->deed = office_deed(
	    req, "answer.paper", t->entry.unit, arena_strdup(&req->arena, id));
	req->data = t;
	req->entries = &t->entry;
	req->nentries = 1;
	req->write = write_typed;
	req->reply = reply_typed;
	return HTTP_LATER;
}

/* ------------------------------------------------------------------- undoing
 */

static bool
write_undo(struct db *db, struct tallies *tallies, struct request *req)
{
	struct typed *t = req->data;

	return store_decide(db, &req->arena, tallies, &t->decision);
}

static int
reply_undo(struct ctx *ctx, struct request *req, struct response *res)
{
	struct typed *t = req->data;
	struct look l;

	if (!look_read(&l, ctx, req))
		return 404;
	return document_go(
	    res, again(&l, t->decision.changed > 0 ? "paper.undo" : "same"));
}

/* Sets an entry of the caller's own, of today, aside. */
static int
undo(struct look *l, struct response *res, struct typed *t, const char *id)
{
	struct request *req = l->req;
	struct work_answer a;
	int status = acting_find(l, id, &a);

	if (status != 200)
		return status;
	if (strcmp(a.channel, "paper") != 0 ||
	    strcmp(a.device, req->caller.login) != 0)
		return 404;
	if (civil_local_day(a.received_at) != l->today)
		return show(l, res, 422, look_text(l, "paper.error.late"));
	if (!acting_form_id(req, &t->step.id))
		return show(l, res, 422, look_text(l, "error.400"));
	t->undone = a.id;
	t->deed = office_deed(req, "answer", a.unit, "");
	t->decision = (struct decision){.step = {.id = t->step.id,
					    .at = req->now,
					    .login = req->caller.login,
					    .act = "aside",
					    .reason = "wrong"},
	    .deed = &t->deed,
	    .answers = &t->undone,
	    .count = 1};
	req->data = t;
	req->write = write_undo;
	req->reply = reply_undo;
	return HTTP_LATER;
}

int
page_paper_post(struct ctx *ctx, struct request *req, struct response *res)
{
	struct typed *t = arena_alloc(&req->arena, sizeof(*t));
	const char *gone = pairs_get(&req->form, "undo");
	struct look l;

	if (!look_read(&l, ctx, req) || form_of(&l) == NULL)
		return 404;
	return gone != NULL ? undo(&l, res, t, gone) : enter(&l, res, t);
}

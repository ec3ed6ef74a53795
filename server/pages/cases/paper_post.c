/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /staff/paper: a form that was typed in, or an entry taken back.
 *
 * A paper bears a day and no hour: its answer is of noon, or of now on the day
 * itself. The digest is of the day's beginning, so that the hour tells no
 * repeat from a conflict.
 */
#include "server/pages/cases/paper.h"

#include <string.h>
#include "server/intake/check.h"
#include "server/http/counters.h"
#include "server/pages/cases/answer_view.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/pages.h"
#include "server/store/answers.h"
#include "server/store/audit.h"
#include "server/store/history.h"
#include "shared/civil.h"
#include "shared/utf8.h"

#define NOON_MS (12 * 3600 * 1000LL)

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
	int value = digit(paper_chosen(req, "overall"), 1);

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
read_form(const struct scope *scope, struct typed *t)
{
	struct request *req = scope->page->req;
	const struct form *form = paper_form(scope);
	const struct desk *desk = catalogue_desk(
	    scope->page->ctx->catalogue, paper_chosen(req, "desk"));
	const char *field = paper_chosen(req, "field"), *wrong;
	struct answer *a = &t->answer;
	int32_t day;

	if (!answer_view_form_id(req, &a->id))
		return "error.400";
	if (desk == NULL || !scope_may_see(scope, desk->unit->code))
		return "paper.error.desk";
	if (!civil_parse_date(paper_chosen(req, "day"), &day) ||
	    day > scope->today || day < scope->today - LIMIT_PAPER_DAYS)
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
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	counters_answer(server_counters(ctx->server), "paper", t->entry.stored);
	if (!scope_read(&scope, &page))
		return 404;
	if (t->entry.stored == STORED_CONFLICT)
		return paper_show(&scope, res, 409,
		    page_text(scope.page, "paper.error.conflict"));
	return document_go(
	    res, paper_again(&scope,
		     t->entry.stored == STORED ? "paper" : "paper.again"));
}

static int
enter(struct scope *scope, struct response *res, struct typed *t)
{
	struct request *req = scope->page->req;
	const struct sender sender = {
	    .channel = "paper", .device = req->caller.login};
	char error[LIMIT_ERROR_BYTES], id[UUID_TEXT];
	const char *wrong = read_form(scope, t);

	if (wrong == NULL &&
	    !check_answer(&t->answer, &sender, scope->page->ctx->catalogue,
		req->now, &req->arena, &t->entry, error))
		wrong = "error.400";
	if (wrong != NULL)
		return paper_show(
		    scope, res, 422, page_text(scope->page, wrong));
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
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	if (!scope_read(&scope, &page))
		return 404;
	return document_go(
	    res, paper_again(
		     &scope, t->decision.changed > 0 ? "paper.undo" : "same"));
}

/* Sets an entry of the caller's own, of today, aside. */
static int
undo(struct scope *scope, struct response *res, struct typed *t, const char *id)
{
	struct request *req = scope->page->req;
	struct work_answer a;
	int status = answer_view_find(scope, id, &a);

	if (status != 200)
		return status;
	if (strcmp(a.channel, "paper") != 0 ||
	    strcmp(a.device, req->caller.login) != 0)
		return 404;
	if (civil_local_day(a.received_at) != scope->today)
		return paper_show(scope, res, 422,
		    page_text(scope->page, "paper.error.late"));
	if (!answer_view_form_id(req, &t->step.id))
		return paper_show(
		    scope, res, 422, page_text(scope->page, "error.400"));
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
post_paper(struct ctx *ctx, struct request *req, struct response *res)
{
	struct typed *t = arena_alloc(&req->arena, sizeof(*t));
	const char *gone = pairs_get(&req->form, "undo");
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	if (!scope_read(&scope, &page) || paper_form(&scope) == NULL)
		return 404;
	return gone != NULL ? undo(&scope, res, t, gone)
			    : enter(&scope, res, t);
}

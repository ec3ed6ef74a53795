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
#include "server/pages/cases/proposal_view.h"
#include "server/pages/pages.h"
#include "server/pages/scores/scope.h"
#include "server/store/answers.h"
#include "server/store/people/audit.h"
#include "server/store/cases/history.h"
#include "server/store/cases/proposals.h"
#include "shared/civil.h"
#include "shared/limits.h"
#include "shared/utf8.h"

#define NOON_MS (12 * 3600 * 1000LL)

/* A form that was typed in. */
struct typed {
	struct answer answer;
	struct entry entry;
	struct work_step step;
	struct deed deed;
};

/* A digit: from..5, -1 for anything else. */
static int
read_digit(const char *text, int from)
{
	return text[0] >= '0' + from && text[0] <= '5' && text[1] == '\0'
		   ? text[0] - '0'
		   : -1;
}

/* The parts of the form, into the answer; each NULL, or the key of what is
 * wrong. */
static const char *
read_paper_scores(
    const struct page *page, const struct form *form, struct answer *a)
{
	int value = read_digit(page_field(page, "overall"), 1);

	if (value < 0)
		return "paper.error.overall";
	a->scores[a->nscores++] = (struct answer_score){"overall", value};
	for (size_t i = 0; i < form->ncriteria; i++) {
		const char *code = form->criteria[i];
		const char *text = page_field(page, code);

		if (text[0] == '\0')
			continue;
		value = read_digit(text, 0);
		if (value < 0)
			return "paper.error.digit";
		a->scores[a->nscores++] = (struct answer_score){code, value};
	}
	return NULL;
}

/* "13", "1 3", "1,3": the first and the third reason. */
static const char *
read_paper_reasons(
    const struct page *page, const struct form *form, struct answer *a)
{
	const char *text = page_field(page, "reasons");
	size_t most =
	    form->nreasons < PAPER_DIGITS ? form->nreasons : PAPER_DIGITS;

	for (; *text != '\0'; text++) {
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
read_paper_comment(const struct page *page, struct answer *a)
{
	const char *comment = page_words(page, "comment", &a->cleaned);

	if (utf8_length(comment) > LIMIT_COMMENT_CHARS)
		return "web.error.comment";
	a->comment = comment[0] == '\0' ? NULL : comment;
	return NULL;
}

/* All of the form; NULL, or the key of what is wrong. */
static const char *
read_paper(const struct scope *scope, struct typed *t)
{
	const struct page *page = scope->page;
	const struct form *form = paper_form(page);
	const struct desk *desk =
	    catalogue_desk(page->ctx->catalogue, paper_chosen(page, "desk"));
	const char *field = paper_chosen(page, "field"), *wrong;
	struct answer *a = &t->answer;
	int32_t day;

	if (!page_form_id(page, &a->id))
		return "error.400";
	if (desk == NULL || !scope_may_see(scope, desk->unit->code))
		return "paper.error.desk";
	if (!civil_parse_date(paper_chosen(page, "day"), &day) ||
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
	if ((wrong = read_paper_scores(page, form, a)) != NULL ||
	    (wrong = read_paper_reasons(page, form, a)) != NULL)
		return wrong;
	return read_paper_comment(page, a);
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
	struct page page = page_of(ctx, req, res);
	const struct typed *t = req->data;
	bool fresh = t->entry.stored == STORED;
	struct scope scope;

	counters_answer(ctx->counters, "paper", t->entry.stored);
	if (t->entry.stored != STORED_CONFLICT)
		return page_go(
		    &page, paper_again(&page, fresh ? "paper" : "paper.again"));
	return scope_read(&scope, &page)
		   ? paper_show(&scope, 409, "paper.error.conflict")
		   : 404;
}

static int
enter_typed(const struct scope *scope)
{
	const struct page *page = scope->page;
	struct request *req = page->req;
	const struct sender sender = {
	    .channel = "paper", .device = req->caller.login};
	struct typed *t = arena_alloc(page->arena, sizeof(*t));
	const char *wrong = read_paper(scope, t);
	char error[LIMIT_ERROR_BYTES];

	if (wrong == NULL &&
	    !check_answer(&t->answer, &sender, page->ctx->catalogue, req->now,
		page->arena, &t->entry, error))
		wrong = "error.400";
	if (wrong != NULL)
		return paper_show(scope, 422, wrong);
	/* only now the hour, so that it is in no digest */
	t->entry.answered_at += NOON_MS;
	if (t->entry.answered_at > req->now)
		t->entry.answered_at = req->now;
	t->entry.zone = civil_offset(t->entry.answered_at);
	t->step = (struct work_step){.id = t->answer.id,
	    .at = req->now,
	    .login = req->caller.login,
	    .act = "paper"};
	t->deed = page_deed(
	    page, "answer.paper", t->entry.unit, page_id(page, &t->answer.id));
	req->entries = &t->entry;
	req->nentries = 1;
	return page_write(page, t, write_typed, reply_typed);
}

/* ------------------------------------------------------------------ undoing */

static int
reply_taken_back(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *done = NULL;
	int status = proposal_view_proposed(req, &done);

	return status == 303 ? page_go(&page, paper_again(&page, done))
			     : status;
}

/* Proposes to set an entry of the reader's own, of today, aside: to put it
 * right is not one person's either. */
static int
take_back(const struct scope *scope, const char *id)
{
	const struct page *page = scope->page;
	struct uuid *answer = arena_alloc(page->arena, sizeof(*answer));
	struct proposing proposing = {
	    .p = {.act = "aside",
		.reason = "wrong",
		.words = page_text(page, "paper.wrong")},
	    .answers = answer,
	    .count = 1};
	struct work_answer a;
	int status = answer_view_find(scope, id, &a);

	if (status != 200)
		return status;
	if (strcmp(a.channel, "paper") != 0 ||
	    strcmp(a.device, page->req->caller.login) != 0)
		return 404;
	if (civil_local_day(a.received_at) != scope->today)
		return paper_show(scope, 422, "paper.error.late");
	if (!page_form_id(page, &proposing.p.id))
		return paper_show(scope, 422, "error.400");
	*answer = a.id;
	proposing.p.unit = a.unit;
	proposing.typed = a.device;
	return proposal_view_propose(page, &proposing, reply_taken_back);
}

int
post_paper(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *undone = pairs_get(&req->form, "undo");
	struct scope scope;

	if (!scope_read(&scope, &page) || paper_form(&page) == NULL)
		return 404;
	return undone != NULL ? take_back(&scope, undone) : enter_typed(&scope);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/answers/{}: one answer, and whether it counts. To set it
 * aside, or to count it again, one person proposes it here, with a reason and
 * in two steps: the first shows what it makes of the scores; a second person
 * confirms it on the proposal's own page. An answer is never changed and never
 * deleted.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/cases/effect.h"
#include "server/pages/cases/proposal_view.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/history.h"
#include "server/store/cases/proposals.h"
#include "shared/limits.h"

/* What was entered of a decision; both NULL: nothing yet. */
struct aside_choice {
	const char *reason; /* one of the list, else NULL */
	const char *words;
};

/* ----------------------------------------------------------------- the page */

/* The form; NULL for a reader who may only look. */
static json_t *
answer_form(const struct page *page, const struct work_answer *a,
    const struct aside_choice *entered)
{
	json_t *form;

	if (!page_may(page, WHO_MANAGER))
		return NULL;
	form = page_form(page, page_address(page, page->req->path, NULL));
	put_part(
	    form, "reasons", answer_view_aside_options(page, entered->reason));
	put_text(form, "words", entered->words == NULL ? "" : entered->words);
	put_text(form, "act", a->aside ? "restore" : "aside");
	put_flag(form, "out", !a->aside);
	return form;
}

/* The answer as effect.h wants it. */
static struct doubt
doubt_of_answer(const struct work_answer *a)
{
	return (struct doubt){.id = a->id,
	    .day = a->day,
	    .unit = a->unit,
	    .desk = a->desk,
	    .field = a->field,
	    .channel = a->channel,
	    .form = a->form,
	    .scores = a->scores,
	    .reasons = a->reasons,
	    .flags = a->flags,
	    .answered_at = a->answered_at};
}

/* The second step: what was chosen makes of the scores, to be confirmed; NULL
 * when the database does not answer. */
static json_t *
answer_preview(const struct scope *scope, const struct work_answer *a,
    const struct aside_choice *entered)
{
	const struct doubt doubt = doubt_of_answer(a);
	json_t *effect = effect_document(scope, &doubt, 1, !a->aside);
	json_t *preview;

	if (effect == NULL)
		return NULL;
	preview = json_object();
	put_part(preview, "effect", effect);
	put_text(preview, "reason", entered->reason);
	put_text(preview, "reason_words",
	    page_coded(scope->page, "aside.reason", entered->reason));
	put_text(preview, "note", entered->words);
	return preview;
}

/* problem: a sentence of what is wrong, NULL: nothing. confirm: the second
 * step. */
static int
show_answer(const struct scope *scope, int status, const struct work_answer *a,
    const struct aside_choice *entered, const char *problem, bool confirm)
{
	const struct page *page = scope->page;
	bool is_case = a->matter != MATTER_NONE;
	json_t *preview = NULL, *doc, *proposals;
	struct work_step *steps;
	const char *waits;
	size_t count;

	if (!store_steps(page->ctx->db, page->arena, &a->id, &steps, &count))
		return 503;
	if (confirm && (preview = answer_preview(scope, a, entered)) == NULL)
		return 503;
	proposals = proposal_view_of_answer(scope, &a->id, &waits);
	if (proposals == NULL) {
		json_decref(preview);
		return 503;
	}
	doc = page_document(page);
	put_text(doc, "heading", page_text(page, "answer.title"));
	put_text(doc, "done", page_done(page, "done"));
	put_text(doc, "problem", problem);
	put_part(doc, "answer", answer_view_document(scope, a));
	put_part(doc, "steps", answer_view_steps(page, steps, count));
	put_part(doc, "preview", preview);
	put_part(doc, "proposals", proposals);
	put_text(doc, "waits", waits);
	put_part(
	    doc, "form", waits == NULL ? answer_form(page, a, entered) : NULL);
	put_text(doc, "back", page_address(page, "/staff/queue", NULL));
	put_text(doc, "case",
	    is_case ? page_address(
			  page, page_path(page, "/staff/cases", &a->id), NULL)
		    : NULL);
	return page_show(page, status, "cases/answer", doc);
}

int
get_answer(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct aside_choice none = {NULL, NULL};
	struct work_answer a;
	struct scope scope;
	int status;

	if (!scope_read(&scope, &page))
		return 404;
	status = answer_view_find(&scope, req->part[0], &a);
	return status == 200 ? show_answer(&scope, 200, &a, &none, NULL, false)
			     : status;
}

/* ---------------------------------------------------------------- proposing */

static int
reply_answer(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *done = NULL;
	int status = proposal_view_proposed(req, &done);

	return status == 303 ? page_go(&page, page_address(&page, req->path,
						  "done", done, NULL))
			     : status;
}

static int
propose_answer(const struct page *page, const struct work_answer *a,
    const char *act, const struct uuid *id, const struct aside_choice *entered)
{
	struct uuid *answer = arena_alloc(page->arena, sizeof(*answer));
	const struct proposing proposing = {.p = {.id = *id,
						.act = act,
						.unit = a->unit,
						.reason = entered->reason,
						.words = entered->words},
	    .answers = answer,
	    .count = 1};

	*answer = a->id;
	return proposal_view_propose(page, &proposing, reply_answer);
}

int
post_answer(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *act = page_field(&page, "act"), *wrong;
	const char *reason = page_field(&page, "reason");
	bool save = pairs_get(&req->form, "save") != NULL;
	bool change = pairs_get(&req->form, "change") != NULL;
	bool aside = strcmp(act, "aside") == 0;
	bool restore = strcmp(act, "restore") == 0;
	struct aside_choice entered = {
	    answer_view_aside_known(reason) ? reason : NULL,
	    page_entered(&page, "words", LIMIT_NOTE_CHARS)};
	struct work_answer a;
	struct scope scope;
	struct uuid id;
	int status;

	if (!scope_read(&scope, &page))
		return 404;
	status = answer_view_find(&scope, req->part[0], &a);
	if (status != 200)
		return status;
	wrong = answer_view_aside_wrong(reason, entered.words);
	if (wrong == NULL)
		wrong = proposal_view_wrong(entered.words);
	if (wrong == NULL &&
	    (!page_form_id(&page, &id) || (!aside && !restore)))
		wrong = "error.400";
	if (wrong != NULL)
		return show_answer(
		    &scope, 422, &a, &entered, page_text(&page, wrong), false);
	if (change)
		return show_answer(&scope, 200, &a, &entered, NULL, false);
	if (save)
		return propose_answer(&page, &a, act, &id, &entered);
	if (a.aside != restore)
		return show_answer(&scope, 409, &a, &entered,
		    page_text(&page, "case.changed"), false);
	return show_answer(&scope, 200, &a, &entered, NULL, true);
}

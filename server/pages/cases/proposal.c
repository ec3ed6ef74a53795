/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/proposals/{}: one proposal, what it makes of the scores,
 * and its answers; for whom it is to decide, the buttons, for everybody else
 * why not. The form bears an id of its own: sent twice it decides once, and of
 * two people the second is told what the first did.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/cases/effect.h"
#include "server/pages/cases/proposal_view.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/history.h"
#include "server/store/cases/proposals.h"
#include "server/store/people/audit.h"
#include "shared/limits.h"

/* --------------------------------------------------------------------- page */

/* The proposal of the address; 200 or what is wrong. */
static int
read_asked_proposal(
    struct scope *scope, const struct page *page, struct proposal *p)
{
	struct uuid id;
	enum step step;

	if (!scope_read(scope, page) || !uuid_parse(page->req->part[0], &id))
		return 404;
	step = store_proposal(page->ctx->db, page->arena, &id, p);
	if (step != STEP_ROW)
		return step == STEP_DONE ? 404 : 503;
	return scope_may_see(scope, p->unit) ? 200 : 404;
}

/* What it would make of the scores: null where it moves no counts, or is
 * decided. False when the database does not answer. */
static bool
proposal_effect(const struct scope *scope, const struct proposal *p,
    const struct doubt *list, size_t n, json_t **effect)
{
	struct work_answer first;

	*effect = json_null();
	if (p->state != PROPOSAL_PROPOSED || n == 0 ||
	    strcmp(p->act, "count") == 0)
		return true;
	if (store_work_answer(scope->page->ctx->db, scope->page->arena,
		&list[0].id, &first) != STEP_ROW)
		return false;
	if (strcmp(p->act, "undo") == 0 && !first.aside)
		return true;
	*effect = effect_document(scope, list, n, !first.aside);
	return *effect != NULL;
}

/* The form of who may do something; *barred: why the reader may not decide. */
static json_t *
proposal_form(const struct page *page, const struct proposal *p,
    const struct proposal_person *who, const char **barred)
{
	const struct proposal_about about = store_proposal_about(p);
	enum proposal_right decide =
	    proposal_may_decide(page->ctx->catalogue, who, &about);
	bool withdraw = proposal_may_withdraw(who, &about) == PROPOSAL_MAY;
	json_t *form;

	*barred = p->state == PROPOSAL_PROPOSED
		      ? proposal_view_barred(page, decide)
		      : NULL;
	if (decide != PROPOSAL_MAY && !withdraw)
		return NULL;
	form = page_form(page, page_address(page, page->req->path, NULL));
	put_flag(form, "decide", decide == PROPOSAL_MAY);
	put_text(form, "words", page_words(page, "words", NULL));
	return form;
}

static int
show_proposal(const struct scope *scope, int status, const struct proposal *p,
    const char *problem)
{
	const struct page *page = scope->page;
	struct proposal_person who;
	json_t *effect, *doc;
	const char *barred;
	struct doubt *list;
	size_t n;

	if (store_proposal_person(page->ctx->db, page->arena,
		page->req->caller.login, &who) != STEP_ROW ||
	    !store_proposal_answers(
		page->ctx->db, page->arena, &p->id, LIMIT_BURST, &list, &n) ||
	    !proposal_effect(scope, p, list, n, &effect))
		return 503;
	doc = page_document(page);
	put_text(doc, "heading", page_text(page, "proposal.title"));
	put_text(doc, "done", page_done(page, "done"));
	put_text(doc, "problem", problem);
	put_part(doc, "proposal", proposal_view_document(scope, p));
	put_part(doc, "effect", effect);
	put_part(doc, "form", proposal_form(page, p, &who, &barred));
	put_text(doc, "barred", barred);
	put_part(doc, "members",
	    answer_view_members(
		scope, list, n < LIMIT_GROUP ? n : LIMIT_GROUP));
	put_flag(doc, "rest", n > LIMIT_GROUP);
	put_text(doc, "back", page_address(page, "/staff/proposals", NULL));
	return page_show(page, status, "cases/proposal", doc);
}

int
get_proposal(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct proposal p;
	struct scope scope;
	int status = read_asked_proposal(&scope, &page, &p);

	return status == 200 ? show_proposal(&scope, 200, &p, NULL) : status;
}

/* ----------------------------------------------------------------- deciding */

struct decided_proposal {
	struct deciding d;
	enum proposal_result result;
};

static bool
write_proposal_decision(
    struct db *db, struct tallies *tallies, struct request *req)
{
	struct decided_proposal *x = req->data;

	x->result = store_proposal_decide(db, &req->arena, tallies, &x->d);
	return x->result != PROPOSED_FAILED;
}

/* The page anew, with what stood in the way. */
static int
show_obstacle(const struct page *page, int status, const char *problem)
{
	struct proposal p;
	struct scope scope;
	int found = read_asked_proposal(&scope, page, &p);

	return found == 200 ? show_proposal(&scope, status, &p, problem)
			    : found;
}

static int
reply_proposal(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct decided_proposal *x = req->data;

	if (x->d.rest > 0)
		proposals_carry_on(ctx->errands);
	switch (x->result) {
	case PROPOSED_MISSING:
		return 404;
	case PROPOSED_CHANGED:
		return show_obstacle(
		    &page, 409, page_text(&page, "proposal.changed"));
	case PROPOSED_FORBIDDEN:
		if (x->d.right == PROPOSAL_UNSEEN)
			return 404;
		return show_obstacle(
		    &page, 403, proposal_view_barred(&page, x->d.right));
	default:
		return page_go(
		    &page, page_address(&page, req->path, "done",
			       proposal_state_name(x->d.state), NULL));
	}
}

/* What the button makes of it; PROPOSAL_PROPOSED: there is no such button. */
static enum proposal_state
proposal_button(const struct page *page)
{
	static const struct {
		const char *act;
		enum proposal_state state;
	} known[] = {
	    {"confirm", PROPOSAL_CONFIRMED},
	    {"refuse", PROPOSAL_REFUSED},
	    {"withdraw", PROPOSAL_WITHDRAWN},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(page_field(page, "act"), known[i].act) == 0)
			return known[i].state;
	return PROPOSAL_PROPOSED;
}

int
post_proposal(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct decided_proposal *x = arena_alloc(page.arena, sizeof(*x));
	struct deed *deed = arena_alloc(page.arena, sizeof(*deed));
	const char *wrong = NULL;
	struct proposal p;
	struct scope scope;
	int status = read_asked_proposal(&scope, &page, &p);

	if (status != 200)
		return status;
	*deed = page_deed(&page, "proposal", p.unit, "");
	x->d = (struct deciding){.id = p.id,
	    .state = proposal_button(&page),
	    .at = req->now,
	    .login = req->caller.login,
	    .words = page_entered(&page, "words", LIMIT_NOTE_CHARS),
	    .catalogue = ctx->catalogue,
	    .deed = deed};
	if (x->d.state == PROPOSAL_PROPOSED || !page_form_id(&page, &x->d.form))
		wrong = "error.400";
	else if (x->d.words == NULL)
		wrong = "case.error.words";
	else if (x->d.state == PROPOSAL_REFUSED && x->d.words[0] == '\0')
		wrong = "proposal.error.refuse";
	if (wrong != NULL)
		return show_proposal(&scope, 422, &p, page_text(&page, wrong));
	return page_write(&page, x, write_proposal_decision, reply_proposal);
}

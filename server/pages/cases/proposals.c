/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/proposals: what was proposed about answers, and waits: first what
 * the reader may decide, then what others must; below, what was decided last.
 * Nothing of units that are not the reader's to see.
 */
#include "server/pages/pages.h"

#include "server/pages/cases/answer_view.h"
#include "server/pages/cases/proposal_view.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/proposals.h"
#include "shared/limits.h"

/* Those that wait, into the two lists. False when the database does not answer.
 */
static bool
waiting_proposals(const struct scope *scope, json_t *mine, json_t *others)
{
	const struct page *page = scope->page;
	const struct catalogue *c = page->ctx->catalogue;
	struct proposal_person who;
	struct proposal *list;
	size_t n;

	if (store_proposal_person(page->ctx->db, page->arena,
		page->req->caller.login, &who) != STEP_ROW ||
	    !store_proposals_waiting(
		page->ctx->db, page->arena, LIMIT_PROPOSALS, &list, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct proposal_about about =
		    store_proposal_about(&list[i]);
		bool may = proposal_may_decide(c, &who, &about) == PROPOSAL_MAY;

		if (scope_may_see(scope, list[i].unit))
			json_array_append_new(may ? mine : others,
			    proposal_view_document(scope, &list[i]));
	}
	return true;
}

/* The last ones that are decided; false likewise. */
static bool
past_proposals(const struct scope *scope, json_t *past)
{
	const char **units;
	size_t nunits = answer_view_units(scope, false, &units), n;
	struct proposal *list;

	if (!store_proposals_past(scope->page->ctx->db, scope->page->arena,
		units, nunits, LIMIT_PAGE_DONE, &list, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
		    past, proposal_view_document(scope, &list[i]));
	return true;
}

int
get_proposals(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	json_t *doc, *mine, *others, *past;
	struct scope scope;

	if (!scope_read(&scope, &page))
		return 404;
	doc = page_document(&page);
	put_part(doc, "mine", mine = json_array());
	put_part(doc, "others", others = json_array());
	put_part(doc, "past", past = json_array());
	if (!waiting_proposals(&scope, mine, others) ||
	    !past_proposals(&scope, past)) {
		json_decref(doc);
		return 503;
	}
	put_text(doc, "heading", page_text(&page, "way.proposals"));
	put_text(doc, "done", page_done(&page, "done"));
	put_text(doc, "problem", NULL);
	put_text(doc, "back", page_address(&page, "/staff/queue", NULL));
	put_flag(doc, "any_mine", json_array_size(mine) > 0);
	put_flag(doc, "any_others", json_array_size(others) > 0);
	put_flag(doc, "any_past", json_array_size(past) > 0);
	return page_show(&page, 200, "cases/proposals", doc);
}

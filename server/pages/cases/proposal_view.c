/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words that give reasons stay for years: numbers in them are masked like those
 * of citizens. */
#include "server/pages/cases/proposal_view.h"

#include "server/core/text/mask.h"
#include "server/core/words.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/proposals.h"
#include "server/store/people/audit.h"

struct proposed {
	struct proposing proposing;
	enum proposal_result result;
};

/* ---------------------------------------------------------------- documents */

static json_t *
decided_document(const struct page *page, const struct proposal *p)
{
	json_t *decided;

	if (p->state == PROPOSAL_PROPOSED)
		return NULL;
	decided = json_object();
	put_text(decided, "login", page_person(page, p->decided_by));
	put_text(decided, "time", page_time(page, p->decided_at));
	put_words(decided, "words", mask_text(page->arena, p->decided_words));
	return decided;
}

json_t *
proposal_view_document(const struct scope *scope, const struct proposal *p)
{
	const struct page *page = scope->page;
	bool several = p->answers != 1;
	bool running = p->state == PROPOSAL_CONFIRMED && p->rest > 0;
	json_t *doc = json_object();

	put_text(doc, "href",
	    page_address(
		page, page_path(page, "/staff/proposals", &p->id), NULL));
	put_text(doc, "act", p->act);
	put_text(doc, "state", proposal_state_name(p->state));
	put_text(doc, "number", page_count(page, p->answers));
	put_flag(doc, "several", several);
	put_text(doc, "unit", scope_unit_name(scope, p->unit));
	put_text(doc, "login", page_person(page, p->login));
	put_text(doc, "time", page_time(page, p->at));
	put_text(doc, "reason",
	    p->reason[0] == '\0' ? NULL
				 : page_coded(page, "aside.reason", p->reason));
	put_words(doc, "words", mask_text(page->arena, p->words));
	put_part(doc, "decided", decided_document(page, p));
	put_text(doc, "rest", running ? page_count(page, p->rest) : NULL);
	return doc;
}

json_t *
proposal_view_of_answer(
    const struct scope *scope, const struct uuid *answer, const char **waits)
{
	const struct page *page = scope->page;
	struct proposal *list;
	json_t *out;
	size_t n;

	*waits = NULL;
	if (!store_proposals_of(page->ctx->db, page->arena, answer, &list, &n))
		return NULL;
	out = json_array();
	for (size_t i = 0; i < n; i++) {
		if (list[i].state == PROPOSAL_PROPOSED)
			*waits = page_address(page,
			    page_path(page, "/staff/proposals", &list[i].id),
			    NULL);
		json_array_append_new(
		    out, proposal_view_document(scope, &list[i]));
	}
	return out;
}

const char *
proposal_view_barred(const struct page *page, enum proposal_right right)
{
	static const char *const keys[PROPOSAL_RIGHTS] = {
	    [PROPOSAL_UNSEEN] = "staff.error.404",
	    [PROPOSAL_ROLE] = "proposal.barred.role",
	    [PROPOSAL_OVER] = "proposal.barred.over",
	    [PROPOSAL_SAME] = "proposal.barred.same",
	    [PROPOSAL_OTHERS] = "proposal.barred.others",
	    [PROPOSAL_OWN] = "proposal.barred.own",
	    [PROPOSAL_AUDITOR] = "proposal.barred.auditor",
	};

	return page_problem(page, keys[right]);
}

const char *
proposal_view_wrong(const char *words)
{
	if (words == NULL)
		return "case.error.words";
	return words[0] == '\0' ? "proposal.error.words" : NULL;
}

/* ---------------------------------------------------------------- proposing */

static bool
write_proposal(struct db *db, struct tallies *tallies, struct request *req)
{
	struct proposed *x = req->data;

	(void)tallies;
	x->result = store_propose(db, &req->arena, &x->proposing);
	return x->result != PROPOSED_FAILED;
}

int
proposal_view_propose(const struct page *page,
    const struct proposing *proposing, request_reply *reply)
{
	struct proposed *x = arena_alloc(page->arena, sizeof(*x));
	struct deed *deed = arena_alloc(page->arena, sizeof(*deed));

	*deed = page_deed(page, "proposal", NULL, "");
	x->proposing = *proposing;
	x->proposing.deed = deed;
	x->proposing.catalogue = page->ctx->catalogue;
	x->proposing.p.at = page->req->now;
	x->proposing.p.login = page->req->caller.login;
	if (x->proposing.p.reason == NULL)
		x->proposing.p.reason = "";
	if (x->proposing.typed == NULL)
		x->proposing.typed = "";
	return page_write(page, x, write_proposal, reply);
}

int
proposal_view_proposed(const struct request *req, const char **done)
{
	const struct proposed *x = req->data;

	switch (x->result) {
	case PROPOSED_FORBIDDEN:
		return x->proposing.right == PROPOSAL_UNSEEN ? 404 : 403;
	case PROPOSED_NOTHING:
		*done = "proposed.nothing";
		return 303;
	default:
		*done = "proposed";
		return 303;
	}
}

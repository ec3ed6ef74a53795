/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /staff/cases: hands the cases that were ticked in the list over to one
 * person, all at once. A step and a deed for each, as if each had been handed
 * over on its own page; what is done meanwhile is left alone.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/cases/cases.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/cases.h"
#include "server/store/cases/history.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"

struct handing {
	struct case_act *acts;
	size_t count, done;
};

static bool
write_hand_over(struct db *db, struct tallies *tallies, struct request *req)
{
	struct handing *h = req->data;

	(void)tallies;
	h->done = 0;
	for (size_t i = 0; i < h->count; i++)
		switch (store_case_act(db, &req->arena, &h->acts[i])) {
		case CASE_FAILED:
			return false;
		case CASE_DONE:
			h->done++;
			break;
		default:
			break;
		}
	return true;
}

static int
reply_hand_over(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct handing *h = req->data;

	return page_go(&page,
	    cases_address(&page, req->path, h->done > 0 ? "hand" : "same"));
}

/* One of the ticked cases; 200 or what is wrong with it. */
static int
add_ticked(const struct scope *scope, struct handing *h, const char *id,
    const struct staff *person, const struct uuid *form)
{
	const struct page *page = scope->page;
	struct work_answer a;
	struct case_act *act;
	int status = answer_view_find(scope, id, &a);

	if (status != 200)
		return status;
	if (a.matter == MATTER_NONE)
		return 404;
	if (!cases_worker(scope, person, a.unit))
		return 422;
	act = arena_append(page->arena, &h->acts, &h->count, sizeof(*act));
	*act = (struct case_act){.answer = a.id,
	    .unit = a.unit,
	    .blind = true,
	    .step = {.id = *form,
		.at = page->req->now,
		.login = page->req->caller.login,
		.act = "hand",
		.person = person->login},
	    .deed = page_deed(page, "case.hand", a.unit, page_id(page, &a.id))};
	return 200;
}

int
post_cases(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct handing *h = arena_alloc(page.arena, sizeof(*h));
	const char *login = pairs_get(&req->form, "person");
	struct staff person;
	struct uuid form;
	struct scope scope;
	enum step step;
	int status;

	if (!scope_read(&scope, &page))
		return 404;
	if (!page_form_id(&page, &form) || login == NULL)
		return cases_show(&scope, 422, "error.400");
	step = store_staff(ctx->db, page.arena, login, &person);
	if (step == STEP_FAIL)
		return 503;
	if (step == STEP_DONE || !cases_worker(&scope, &person, NULL))
		return cases_show(&scope, 422, "cases.error.person");
	for (size_t i = 0; i < req->form.count; i++) {
		const struct pair *p = &req->form.list[i];

		if (strcmp(p->name, "case") != 0)
			continue;
		status = h->count < LIMIT_PAGE_CASES
			     ? add_ticked(&scope, h, p->value, &person, &form)
			     : 422;
		if (status == 422)
			return cases_show(&scope, 422, "case.error.person");
		if (status != 200)
			return status;
	}
	if (h->count == 0)
		return cases_show(&scope, 422, "cases.error.none");
	return page_write(&page, h, write_hand_over, reply_hand_over);
}

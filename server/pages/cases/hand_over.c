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
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/store/cases.h"
#include "server/store/history.h"
#include "server/store/staff.h"
#include "shared/limits.h"

struct handing {
	struct case_act *acts;
	size_t count, done;
};

static bool
write_hand(struct db *db, struct tallies *tallies, struct request *req)
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
reply_hand(struct ctx *ctx, struct request *req, struct response *res)
{
	struct handing *h = req->data;
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	if (!scope_read(&scope, &page))
		return 404;
	return document_go(res,
	    cases_address(&scope, req->path, h->done > 0 ? "hand" : "same"));
}

/* One of the ticked cases; 200 or what is wrong with it. */
static int
add(const struct scope *scope, struct handing *h, const char *id,
    const struct staff *person, const struct uuid *form)
{
	struct request *req = scope->page->req;
	struct work_answer a;
	struct case_act *act;
	char text[UUID_TEXT];
	int status = answer_view_find(scope, id, &a);

	if (status != 200)
		return status;
	if (a.matter == MATTER_NONE)
		return 404;
	if (!cases_worker(scope, person, a.unit))
		return 422;
	uuid_format(&a.id, text);
	act =
	    arena_append(scope->page->arena, &h->acts, &h->count, sizeof(*act));
	*act = (struct case_act){.answer = a.id,
	    .unit = a.unit,
	    .blind = true,
	    .step = {.id = *form,
		.at = req->now,
		.login = req->caller.login,
		.act = "hand",
		.person = person->login},
	    .deed = office_deed(req, "case.hand", a.unit,
		arena_strdup(scope->page->arena, text))};
	return 200;
}

int
post_cases(struct ctx *ctx, struct request *req, struct response *res)
{
	struct handing *h = arena_alloc(&req->arena, sizeof(*h));
	const char *login = pairs_get(&req->form, "person");
	struct staff person;
	struct uuid form;
	struct page page = page_of(ctx, req, res);
	struct scope scope;
	enum step step;
	int status;

	if (!scope_read(&scope, &page))
		return 404;
	if (!answer_view_form_id(req, &form) || login == NULL)
		return cases_show(&scope, res, 422, "error.400");
	step = store_staff(ctx->db, scope.page->arena, login, &person);
	if (step == STEP_FAIL)
		return 503;
	if (step == STEP_DONE || !cases_worker(&scope, &person, NULL))
		return cases_show(&scope, res, 422, "cases.error.person");
	for (size_t i = 0; i < req->form.count; i++) {
		const struct pair *p = &req->form.list[i];

		if (strcmp(p->name, "case") != 0)
			continue;
		status = h->count < LIMIT_PAGE_CASES
			     ? add(&scope, h, p->value, &person, &form)
			     : 422;
		if (status == 422)
			return cases_show(
			    &scope, res, 422, "case.error.person");
		if (status != 200)
			return status;
	}
	if (h->count == 0)
		return cases_show(&scope, res, 422, "cases.error.none");
	req->data = h;
	req->write = write_hand;
	req->reply = reply_hand;
	return HTTP_LATER;
}

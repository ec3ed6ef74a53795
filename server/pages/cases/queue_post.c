/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /staff/queue: a decision about the answers of a line, or one taken back.
 * The form names its answers, so that one that came meanwhile is not decided
 * unseen; each is asked for again before it is touched.
 */
#include "server/pages/cases/queue.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/pages.h"
#include "server/store/audit.h"
#include "server/store/history.h"
#include "shared/limits.h"

struct deciding {
	struct decision decision;
	struct deed deed;
	struct uuid undo;
};

static bool
write_decision(struct db *db, struct tallies *tallies, struct request *req)
{
	struct deciding *d = req->data;

	return store_decide(db, &req->arena, tallies, &d->decision);
}

static int
reply_decision(struct ctx *ctx, struct request *req, struct response *res)
{
	struct deciding *d = req->data;
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	if (!scope_read(&scope, &page))
		return 404;
	return document_go(
	    res, answer_view_address(&scope, "/staff/queue",
		     d->decision.changed > 0 ? d->decision.step.act : "same"));
}

/* The answers of "id id id"; false for anything else. */
static bool
read_ids(struct arena *a, const char *text, struct uuid **ids, size_t *count)
{
	*ids = NULL;
	*count = 0;
	while (text != NULL && *text != '\0') {
		size_t n = strcspn(text, " ");
		struct uuid *id = arena_append(a, ids, count, sizeof(*id));

		if (*count > LIMIT_GROUP ||
		    !uuid_parse(arena_strndup(a, text, n), id))
			return false;
		text += n + (text[n] == ' ');
	}
	return *count > 0;
}

/* Every answer is there, and the reader's to decide about. */
static int
check_answers(const struct scope *scope, const struct uuid *ids, size_t n)
{
	struct work_answer a;

	for (size_t i = 0; i < n; i++)
		switch (store_work_answer(
		    scope->page->ctx->db, scope->page->arena, &ids[i], &a)) {
		case STEP_ROW:
			if (scope_may_see(scope, a.unit))
				break;
			return 404;
		case STEP_DONE:
			return 404;
		default:
			return 503;
		}
	return 200;
}

/* The answers that the form is about. */
static int
read_answers(const struct scope *scope, struct deciding *d, bool undo)
{
	struct request *req = scope->page->req;
	const char *past = pairs_get(&req->form, "decision");
	const char **units;
	struct uuid *ids;
	size_t n;

	if (!undo) {
		if (!read_ids(scope->page->arena, pairs_get(&req->form, "ids"),
			&ids, &n))
			return 422;
	} else {
		if (past == NULL || !uuid_parse(past, &d->undo))
			return 422;
		if (!store_step_answers(scope->page->ctx->db,
			scope->page->arena, &d->undo, &ids, &units, &n))
			return 503;
		if (n == 0)
			return 404;
	}
	d->decision.answers = ids;
	d->decision.count = n;
	return check_answers(scope, ids, n);
}

static const char *
read_act(const struct request *req)
{
	static const char *const known[] = {"aside", "count", "undo", NULL};
	const char *act = pairs_get(&req->form, "act");

	for (int i = 0; act != NULL && known[i] != NULL; i++)
		if (strcmp(act, known[i]) == 0)
			return known[i];
	return NULL;
}

int
post_queue(struct ctx *ctx, struct request *req, struct response *res)
{
	struct deciding *d = arena_alloc(&req->arena, sizeof(*d));
	const char *act = read_act(req);
	const char *reason = pairs_get(&req->form, "reason");
	const char *words = answer_view_note(req), *wrong = NULL;
	struct uuid id;
	struct page page = page_of(ctx, req, res);
	struct scope scope;
	int status;

	if (!scope_read(&scope, &page))
		return 404;
	if (act == NULL || !answer_view_form_id(req, &id))
		return queue_show(
		    &scope, res, 422, page_text(scope.page, "error.400"));
	status = read_answers(&scope, d, strcmp(act, "undo") == 0);
	if (status != 200 && status != 422)
		return status;
	if (status == 422)
		wrong = "error.400";
	else if (words == NULL)
		wrong = "case.error.words";
	else if (strcmp(act, "aside") == 0 && !answer_view_aside_known(reason))
		wrong = "answer.error.reason";
	else if (strcmp(act, "aside") == 0 && strcmp(reason, "other") == 0 &&
		 words[0] == '\0')
		wrong = "answer.error.other";
	if (wrong != NULL)
		return queue_show(
		    &scope, res, 422, page_text(scope.page, wrong));
	d->deed = office_deed(req, "answer", NULL, "");
	d->decision.deed = &d->deed;
	d->decision.undo = &d->undo;
	d->decision.step = (struct work_step){.id = id,
	    .at = req->now,
	    .login = req->caller.login,
	    .act = act,
	    .reason = strcmp(act, "aside") == 0 ? reason : NULL,
	    .words = words};
	req->data = d;
	req->write = write_decision;
	req->reply = reply_decision;
	return HTTP_LATER;
}

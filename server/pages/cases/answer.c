/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/answers/{}: one answer, and whether it counts. Setting it
 * aside, or counting it again, takes a person and a reason and two steps: the
 * first shows what it makes of the scores, the second does it. An answer is
 * never changed and never deleted.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/document.h"
#include "server/pages/cases/effect.h"
#include "server/pages/office.h"
#include "server/store/audit.h"
#include "server/store/history.h"
#include "shared/limits.h"

/* What is to be decided, as far as it was entered. */
struct choice {
	const char *reason; /* of the list; NULL: none */
	const char *words;
};

static struct doubt
as_doubt(const struct work_answer *a)
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

static json_t *
form(const struct scope *scope, const struct work_answer *a,
    const struct choice *entered)
{
	return json_pack("{s:s, s:s, s:s, s:o, s:s, s:s, s:b}", "action",
	    answer_view_address(scope, scope->page->req->path, NULL), "csrf",
	    scope->page->req->caller.csrf, "id", answer_view_new_id(scope),
	    "reasons", answer_view_aside_options(scope, entered->reason),
	    "words", entered->words == NULL ? "" : entered->words, "act",
	    a->aside ? "restore" : "aside", "out", !a->aside);
}

/* The second step: what it makes of the scores, to be confirmed. */
static json_t *
preview(const struct scope *scope, const struct work_answer *a,
    const struct choice *entered)
{
	const struct doubt doubt = as_doubt(a);
	json_t *effect = effect_document(scope, &doubt, 1, !a->aside);

	if (effect == NULL)
		return NULL;
	return json_pack("{s:o, s:s, s:s, s:s}", "effect", effect, "reason",
	    entered->reason, "reason_words",
	    answer_view_aside_words(scope, entered->reason), "note",
	    entered->words == NULL ? "" : entered->words);
}

static int
show(struct scope *scope, struct response *res, int status,
    const struct work_answer *a, const struct choice *entered,
    const char *problem, bool confirm)
{
	json_t *steps = answer_view_steps(scope, &a->id), *doc;
	json_t *effect = confirm ? preview(scope, a, entered) : json_null();
	char id[UUID_TEXT];

	if (steps == NULL || effect == NULL) {
		json_decref(steps);
		json_decref(effect);
		return 503;
	}
	uuid_format(&a->id, id);
	doc = answer_view_frame(
	    scope, page_text(scope->page, "answer.title"), problem);
	json_object_set_new(doc, "answer", answer_view_document(scope, a));
	json_object_set_new(doc, "steps", steps);
	json_object_set_new(doc, "preview", effect);
	json_object_set_new(doc, "form",
	    office_may(scope->page->req, WHO_MANAGER) ? form(scope, a, entered)
						      : json_null());
	json_object_set_new(doc, "back",
	    json_string(answer_view_address(scope, "/staff/queue", NULL)));
	json_object_set_new(doc, "case",
	    a->matter == MATTER_NONE
		? json_null()
		: json_string(answer_view_address(scope,
		      arena_printf(scope->page->arena, "/staff/cases/%s", id),
		      NULL)));
	return document_show(
	    scope->page->req, res, status, "cases/answer", doc);
}

int
get_answer(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct choice none = {NULL, NULL};
	struct work_answer a;
	struct page page = page_of(ctx, req, res);
	struct scope scope;
	int status;

	if (!scope_read(&scope, &page))
		return 404;
	status = answer_view_find(&scope, req->part[0], &a);
	return status == 200 ? show(&scope, res, 200, &a, &none, NULL, false)
			     : status;
}

/* ------------------------------------------------------------------ deciding
 */

struct deciding {
	struct decision decision;
	struct deed deed;
	struct uuid answer;
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
	    res, answer_view_address(&scope, req->path,
		     d->decision.changed > 0 ? d->decision.step.act : "same"));
}

static int
decide(struct request *req, const struct work_answer *a, const char *act,
    const struct uuid *id, const struct choice *entered)
{
	struct deciding *d = arena_alloc(&req->arena, sizeof(*d));

	d->answer = a->id;
	d->deed = office_deed(req, "answer", a->unit, "");
	d->decision.deed = &d->deed;
	d->decision.answers = &d->answer;
	d->decision.count = 1;
	d->decision.step = (struct work_step){.id = *id,
	    .at = req->now,
	    .login = req->caller.login,
	    .act = act,
	    .reason = entered->reason,
	    .words = entered->words};
	req->data = d;
	req->write = write_decision;
	req->reply = reply_decision;
	return HTTP_LATER;
}

/* The key of what is wrong with the form, or NULL. */
static const char *
read_choice(struct request *req, struct choice *entered)
{
	const char *reason = pairs_get(&req->form, "reason");
	const char *words = answer_view_note(req);

	entered->words = words;
	entered->reason = answer_view_aside_known(reason) ? reason : NULL;
	if (words == NULL)
		return "case.error.words";
	if (entered->reason == NULL)
		return "answer.error.reason";
	if (strcmp(reason, "other") == 0 && words[0] == '\0')
		return "answer.error.other";
	return NULL;
}

int
post_answer(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *act = pairs_get(&req->form, "act"), *wrong;
	bool save = pairs_get(&req->form, "save") != NULL;
	bool change = pairs_get(&req->form, "change") != NULL;
	struct choice entered;
	struct work_answer a;
	struct uuid id;
	struct page page = page_of(ctx, req, res);
	struct scope scope;
	int status;

	if (!scope_read(&scope, &page))
		return 404;
	status = answer_view_find(&scope, req->part[0], &a);
	if (status != 200)
		return status;
	wrong = read_choice(req, &entered);
	if (wrong == NULL &&
	    (!answer_view_form_id(req, &id) || act == NULL ||
		(strcmp(act, "aside") != 0 && strcmp(act, "restore") != 0)))
		wrong = "error.400";
	if (wrong != NULL)
		return show(&scope, res, 422, &a, &entered,
		    page_text(scope.page, wrong), false);
	if (change)
		return show(&scope, res, 200, &a, &entered, NULL, false);
	if (save)
		return decide(req, &a, act, &id, &entered);
	if (a.aside != (strcmp(act, "restore") == 0))
		return show(&scope, res, 409, &a, &entered,
		    page_text(scope.page, "case.changed"), false);
	return show(&scope, res, 200, &a, &entered, NULL, true);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/cases/{}: one case. Take it, hand it over, agree on a
 * day, note something, be done with what was done in words, open it again. The
 * form bears its own id and the last step it has seen: sent twice it is done
 * once, and whoever did not see what a colleague did meanwhile is told so, with
 * his words kept.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/cases/cases.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/core/words.h"
#include "server/store/cases.h"
#include "server/store/history.h"
#include "server/store/remarks.h"
#include "server/store/staff.h"
#include "shared/civil.h"
#include "shared/limits.h"

#define WHO_ACTS (WHO_MANAGER | WHO_CASEWORKER)

/* ----------------------------------------------------------------- the page */

static const char *
iso(const struct scope *scope, int32_t day)
{
	char text[CIVIL_DATE_TEXT];

	civil_format_date(day, text);
	return arena_strdup(scope->page->arena, text);
}

/* The last step's id as text, "" for none. */
static bool
last_step(
    const struct scope *scope, const struct uuid *answer, char out[UUID_TEXT])
{
	struct work_step *list;
	size_t n;

	out[0] = '\0';
	if (!store_steps(
		scope->page->ctx->db, scope->page->arena, answer, &list, &n))
		return false;
	if (n > 0)
		uuid_format(&list[n - 1].id, out);
	return true;
}

/* What the form shows; entered: what came with a form that was refused. */
static json_t *
form(const struct scope *scope, const struct work_answer *a, const char *seen,
    bool entered)
{
	const char *words =
	    entered ? pairs_get(&scope->page->req->form, "words") : NULL;
	const char *person =
	    entered ? pairs_get(&scope->page->req->form, "person") : NULL;
	const char *due =
	    entered ? pairs_get(&scope->page->req->form, "due") : NULL;
	json_t *people =
	    cases_people(scope, a->unit, person != NULL ? person : a->person);

	if (people == NULL)
		return NULL;
	return json_pack(
	    "{s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:b, s:b, s:b}", "action",
	    cases_address(scope, scope->page->req->path, NULL), "csrf",
	    scope->page->req->caller.csrf, "id", answer_view_new_id(scope),
	    "seen", seen, "people", people, "due",
	    due != NULL   ? due
	    : a->due != 0 ? iso(scope, a->due)
			  : "",
	    "today", iso(scope, scope->today), "words",
	    words == NULL ? "" : words, "mine",
	    strcmp(a->person, scope->page->req->caller.login) == 0, "open",
	    a->matter == MATTER_OPEN, "nobody",
	    (person != NULL ? person : a->person)[0] == '\0');
}

static json_t *
state(const struct scope *scope, const struct work_answer *a)
{
	int32_t due = a->due != 0 ? a->due : a->day + LIMIT_CASE_DAYS;
	bool done = a->matter == MATTER_DONE;

	return json_pack("{s:s, s:o, s:o, s:b}", "state",
	    done                   ? "done"
	    : a->person[0] == '\0' ? "new"
				   : "hand",
	    "person", done ? json_null() : scope_words(a->person), "due",
	    done ? json_null()
		 : json_string(words_date(scope->page->arena, due)),
	    "late", !done && due < scope->today);
}

static int
show(struct scope *scope, struct response *res, int status,
    const struct work_answer *a, const char *problem)
{
	char seen[UUID_TEXT], id[UUID_TEXT];
	const struct remark_place place = {a->day, a->id};
	json_t *steps = answer_view_steps(scope, &a->id), *doc,
	       *acts = json_null();
	bool ok = false;
	const char *next = cases_next(scope, &place, &ok);

	if (steps == NULL || !ok || !last_step(scope, &a->id, seen)) {
		json_decref(steps);
		return 503;
	}
	if (office_may(scope->page->req, WHO_ACTS))
		acts = form(scope, a, seen, problem != NULL);
	if (acts == NULL) {
		json_decref(steps);
		return 503;
	}
	uuid_format(&a->id, id);
	doc = answer_view_frame(
	    scope, page_text(scope->page, "case.title"), problem);
	json_object_set_new(doc, "answer", answer_view_document(scope, a));
	json_object_set_new(doc, "case", state(scope, a));
	json_object_set_new(doc, "steps", steps);
	json_object_set_new(doc, "form", acts);
	json_object_set_new(doc, "back",
	    json_string(cases_address(scope, "/staff/cases", NULL)));
	json_object_set_new(doc, "next", scope_words(next));
	json_object_set_new(doc, "decide",
	    office_may(scope->page->req, WHO_MANAGER | WHO_AUDITOR)
		? json_string(answer_view_address(scope,
		      arena_printf(scope->page->arena, "/staff/answers/%s", id),
		      NULL))
		: json_null());
	return document_show(scope->page->req, res, status, "cases/case", doc);
}

/* The case of the address, with a look; 200 or what is wrong. */
static int
find(struct scope *scope, const struct page *page, struct work_answer *a)
{
	int status;

	if (!scope_read(scope, page))
		return 404;
	status = answer_view_find(scope, page->req->part[0], a);
	if (status == 200 && a->matter == MATTER_NONE)
		return 404;
	return status;
}

int
get_case(struct ctx *ctx, struct request *req, struct response *res)
{
	struct work_answer a;
	struct page page = page_of(ctx, req, res);
	struct scope scope;
	int status = find(&scope, &page, &a);

	return status == 200 ? show(&scope, res, 200, &a, NULL) : status;
}

/* ------------------------------------------------------------------- acting */

struct acting {
	struct case_act act;
	struct uuid seen;
	enum case_result result;
};

static bool
write_act(struct db *db, struct tallies *tallies, struct request *req)
{
	struct acting *x = req->data;

	(void)tallies;
	x->result = store_case_act(db, &req->arena, &x->act);
	return x->result != CASE_FAILED;
}

static int
reply_act(struct ctx *ctx, struct request *req, struct response *res)
{
	struct acting *x = req->data;
	struct work_answer a;
	struct page page = page_of(ctx, req, res);
	struct scope scope;
	int status;

	if (x->result == CASE_CHANGED) {
		status = find(&scope, &page, &a);
		return status == 200
			   ? show(&scope, res, 409, &a,
				 page_text(scope.page, "case.changed"))
			   : status;
	}
	if (!scope_read(&scope, &page))
		return 404;
	return document_go(
	    res, cases_address(&scope, req->path, x->act.step.act));
}

/* A day that was entered: 0 for none, -1 for what is no day from today on. */
static int32_t
read_due(const struct scope *scope)
{
	const char *text = pairs_get(&scope->page->req->form, "due");
	int32_t day;

	if (text == NULL || text[0] == '\0')
		return 0;
	return civil_parse_date(text, &day) && day >= scope->today &&
		       day <= scope->today + LIMIT_CASE_AHEAD
		   ? day
		   : -1;
}

/* True for "" and for somebody who may have the case; *ok: the database
 * answered. */
static bool
person_known(const struct scope *scope, const struct work_answer *a,
    const char *login, bool *ok)
{
	struct staff s;
	enum step step = STEP_DONE;

	if (login[0] != '\0')
		step = store_staff(
		    scope->page->ctx->db, scope->page->arena, login, &s);
	*ok = step != STEP_FAIL;
	return login[0] == '\0' ||
	       (step == STEP_ROW && cases_worker(scope, &s, a->unit));
}

/* What was entered, into the step; NULL, or the key of what is wrong. The one
 * button that saves everything becomes the act that it is. */
static const char *
read_step(const struct scope *scope, const struct work_answer *a,
    struct work_step *step, bool *ok)
{
	static const char *const known[] = {
	    "take", "save", "done", "reopen", NULL};
	const char *act = pairs_get(&scope->page->req->form, "act");
	const char *person = pairs_get(&scope->page->req->form, "person");
	int32_t due = read_due(scope);
	int i = 0;

	while (act != NULL && known[i] != NULL && strcmp(act, known[i]) != 0)
		i++;
	if (act == NULL || known[i] == NULL)
		return "error.400";
	*step = (struct work_step){.at = scope->page->req->now,
	    .login = scope->page->req->caller.login,
	    .act = known[i],
	    .words = answer_view_note(scope->page->req)};
	if (!answer_view_form_id(scope->page->req, &step->id))
		return "error.400";
	if (step->words == NULL)
		return "case.error.words";
	if (strcmp(act, "done") == 0 && step->words[0] == '\0')
		return "case.error.done";
	if (strcmp(act, "done") == 0 || strcmp(act, "reopen") == 0)
		return NULL;
	if (due < 0 && !(a->due != 0 && a->due < scope->today &&
			   strcmp(iso(scope, a->due),
			       pairs_get(&scope->page->req->form, "due")) == 0))
		return "case.error.due";
	step->due = due > 0 && due != a->due ? due : 0;
	if (strcmp(act, "take") == 0)
		return NULL;
	if (a->matter == MATTER_DONE || person == NULL)
		person = a->person;
	if (!person_known(scope, a, person, ok))
		return "case.error.person";
	step->person = person;
	step->act = strcmp(person, a->person) != 0 ? "hand"
		    : step->due != 0               ? "due"
						   : "note";
	return strcmp(step->act, "note") == 0 && step->words[0] == '\0'
		   ? "case.error.nothing"
		   : NULL;
}

int
post_case(struct ctx *ctx, struct request *req, struct response *res)
{
	struct acting *x = arena_alloc(&req->arena, sizeof(*x));
	const char *seen = pairs_get(&req->form, "seen"), *wrong;
	char id[UUID_TEXT];
	struct work_answer a;
	struct page page = page_of(ctx, req, res);
	struct scope scope;
	bool ok = true;
	int status = find(&scope, &page, &a);

	if (status != 200)
		return status;
	wrong = read_step(&scope, &a, &x->act.step, &ok);
	if (!ok)
		return 503;
	if (wrong != NULL)
		return show(&scope, res, 422, &a, page_text(scope.page, wrong));
	if (seen != NULL && seen[0] != '\0') {
		if (!uuid_parse(seen, &x->seen))
			return show(&scope, res, 422, &a,
			    page_text(scope.page, "error.400"));
		x->act.seen = &x->seen;
	}
	uuid_format(&a.id, id);
	x->act.answer = a.id;
	x->act.unit = a.unit;
	x->act.deed = office_deed(req,
	    arena_printf(&req->arena, "case.%s", x->act.step.act), a.unit,
	    arena_strdup(&req->arena, id));
	req->data = x;
	req->write = write_act;
	req->reply = reply_act;
	return HTTP_LATER;
}

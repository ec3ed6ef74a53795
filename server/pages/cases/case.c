/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/cases/{}: one case. Take it, hand it over, agree on a
 * day, note something, be done with what was done in words, open it again. The
 * form bears its own id and the last step it has seen: sent twice it is done
 * once, and a person who did not see what a colleague did meanwhile is told so,
 * with the words kept.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/cases/cases.h"
#include "server/core/words.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/cases.h"
#include "server/store/cases/history.h"
#include "server/store/cases/remarks.h"
#include "server/store/people/staff.h"
#include "shared/civil.h"
#include "shared/limits.h"

#define WHO_ACTS (WHO_MANAGER | WHO_CASEWORKER)

/* ----------------------------------------------------------------- the page */

/* A field of the form, where one was sent and refused; else what stands. */
static const char *
entered_or(const struct page *page, const char *name, const char *stands)
{
	const char *entered = pairs_get(&page->req->form, name);

	return entered == NULL ? stands : entered;
}

/* The form, with what came with one that was refused; seen: the last step as
 * text, "" for none. NULL when the database does not answer. */
static json_t *
case_form(
    const struct scope *scope, const struct work_answer *a, const char *seen)
{
	const struct page *page = scope->page;
	const char *person = entered_or(page, "person", a->person);
	const char *due = a->due == 0 ? "" : page_iso_day(page, a->due);
	json_t *people = cases_people(scope, a->unit, person), *form;

	if (people == NULL)
		return NULL;
	form = page_form(page, cases_address(page, page->req->path, NULL));
	put_text(form, "seen", seen);
	put_text(form, "words", page_words(page, "words", NULL));
	put_part(form, "people", people);
	put_flag(form, "nobody", person[0] == '\0');
	put_text(form, "due", entered_or(page, "due", due));
	put_text(form, "today", page_iso_day(page, scope->today));
	put_flag(form, "mine", strcmp(a->person, page->req->caller.login) == 0);
	put_flag(form, "open", a->matter == MATTER_OPEN);
	return form;
}

/* How the case stands. */
static json_t *
case_state(const struct scope *scope, const struct work_answer *a)
{
	int32_t due = cases_due(a->due, a->day);
	bool done = a->matter == MATTER_DONE;
	json_t *state = json_object();

	put_text(state, "state", cases_state(done, a->person));
	put_words(
	    state, "person", done ? NULL : page_person(scope->page, a->person));
	put_text(
	    state, "due", done ? NULL : words_date(scope->page->arena, due));
	put_flag(state, "late", !done && due < scope->today);
	return state;
}

/* problem: a sentence of what is wrong with the form that was sent; NULL:
 * nothing. */
static int
show_case(const struct scope *scope, int status, const struct work_answer *a,
    const char *problem)
{
	const struct page *page = scope->page;
	const struct remark_place place = {a->day, a->id};
	const char *next, *seen, *decide = NULL;
	json_t *form = NULL, *doc;
	struct work_step *steps;
	size_t n;

	if (!store_steps(page->ctx->db, page->arena, &a->id, &steps, &n) ||
	    !cases_next(scope, &place, &next))
		return 503;
	seen = n == 0 ? "" : page_id(page, &steps[n - 1].id);
	if (page_may(page, WHO_ACTS) &&
	    (form = case_form(scope, a, seen)) == NULL)
		return 503;
	if (page_may(page, WHO_MANAGER | WHO_AUDITOR))
		decide = page_path(page, "/staff/answers", &a->id);
	doc = page_document(page);
	put_text(doc, "heading", page_text(page, "case.title"));
	put_text(doc, "done", page_done(page, "done"));
	put_text(doc, "problem", problem);
	put_part(doc, "answer", answer_view_document(scope, a));
	put_part(doc, "case", case_state(scope, a));
	put_part(doc, "steps", answer_view_steps(page, steps, n));
	put_part(doc, "form", form);
	put_text(doc, "back", cases_address(page, "/staff/cases", NULL));
	put_text(doc, "next", next);
	put_text(doc, "decide",
	    decide == NULL ? NULL : page_address(page, decide, NULL));
	return page_show(page, status, "cases/case", doc);
}

/* The case of the address, with its scope; 200 or what is wrong. */
static int
read_asked_case(
    struct scope *scope, const struct page *page, struct work_answer *a)
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
	struct page page = page_of(ctx, req, res);
	struct work_answer a;
	struct scope scope;
	int status = read_asked_case(&scope, &page, &a);

	return status == 200 ? show_case(&scope, 200, &a, NULL) : status;
}

/* ------------------------------------------------------------------- acting */

struct acting {
	struct case_act act;
	struct uuid seen;
	enum case_result result;
};

static bool
write_case_act(struct db *db, struct tallies *tallies, struct request *req)
{
	struct acting *x = req->data;

	(void)tallies;
	x->result = store_case_act(db, &req->arena, &x->act);
	return x->result != CASE_FAILED;
}

static int
reply_case_act(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct acting *x = req->data;
	struct work_answer a;
	struct scope scope;
	int status;

	if (x->result != CASE_CHANGED)
		return page_go(
		    &page, cases_address(&page, req->path, x->act.step.act));
	status = read_asked_case(&scope, &page, &a);
	return status == 200 ? show_case(&scope, 409, &a,
				   page_text(&page, "case.changed"))
			     : status;
}

/* A day that was entered: 0 for none, -1 for what is no day from today on. */
static int32_t
read_due(const struct scope *scope)
{
	const char *text = page_field(scope->page, "due");
	int32_t day;

	if (text[0] == '\0')
		return 0;
	return civil_parse_date(text, &day) && day >= scope->today &&
		       day <= scope->today + LIMIT_CASE_AHEAD
		   ? day
		   : -1;
}

/* True for "" and for a person who may have the case; *ok: the database
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

/* One of the buttons of the form; NULL: none. */
static const char *
read_button(const struct page *page)
{
	static const char *const known[] = {
	    "take", "save", "done", "reopen", NULL};

	for (int i = 0; known[i] != NULL; i++)
		if (strcmp(page_field(page, "act"), known[i]) == 0)
			return known[i];
	return NULL;
}

/* What was entered, into the step; NULL, or the key of what is wrong. The one
 * button that saves everything becomes the act that it is. */
static const char *
read_step(const struct scope *scope, const struct work_answer *a,
    struct work_step *step, bool *ok)
{
	const struct page *page = scope->page;
	const char *act = read_button(page), *person = a->person;
	int32_t due = read_due(scope);

	*step = (struct work_step){.at = page->req->now,
	    .login = page->req->caller.login,
	    .act = act,
	    .words = page_entered(page, "words", LIMIT_NOTE_CHARS)};
	if (act == NULL || !page_form_id(page, &step->id))
		return "error.400";
	if (step->words == NULL)
		return "case.error.words";
	if (strcmp(act, "done") == 0 && step->words[0] == '\0')
		return "case.error.done";
	if (strcmp(act, "done") == 0 || strcmp(act, "reopen") == 0)
		return NULL;
	/* a day that has passed may stay, but not be entered */
	if (due < 0 && !(a->due != 0 && a->due < scope->today &&
			   strcmp(page_iso_day(page, a->due),
			       page_field(page, "due")) == 0))
		return "case.error.due";
	step->due = due > 0 && due != a->due ? due : 0;
	if (strcmp(act, "take") == 0)
		return NULL;
	if (a->matter != MATTER_DONE)
		person = entered_or(page, "person", a->person);
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
	struct page page = page_of(ctx, req, res);
	struct acting *x = arena_alloc(page.arena, sizeof(*x));
	const char *seen = page_field(&page, "seen"), *wrong, *act;
	struct work_answer a;
	struct scope scope;
	bool ok = true;
	int status = read_asked_case(&scope, &page, &a);

	if (status != 200)
		return status;
	wrong = read_step(&scope, &a, &x->act.step, &ok);
	if (!ok)
		return 503;
	if (wrong == NULL && seen[0] != '\0' && !uuid_parse(seen, &x->seen))
		wrong = "error.400";
	if (wrong != NULL)
		return show_case(&scope, 422, &a, page_text(&page, wrong));
	act = arena_printf(page.arena, "case.%s", x->act.step.act);
	x->act.answer = a.id;
	x->act.unit = a.unit;
	x->act.seen = seen[0] == '\0' ? NULL : &x->seen;
	x->act.deed = page_deed(&page, act, a.unit, page_id(&page, &a.id));
	return page_write(&page, x, write_case_act, reply_case_act);
}

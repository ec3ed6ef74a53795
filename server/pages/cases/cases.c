/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/cases: dissatisfied citizens who said why, oldest first, until
 * each is done with. What is asked for stands in the address: list=
 * (new, hand, mine, late, done; else all that are open), unit=, person=, and
 * after=DAY.ID for the next page.
 */
#include "server/pages/cases/cases.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/pages.h"
#include "server/pages/scores/remarks.h"
#include "server/core/catalogue/visibility.h"
#include "server/core/words.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/cases.h"
#include "server/store/cases/remarks.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"

static const char *const case_lists[] = {
    "open", "new", "hand", "mine", "late", "done", NULL};

/* --------------------------------------------------------------- the people */

bool
cases_worker(const struct scope *scope, const struct staff *s, const char *unit)
{
	if (s->disabled_at != 0 || (strcmp(s->role, "manager") != 0 &&
				       strcmp(s->role, "caseworker") != 0))
		return false;
	if (unit != NULL)
		return unit_visible(scope->page->ctx->catalogue, s->unit, unit);
	return s->unit == NULL || scope_may_see(scope, s->unit);
}

json_t *
cases_people(const struct scope *scope, const char *unit, const char *chosen)
{
	struct staff *staff;
	json_t *list;
	size_t n;

	if (!store_staff_list(
		scope->page->ctx->db, scope->page->arena, &staff, &n))
		return NULL;
	list = json_array();
	for (size_t i = 0; i < n; i++)
		if (cases_worker(scope, &staff[i], unit))
			page_option(list, staff[i].login,
			    page_person(scope->page, staff[i].login),
			    strcmp(staff[i].login, chosen) == 0);
	return list;
}

/* -------------------------------------------------------------- the filters */

static json_t *
case_filters(const struct scope *scope, json_t *people)
{
	const struct page *page = scope->page;
	const char *list = page_asked(page, "list");
	json_t *options = json_array(), *choices = json_array();
	bool chosen = list[0] != '\0' || scope->unit != NULL ||
		      page_asked(page, "person")[0] != '\0';

	for (int i = 0; case_lists[i] != NULL; i++)
		page_option(options, i == 0 ? "" : case_lists[i],
		    page_coded(page, "cases.list", case_lists[i]),
		    strcmp(list, case_lists[i]) == 0);
	page_choice(choices, "list", page_text(page, "cases.list"), options);
	answer_view_choose_unit(scope, choices, true);
	options = json_array();
	page_option(options, "", page_text(page, "filter.all"), false);
	json_array_extend(options, people);
	page_choice(
	    choices, "person", page_text(page, "cases.person"), options);
	return answer_view_filters(page, choices, chosen);
}

/* --------------------------------------------------------------- the counts */

static const char *
case_count(const struct page *page, int64_t n, bool more)
{
	const char *count = page_count(page, n);

	return more ? page_fill(page, "cases.more", "n", count) : count;
}

/* The row of a unit with so many open cases. */
static json_t *
unit_cases(
    const struct scope *scope, const char *unit, int64_t open, int64_t late)
{
	const struct page *page = scope->page;
	bool full = open >= LIMIT_CASE_COUNT;
	json_t *row = json_object();

	put_text(row, "name", scope_unit_name(scope, unit));
	put_text(row, "href",
	    page_address(page, "/staff/cases", "unit", unit, NULL));
	put_text(row, "open", case_count(page, open, full));
	put_text(row, "late", case_count(page, late, full && late == open));
	put_flag(row, "any_late", late > 0);
	return row;
}

json_t *
cases_counts(const struct scope *scope, bool below)
{
	const struct page *page = scope->page;
	const char **units, *unit = NULL;
	size_t n = answer_view_units(scope, below, &units);
	int64_t open, late, all = 0, overdue = 0;
	json_t *list = json_array(), *counts;
	bool more = false;

	for (size_t i = 0; i < n; i++) {
		if (!store_case_count(
			page->ctx->db, units[i], scope->today, &open, &late)) {
			json_decref(list);
			return NULL;
		}
		more |= open >= LIMIT_CASE_COUNT;
		all += open;
		overdue += late;
		if (open > 0)
			json_array_append_new(
			    list, unit_cases(scope, units[i], open, late));
	}
	if (scope->unit != NULL && !scope_has_below(scope, scope->unit->code))
		unit = scope->unit->code;
	counts = json_object();
	put_text(counts, "open", case_count(page, all, more));
	put_text(counts, "late", page_count(page, overdue));
	put_flag(counts, "any", all > 0);
	put_flag(counts, "any_late", overdue > 0);
	put_flag(counts, "several", json_array_size(list) > 1);
	put_part(counts, "units", list);
	put_text(counts, "href",
	    page_address(page, "/staff/cases", "unit", unit, NULL));
	return counts;
}

/* ----------------------------------------------------------------- the list */

int32_t
cases_due(int32_t agreed, int32_t day)
{
	return agreed != 0 ? agreed : day + LIMIT_CASE_DAYS;
}

const char *
cases_state(bool done, const char *person)
{
	if (done)
		return "done";
	return person[0] == '\0' ? "new" : "hand";
}

/* The list's address, or one of its cases, with one more name and value. */
static const char *
list_address(const struct page *page, const char *path, const char *name,
    const char *value)
{
	return page_address(page, path, "list", page_asked(page, "list"),
	    "unit", page_asked(page, "unit"), "person",
	    page_asked(page, "person"), name, value, NULL);
}

const char *
cases_address(const struct page *page, const char *path, const char *done)
{
	return list_address(page, path, "done", done);
}

static const char *
case_address(const struct page *page, const struct uuid *answer)
{
	return cases_address(
	    page, page_path(page, "/staff/cases", answer), NULL);
}

/* What tells a case from the next one: what was written, or else why. */
static const char *
case_title(
    const struct page *page, const struct case_row *c, const json_t *reasons)
{
	const char *title = "";
	const json_t *one;
	size_t i;

	if (c->comment != NULL)
		return answer_view_excerpt(page, c->comment);
	json_array_foreach (reasons, i, one) {
		title = arena_printf(page->arena, "%s%s%s", title,
		    i == 0 ? "" : "; ", json_string_value(one));
	}
	return title;
}

static json_t *
case_document(const struct scope *scope, const struct case_row *c, bool done)
{
	const struct page *page = scope->page;
	int32_t due = cases_due(c->due, c->place.day);
	json_t *reasons = answer_view_reasons(scope, c->reasons);
	json_t *row = json_object();

	put_text(row, "case", page_id(page, &c->place.answer));
	put_text(row, "href", case_address(page, &c->place.answer));
	put_number(row, "level", c->overall);
	put_text(row, "day", words_date(page->arena, c->place.day));
	put_text(row, "unit", scope_unit_name(scope, c->unit));
	put_text(row, "desk", c->desk);
	put_text(row, "field", scope_field_name(scope, c->field));
	put_text(row, "title", case_title(page, c, reasons));
	put_flag(row, "words", c->comment != NULL);
	put_part(row, "reasons", reasons);
	put_text(row, "channel", c->channel);
	put_text(row, "state", cases_state(done, c->person));
	put_words(row, "person", page_person(page, c->person));
	put_text(row, "due", words_date(page->arena, due));
	put_flag(row, "late", !done && due < scope->today);
	return row;
}

/* What the address asks for, into q, whose place lies in the arena; false:
 * there is no such list or place. */
static bool
read_list(const struct scope *scope, struct case_query *q)
{
	const struct page *page = scope->page;
	const char *list = page_asked(page, "list");
	const char *after = page_asked(page, "after");
	struct remark_place *place;

	*q = (struct case_query){
	    .most = LIMIT_PAGE_CASES, .person = page_asked(page, "person")};
	q->nunits = answer_view_units(scope, false, (const char ***)&q->units);
	if (strcmp(list, "new") == 0)
		q->list = CASES_NEW;
	else if (strcmp(list, "hand") == 0 || strcmp(list, "mine") == 0)
		q->list = CASES_HAND;
	else if (strcmp(list, "done") == 0)
		q->list = CASES_DONE;
	else if (strcmp(list, "late") == 0)
		q->late = scope->today;
	else if (list[0] != '\0' && strcmp(list, "open") != 0)
		return false;
	if (strcmp(list, "mine") == 0)
		q->person = page->req->caller.login;
	if (q->person[0] != '\0' && q->list != CASES_DONE)
		q->list = CASES_HAND; /* whatever a person has */
	if (after[0] == '\0')
		return true;
	place = arena_alloc(page->arena, sizeof(*place));
	q->after = place;
	return remark_place_read(after, place);
}

bool
cases_next(const struct scope *scope, const struct remark_place *place,
    const char **next)
{
	const struct page *page = scope->page;
	struct case_query q;
	struct case_row *list;
	size_t count;
	bool more;

	*next = NULL;
	if (!read_list(scope, &q))
		return true;
	q.after = place;
	q.most = 1;
	if (!store_cases(page->ctx->db, page->arena, &q, &list, &count, &more))
		return false;
	if (count > 0)
		*next = case_address(page, &list[0].place.answer);
	return true;
}

/* The form that hands the ticked ones over. */
static json_t *
hand_over_form(const struct page *page, json_t *people)
{
	json_t *form =
	    page_form(page, cases_address(page, "/staff/cases", NULL));

	put_part(form, "people", json_incref(people));
	return form;
}

/* The list's document; NULL when the database does not answer. */
static json_t *
cases_document(
    const struct scope *scope, const struct case_query *q, const char *wrong)
{
	const struct page *page = scope->page;
	bool done = q->list == CASES_DONE, more;
	json_t *people, *counts, *doc, *cases;
	struct case_row *list;
	size_t count;

	if (!store_cases(page->ctx->db, page->arena, q, &list, &count, &more) ||
	    (people = cases_people(scope, NULL, q->person)) == NULL)
		return NULL;
	if ((counts = cases_counts(scope, false)) == NULL) {
		json_decref(people);
		return NULL;
	}
	cases = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(
		    cases, case_document(scope, &list[i], done));
	doc = page_document(page);
	put_text(doc, "heading", page_text(page, "way.cases"));
	put_text(doc, "done", page_done(page, "done"));
	put_text(doc, "problem", wrong == NULL ? NULL : page_text(page, wrong));
	put_part(doc, "filters", case_filters(scope, people));
	put_part(doc, "counts", counts);
	put_part(doc, "form",
	    count > 0 && !done && page_may(page, WHO_MANAGER | WHO_CASEWORKER)
		? hand_over_form(page, people)
		: NULL);
	put_part(doc, "cases", cases);
	put_flag(doc, "any", count > 0);
	put_text(doc, "next",
	    more ? list_address(page, page->req->path, "after",
		       remark_place_name(scope, &list[count - 1].place))
		 : NULL);
	json_decref(people);
	return doc;
}

int
cases_show(const struct scope *scope, int status, const char *wrong)
{
	struct case_query q;
	json_t *doc;

	if (!read_list(scope, &q))
		return 404;
	doc = cases_document(scope, &q, wrong);
	return doc == NULL ? 503
			   : page_show(scope->page, status, "cases/cases", doc);
}

int
get_cases(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	return scope_read(&scope, &page) ? cases_show(&scope, 200, NULL) : 404;
}

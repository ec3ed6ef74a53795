/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/cases: dissatisfied citizens who said why, oldest first, until
 * somebody is done with each. What is looked at stands in the address: list=
 * (new, hand, mine, late, done; else all that are open), unit=, person=, and
 * after=DAY.ID for the next page.
 */
#include "server/pages/cases/cases.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/pages.h"
#include "server/pages/scores/remarks.h"
#include "server/core/catalogue/visibility.h"
#include "server/core/words.h"
#include "server/store/cases.h"
#include "server/store/remarks.h"
#include "server/store/staff.h"
#include "shared/limits.h"

static const char *const lists[] = {
    "open", "new", "hand", "mine", "late", "done", NULL};

static const char *
asked(const struct scope *scope, const char *name)
{
	const char *value = pairs_get(&scope->page->req->query, name);

	return value == NULL ? "" : value;
}

/* ---------------------------------------------------------------- the people
 */

bool
cases_worker(const struct scope *scope, const struct staff *s, const char *unit)
{
	return s->disabled_at == 0 &&
	       (strcmp(s->role, "manager") == 0 ||
		   strcmp(s->role, "caseworker") == 0) &&
	       (unit == NULL ? s->unit == NULL || scope_may_see(scope, s->unit)
			     : unit_visible(
				   scope->page->ctx->catalogue, s->unit, unit));
}

json_t *
cases_people(const struct scope *scope, const char *unit, const char *chosen)
{
	json_t *list = json_array();
	struct staff *staff;
	size_t n;

	if (!store_staff_list(
		scope->page->ctx->db, scope->page->arena, &staff, &n)) {
		json_decref(list);
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		if (cases_worker(scope, &staff[i], unit))
			json_array_append_new(list,
			    json_pack("{s:s, s:s, s:b}", "value",
				staff[i].login, "label", staff[i].login,
				"chosen", strcmp(staff[i].login, chosen) == 0));
	return list;
}

/* --------------------------------------------------------------- the filters
 */

static void
offer(json_t *options, const char *value, const char *label, bool chosen)
{
	json_array_append_new(
	    options, json_pack("{s:s, s:s, s:b}", "value", value, "label",
			 label, "chosen", chosen));
}

static json_t *
choice(const struct scope *scope, const char *name, const char *key,
    json_t *options)
{
	return json_pack("{s:s, s:s, s:o}", "name", name, "title",
	    page_text(scope->page, key), "options", options);
}

static json_t *
list_options(const struct scope *scope)
{
	json_t *options = json_array();

	for (int i = 0; lists[i] != NULL; i++)
		offer(options, i == 0 ? "" : lists[i],
		    page_text(scope->page, arena_printf(scope->page->arena,
					       "cases.list.%s", lists[i])),
		    strcmp(asked(scope, "list"), lists[i]) == 0);
	return options;
}

static json_t *
unit_options(const struct scope *scope)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	json_t *options = json_array();

	offer(options, "", page_text(scope->page, "filter.all"),
	    scope->unit == NULL);
	for (size_t i = 0; i < c->nunits; i++)
		if (scope_may_see(scope, c->units[i].code))
			offer(options, c->units[i].code, c->units[i].name,
			    &c->units[i] == scope->unit);
	return options;
}

static json_t *
filters(const struct scope *scope, json_t *people)
{
	json_t *choices = json_array(), *units = unit_options(scope);
	json_t *persons = json_array();
	bool any = asked(scope, "list")[0] != '\0' || scope->unit != NULL ||
		   asked(scope, "person")[0] != '\0';

	json_array_append_new(
	    choices, choice(scope, "list", "cases.list", list_options(scope)));
	if (json_array_size(units) > 2)
		json_array_append_new(
		    choices, choice(scope, "unit", "board.unit", units));
	else
		json_decref(units);
	offer(persons, "", page_text(scope->page, "filter.all"), false);
	json_array_extend(persons, people);
	json_array_append_new(
	    choices, choice(scope, "person", "cases.person", persons));
	return json_pack("{s:s, s:o, s:n, s:o}", "path", scope->page->req->path,
	    "choices", choices, "search", "clear",
	    any ? json_string(
		      answer_view_address(scope, scope->page->req->path, NULL))
		: json_null());
}

/* ----------------------------------------------------------------- the counts
 */

static const char *
counted(const struct scope *scope, int64_t n, bool more)
{
	return more ? page_fill(scope->page, "cases.more", "n",
			  page_count(scope->page, n))
		    : page_count(scope->page, n);
}

json_t *
cases_counts(const struct scope *scope, bool below)
{
	const char **units;
	size_t n = answer_view_units(scope, below, &units);
	int64_t open, late, all = 0, overdue = 0;
	json_t *list = json_array();
	bool more = false, full;

	for (size_t i = 0; i < n; i++) {
		if (!store_case_count(scope->page->ctx->db, units[i],
			scope->today, &open, &late)) {
			json_decref(list);
			return NULL;
		}
		full = open >= LIMIT_CASE_COUNT;
		more |= full;
		all += open;
		overdue += late;
		if (open > 0)
			json_array_append_new(list,
			    json_pack("{s:s, s:s, s:s, s:s, s:b}", "name",
				scope_unit_name(scope, units[i]), "href",
				answer_view_address(scope,
				    arena_printf(scope->page->arena,
					"/staff/cases?unit=%s", units[i]),
				    NULL),
				"open", counted(scope, open, full), "late",
				counted(scope, late, full && late == open),
				"any_late", late > 0));
	}
	return json_pack("{s:s, s:s, s:b, s:b, s:b, s:o, s:s}", "open",
	    counted(scope, all, more), "late", page_count(scope->page, overdue),
	    "any", all > 0, "any_late", overdue > 0, "several",
	    json_array_size(list) > 1, "units", list, "href",
	    answer_view_address(scope,
		scope->unit == NULL || scope_has_below(scope, scope->unit->code)
		    ? "/staff/cases"
		    : arena_printf(scope->page->arena, "/staff/cases?unit=%s",
			  scope->unit->code),
		NULL));
}

/* ------------------------------------------------------------------- the list
 */

/* The list's address, or one of its cases, with one more pair. */
static const char *
address(const struct scope *scope, const char *path, const char *name,
    const char *value)
{
	static const char *const kept[] = {"list", "unit", "person", NULL};
	struct pairs pairs = {0};
	struct buf out;
	const char *text;

	for (int i = 0; kept[i] != NULL; i++)
		if (asked(scope, kept[i])[0] != '\0')
			pairs_add(scope->page->arena, &pairs, kept[i],
			    asked(scope, kept[i]));
	if (value != NULL)
		pairs_add(scope->page->arena, &pairs, name, value);
	if (scope->page->lang != LANG_VI)
		pairs_add(scope->page->arena, &pairs, "lang",
		    lang_code(scope->page->lang));
	buf_init(&out);
	buf_puts(&out, path);
	pairs_put(&out, &pairs);
	text = arena_strdup(scope->page->arena, buf_text(&out));
	buf_finish(&out);
	return text;
}

const char *
cases_address(const struct scope *scope, const char *path, const char *done)
{
	return address(scope, path, "done", done);
}

static const char *
case_address(const struct scope *scope, const struct uuid *answer)
{
	char id[UUID_TEXT];

	uuid_format(answer, id);
	return cases_address(scope,
	    arena_printf(scope->page->arena, "/staff/cases/%s", id), NULL);
}

/* What tells a case from the next one: what was written, or else why. */
static json_t *
title(
    const struct scope *scope, const struct case_row *c, const json_t *reasons)
{
	const json_t *one;
	struct buf text;
	json_t *words;
	size_t i;

	if (c->comment != NULL)
		return answer_view_excerpt(scope, c->comment);
	buf_init(&text);
	json_array_foreach (reasons, i, one)
		buf_printf(
		    &text, "%s%s", i == 0 ? "" : "; ", json_string_value(one));
	words = json_string(buf_text(&text));
	buf_finish(&text);
	return words;
}

static json_t *
case_document(const struct scope *scope, const struct case_row *c, bool done)
{
	int32_t due = c->due == 0 ? c->place.day + LIMIT_CASE_DAYS : c->due;
	json_t *reasons = answer_view_reasons(scope, c->reasons);
	char id[UUID_TEXT];

	uuid_format(&c->place.answer, id);
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:o, s:b, s:o, "
			 "s:s, s:s, s:o, s:s, "
			 "s:b}",
	    "case", id, "href", case_address(scope, &c->place.answer), "level",
	    c->overall, "day", words_date(scope->page->arena, c->place.day),
	    "unit", scope_unit_name(scope, c->unit), "desk", c->desk, "field",
	    scope_field_name(scope, c->field), "reasons", reasons, "words",
	    c->comment != NULL, "title", title(scope, c, reasons), "channel",
	    c->channel, "state",
	    done                   ? "done"
	    : c->person[0] == '\0' ? "new"
				   : "hand",
	    "person", scope_words(c->person), "due",
	    words_date(scope->page->arena, due), "late",
	    !done && due < scope->today);
}

/* What the address asks for; false: there is no such list or place. */
static bool
read_query(
    const struct scope *scope, struct case_query *q, struct remark_place *place)
{
	const char *list = asked(scope, "list"), *after = asked(scope, "after");

	q->most = LIMIT_PAGE_CASES;
	q->person = asked(scope, "person");
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
		q->person = scope->page->req->caller.login;
	if (q->person[0] != '\0' && q->list != CASES_DONE)
		q->list = CASES_HAND; /* whatever a person has */
	if (after[0] == '\0')
		return true;
	q->after = place;
	return remark_place_read(after, place);
}

const char *
cases_next(
    const struct scope *scope, const struct remark_place *place, bool *ok)
{
	struct case_query q = {0};
	struct remark_place unused;
	struct case_row *list;
	size_t count;
	bool more;

	*ok = true;
	if (!read_query(scope, &q, &unused))
		return NULL;
	q.nunits = answer_view_units(scope, false, (const char ***)&q.units);
	q.after = place;
	q.most = 1;
	*ok = store_cases(
	    scope->page->ctx->db, scope->page->arena, &q, &list, &count, &more);
	return *ok && count > 0 ? case_address(scope, &list[0].place.answer)
				: NULL;
}

/* The form that hands the ticked ones over. */
static json_t *
hand_form(const struct scope *scope, json_t *people)
{
	return json_pack("{s:s, s:s, s:s, s:O}", "action",
	    cases_address(scope, "/staff/cases", NULL), "csrf",
	    scope->page->req->caller.csrf, "id", answer_view_new_id(scope),
	    "people", people);
}

static json_t *
document(
    const struct scope *scope, const struct case_query *q, const char *wrong)
{
	json_t *people = cases_people(scope, NULL, q->person);
	json_t *counts = people == NULL ? NULL : cases_counts(scope, false);
	struct case_row *list;
	json_t *doc, *rows;
	size_t count;
	bool more;

	if (counts == NULL ||
	    !store_cases(scope->page->ctx->db, scope->page->arena, q, &list,
		&count, &more)) {
		json_decref(people);
		json_decref(counts);
		return NULL;
	}
	doc = answer_view_frame(scope, page_text(scope->page, "way.cases"),
	    wrong == NULL ? NULL : text(scope->page->lang, wrong));
	rows = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(rows,
		    case_document(scope, &list[i], q->list == CASES_DONE));
	json_object_set_new(doc, "form", json_null());
	if (count > 0 && q->list != CASES_DONE &&
	    office_may(scope->page->req, WHO_MANAGER | WHO_CASEWORKER))
		json_object_set_new(doc, "form", hand_form(scope, people));
	json_object_set_new(doc, "filters", filters(scope, people));
	json_object_set_new(doc, "counts", counts);
	json_object_set_new(doc, "cases", rows);
	json_object_set_new(doc, "any", json_boolean(count > 0));
	json_object_set_new(doc, "next",
	    scope_words(
		more ? address(scope, scope->page->req->path, "after",
			   remark_place_name(scope, &list[count - 1].place))
		     : NULL));
	json_decref(people);
	return doc;
}

int
cases_show(
    struct scope *scope, struct response *res, int status, const char *wrong)
{
	struct case_query q = {0};
	struct remark_place place;
	json_t *doc;

	if (!read_query(scope, &q, &place))
		return 404;
	q.nunits = answer_view_units(scope, false, (const char ***)&q.units);
	doc = document(scope, &q, wrong);
	return doc == NULL ? 503
			   : document_show(scope->page->req, res, status,
				 "cases/cases", doc);
}

int
get_cases(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	return scope_read(&scope, &page) ? cases_show(&scope, res, 200, NULL)
					 : 404;
}

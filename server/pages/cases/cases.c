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
#include "server/core/words.h"
#include "shared/limits.h"

static const char *const lists[] = {
    "open", "new", "hand", "mine", "late", "done", NULL};

static const char *
asked(const struct scope *l, const char *name)
{
	const char *value = pairs_get(&l->req->query, name);

	return value == NULL ? "" : value;
}

/* ---------------------------------------------------------------- the people
 */

bool
cases_worker(const struct scope *l, const struct staff *s, const char *unit)
{
	return s->disabled_at == 0 &&
	       (strcmp(s->role, "manager") == 0 ||
		   strcmp(s->role, "caseworker") == 0) &&
	       (s->unit == NULL ||
		   (unit == NULL ? scope_may_see(l, s->unit)
				 : catalogue_within(
				       l->ctx->catalogue, unit, s->unit)));
}

json_t *
cases_people(const struct scope *l, const char *unit, const char *chosen)
{
	json_t *list = json_array();
	struct staff *staff;
	size_t n;

	if (!store_staff_list(l->ctx->db, l->arena, &staff, &n)) {
		json_decref(list);
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		if (cases_worker(l, &staff[i], unit))
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
choice(
    const struct scope *l, const char *name, const char *key, json_t *options)
{
	return json_pack("{s:s, s:s, s:o}", "name", name, "title",
	    scope_text(l, key), "options", options);
}

static json_t *
list_options(const struct scope *l)
{
	json_t *options = json_array();

	for (int i = 0; lists[i] != NULL; i++)
		offer(options, i == 0 ? "" : lists[i],
		    scope_text(
			l, arena_printf(l->arena, "cases.list.%s", lists[i])),
		    strcmp(asked(l, "list"), lists[i]) == 0);
	return options;
}

static json_t *
unit_options(const struct scope *l)
{
	const struct catalogue *c = l->ctx->catalogue;
	json_t *options = json_array();

	offer(options, "", scope_text(l, "filter.all"), l->unit == NULL);
	for (size_t i = 0; i < c->nunits; i++)
		if (scope_may_see(l, c->units[i].code))
			offer(options, c->units[i].code, c->units[i].name,
			    &c->units[i] == l->unit);
	return options;
}

static json_t *
filters(const struct scope *l, json_t *people)
{
	json_t *choices = json_array(), *units = unit_options(l);
	json_t *persons = json_array();
	bool any = asked(l, "list")[0] != '\0' || l->unit != NULL ||
		   asked(l, "person")[0] != '\0';

	json_array_append_new(
	    choices, choice(l, "list", "cases.list", list_options(l)));
	if (json_array_size(units) > 2)
		json_array_append_new(
		    choices, choice(l, "unit", "board.unit", units));
	else
		json_decref(units);
	offer(persons, "", scope_text(l, "filter.all"), false);
	json_array_extend(persons, people);
	json_array_append_new(
	    choices, choice(l, "person", "cases.person", persons));
	return json_pack("{s:s, s:o, s:n, s:o}", "path", l->req->path,
	    "choices", choices, "search", "clear",
	    any ? json_string(answer_view_address(l, l->req->path, NULL))
		: json_null());
}

/* ----------------------------------------------------------------- the counts
 */

static const char *
counted(const struct scope *l, int64_t n, bool more)
{
	return more ? scope_fill(l, "cases.more", "n", scope_count(l, n))
		    : scope_count(l, n);
}

json_t *
cases_counts(const struct scope *l, bool below)
{
	const char **units;
	size_t n = answer_view_units(l, below, &units);
	int64_t open, late, all = 0, overdue = 0;
	json_t *list = json_array();
	bool more = false, full;

	for (size_t i = 0; i < n; i++) {
		if (!store_case_count(
			l->ctx->db, units[i], l->today, &open, &late)) {
			json_decref(list);
			return NULL;
		}
		full = open >= LIMIT_CASE_COUNT;
		more |= full;
		all += open;
		overdue += late;
		if (open > 0)
			json_array_append_new(
			    list, json_pack("{s:s, s:s, s:s, s:s, s:b}", "name",
				      scope_unit_name(l, units[i]), "href",
				      answer_view_address(l,
					  arena_printf(l->arena,
					      "/staff/cases?unit=%s", units[i]),
					  NULL),
				      "open", counted(l, open, full), "late",
				      counted(l, late, full && late == open),
				      "any_late", late > 0));
	}
	return json_pack("{s:s, s:s, s:b, s:b, s:b, s:o, s:s}", "open",
	    counted(l, all, more), "late", scope_count(l, overdue), "any",
	    all > 0, "any_late", overdue > 0, "several",
	    json_array_size(list) > 1, "units", list, "href",
	    answer_view_address(l,
		l->unit == NULL || scope_has_below(l, l->unit->code)
		    ? "/staff/cases"
		    : arena_printf(
			  l->arena, "/staff/cases?unit=%s", l->unit->code),
		NULL));
}

/* ------------------------------------------------------------------- the list
 */

/* The list's address, or one of its cases, with one more pair. */
static const char *
address(const struct scope *l, const char *path, const char *name,
    const char *value)
{
	static const char *const kept[] = {"list", "unit", "person", NULL};
	struct pairs pairs = {0};
	struct buf out;
	const char *text;

	for (int i = 0; kept[i] != NULL; i++)
		if (asked(l, kept[i])[0] != '\0')
			pairs_add(l->arena, &pairs, kept[i], asked(l, kept[i]));
	if (value != NULL)
		pairs_add(l->arena, &pairs, name, value);
	if (l->lang != LANG_VI)
		pairs_add(l->arena, &pairs, "lang", lang_code(l->lang));
	buf_init(&out);
	buf_puts(&out, path);
	pairs_put(&out, &pairs);
	text = arena_strdup(l->arena, buf_text(&out));
	buf_finish(&out);
	return text;
}

const char *
cases_address(const struct scope *l, const char *path, const char *done)
{
	return address(l, path, "done", done);
}

static const char *
case_address(const struct scope *l, const struct uuid *answer)
{
	char id[UUID_TEXT];

	uuid_format(answer, id);
	return cases_address(
	    l, arena_printf(l->arena, "/staff/cases/%s", id), NULL);
}

/* What tells a case from the next one: what was written, or else why. */
static json_t *
title(const struct scope *l, const struct case_row *c, const json_t *reasons)
{
	const json_t *one;
	struct buf text;
	json_t *words;
	size_t i;

	if (c->comment != NULL)
		return answer_view_excerpt(l, c->comment);
	buf_init(&text);
	json_array_foreach(reasons, i, one) buf_printf(
	    &text, "%s%s", i == 0 ? "" : "; ", json_string_value(one));
	words = json_string(buf_text(&text));
	buf_finish(&text);
	return words;
}

static json_t *
case_document(const struct scope *l, const struct case_row *c, bool done)
{
	int32_t due = c->due == 0 ? c->place.day + LIMIT_CASE_DAYS : c->due;
	json_t *reasons = answer_view_reasons(l, c->reasons);
	char id[UUID_TEXT];

	uuid_format(&c->place.answer, id);
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:o, s:b, s:o, "
			 "s:s, s:s, s:o, s:s, "
			 "s:b}",
	    "case", id, "href", case_address(l, &c->place.answer), "level",
	    c->overall, "day", words_date(l->arena, c->place.day), "unit",
	    scope_unit_name(l, c->unit), "desk", c->desk, "field",
	    scope_field_name(l, c->field), "reasons", reasons, "words",
	    c->comment != NULL, "title", title(l, c, reasons), "channel",
	    c->channel, "state",
	    done                   ? "done"
	    : c->person[0] == '\0' ? "new"
				   : "hand",
	    "person", scope_words(c->person), "due", words_date(l->arena, due),
	    "late", !done && due < l->today);
}

/* What the address asks for; false: there is no such list or place. */
static bool
read_query(
    const struct scope *l, struct case_query *q, struct remark_place *place)
{
	const char *list = asked(l, "list"), *after = asked(l, "after");

	q->most = LIMIT_PAGE_CASES;
	q->person = asked(l, "person");
	if (strcmp(list, "new") == 0)
		q->list = CASES_NEW;
	else if (strcmp(list, "hand") == 0 || strcmp(list, "mine") == 0)
		q->list = CASES_HAND;
	else if (strcmp(list, "done") == 0)
		q->list = CASES_DONE;
	else if (strcmp(list, "late") == 0)
		q->late = l->today;
	else if (list[0] != '\0' && strcmp(list, "open") != 0)
		return false;
	if (strcmp(list, "mine") == 0)
		q->person = l->req->caller.login;
	if (q->person[0] != '\0' && q->list != CASES_DONE)
		q->list = CASES_HAND; /* whatever a person has */
	if (after[0] == '\0')
		return true;
	q->after = place;
	return remark_place_read(after, place);
}

const char *
cases_next(const struct scope *l, const struct remark_place *place, bool *ok)
{
	struct case_query q = {0};
	struct remark_place unused;
	struct case_row *list;
	size_t count;
	bool more;

	*ok = true;
	if (!read_query(l, &q, &unused))
		return NULL;
	q.nunits = answer_view_units(l, false, (const char ***)&q.units);
	q.after = place;
	q.most = 1;
	*ok = store_cases(l->ctx->db, l->arena, &q, &list, &count, &more);
	return *ok && count > 0 ? case_address(l, &list[0].place.answer) : NULL;
}

/* The form that hands the ticked ones over. */
static json_t *
hand_form(const struct scope *l, json_t *people)
{
	return json_pack("{s:s, s:s, s:s, s:O}", "action",
	    cases_address(l, "/staff/cases", NULL), "csrf", l->req->caller.csrf,
	    "id", answer_view_new_id(l), "people", people);
}

static json_t *
document(const struct scope *l, const struct case_query *q, const char *wrong)
{
	json_t *people = cases_people(l, NULL, q->person);
	json_t *counts = people == NULL ? NULL : cases_counts(l, false);
	struct case_row *list;
	json_t *doc, *rows;
	size_t count;
	bool more;

	if (counts == NULL ||
	    !store_cases(l->ctx->db, l->arena, q, &list, &count, &more)) {
		json_decref(people);
		json_decref(counts);
		return NULL;
	}
	doc = answer_view_frame(l, scope_text(l, "way.cases"),
	    wrong == NULL ? NULL : text(l->lang, wrong));
	rows = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(
		    rows, case_document(l, &list[i], q->list == CASES_DONE));
	json_object_set_new(doc, "form", json_null());
	if (count > 0 && q->list != CASES_DONE &&
	    office_may(l->req, WHO_MANAGER | WHO_CASEWORKER))
		json_object_set_new(doc, "form", hand_form(l, people));
	json_object_set_new(doc, "filters", filters(l, people));
	json_object_set_new(doc, "counts", counts);
	json_object_set_new(doc, "cases", rows);
	json_object_set_new(doc, "any", json_boolean(count > 0));
	json_object_set_new(doc, "next",
	    scope_words(more ? address(l, l->req->path, "after",
				   remark_place_name(l, &list[count - 1].place))
			     : NULL));
	json_decref(people);
	return doc;
}

int
cases_show(struct scope *l, struct response *res, int status, const char *wrong)
{
	struct case_query q = {0};
	struct remark_place place;
	json_t *doc;

	if (!read_query(l, &q, &place))
		return 404;
	q.nunits = answer_view_units(l, false, (const char ***)&q.units);
	doc = document(l, &q, wrong);
	return doc == NULL
		   ? 503
		   : document_show(l->req, res, status, "cases/cases", doc);
}

int
get_cases(struct ctx *ctx, struct request *req, struct response *res)
{
	struct scope l;

	return scope_read(&l, ctx, req) ? cases_show(&l, res, 200, NULL) : 404;
}

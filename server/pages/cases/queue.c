/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/queue: answers that a person must look at. What belongs
 * together stands on one line, with what leaving it out would make of the
 * scores, and is decided with one click; a flag by itself leaves nothing out.
 * Below, the last decisions, each to be taken back with one click.
 */
#include "server/pages/cases/queue.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/document.h"
#include "server/pages/cases/effect.h"
#include "server/pages/office.h"
#include "server/pages/pages.h"
#include "server/core/words.h"
#include "server/store/history.h"
#include "shared/civil.h"
#include "shared/limits.h"

/* Flags that are told from one another by a filter, and the reason that each
 * suggests. */
static const struct {
	const char *flag, *reason;
} flags[] = {
    {"burst", "repeated"},
    {"bounce", "repeated"},
    {"multi_touch", "repeated"},
    {"closed_hours", "closed"},
    {"clock", "clock"},
    {"clock_uncertain", "clock"},
    {"clock_corrected", "clock"},
    {"ahead", "clock"},
    {"late", "clock"},
};

#define NFLAGS (sizeof(flags) / sizeof(flags[0]))

/* True when a word stands in a text of words. */
static bool
has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; (p = strstr(p, word)) != NULL; p += n)
		if ((p == words || p[-1] == ' ') &&
		    (p[n] == '\0' || p[n] == ' '))
			return true;
	return false;
}

static const char *
suggested(const char *words)
{
	for (size_t i = 0; i < NFLAGS; i++)
		if (has_word(words, flags[i].flag))
			return flags[i].reason;
	return "other";
}

/* --------------------------------------------------------------- the filters
 */

static const char *
flag_asked(const struct scope *scope)
{
	const char *asked = pairs_get(&scope->page->req->query, "flag");

	for (size_t i = 0; asked != NULL && i < NFLAGS; i++)
		if (strcmp(asked, flags[i].flag) == 0)
			return flags[i].flag;
	return NULL;
}

static void
offer(json_t *options, const char *value, const char *label, bool chosen)
{
	json_array_append_new(
	    options, json_pack("{s:s, s:s, s:b}", "value", value, "label",
			 label, "chosen", chosen));
}

static json_t *
filters(const struct scope *scope)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	const char *flag = flag_asked(scope);
	json_t *units = json_array(), *kinds = json_array();
	json_t *choices = json_array();

	offer(units, "", page_text(scope->page, "filter.all"), false);
	for (size_t i = 0; i < c->nunits; i++)
		if (scope_may_see(scope, c->units[i].code))
			offer(units, c->units[i].code, c->units[i].name,
			    &c->units[i] == scope->unit);
	offer(kinds, "", page_text(scope->page, "filter.all"), false);
	for (size_t i = 0; i < NFLAGS; i++)
		offer(kinds, flags[i].flag,
		    page_text(scope->page, arena_printf(scope->page->arena,
					       "flag.%s", flags[i].flag)),
		    flag == flags[i].flag);
	if (json_array_size(units) > 2)
		json_array_append_new(
		    choices, json_pack("{s:s, s:s, s:o}", "name", "unit",
				 "title", page_text(scope->page, "board.unit"),
				 "options", units));
	else
		json_decref(units);
	json_array_append_new(choices,
	    json_pack("{s:s, s:s, s:o}", "name", "flag", "title",
		page_text(scope->page, "queue.flag"), "options", kinds));
	return json_pack("{s:s, s:o, s:n, s:o}", "path", scope->page->req->path,
	    "choices", choices, "search", "clear",
	    flag != NULL || scope->unit != NULL
		? json_string(
		      answer_view_address(scope, scope->page->req->path, NULL))
		: json_null());
}

/* ---------------------------------------------------------------- the groups
 */

static const char *
hour(const struct scope *scope, int64_t ms)
{
	return words_time(scope->page->arena, ms);
}

/* "3 × Rất hài lòng" for each level there is, best first. */
static json_t *
levels(const struct scope *scope, const struct doubt *list, size_t count)
{
	int n[6] = {0};
	json_t *out = json_array();

	for (size_t i = 0; i < count; i++)
		n[needs_person_overall(list[i].scores)]++;
	for (int k = 5; k >= 1; k--)
		if (n[k] > 0)
			json_array_append_new(
			    out, json_pack("{s:i, s:s}", "level", k, "count",
				     page_count(scope->page, n[k])));
	return out;
}

/* Its answers one by one, and their ids in one text for the form. */
static json_t *
members(const struct scope *scope, const struct doubt *list, size_t count,
    const char **ids)
{
	json_t *out = json_array();
	struct buf all;
	char id[UUID_TEXT];

	buf_init(&all);
	for (size_t i = 0; i < count; i++) {
		uuid_format(&list[i].id, id);
		buf_printf(&all, "%s%s", i == 0 ? "" : " ", id);
		json_array_append_new(
		    out, json_pack("{s:s, s:i, s:s, s:s}", "time",
			     hour(scope, list[i].answered_at), "level",
			     needs_person_overall(list[i].scores), "field",
			     scope_field_name(scope, list[i].field), "href",
			     answer_view_address(scope,
				 arena_printf(scope->page->arena,
				     "/staff/answers/%s", id),
				 NULL)));
	}
	*ids = arena_strdup(scope->page->arena, buf_text(&all));
	buf_finish(&all);
	return out;
}

/* A group, or a decision's answers, without forms. */
static json_t *
group(const struct scope *scope, const struct doubt *list, size_t count,
    size_t at, bool out, bool with_effect)
{
	const char *ids, *from = hour(scope, list[0].answered_at);
	const char *to = hour(scope, list[count - 1].answered_at);
	json_t *effect = with_effect ? effect_document(scope, list, count, out)
				     : json_null();
	json_t *one;

	if (effect == NULL)
		return NULL;
	one = members(scope, list, count, &ids);
	return json_pack(
	    "{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:o, s:o, s:o, s:s, "
	    "s:o}",
	    "at", (int)at, "unit", scope_unit_name(scope, list[0].unit), "desk",
	    list[0].desk, "channel", list[0].channel, "day",
	    words_date(scope->page->arena, list[0].day), "from", from, "to", to,
	    "span", strcmp(from, to) != 0, "several", count > 1, "flags",
	    answer_view_flags(scope, list[0].flags), "levels",
	    levels(scope, list, count), "members", one, "ids", ids, "effect",
	    effect);
}

static json_t *
form(const struct scope *scope)
{
	return json_pack("{s:s, s:s, s:s}", "action",
	    answer_view_address(scope, "/staff/queue", NULL), "csrf",
	    scope->page->req->caller.csrf, "id", answer_view_new_id(scope));
}

static json_t *
waiting(const struct scope *scope, const char *const *units, size_t nunits,
    bool *more)
{
	bool may = office_may(scope->page->req, WHO_MANAGER);
	struct doubt_group *groups;
	struct doubt *list;
	json_t *out, *one;
	size_t n;

	if (!store_doubts(scope->page->ctx->db, scope->page->arena, units,
		nunits, flag_asked(scope),
		nunits > 1 ? LIMIT_GROUP : LIMIT_PAGE_DOUBTS, &list, &n))
		return NULL;
	groups = arena_alloc(scope->page->arena, (n + 1) * sizeof(*groups));
	n = needs_person_group(list, n, groups);
	*more = n > LIMIT_PAGE_GROUPS;
	out = json_array();
	for (size_t i = 0; i < n && i < LIMIT_PAGE_GROUPS; i++) {
		one = group(
		    scope, groups[i].list, groups[i].count, i, true, true);
		if (one == NULL) {
			json_decref(out);
			return NULL;
		}
		json_object_set_new(
		    one, "form", may ? form(scope) : json_null());
		json_object_set_new(one, "reasons",
		    answer_view_aside_options(
			scope, suggested(groups[i].list->flags)));
		json_object_set_new(one, "number",
		    json_string(
			page_count(scope->page, (int64_t)groups[i].count)));
		json_array_append_new(out, one);
	}
	return out;
}

/* ------------------------------------------------------------- the decisions
 */

static json_t *
decision(const struct scope *scope, const struct decided *list, size_t count,
    size_t at)
{
	const struct work_step *s = &list[0].step;
	struct doubt *answers =
	    arena_alloc(scope->page->arena, count * sizeof(*answers));
	char id[UUID_TEXT];
	json_t *one;

	for (size_t i = 0; i < count; i++)
		answers[i] = list[i].answer;
	uuid_format(&s->id, id);
	one = group(scope, answers, count, at, false, false);
	json_object_set_new(one, "number",
	    json_string(page_count(scope->page, (int64_t)count)));
	json_object_set_new(one, "act", json_string(s->act));
	json_object_set_new(one, "login", json_string(s->login));
	json_object_set_new(one, "time",
	    json_string(
		arena_printf(scope->page->arena, "%s %s", hour(scope, s->at),
		    words_date(scope->page->arena, civil_local_day(s->at)))));
	json_object_set_new(one, "reason",
	    s->reason[0] == '\0'
		? json_null()
		: json_string(answer_view_aside_words(scope, s->reason)));
	json_object_set_new(one, "words", scope_words(s->words));
	json_object_set_new(one, "undone", json_boolean(s->undone));
	json_object_set_new(one, "decision", json_string(id));
	json_object_set_new(one, "form",
	    office_may(scope->page->req, WHO_MANAGER) && !s->undone
		? form(scope)
		: json_null());
	return one;
}

static json_t *
decisions(const struct scope *scope, const char *const *units, size_t nunits)
{
	struct decided *list;
	json_t *out;
	size_t n, shown = 0, end;

	if (!store_decisions(scope->page->ctx->db, scope->page->arena, units,
		nunits, (size_t)LIMIT_PAGE_DONE * LIMIT_GROUP / 4, &list, &n))
		return NULL;
	out = json_array();
	for (size_t i = 0; i < n && shown < LIMIT_PAGE_DONE; i = end) {
		for (end = i + 1; end < n && uuid_compare(&list[end].step.id,
						 &list[i].step.id) == 0;)
			end++;
		json_array_append_new(
		    out, decision(scope, &list[i], end - i, shown++));
	}
	return out;
}

/* ------------------------------------------------------------------ the page
 */

int
queue_show(
    struct scope *scope, struct response *res, int status, const char *problem)
{
	const char **units;
	size_t n = answer_view_units(scope, false, &units);
	bool more = false;
	json_t *groups = waiting(scope, units, n, &more), *past, *doc;

	past = groups == NULL ? NULL : decisions(scope, units, n);
	if (past == NULL) {
		json_decref(groups);
		return 503;
	}
	doc = answer_view_frame(
	    scope, page_text(scope->page, "way.queue"), problem);
	json_object_set_new(doc, "filters", filters(scope));
	json_object_set_new(doc, "all",
	    json_string(answer_view_address(scope, "/staff/aside", NULL)));
	json_object_set_new(doc, "messages",
	    json_string(answer_view_address(scope, "/staff/messages", NULL)));
	json_object_set_new(
	    doc, "any", json_boolean(json_array_size(groups) > 0));
	json_object_set_new(doc, "groups", groups);
	json_object_set_new(doc, "more", json_boolean(more));
	json_object_set_new(
	    doc, "past", json_boolean(json_array_size(past) > 0));
	json_object_set_new(doc, "decisions", past);
	return document_show(scope->page->req, res, status, "cases/queue", doc);
}

int
get_queue(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	return scope_read(&scope, &page) ? queue_show(&scope, res, 200, NULL)
					 : 404;
}

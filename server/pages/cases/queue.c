/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/queue: answers that a person must look at. What belongs
 * together stands on one line, with what leaving it out would make of the
 * scores: it counts with one click, and is proposed to be left out with another
 * and a reason; a flag by itself leaves nothing out. Below, the last decisions,
 * each to be taken back likewise.
 */
#include "server/pages/cases/queue.h"

#include <string.h>
#include "server/pages/cases/answer_view.h"
#include "server/pages/cases/effect.h"
#include "server/pages/pages.h"
#include "server/core/words.h"
#include "server/pages/scores/scope.h"
#include "server/store/cases/history.h"
#include "shared/limits.h"

/* Flags that are told from one another by a filter, and the reason that each
 * suggests. */
static const struct {
	const char *flag, *reason;
} doubt_flags[] = {
    {"unusual_fast", "burst"},
    {"unusual_source", "burst"},
    {"unusual_unasked", "burst"},
    {"unusual_equal", "burst"},
    {"unusual_flow", "burst"},
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

#define DOUBT_FLAGS (sizeof(doubt_flags) / sizeof(doubt_flags[0]))

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

/* The reason that an answer's flags suggest to set it aside for. */
static const char *
suggested_reason(const char *flags)
{
	for (size_t i = 0; i < DOUBT_FLAGS; i++)
		if (has_word(flags, doubt_flags[i].flag))
			return doubt_flags[i].reason;
	return "other";
}

/* -------------------------------------------------------------- the filters */

/* The flag that was asked for; NULL: none, or none of ours. */
static const char *
flag_asked(const struct page *page)
{
	const char *asked = page_asked(page, "flag");

	for (size_t i = 0; i < DOUBT_FLAGS; i++)
		if (strcmp(asked, doubt_flags[i].flag) == 0)
			return doubt_flags[i].flag;
	return NULL;
}

static json_t *
queue_filters(const struct scope *scope)
{
	const struct page *page = scope->page;
	const char *asked = flag_asked(page);
	json_t *choices = json_array(), *options = json_array();

	answer_view_choose_unit(scope, choices, false);
	page_option(options, "", page_text(page, "filter.all"), false);
	for (size_t i = 0; i < DOUBT_FLAGS; i++) {
		const char *flag = doubt_flags[i].flag;

		page_option(options, flag, page_coded(page, "flag", flag),
		    flag == asked);
	}
	page_choice(choices, "flag", page_text(page, "queue.flag"), options);
	return answer_view_filters(
	    page, choices, asked != NULL || scope->unit != NULL);
}

/* --------------------------------------------------------------- the groups */

/* The flags that any of its answers bears, in the order of first appearance. */
static const char *
group_flags(const struct page *page, const struct doubt *list, size_t count)
{
	const char *all = "";

	for (size_t i = 0; i < count; i++) {
		char *rest = arena_strdup(page->arena, list[i].flags), *flag;

		while ((flag = strsep(&rest, " ")) != NULL)
			if (*flag != '\0' && !has_word(all, flag))
				all = arena_printf(page->arena, "%s%s%s", all,
				    *all == '\0' ? "" : " ", flag);
	}
	return all;
}

/* How many chose each level that was chosen, best first: [{level, count}]. */
static json_t *
group_levels(const struct page *page, const struct doubt *list, size_t count)
{
	int n[6] = {0};
	json_t *levels = json_array(), *one;

	for (size_t i = 0; i < count; i++)
		n[needs_person_overall(list[i].scores)]++;
	for (int k = 5; k >= 1; k--) {
		if (n[k] == 0)
			continue;
		one = json_object();
		put_number(one, "level", k);
		put_text(one, "count", page_count(page, n[k]));
		json_array_append_new(levels, one);
	}
	return levels;
}

/* The last moment at which one of them came. */
static int64_t
group_until(const struct doubt *list, size_t count)
{
	int64_t until = 0;

	for (size_t i = 0; i < count; i++)
		if (list[i].received_at > until)
			until = list[i].received_at;
	return until;
}

/* What the form says of a burst in place of its answers' ids: {unit, desk,
 * channel, day, until}; null for another group. */
static json_t *
group_burst(const struct doubt *list, size_t count)
{
	const struct doubt *first = &list[0];
	json_t *burst;

	if (needs_person_doubt(first->flags) != MATTER_BURST)
		return NULL;
	burst = json_object();
	put_text(burst, "unit", first->unit);
	put_text(burst, "desk", first->desk);
	put_text(burst, "channel", first->channel);
	put_number(burst, "day", first->day);
	put_number(burst, "until", group_until(list, count));
	return burst;
}

/* Their ids in one text, for the form. */
static const char *
group_ids(const struct page *page, const struct doubt *list, size_t count)
{
	char *ids = arena_alloc(page->arena, count * UUID_TEXT), *at = ids;

	for (size_t i = 0; i < count; i++, at += UUID_TEXT) {
		uuid_format(&list[i].id, at);
		at[UUID_TEXT - 1] = i + 1 < count ? ' ' : '\0';
	}
	return ids;
}

/* A group's answers, or a decision's, at a place of the page; without effect
 * and form. */
static json_t *
group_document(const struct scope *scope, const struct doubt *list,
    size_t count, size_t at)
{
	const struct page *page = scope->page;
	const struct doubt *first = &list[0], *last = &list[count - 1];
	const char *from = words_time(page->arena, first->answered_at);
	const char *to = words_time(page->arena, last->answered_at);
	json_t *group = json_object();

	put_number(group, "at", (int64_t)at);
	put_text(group, "number", page_count(page, (int64_t)count));
	put_text(group, "unit", scope_unit_name(scope, first->unit));
	put_text(group, "desk", first->desk);
	put_text(group, "channel", first->channel);
	put_text(group, "day", words_date(page->arena, first->day));
	put_text(group, "from", from);
	put_text(group, "to", to);
	put_flag(group, "span", strcmp(from, to) != 0);
	put_flag(group, "several", count > 1);
	put_part(group, "flags",
	    answer_view_flags(page, group_flags(page, list, count)));
	put_part(group, "levels", group_levels(page, list, count));
	put_part(group, "members",
	    answer_view_members(
		scope, list, count < LIMIT_GROUP ? count : LIMIT_GROUP));
	put_flag(group, "rest", count > LIMIT_GROUP);
	put_part(group, "burst", group_burst(list, count));
	put_text(group, "ids",
	    count > LIMIT_GROUP ? "" : group_ids(page, list, count));
	return group;
}

static json_t *
queue_form(const struct page *page)
{
	return page_form(page, page_address(page, "/staff/queue", NULL));
}

/* What waits, in groups; *more: others wait behind these. NULL when the
 * database does not answer. */
static json_t *
waiting_groups(const struct scope *scope, const char *const *units,
    size_t nunits, bool *more)
{
	const struct page *page = scope->page;
	bool may = page_may(page, WHO_MANAGER);
	struct doubt_group *groups;
	json_t *out, *one, *effect;
	struct doubt *list = NULL;
	size_t n = 0;

	if (!store_doubts(page->ctx->db, page->arena, units, nunits,
		flag_asked(page), MATTER_BURST, LIMIT_BURST, &list, &n) ||
	    !store_doubts(page->ctx->db, page->arena, units, nunits,
		flag_asked(page), MATTER_OPEN,
		nunits > 1 ? LIMIT_GROUP : LIMIT_PAGE_DOUBTS, &list, &n))
		return NULL;
	groups = arena_alloc(page->arena, (n + 1) * sizeof(*groups));
	n = needs_person_group(list, n, groups);
	*more = n > LIMIT_PAGE_GROUPS;
	out = json_array();
	for (size_t i = 0; i < n && i < LIMIT_PAGE_GROUPS; i++) {
		const struct doubt_group *g = &groups[i];
		const char *reason =
		    suggested_reason(group_flags(page, g->list, g->count));

		effect = effect_document(scope, g->list, g->count, true);
		if (effect == NULL) {
			json_decref(out);
			return NULL;
		}
		one = group_document(scope, g->list, g->count, i);
		put_part(one, "effect", effect);
		put_part(one, "form", may ? queue_form(page) : NULL);
		put_part(
		    one, "reasons", answer_view_aside_options(page, reason));
		json_array_append_new(out, one);
	}
	return out;
}

/* ------------------------------------------------------------ the decisions */

static json_t *
decision_document(const struct scope *scope, const struct decided *list,
    size_t count, size_t at)
{
	const struct page *page = scope->page;
	const struct work_step *s = &list[0].step;
	bool may = page_may(page, WHO_MANAGER) && !s->undone;
	bool reason = s->reason[0] != '\0';
	struct doubt *answers =
	    arena_alloc(page->arena, count * sizeof(*answers));
	json_t *one;

	for (size_t i = 0; i < count; i++)
		answers[i] = list[i].answer;
	one = group_document(scope, answers, count, at);
	put_text(one, "number", page_count(page, list[0].whole));
	put_flag(one, "rest", list[0].whole > (int64_t)count);
	put_part(one, "burst", NULL);
	put_part(one, "effect", NULL);
	put_text(one, "act", s->act);
	put_text(one, "login", page_person(page, s->login));
	put_words(one, "proposer", page_person(page, s->person));
	put_text(one, "time", page_time(page, s->at));
	put_flag(one, "figures",
	    strcmp(s->act, "count") != 0 ||
		needs_person_doubt(list[0].answer.flags) == MATTER_BURST);
	put_text(one, "reason",
	    reason ? page_coded(page, "aside.reason", s->reason) : NULL);
	put_words(one, "words", s->words);
	put_flag(one, "undone", s->undone);
	put_text(one, "decision", page_id(page, &s->id));
	put_part(one, "form", may ? queue_form(page) : NULL);
	return one;
}

/* The last decisions, newest first; NULL when the database does not answer. */
static json_t *
past_decisions(
    const struct scope *scope, const char *const *units, size_t nunits)
{
	struct decided *list;
	size_t n, shown = 0, end;
	json_t *out;

	if (!store_decisions(scope->page->ctx->db, scope->page->arena, units,
		nunits, LIMIT_PAGE_DONE, &list, &n))
		return NULL;
	out = json_array();
	for (size_t i = 0; i < n && shown < LIMIT_PAGE_DONE; i = end) {
		for (end = i + 1; end < n && uuid_compare(&list[end].step.id,
						 &list[i].step.id) == 0;)
			end++;
		json_array_append_new(
		    out, decision_document(scope, &list[i], end - i, shown++));
	}
	return out;
}

/* ----------------------------------------------------------------- the page */

int
queue_show(const struct scope *scope, int status, const char *wrong)
{
	const struct page *page = scope->page;
	const char **units;
	size_t n = answer_view_units(scope, false, &units);
	json_t *groups, *past, *doc;
	bool more;

	if ((groups = waiting_groups(scope, units, n, &more)) == NULL)
		return 503;
	if ((past = past_decisions(scope, units, n)) == NULL) {
		json_decref(groups);
		return 503;
	}
	doc = page_document(page);
	put_text(doc, "heading", page_text(page, "way.queue"));
	put_text(doc, "done", page_done(page, "done"));
	put_text(doc, "problem", wrong == NULL ? NULL : page_text(page, wrong));
	put_part(doc, "filters", queue_filters(scope));
	put_text(
	    doc, "proposals", page_address(page, "/staff/proposals", NULL));
	put_text(doc, "all", page_address(page, "/staff/aside", NULL));
	put_text(doc, "messages", page_address(page, "/staff/messages", NULL));
	put_flag(doc, "any", json_array_size(groups) > 0);
	put_part(doc, "groups", groups);
	put_flag(doc, "more", more);
	put_flag(doc, "past", json_array_size(past) > 0);
	put_part(doc, "decisions", past);
	return page_show(page, status, "cases/queue", doc);
}

int
get_queue(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct scope scope;

	return scope_read(&scope, &page) ? queue_show(&scope, 200, NULL) : 404;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents, filters and decisions that more than one of these pages needs. */
#include "server/pages/cases/answer_view.h"

#include <string.h>
#include "server/core/text/mask.h"
#include "server/pages/scores/levels.h"
#include "server/core/words.h"
#include "server/pages/scores/scope.h"
#include "server/store/people/audit.h"
#include "server/store/cases/history.h"
#include "shared/utf8.h"

#define EXCERPT 160 /* characters of a comment in a list */

/* Reasons a person may set an answer aside for. What a rule says ("corrected")
 * is not among them. */
static const char *const aside_reasons[] = {"test", "repeated", "burst",
    "closed", "clock", "staff", "wrong", "abuse", "other", NULL};

size_t
answer_view_units(const struct scope *scope, bool below, const char ***units)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	size_t n = 0;

	*units =
	    arena_alloc(scope->page->arena, (c->nunits + 1) * sizeof(**units));
	for (size_t i = 0; i < c->nunits; i++) {
		const struct unit *u = &c->units[i];

		if (scope_may_see(scope, u->code) &&
		    (scope->unit == NULL || u == scope->unit ||
			(below &&
			    catalogue_within(c, u->code, scope->unit->code))))
			(*units)[n++] = u->code;
	}
	return n;
}

/* -------------------------------------------------------------- the filters */

void
answer_view_choose_unit(const struct scope *scope, json_t *choices, bool all)
{
	const struct page *page = scope->page;
	const struct catalogue *c = page->ctx->catalogue;
	json_t *options = json_array();

	page_option(options, "", page_text(page, "filter.all"),
	    all && scope->unit == NULL);
	for (size_t i = 0; i < c->nunits; i++) {
		const struct unit *u = &c->units[i];

		if (scope_may_see(scope, u->code))
			page_option(
			    options, u->code, u->name, u == scope->unit);
	}
	if (json_array_size(options) > 2)
		page_choice(
		    choices, "unit", page_text(page, "board.unit"), options);
	else
		json_decref(options);
}

json_t *
answer_view_filters(const struct page *page, json_t *choices, bool chosen)
{
	const char *path = page->req->path;
	json_t *filters = json_object();

	put_text(filters, "path", path);
	put_part(filters, "choices", choices);
	put_part(filters, "search", NULL);
	put_text(
	    filters, "clear", chosen ? page_address(page, path, NULL) : NULL);
	return filters;
}

/* --------------------------------------------------------------- the answer */

int
answer_view_find(
    const struct scope *scope, const char *id, struct work_answer *out)
{
	struct uuid uuid;

	if (!uuid_parse(id, &uuid))
		return 404;
	switch (store_work_answer(
	    scope->page->ctx->db, scope->page->arena, &uuid, out)) {
	case STEP_ROW:
		return scope_may_see(scope, out->unit) ? 200 : 404;
	case STEP_DONE:
		return 404;
	default:
		return 503;
	}
}

/* The next of the words of a text that are separated by blanks, in the arena;
 * NULL: there is none. */
static char *
next_code(struct arena *a, const char **text)
{
	const char *code = *text + strspn(*text, " ");
	size_t n = strcspn(code, " ");

	*text = code + n;
	return n == 0 ? NULL : arena_strndup(a, code, n);
}

json_t *
answer_view_flags(const struct page *page, const char *flags)
{
	json_t *list = json_array();
	const char *flag;

	while ((flag = next_code(page->arena, &flags)) != NULL)
		json_array_append_new(
		    list, json_string(page_coded(page, "flag", flag)));
	return list;
}

json_t *
answer_view_reasons(const struct scope *scope, const char *reasons)
{
	json_t *list = json_array();
	const char *reason;

	while ((reason = next_code(scope->page->arena, &reasons)) != NULL)
		json_array_append_new(
		    list, json_string(levels_name(scope, "reasons", reason)));
	return list;
}

/* Scores of the further questions, from "overall=5 attitude=4 factor=na":
 * [{name, level: 1..5 or null}]. */
static json_t *
further_scores(const struct scope *scope, const char *scores)
{
	json_t *list = json_array(), *one;
	char *code, *value;

	while ((code = next_code(scope->page->arena, &scores)) != NULL) {
		value = strchr(code, '=');
		if (value == NULL)
			continue;
		*value++ = '\0';
		if (strcmp(code, "overall") == 0)
			continue;
		one = json_object();
		put_text(one, "name", levels_name(scope, "criteria", code));
		put_part(one, "level",
		    *value >= '1' && *value <= '5' ? json_integer(*value - '0')
						   : NULL);
		json_array_append_new(list, one);
	}
	return list;
}

/* Why it does not count; NULL: it does. */
static json_t *
why_aside(const struct page *page, const struct work_answer *a)
{
	json_t *aside;

	if (!a->aside)
		return NULL;
	aside = json_object();
	put_text(
	    aside, "reason", page_coded(page, "aside.reason", a->why.reason));
	put_words(aside, "login", page_person(page, a->why.login));
	put_text(aside, "time", page_time(page, a->why.at));
	return aside;
}

json_t *
answer_view_document(const struct scope *scope, const struct work_answer *a)
{
	const struct page *page = scope->page;
	const struct desk *desk = catalogue_desk(page->ctx->catalogue, a->desk);
	bool paper = strcmp(a->channel, "paper") == 0;
	bool sample = strcmp(a->flags, "sample") == 0;
	json_t *doc = json_object();

	put_text(doc, "id", page_id(page, &a->id));
	put_number(doc, "level", needs_person_overall(a->scores));
	put_words(doc, "words", mask_text(page->arena, a->comment));
	put_text(doc, "time",
	    paper ? words_date(page->arena, a->day)
		  : page_time(page, a->answered_at));
	put_text(doc, "channel", a->channel);
	put_text(doc, "unit", scope_unit_name(scope, a->unit));
	put_text(doc, "desk",
	    desk == NULL
		? a->desk
		: arena_printf(page->arena, "%s (%s)", desk->name, a->desk));
	put_text(doc, "field", scope_field_name(scope, a->field));
	put_part(doc, "reasons", answer_view_reasons(scope, a->reasons));
	put_part(doc, "scores", further_scores(scope, a->scores));
	put_part(doc, "flags",
	    sample ? json_array() : answer_view_flags(page, a->flags));
	put_words(doc, "entered", paper ? a->device : NULL);
	put_part(doc, "aside", why_aside(page, a));
	return doc;
}

/* A step that a second person confirmed: "person" proposed it. */
static bool
decided_of(const struct work_step *s)
{
	return s->person[0] != '\0' && strcmp(s->act, "hand") != 0;
}

json_t *
answer_view_steps(
    const struct page *page, const struct work_step *list, size_t count)
{
	json_t *steps = json_array();

	for (size_t i = 0; i < count; i++) {
		const struct work_step *s = &list[i];
		bool reason = s->reason[0] != '\0';
		json_t *step = json_object();

		put_text(step, "time", page_time(page, s->at));
		put_text(step, "login", page_person(page, s->login));
		put_text(step, "act", s->act);
		put_words(step, decided_of(s) ? "proposer" : "person",
		    page_person(page, s->person));
		put_part(step, decided_of(s) ? "person" : "proposer", NULL);
		put_text(step, "due",
		    s->due == 0 ? NULL : words_date(page->arena, s->due));
		put_text(step, "reason",
		    reason ? page_coded(page, "aside.reason", s->reason)
			   : NULL);
		put_words(step, "words", s->words);
		put_flag(step, "undone", s->undone);
		json_array_append_new(steps, step);
	}
	return steps;
}

json_t *
answer_view_members(
    const struct scope *scope, const struct doubt *list, size_t count)
{
	const struct page *page = scope->page;
	json_t *members = json_array();

	for (size_t i = 0; i < count; i++) {
		const struct doubt *d = &list[i];
		const char *path = page_path(page, "/staff/answers", &d->id);
		json_t *one = json_object();

		put_text(one, "time", words_time(page->arena, d->answered_at));
		put_number(one, "level", needs_person_overall(d->scores));
		put_text(one, "field", scope_field_name(scope, d->field));
		put_text(one, "href", page_address(page, path, NULL));
		json_array_append_new(members, one);
	}
	return members;
}

const char *
answer_view_excerpt(const struct page *page, const char *comment)
{
	const char *masked;
	size_t n;

	if (comment == NULL)
		return NULL;
	masked = mask_text(page->arena, comment);
	n = utf8_cut(masked, EXCERPT);
	return masked[n] == '\0'
		   ? masked
		   : arena_printf(page->arena, "%.*s…", (int)n, masked);
}

/* ----------------------------------------------------------------- deciding */

json_t *
answer_view_aside_options(const struct page *page, const char *chosen)
{
	json_t *list = json_array();

	for (int i = 0; aside_reasons[i] != NULL; i++)
		page_option(list, aside_reasons[i],
		    page_coded(page, "aside.reason", aside_reasons[i]),
		    chosen != NULL && strcmp(chosen, aside_reasons[i]) == 0);
	return list;
}

bool
answer_view_aside_known(const char *reason)
{
	for (int i = 0; aside_reasons[i] != NULL; i++)
		if (strcmp(reason, aside_reasons[i]) == 0)
			return true;
	return false;
}

const char *
answer_view_aside_wrong(const char *reason, const char *words)
{
	if (words == NULL)
		return "case.error.words";
	if (!answer_view_aside_known(reason))
		return "answer.error.reason";
	if (strcmp(reason, "other") == 0 && words[0] == '\0')
		return "answer.error.other";
	return NULL;
}

static bool
write_answer_decision(
    struct db *db, struct tallies *tallies, struct request *req)
{
	return store_decide(db, &req->arena, tallies, req->data);
}

int
answer_view_decide(const struct page *page,
    const struct answer_decision *decision, request_reply *reply)
{
	struct answer_decision *d = arena_alloc(page->arena, sizeof(*d));
	struct deed *deed = arena_alloc(page->arena, sizeof(*deed));

	*deed = page_deed(page, "answer", NULL, "");
	*d = *decision;
	d->deed = deed;
	d->step.at = page->req->now;
	d->step.login = page->req->caller.login;
	return page_write(page, d, write_answer_decision, reply);
}

const char *
answer_view_decided(const struct request *req)
{
	const struct answer_decision *d = req->data;

	return d->changed > 0 ? d->step.act : "same";
}

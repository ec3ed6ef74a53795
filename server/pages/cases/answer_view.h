/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the pages have in common on which people act on answers: cases, the
 * queue, one answer. Words of citizens are masked (core/text/mask) wherever
 * they are shown.
 */
#ifndef HAILONG_SERVER_PAGES_CASES_ANSWER_VIEW_H
#define HAILONG_SERVER_PAGES_CASES_ANSWER_VIEW_H

#include <jansson.h>
#include <stdbool.h>
#include "server/http/request.h"

struct answer_decision;
struct doubt;
struct page;
struct scope;
struct work_answer;
struct work_step;

/* The codes of the units a scope is about, in the arena; their number. A unit
 * that was asked for stands for itself alone, or (below) also for those below
 * it. */
size_t answer_view_units(
    const struct scope *scope, bool below, const char ***units);
/* Adds a choice among the units that the reader may see to those of a filter;
 * fewer than two units are none. all: "all of them" is marked where no unit was
 * asked for. */
void answer_view_choose_unit(
    const struct scope *scope, json_t *choices, bool all);
/* The document of filters.html over its choices, which it takes; chosen: there
 * is something to be cleared. */
json_t *answer_view_filters(
    const struct page *page, json_t *choices, bool chosen);
/* The answer of an address. 200; 404 when there is none, or not for this
 * reader; 503. */
int answer_view_find(
    const struct scope *scope, const char *id, struct work_answer *out);
/* An answer as answer_block.html shows it. */
json_t *answer_view_document(
    const struct scope *scope, const struct work_answer *a);
/* Its history as answer_steps.html shows it. */
json_t *answer_view_steps(
    const struct page *page, const struct work_step *list, size_t count);
/* Words for codes that stand in one text, separated by blanks. */
json_t *answer_view_flags(const struct page *page, const char *flags);
json_t *answer_view_reasons(const struct scope *scope, const char *reasons);
/* Answers one by one: [{time, level, field, href}]. */
json_t *answer_view_members(
    const struct scope *scope, const struct doubt *list, size_t count);
/* A comment's beginning, masked, in the arena; NULL for none. */
const char *answer_view_excerpt(const struct page *page, const char *comment);

/* The reasons to set aside for, as options: [{value, label, chosen}]. */
json_t *answer_view_aside_options(const struct page *page, const char *chosen);
/* The key of what is wrong with a reason to set aside for, and the words beside
 * it (NULL: too long); NULL: nothing is. */
const char *answer_view_aside_wrong(const char *reason, const char *words);
/* True for one of the reasons a person may give. */
bool answer_view_aside_known(const char *reason);
/* Hands a decision to the writer, in the reader's name and of this moment:
 * step.id, act, reason and words, undo, answers and their count are the
 * caller's and live in the arena. reply finds it carried out in the request's
 * data. Returns HTTP_LATER. */
int answer_view_decide(const struct page *page,
    const struct answer_decision *decision, request_reply *reply);
/* The word for done= of a decision that was carried out. */
const char *answer_view_decided(const struct request *req);

#endif

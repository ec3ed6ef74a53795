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
#include "server/pages/scores/scope.h"

struct uuid;
struct work_answer;

/* The codes of the units a look is about, in the arena; their number. A unit
 * that was asked for stands for itself alone, or (below) also for those below
 * it. */
size_t answer_view_units(
    const struct scope *scope, bool below, const char ***units);
/* The answer of an address. 200; 404 when there is none, or not for this
 * reader; 503. */
int answer_view_find(
    const struct scope *scope, const char *id, struct work_answer *out);
/* An answer as answer_block.html shows it. */
json_t *answer_view_document(
    const struct scope *scope, const struct work_answer *a);
/* Its history as answer_steps.html shows it; NULL when the database does not
 * answer. */
json_t *answer_view_steps(const struct scope *scope, const struct uuid *answer);
/* Words for codes that stand in one text, separated by blanks. */
json_t *answer_view_flags(const struct scope *scope, const char *flags);
json_t *answer_view_reasons(const struct scope *scope, const char *reasons);
/* A comment's beginning, masked; null for none. */
json_t *answer_view_excerpt(const struct scope *scope, const char *comment);
/* The reasons to set aside for, as options: [{value, label, chosen}]. */
json_t *answer_view_aside_options(
    const struct scope *scope, const char *chosen);
/* True for one of them. */
bool answer_view_aside_known(const char *reason);
/* In the reader's words; the code where there are none. */
const char *answer_view_aside_words(
    const struct scope *scope, const char *reason);

/* A note that was entered: ends trimmed, line ends as one character, "" for
 * none. NULL when it is longer than LIMIT_NOTE_CHARS. */
const char *answer_view_note(struct request *req);
/* The id that a form brought along; false: it has none. */
bool answer_view_form_id(const struct request *req, struct uuid *id);
/* A fresh one for a form, as text in the arena. */
const char *answer_view_new_id(const struct scope *scope);
/* This page of ours in the reader's language, and with done=what unless that
 * is NULL. */
const char *answer_view_address(
    const struct scope *scope, const char *path, const char *done);
/* The sentence of ?done=, from among the keys "done.WHAT"; null for none. */
json_t *answer_view_done(const struct scope *scope);
/* The document of a page: staff_head's, and heading, done, problem (NULL:
 * none), csrf. */
json_t *answer_view_frame(
    const struct scope *scope, const char *heading, const char *problem);

#endif

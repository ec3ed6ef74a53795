/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was said in a scope, level by level: parts of the drill-down.
 * Each is null where nothing was, or where too few said it. */
#ifndef HAILONG_SERVER_PAGES_SCORES_LEVELS_H
#define HAILONG_SERVER_PAGES_SCORES_LEVELS_H

#include <jansson.h>
#include <stdint.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/formula.h"
#include "server/core/score/score.h"

struct scope;

/* levels.html: how many chose 1 to 5, and the figures the formulas make of it.
 * whole is the scope's row. */
json_t *levels_document(const struct scope *scope, const struct score *whole);
/* reasons.html: why, of those who were not satisfied. */
json_t *reasons_document(const struct scope *scope, const struct score *whole);

/* What a form's document says of a criterion or reason (list: "criteria",
 * "reasons"), and which form it is; the newest form that knows it. NULL: none
 * does. */
const json_t *levels_question(const struct scope *scope, const char *list,
    const char *code, const struct form **form);
/* Its words in the reader's language; the code where there are none. */
const char *levels_words(
    const struct scope *scope, const json_t *one, const char *code);
/* Both at once: what the newest form calls a criterion or reason. */
const char *levels_name(
    const struct scope *scope, const char *list, const char *code);
/* Every formula's figure of some answers, that of a judged one beside its
 * target: [{name, figure}]. */
json_t *levels_formulas(const struct scope *scope,
    const int64_t values[FORMULA_VALUES], int64_t percent4);
/* The picture of how many chose 1 to 5. */
json_t *levels_list(
    const struct scope *scope, const int64_t values[FORMULA_VALUES]);

#endif

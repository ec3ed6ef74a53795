/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What setting answers aside, or counting them again, makes of the scores. */
#ifndef HAILONG_SERVER_PAGES_CASES_EFFECT_H
#define HAILONG_SERVER_PAGES_CASES_EFFECT_H

#include <jansson.h>
#include <stdbool.h>
#include "server/core/cases/needs_person.h"

struct scope;

/* The scores of the answers' unit and, where it is known, of their field in all
 * that the reader may see, in the quarter of the answers' day, as they are and
 * as they would be without the answers (out) or with them, by the targets that
 * `scores` prints. All answers are of one unit, day and form; the field is left
 * out where they have several. effect.html; NULL when the database does not
 * answer. */
json_t *effect_document(const struct scope *scope, const struct doubt *answers,
    size_t count, bool out);

#endif

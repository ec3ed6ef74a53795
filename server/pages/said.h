/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was said in a look's scope, level by level: parts of the drill-down.
 * Each is null where nothing was, or where too few said it. */
#ifndef HAILONG_SERVER_PAGES_SAID_H
#define HAILONG_SERVER_PAGES_SAID_H

#include "server/core/score.h"
#include "server/pages/look.h"

/* levels.html: how many chose 1 to 5, and the figures the formulas make of it.
 * whole is the scope's row. */
json_t *levels_document(const struct look *l, const struct score *whole);
/* criteria.html: the same of each further question, and of all together. */
json_t *criteria_document(const struct look *l);
/* reasons.html: why, of those who were not satisfied. */
json_t *reasons_document(const struct look *l, const struct score *whole);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scope over time, and whether something has changed there: trend.html. */
#ifndef HAILONG_SERVER_PAGES_SCORES_TREND_H
#define HAILONG_SERVER_PAGES_SCORES_TREND_H

#include <jansson.h>
#include "server/core/score/score.h"

struct scope;

/* The trend with its table, and the early warning; whole is the scope's row. */
json_t *trend_document(const struct scope *scope, const struct score *whole);

#endif

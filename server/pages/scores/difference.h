/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has changed since the period before. */
#ifndef HAILONG_SERVER_PAGES_SCORES_DIFFERENCE_H
#define HAILONG_SERVER_PAGES_SCORES_DIFFERENCE_H

#include <jansson.h>
#include "server/core/score/score.h"

struct scope;

/* {sentence, mix: a sentence about the channels or null, way: up, down, same,
 * none}; null where there is nothing to compare. past may be NULL. */
json_t *difference_document(const struct scope *scope, const struct score *now,
    const struct score *past);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The desks of a scope: desks.html. */
#ifndef HAILONG_SERVER_PAGES_SCORES_DESKS_H
#define HAILONG_SERVER_PAGES_SCORES_DESKS_H

#include <jansson.h>

struct scope;

/* Their rows, each desk watched answer by answer where the scope holds the
 * days; null where none had an answer. */
json_t *desks_document(const struct scope *scope);

#endif

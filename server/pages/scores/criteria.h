/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The further questions of a scope, by the factors of SIPAS: a part of
 * the drill-down. */
#ifndef HAILONG_SERVER_PAGES_SCORES_CRITERIA_H
#define HAILONG_SERVER_PAGES_SCORES_CRITERIA_H

#include <jansson.h>

struct scope;

/* The document of criteria.html; null where only the
 * general question was answered. */
json_t *criteria_document(const struct scope *scope);

#endif

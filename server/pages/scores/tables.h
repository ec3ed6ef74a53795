/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields of a unit and the units of a field, in their order. */
#ifndef HAILONG_SERVER_PAGES_SCORES_TABLES_H
#define HAILONG_SERVER_PAGES_SCORES_TABLES_H

#include <jansson.h>

struct scope;

/* The document of fields.html: what needs a person first. */
json_t *fields_document(const struct scope *scope);
/* The document of units.html: in groups that can be told apart; null where
 * there is only one. */
json_t *units_document(const struct scope *scope);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Units by fields: heat.html. */
#ifndef HAILONG_SERVER_PAGES_SCORES_HEAT_H
#define HAILONG_SERVER_PAGES_SCORES_HEAT_H

#include <jansson.h>

struct scope;

/* The document of heat.html; null where there is only one unit or field. */
json_t *heat_document(const struct scope *scope);

#endif

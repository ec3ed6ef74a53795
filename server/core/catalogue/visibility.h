/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who may see what belongs to a unit. Pure. */
#ifndef HAILONG_SERVER_CORE_CATALOGUE_VISIBILITY_H
#define HAILONG_SERVER_CORE_CATALOGUE_VISIBILITY_H

#include <stdbool.h>

struct catalogue;

/* True when a person of the unit `own` (NULL: of the whole district) may see
 * what belongs to `unit`: a person of the district everything, another what is
 * of the own unit or of a unit below it. What belongs to no unit (NULL or "")
 * is the district's alone. Whether the catalogue still has the unit is another
 * question (catalogue_unit): what is left of a former unit stays visible. */
bool unit_visible(const struct catalogue *c, const char *own, const char *unit);

#endif

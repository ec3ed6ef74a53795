/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The units' reports of a period, on its page. */
#ifndef HAILONG_SERVER_PAGES_PERIODS_PERIOD_UNITS_H
#define HAILONG_SERVER_PAGES_PERIODS_PERIOD_UNITS_H

#include <jansson.h>
#include <stdbool.h>
#include "server/pages/periods/period_view.h"

/* [{name, href, state, late: bool, due, submitted}] of the units that the
 * reader may see; the caller owns it. */
json_t *period_units_document(const struct period_view *v);
/* True when reports are asked for and were not prepared. */
bool period_units_lack(const struct period_view *v);
/* Hands their preparation to the writer; for the district's manager. */
int period_units_prepare(const struct period_view *v);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plan's reports: for which periods units report (quarter, 6 months, 9
 * months, year; DOMAIN 1.2), by when, and how long they may explain their
 * figures. The numbers are the house's settings. Pure.
 */
#ifndef HAILONG_SERVER_CORE_PERIOD_PLAN_H
#define HAILONG_SERVER_CORE_PERIOD_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/score/period.h"

struct arena;
struct catalogue;
struct unit;

/* True when units report for such a period. The second half of a year has none:
 * the year's does for it. */
bool plan_has(const struct catalogue *c, const struct period *p);
/* The local day by which a unit's report is due. */
int32_t plan_due(const struct catalogue *c, const struct period *p);
/* The last of the working days that a unit has to explain its figures. */
int32_t plan_explain_until(const struct catalogue *c, const struct period *p);
/* The units that report for a period: those with a desk, in the catalogue's
 * order, that were there by its end. */
void plan_units(const struct catalogue *c, const struct period *p,
    struct arena *a, const struct unit ***list, size_t *count);
/* The plan's periods, by the house's cut-off, that have a day of first..today;
 * those that end last first, of these the longest first. */
void plan_periods(const struct catalogue *c, int32_t first, int32_t today,
    struct arena *a, struct period **list, size_t *count);

#endif

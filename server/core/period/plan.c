/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One setting a kind: days after the period's end, 0 for no report. */
#include "server/core/period/plan.h"

#include <stdlib.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/workday.h"
#include "shared/arena.h"

static int
days_to_report(const struct catalogue *c, enum period_kind kind)
{
	static const enum setting settings[PERIOD_RANGE] = {
	    [PERIOD_MONTH] = SETTING_REPORT_MONTH,
	    [PERIOD_QUARTER] = SETTING_REPORT_QUARTER,
	    [PERIOD_HALF] = SETTING_REPORT_HALF,
	    [PERIOD_NINE_MONTHS] = SETTING_REPORT_NINE,
	    [PERIOD_YEAR] = SETTING_REPORT_YEAR,
	};

	return kind < PERIOD_RANGE ? (int)catalogue_setting(c, settings[kind])
				   : 0;
}

bool
plan_has(const struct catalogue *c, const struct period *p)
{
	return days_to_report(c, p->kind) > 0 &&
	       !(p->kind == PERIOD_HALF && p->number == 2);
}

int32_t
plan_due(const struct catalogue *c, const struct period *p)
{
	return p->last + days_to_report(c, p->kind);
}

int32_t
plan_explain_until(const struct catalogue *c, const struct period *p)
{
	return workday_after(p->last,
	    (int)catalogue_setting(c, SETTING_EXPLAIN_DAYS), c->days_off,
	    c->ndays_off);
}

static bool
has_desk(const struct catalogue *c, const struct unit *unit)
{
	for (size_t i = 0; i < c->ndesks; i++)
		if (c->desks[i].unit == unit)
			return true;
	return false;
}

void
plan_units(const struct catalogue *c, const struct period *p, struct arena *a,
    const struct unit ***list, size_t *count)
{
	*list = NULL;
	*count = 0;
	for (size_t i = 0; i < c->nunits; i++)
		if (has_desk(c, &c->units[i]) &&
		    c->units[i].valid_from <= p->last)
			*(const struct unit **)arena_append(
			    a, list, count, sizeof(**list)) = &c->units[i];
}

static int
compare_plan(const void *x, const void *y)
{
	const struct period *a = x, *b = y;

	if (a->last != b->last)
		return a->last > b->last ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

void
plan_periods(const struct catalogue *c, int32_t first, int32_t today,
    struct arena *a, struct period **list, size_t *count)
{
	enum period_cut cut = catalogue_cut(c);

	*list = NULL;
	*count = 0;
	for (int kind = 0; kind < PERIOD_RANGE; kind++) {
		struct period p;

		/* 9 months that are over are this year's, too */
		period_at((enum period_kind)kind, today, cut, &p);
		while (p.last >= first) {
			if (p.first <= today && plan_has(c, &p))
				*(struct period *)arena_append(
				    a, list, count, sizeof(p)) = p;
			if (!period_previous(&p, &p))
				break;
		}
	}
	if (*count > 1)
		qsort(*list, *count, sizeof(**list), compare_plan);
}

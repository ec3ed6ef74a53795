/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A share from step to step: the weeks or months of a scope. */
#ifndef HAILONG_SERVER_PAGES_SCORES_TREND_POINTS_H
#define HAILONG_SERVER_PAGES_SCORES_TREND_POINTS_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/score/score.h"
#include "server/view/chart.h"

struct scope;

struct trend_point {
	const char *label; /* short: "T45", "11/26" */
	const char *name;  /* "Tuần 45 (02/11–08/11)" */
	struct score row;
};

/* The last SCOPE_MONTHS months of a population, oldest first; steps has room
 * for as many. */
size_t trend_points_months(const struct scope *scope, const char *population,
    struct trend_point *steps);
/* The steps of the scope's trend: its weeks (it must hold the days), or
 * its months where the period is a long one. At most CHART_POINTS. */
size_t trend_points_draw(const struct scope *scope, const char *population,
    struct trend_point steps[CHART_POINTS]);
/* What was said in the two quarters before the trend: satisfied and valid. */
void trend_points_before(const struct scope *scope, const char *population,
    int64_t *satisfied, int64_t *valid);

/* Steps as the charts take them; the strings are borrowed. */
void trend_points_chart(const struct scope *scope,
    const struct trend_point *steps, size_t count, struct chart_point *points);
/* The table behind a chart, as trend_points.html names it. */
json_t *trend_points_table(
    const struct scope *scope, const struct trend_point *steps, size_t count);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A share from step to step: the weeks or months of a look. */
#ifndef HAILONG_SERVER_PAGES_STEPS_H
#define HAILONG_SERVER_PAGES_STEPS_H

#include <stddef.h>
#include <stdint.h>
#include "server/core/stats.h"
#include "server/pages/look.h"
#include "server/view/chart.h"

struct step {
	const char *label; /* short: "T45", "11/26" */
	const char *name;  /* "Tuần 45 (02/11–08/11)" */
	int64_t satisfied, valid;
	struct interval wilson;
};

/* The last twelve months of a population, oldest first. */
size_t steps_months(const struct look *l, const char *population,
    struct step steps[LOOK_MONTHS]);
/* The steps of the look's trend: its weeks (the look must hold the days), or
 * its months where the period is a long one. At most CHART_POINTS. */
size_t steps_trend(const struct look *l, const char *population,
    struct step steps[CHART_POINTS]);
/* What was said in the two quarters before the trend: satisfied and valid. */
void steps_before(const struct look *l, const char *population,
    int64_t *satisfied, int64_t *valid);

/* Steps as the charts take them; the strings are borrowed. */
void steps_points(const struct look *l, const struct step *steps, size_t count,
    struct chart_point *points);
/* The table behind a chart: [{name, valid, share, lo, hi}]. */
json_t *steps_table(
    const struct look *l, const struct step *steps, size_t count);

#endif

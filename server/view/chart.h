/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers to SVG. Words and decimal commas come from the caller. */
#ifndef HAILONG_SERVER_VIEW_CHART_H
#define HAILONG_SERVER_VIEW_CHART_H

#include <stdbool.h>
#include "shared/buf.h"

/* One share with its interval against its target; all in percent 0..100. */
struct chart_interval {
	bool has_share; /* false: no valid answers, the bar is only a scale */
	double share;
	bool has_interval;
	double lo, hi;
	bool has_target;
	double target;
	double from;        /* left edge of the scale, 0 <= from < 100 */
	const char *labels; /* not NULL: words at the target, e.g. "90%" */
	const char *left;   /* with labels: words at the left edge, "50%" */
	const char *title;  /* what a screen reader says; not NULL */
};

/* Appends an <svg> of full width and fixed height (28 px, 46 px with labels):
 * a track, the interval as a band, the share as a round mark, the target as a
 * dashed line. What lies left of the scale is shown by an arrow at the edge.
 * False, nothing appended, when a number is not finite or out of 0..100, when
 * lo > hi or when from is out of its range. */
bool chart_interval(const struct chart_interval *c, struct buf *out);

#endif

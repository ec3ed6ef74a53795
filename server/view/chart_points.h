/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Points in time in a frame: what trend and spark have in common. */
#ifndef HAILONG_SERVER_VIEW_CHART_POINTS_H
#define HAILONG_SERVER_VIEW_CHART_POINTS_H

#include "server/view/chart.h"

struct points_frame {
	const struct chart_point *points;
	size_t count;
	double left, right; /* percent of the width */
	double top, bottom; /* pixels */
	double from;        /* percent at the bottom; 100 at the top */
};

/* True when every number is one that can be drawn. */
bool points_drawable(const struct points_frame *f);
/* Where the i-th point stands, in percent: in the middle of its column. */
double points_x(const struct points_frame *f, size_t i);
/* Where a percentage stands, in pixels; below the scale: at the bottom. */
double points_y(const struct points_frame *f, double percent);
/* Appends the line through the shares, with its gaps. */
void points_line(const struct points_frame *f, double width, struct buf *out);
/* Appends a line across the whole picture; more: further attributes. */
void points_across(const struct points_frame *f, const char *class,
    double percent, const char *more, struct buf *out);
/* Appends the band of the intervals, with its gaps. */
void points_band(const struct points_frame *f, struct buf *out);

#endif

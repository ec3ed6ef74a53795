/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers to SVG. Words and decimal commas come from the caller; titles are
 * what a screen reader says, never NULL. Every picture is as wide as the place
 * it gets and has a fixed height; it takes the colour of the text around it.
 * A style sheet finds its parts by class; a dark one must set the rims of marks
 * (.share, .marks: stroke) and what is hollow (.few: fill) to its paper. A
 * picture of numbers that are not finite or out of their range is refused:
 * false, nothing appended.
 */
#ifndef HAILONG_SERVER_VIEW_CHART_H
#define HAILONG_SERVER_VIEW_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
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
	const char *title;
};

/* Appends class "interval" (28 px, 46 px with labels): a track, the interval as
 * a band, the share as a round mark, the target as a dashed line. What lies
 * left of the scale is shown by an arrow at the edge. */
bool chart_interval(const struct chart_interval *c, struct buf *out);

#define CHART_POINTS 100 /* at most; beyond 60 a phone shows a thick line */

/* A point in time, in percent 0..100. */
struct chart_point {
	bool has_share; /* false: no answers, the line has a gap */
	double share;
	bool has_interval;
	double lo, hi;
	bool few;          /* too few answers for a verdict: a hollow mark */
	const char *label; /* below the axis, "T32"; NULL: none */
	const char *title; /* what the mark says under a pointer; or NULL */
};

/* A line across the picture with its words at the left. */
struct chart_tick {
	double at;
	const char *words; /* short: "90%" */
};

/* A share from period to period, oldest first. */
struct chart_trend {
	const struct chart_point *points;
	size_t count;
	const struct chart_tick *ticks; /* a few, from..100 */
	size_t nticks;
	bool has_target;
	struct chart_tick target;
	double from; /* the scale's lower edge, 0 <= from < 100 */
	const char *title;
};

/* Appends class "trend" (220 px): the intervals as a band, the shares as marks
 * joined by a line, the target as a dashed line. Of the labels it shows the
 * first, the last and as many between as a phone has room for. What lies below
 * the scale is shown by an arrow at its edge. */
bool chart_trend(const struct chart_trend *c, struct buf *out);

/* The same points as a small line for a row of a table. */
struct chart_spark {
	const struct chart_point *points;
	size_t count;
	bool has_target;
	double target;
	double from;
	const char *title;
};

/* Appends class "spark" (28 px): line, target and a dot at the last share,
 * without any words. */
bool chart_spark(const struct chart_spark *c, struct buf *out);

/* How many answered 1, 2, … 5. */
struct chart_levels {
	int64_t counts[5];
	const char *words[5]; /* "5: 62%", or NULL: only the digit */
	const char *title;
};

/* Appends class "levels" (32 px): one bar from dissatisfied to satisfied with a
 * step for each level that was answered, .level-1 … .level-5, from orange to
 * blue. In a step stand its words, its digit, or nothing: what a phone has room
 * for. However few, a step can be seen. Negative counts are refused; without
 * answers the bar is its ground. */
bool chart_levels(const struct chart_levels *c, struct buf *out);

/* A difference of two shares with its interval, in percentage points
 * -100..100. */
struct chart_difference {
	bool has_difference;
	double difference;
	bool has_interval;
	double lo, hi;
	double span;      /* the scale is -span..span, 0 < span <= 100 */
	const char *left; /* not NULL: words below the edges and the middle */
	const char *middle, *right;
	const char *title;
};

/* Appends class "difference" (28 px, 46 px with words): the interval as a band,
 * the difference as a round mark, nought as a line. What lies beyond the scale
 * is shown by an arrow at its edge. */
bool chart_difference(const struct chart_difference *c, struct buf *out);

#endif

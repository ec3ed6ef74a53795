/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line is made of pieces from point to point, because only <line> knows
 * places in percent; round ends make one line of them. The band is a path in a
 * viewBox that is stretched to the width: stretching harms strokes and letters,
 * and it has neither.
 */
#include "server/view/chart_points.h"

#include <math.h>
#include "server/view/chart_parts.h"

static bool
point_drawable(const struct chart_point *p)
{
	if (p->has_share && !part_is_percent(p->share))
		return false;
	return !p->has_interval ||
	       (part_is_percent(p->lo) && part_is_percent(p->hi) &&
		   p->lo <= p->hi);
}

bool
points_drawable(const struct points_frame *f)
{
	if (!part_is_percent(f->from) || f->from == 100 ||
	    f->count > CHART_POINTS)
		return false;
	for (size_t i = 0; i < f->count; i++) {
		if (!point_drawable(&f->points[i]))
			return false;
	}
	return true;
}

double
points_x(const struct points_frame *f, size_t i)
{
	double column = (f->right - f->left) / (double)f->count;

	return f->left + ((double)i + 0.5) * column;
}

double
points_y(const struct points_frame *f, double percent)
{
	return f->bottom - part_place(f->from, percent) * (f->bottom - f->top);
}

static bool
has_share(const struct points_frame *f, size_t i)
{
	return i < f->count && f->points[i].has_share;
}

static void
piece(const struct points_frame *f, size_t a, size_t b, struct buf *out)
{
	buf_puts(out, "<line");
	part_at(out, "x1", points_x(f, a));
	part_px(out, "y1", points_y(f, f->points[a].share));
	part_at(out, "x2", points_x(f, b));
	part_px(out, "y2", points_y(f, f->points[b].share));
	buf_puts(out, "/>");
}

void
points_line(const struct points_frame *f, double width, struct buf *out)
{
	buf_puts(out, "<g class=\"line\" stroke=\"currentColor\"");
	part_px(out, "stroke-width", width);
	buf_puts(out, " stroke-linecap=\"round\">");
	for (size_t i = 0; i < f->count; i++) {
		if (!has_share(f, i))
			continue;
		if (has_share(f, i + 1))
			piece(f, i, i + 1, out);
		else if (i == 0 || !has_share(f, i - 1))
			piece(f, i, i, out); /* alone: a point */
	}
	buf_puts(out, "</g>");
}

void
points_across(const struct points_frame *f, const char *class, double percent,
    const char *more, struct buf *out)
{
	double y = points_y(f, percent);

	buf_printf(out, "<line class=\"%s\" x1=\"0\" x2=\"100%%\"", class);
	part_px(out, "y1", y);
	part_px(out, "y2", y);
	buf_printf(out, " stroke=\"currentColor\" %s/>", more);
}

/* A corner of the band: hundredths of percent, tenths of pixels below top. */
static void
corner(const struct points_frame *f, char command, size_t i, double percent,
    struct buf *out)
{
	buf_printf(out, "%c%ld %ld", command, lround(points_x(f, i) * 100),
	    lround((points_y(f, percent) - f->top) * 10));
}

/* Points i..end-1, all with intervals: there along the upper limits, back along
 * the lower ones. */
static void
point_run(const struct points_frame *f, size_t i, size_t end, struct buf *out)
{
	for (size_t k = i; k < end; k++)
		corner(f, k == i ? 'M' : 'L', k, f->points[k].hi, out);
	for (size_t k = end; k-- > i;)
		corner(f, 'L', k, f->points[k].lo, out);
	buf_puts(out, "z");
}

/* An interval between two gaps would be a band without width. */
static void
lone(const struct points_frame *f, size_t i, struct buf *out)
{
	buf_puts(out, "<line class=\"band\"");
	part_at(out, "x1", points_x(f, i));
	part_at(out, "x2", points_x(f, i));
	part_px(out, "y1", points_y(f, f->points[i].hi));
	part_px(out, "y2", points_y(f, f->points[i].lo));
	buf_puts(out, " stroke=\"" PART_BLUE "\" stroke-opacity=\".35\" "
		      "stroke-width=\"10\"/>");
}

/* The first point from i on that has an interval (wanted) or has none. */
static size_t
point_next(const struct points_frame *f, size_t i, bool wanted)
{
	while (i < f->count && f->points[i].has_interval != wanted)
		i++;
	return i;
}

void
points_band(const struct points_frame *f, struct buf *out)
{
	size_t end;

	buf_puts(out, "<svg x=\"0\" width=\"100%\"");
	part_px(out, "y", f->top);
	part_px(out, "height", f->bottom - f->top);
	buf_printf(out,
	    " viewBox=\"0 0 10000 %ld\" preserveAspectRatio=\"none\">"
	    "<path class=\"band\" fill=\"" PART_BLUE
	    "\" fill-opacity=\".35\" d=\"",
	    lround((f->bottom - f->top) * 10));
	for (size_t i = point_next(f, 0, true); i < f->count;
	     i = point_next(f, end, true)) {
		end = point_next(f, i, false);
		if (end - i > 1)
			point_run(f, i, end, out);
	}
	buf_puts(out, "\"/></svg>");
	for (size_t i = point_next(f, 0, true); i < f->count;
	     i = point_next(f, end, true)) {
		end = point_next(f, i, false);
		if (end - i == 1)
			lone(f, i, out);
	}
}

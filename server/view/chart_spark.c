/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A row of a table says its figures in words; the line only shows where they
 * come from. Hence no band and no labels, and a dot for the newest share only.
 */
#include "server/view/chart.h"

#include "server/view/chart_parts.h"
#include "server/view/chart_points.h"

#define HEIGHT 28
#define EDGE   4 /* pixels above and below, so that the dot is whole */

static void
last_dot(const struct points_frame *f, struct buf *out)
{
	size_t i = f->count;

	while (i > 0 && !f->points[i - 1].has_share)
		i--;
	if (i-- == 0)
		return;
	buf_puts(out, "<circle r=\"3\"");
	part_at(out, "cx", points_x(f, i));
	part_px(out, "cy", points_y(f, f->points[i].share));
	buf_puts(out, " fill=\"currentColor\"/>");
}

bool
chart_spark(const struct chart_spark *c, struct buf *out)
{
	struct points_frame f = {
	    c->points, c->count, 0, 98, EDGE, HEIGHT - EDGE, c->from};

	if (!points_drawable(&f) ||
	    (c->has_target &&
		!(part_is_percent(c->target) && c->target >= c->from)))
		return false;
	part_open(out, "spark", HEIGHT, c->title);
	if (c->has_target)
		points_across(&f, "target", c->target,
		    "stroke-opacity=\".6\" stroke-dasharray=\"3 2\"", out);
	points_line(&f, 1.5, out);
	last_dot(&f, out);
	buf_puts(out, "</svg>");
	return true;
}

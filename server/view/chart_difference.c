/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Drawn like an interval on its bar, around nought in the middle: whether the
 * band touches that line is what there is to see.
 */
#include "server/view/chart.h"

#include <math.h>
#include "server/view/chart_parts.h"

static bool
is_points(double value)
{
	return isfinite(value) && fabs(value) <= 100;
}

static bool
difference_chart_is_drawable(const struct chart_difference *c)
{
	if (!is_points(c->span) || c->span <= 0)
		return false;
	if (c->has_difference && !is_points(c->difference))
		return false;
	return !c->has_interval ||
	       (is_points(c->lo) && is_points(c->hi) && c->lo <= c->hi);
}

/* Where a difference stands, in percent of the width; at the edge beyond it. */
static double
place_difference_chart(const struct chart_difference *c, double points)
{
	return fmin(100, fmax(0, 50 + 50 * points / c->span));
}

static enum part_mark
shape(const struct chart_difference *c)
{
	if (c->difference < -c->span)
		return PART_ARROW_LEFT;
	return c->difference > c->span ? PART_ARROW_RIGHT : PART_DOT;
}

static void
difference_chart_words(const struct chart_difference *c, struct buf *out)
{
	part_labels(out);
	part_label(out, 0, 42, "start", c->left);
	part_label(out, 50, 42, "middle", c->middle);
	part_label(out, 100, 42, "end", c->right);
	part_labels_end(out);
}

bool
chart_difference(const struct chart_difference *c, struct buf *out)
{
	if (!difference_chart_is_drawable(c))
		return false;
	part_open(out, "difference", c->left != NULL ? 46 : 28, c->title);
	part_track(out);
	if (c->has_interval)
		part_band(out, place_difference_chart(c, c->lo),
		    place_difference_chart(c, c->hi));
	buf_puts(out, "<line class=\"nought\" x1=\"50%\" x2=\"50%\" y1=\"1\" "
		      "y2=\"27\" stroke=\"currentColor\" stroke-width=\"2\"/>");
	if (c->has_difference)
		part_mark(
		    out, place_difference_chart(c, c->difference), shape(c));
	if (c->left != NULL)
		difference_chart_words(c, out);
	buf_puts(out, "</svg>");
	return true;
}

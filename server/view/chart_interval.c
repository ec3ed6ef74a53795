/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every part differs by shape: band, round mark, dashed line, so the picture
 * reads without colour, and the title says it in words. Places are percent of
 * the width, not of a viewBox: so a bar fills a phone or a wide table, and
 * marks and letters keep their shape.
 */
#include "server/view/chart.h"

#include <math.h>
#include "server/view/chart_parts.h"

static bool
interval_chart_is_drawable(const struct chart_interval *c)
{
	if (!isfinite(c->from) || c->from < 0 || c->from >= 100)
		return false;
	if (c->has_share && !part_is_percent(c->share))
		return false;
	if (c->has_target && !part_is_percent(c->target))
		return false;
	return !c->has_interval ||
	       (part_is_percent(c->lo) && part_is_percent(c->hi) &&
		   c->lo <= c->hi);
}

/* Where a percentage stands, in percent of the picture's width. */
static double
place_interval_chart(const struct chart_interval *c, double percent)
{
	return 100 * part_place(c->from, percent);
}

static void
interval_chart_target_line(const struct chart_interval *c, struct buf *out)
{
	double x = place_interval_chart(c, c->target);

	buf_puts(out, "<line class=\"target\"");
	part_at(out, "x1", x);
	part_at(out, "x2", x);
	buf_puts(out, " y1=\"1\" y2=\"27\" stroke=\"currentColor\" "
		      "stroke-width=\"2\" stroke-dasharray=\"4 2\"/>");
}

/* The target's words below its line; the edges only where they do not touch
 * them: a quarter of the width is room enough on a phone. */
static void
labels(const struct chart_interval *c, struct buf *out)
{
	double x = c->has_target ? place_interval_chart(c, c->target) : 50;

	part_labels(out);
	if (c->left != NULL && x > 25)
		part_label(out, 0, 42, "start", c->left);
	if (c->has_target)
		part_label(out, x, 42,
		    x > 90   ? "end"
		    : x < 10 ? "start"
			     : "middle",
		    c->labels);
	if (x < 75)
		part_label(out, 100, 42, "end", "100%");
	part_labels_end(out);
}

bool
chart_interval(const struct chart_interval *c, struct buf *out)
{
	if (!interval_chart_is_drawable(c))
		return false;
	part_open(out, "interval", c->labels != NULL ? 46 : 28, c->title);
	part_track(out);
	if (c->has_interval)
		part_band(out, place_interval_chart(c, c->lo),
		    place_interval_chart(c, c->hi));
	if (c->has_target)
		interval_chart_target_line(c, out);
	if (c->has_share)
		part_mark(out, place_interval_chart(c, c->share),
		    c->share < c->from ? PART_ARROW_LEFT : PART_DOT);
	if (c->labels != NULL)
		labels(c, out);
	buf_puts(out, "</svg>");
	return true;
}

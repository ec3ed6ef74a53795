/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Places are percent of the picture's width, not of a viewBox: so a bar fills
 * a phone or a wide table, and marks and letters keep their shape. Colours are
 * presentation attributes (a Content-Security-Policy forbids style="") that
 * style.css may refine through the classes. Every part also differs by shape:
 * band, round mark, dashed line, so the picture reads without colour, and the
 * title says it in words.
 */
#include "server/view/chart.h"

#include <math.h>
#include <string.h>
#include "server/view/html.h"

#define TRACK_Y      8
#define TRACK_HEIGHT 12
#define MIDDLE       (TRACK_Y + TRACK_HEIGHT / 2)

static bool
is_percent(double value)
{
	return isfinite(value) && value >= 0 && value <= 100;
}

static bool
is_drawable(const struct chart_interval *c)
{
	if (!isfinite(c->from) || c->from < 0 || c->from >= 100)
		return false;
	if (c->has_share && !is_percent(c->share))
		return false;
	if (c->has_target && !is_percent(c->target))
		return false;
	return !c->has_interval ||
	       (is_percent(c->lo) && is_percent(c->hi) && c->lo <= c->hi);
}

/* Where a percentage stands, in percent of the picture's width. */
static double
place(const struct chart_interval *c, double percent)
{
	double x = (percent - c->from) / (100 - c->from) * 100;
	return x < 0 ? 0 : x;
}

/* Appends ` name="12.34%"`; by whole numbers, because printf follows the
 * process's locale and SVG knows no decimal comma. */
static void
attr_place(struct buf *out, const char *name, double x)
{
	long hundredths = lround(x * 100);
	buf_printf(out, " %s=\"%ld.%02ld%%\"", name, hundredths / 100,
	    hundredths % 100);
}

static void
track(struct buf *out)
{
	buf_printf(out,
	    "<rect class=\"track\" x=\"0\" y=\"%d\" width=\"100%%\" "
	    "height=\"%d\" rx=\"6\" fill=\"#e9edf2\"/>",
	    TRACK_Y, TRACK_HEIGHT);
}

static void
band(const struct chart_interval *c, struct buf *out)
{
	double lo = place(c, c->lo);
	double hi = place(c, c->hi);
	buf_puts(out, "<rect class=\"band\"");
	attr_place(out, "x", lo);
	attr_place(out, "width", hi - lo);
	buf_printf(out, " y=\"%d\" height=\"%d\" rx=\"3\" fill=\"#4a86c0\"/>",
	    TRACK_Y, TRACK_HEIGHT);
}

static void
target_line(const struct chart_interval *c, struct buf *out)
{
	double x = place(c, c->target);
	buf_puts(out, "<line class=\"target\"");
	attr_place(out, "x1", x);
	attr_place(out, "x2", x);
	buf_puts(out, " y1=\"1\" y2=\"27\" stroke=\"#1b2733\" "
		      "stroke-width=\"2\" stroke-dasharray=\"4 2\"/>");
}

/* The share: a dot with a white rim, lower than the band so as not to hide a
 * short one, or an arrow when it is off the scale. A nested svg carries the
 * shape to a place in percent. */
static void
mark(const struct chart_interval *c, struct buf *out)
{
	buf_puts(out, "<svg class=\"share\" overflow=\"visible\"");
	attr_place(out, "x", place(c, c->share));
	buf_printf(out, " y=\"%d\">", MIDDLE);
	if (c->share < c->from)
		buf_puts(out, "<path d=\"M1 0l9-6v12z\"");
	else
		buf_puts(out, "<circle r=\"4.5\"");
	buf_puts(out, " fill=\"#082f57\" stroke=\"#fff\" "
		      "stroke-width=\"1.5\"/></svg>");
}

static void
label(struct buf *out, double x, const char *anchor, const char *words)
{
	buf_puts(out, "<text class=\"label\" y=\"42\" font-size=\"13\"");
	attr_place(out, "x", x);
	html_attr(out, "text-anchor", anchor);
	buf_puts(out, " fill=\"#465564\">");
	html_text(out, words, strlen(words));
	buf_puts(out, "</text>");
}

/* The target's words below its line; the edges only where they do not touch
 * them: a quarter of the width is room enough on a phone. */
static void
labels(const struct chart_interval *c, struct buf *out)
{
	double x = c->has_target ? place(c, c->target) : 50;
	if (c->left != NULL && x > 25)
		label(out, 0, "start", c->left);
	if (c->has_target)
		label(out, x,
		    x > 90   ? "end"
		    : x < 10 ? "start"
			     : "middle",
		    c->labels);
	if (x < 75)
		label(out, 100, "end", "100%");
}

bool
chart_interval(const struct chart_interval *c, struct buf *out)
{
	if (!is_drawable(c))
		return false;
	int height = c->labels != NULL ? 46 : 28;
	buf_printf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"interval\" "
	    "role=\"img\" width=\"100%%\" height=\"%d\"><title>",
	    height);
	html_text(out, c->title, strlen(c->title));
	buf_puts(out, "</title>");
	track(out);
	if (c->has_interval)
		band(c, out);
	if (c->has_target)
		target_line(c, out);
	if (c->has_share)
		mark(c, out);
	if (c->labels != NULL)
		labels(c, out);
	buf_puts(out, "</svg>");
	return true;
}

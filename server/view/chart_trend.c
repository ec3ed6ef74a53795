/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A margin for the scale's labels would be a fixed number of pixels, and
 * percent cannot leave it free. So lines go across the whole picture and bear
 * their words on top of them at the left, where no point stands. A line whose
 * words would touch the target's keeps silent.
 */
#include "server/view/chart.h"

#include <math.h>
#include <string.h>
#include "server/view/chart_parts.h"
#include "server/view/chart_points.h"
#include "server/view/html.h"

#define HEIGHT   220
#define TOP      20  /* a label on top of the upper edge */
#define BOTTOM   192 /* the labels of time below it */
#define LEFT     10  /* percent: room for the scale's words */
#define LINE_GAP 16  /* pixels between two lines of words */

static struct points_frame
frame_of(const struct chart_trend *c)
{
	return (struct points_frame){
	    c->points, c->count, LEFT, 100, TOP, BOTTOM, c->from};
}

static bool
on_scale(const struct chart_trend *c, const struct chart_tick *tick)
{
	return part_is_percent(tick->at) && tick->at >= c->from;
}

static bool
trend_chart_is_drawable(
    const struct chart_trend *c, const struct points_frame *f)
{
	if (!points_drawable(f) || (c->has_target && !on_scale(c, &c->target)))
		return false;
	for (size_t i = 0; i < c->nticks; i++) {
		if (!on_scale(c, &c->ticks[i]))
			return false;
	}
	return true;
}

static void
scale(
    const struct chart_trend *c, const struct points_frame *f, struct buf *out)
{
	double target = points_y(f, c->target.at);

	for (size_t i = 0; i < c->nticks; i++)
		points_across(
		    f, "grid", c->ticks[i].at, "stroke-opacity=\".2\"", out);
	part_labels(out);
	for (size_t i = 0; i < c->nticks; i++) {
		double y = points_y(f, c->ticks[i].at);

		if (!c->has_target || fabs(y - target) >= LINE_GAP)
			part_label(out, 0, y - 4, "start", c->ticks[i].words);
	}
	part_labels_end(out);
}

static void
trend_chart_target_line(
    const struct chart_trend *c, const struct points_frame *f, struct buf *out)
{
	points_across(f, "target", c->target.at,
	    "stroke-width=\"2\" stroke-dasharray=\"4 2\"", out);
	buf_puts(out, "<g class=\"label target\" font-size=\"13\" "
		      "font-weight=\"600\" fill=\"currentColor\">");
	part_label(
	    out, 0, points_y(f, c->target.at) - 4, "start", c->target.words);
	buf_puts(out, "</g>");
}

/* Many marks are small ones, and so near each other that rims would cut their
 * line into pieces. */
static double
radius(const struct points_frame *f)
{
	return f->count <= 20 ? 4 : f->count <= 40 ? 3 : 2;
}

static double
rim(const struct points_frame *f)
{
	return f->count <= 20 ? 1.5 : 0;
}

/* Ends an element with what it says under a pointer. */
static void
close_mark(const struct chart_point *p, const char *element, struct buf *out)
{
	if (p->title == NULL) {
		buf_puts(out, "/>");
		return;
	}
	buf_puts(out, "><title>");
	html_text(out, p->title, strlen(p->title));
	buf_printf(out, "</title></%s>", element);
}

static void
dot(const struct points_frame *f, size_t i, struct buf *out)
{
	const struct chart_point *p = &f->points[i];

	buf_puts(out, "<circle");
	part_at(out, "cx", points_x(f, i));
	part_px(out, "cy", points_y(f, p->share));
	part_px(out, "r", radius(f));
	if (p->few)
		buf_puts(out, " class=\"few\" fill=\"#fff\" "
			      "stroke=\"currentColor\" "
			      "stroke-width=\"1.5\"");
	close_mark(p, "circle", out);
}

static void
arrow(const struct points_frame *f, size_t i, struct buf *out)
{
	buf_puts(out, "<svg overflow=\"visible\"");
	part_at(out, "x", points_x(f, i));
	part_px(out, "y", f->bottom);
	buf_puts(out, "><path d=\"M0-1l-6-9h12z\"");
	close_mark(&f->points[i], "path", out);
	buf_puts(out, "</svg>");
}

static void
marks(const struct points_frame *f, struct buf *out)
{
	buf_puts(out, "<g class=\"marks\" fill=\"currentColor\" "
		      "stroke=\"#fff\"");
	part_px(out, "stroke-width", rim(f));
	buf_putc(out, '>');
	for (size_t i = 0; i < f->count; i++) {
		const struct chart_point *p = &f->points[i];

		if (p->has_share && p->share >= f->from)
			dot(f, i, out);
		else if (p->has_share)
			arrow(f, i, out);
	}
	buf_puts(out, "</g>");
}

/* How many labels of time stand side by side on a phone: all of the widest,
 * two at least. */
static size_t
label_room(const struct points_frame *f)
{
	double widest = 1, room = PART_NARROW * (f->right - f->left) / 100;

	for (size_t i = 0; i < f->count; i++) {
		if (f->points[i].label != NULL)
			widest = fmax(widest, part_width(f->points[i].label));
	}
	return (size_t)fmax(2, floor(room / (widest + PART_LETTER)));
}

static void
time_label(const struct points_frame *f, size_t i, struct buf *out)
{
	const char *words = f->points[i].label;
	double x = points_x(f, i), half;

	if (words == NULL)
		return;
	half = part_width(words) / 2 / PART_NARROW * 100;
	if (x + half > 100)
		part_label(out, 100, HEIGHT - 8, "end", words);
	else if (x < half)
		part_label(out, 0, HEIGHT - 8, "start", words);
	else
		part_label(out, x, HEIGHT - 8, "middle", words);
}

/* The first, the last, and the others at even steps between them. */
static void
time_labels(const struct points_frame *f, struct buf *out)
{
	size_t room = label_room(f), last = f->count - 1, steps = last;

	if (f->count == 0)
		return;
	/* steps of two and three look even, steps of one and two do not */
	if (f->count > room)
		steps = last / 2 < room - 1 ? last / 2 : room - 1;
	part_labels(out);
	time_label(f, 0, out);
	for (size_t k = 1; k <= steps; k++)
		time_label(f, (2 * k * last + steps) / (2 * steps), out);
	part_labels_end(out);
}

bool
chart_trend(const struct chart_trend *c, struct buf *out)
{
	struct points_frame f = frame_of(c);

	if (!trend_chart_is_drawable(c, &f))
		return false;
	part_open(out, "trend", HEIGHT, c->title);
	scale(c, &f, out);
	points_band(&f, out);
	if (c->has_target)
		trend_chart_target_line(c, &f, out);
	points_line(&f, 2, out);
	marks(&f, out);
	time_labels(&f, out);
	buf_puts(out, "</svg>");
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shares beside their targets, in black and grey, so that a copier keeps it: a
 * line for each, the interval as a grey band, the share as a black mark, the
 * target as a dashed line across its own row. What lies left of the scale
 * stands at its edge as an arrow.
 */
#include "server/core/report/report.h"
#include "server/report/paper.h"

#include <math.h>
#include <stdio.h>

#define ROW        22.0 /* height of a bar's line */
#define AXIS       20.0 /* below the last: the numbers of the scale */
#define LETTERS    10.5
#define NAME_PART  0.36 /* of the width */
#define WORDS_ROOM 56.0 /* right of the scale: the share in words */

struct scale {
	double x, width, from;
};

static double
at(const struct scale *s, double percent)
{
	double part = (percent - s->from) / (100 - s->from);

	return s->x + s->width * fmin(1, fmax(0, part));
}

static void
grey(const struct paper *paper, double shade)
{
	cairo_set_source_rgb(paper->cr, shade, shade, shade);
}

double
chart_height(const struct report_chart *chart)
{
	return ROW * (double)chart->nbars + AXIS;
}

/* A mark for the share, an arrow where it lies left of the scale. */
static void
draw_share(const struct paper *paper, const struct scale *s,
    const struct report_bar *bar, double middle)
{
	double x = at(s, bar->share);
	cairo_t *cr = paper->cr;

	if (bar->share < s->from) {
		cairo_move_to(cr, s->x, middle);
		cairo_line_to(cr, s->x + 8, middle - 4.5);
		cairo_line_to(cr, s->x + 8, middle + 4.5);
		cairo_close_path(cr);
	} else {
		cairo_arc(cr, x, middle, 4, 0, 2 * G_PI);
	}
	cairo_fill(cr);
}

static void
draw_target(const struct paper *paper, double x, double top)
{
	static const double dashes[] = {3, 2};

	cairo_set_dash(paper->cr, dashes, 2, 0);
	paper_line(paper, x, top + 1, x, top + ROW - 1, 1.2);
	cairo_set_dash(paper->cr, NULL, 0, 0);
}

static void
draw_bar(const struct paper *paper, const struct scale *s,
    const struct report_bar *bar, double left, double top)
{
	double middle = top + ROW / 2, room = s->x - left - 8;
	PangoLayout *name =
	    paper_words(paper, bar->name, LETTERS, 0, PAPER_RIGHT, room, 0);

	pango_layout_set_height(name, -2);
	pango_layout_set_ellipsize(name, PANGO_ELLIPSIZE_END);
	if (paper_height(name) > ROW) {
		g_object_unref(name);
		name = paper_words(
		    paper, bar->name, LETTERS - 2, 0, PAPER_RIGHT, room, 0);
		pango_layout_set_height(name, -2);
		pango_layout_set_ellipsize(name, PANGO_ELLIPSIZE_END);
	}
	paper_put(paper, name, left, middle - paper_height(name) / 2);
	g_object_unref(name);
	grey(paper, 0.75);
	paper_line(paper, s->x, middle, s->x + s->width, middle, 0.6);
	if (bar->has_interval) {
		double lo = at(s, bar->lo), hi = at(s, bar->hi);

		cairo_rectangle(
		    paper->cr, lo, middle - 5, fmax(hi - lo, 1), 10);
		cairo_fill(paper->cr);
	}
	grey(paper, 0);
	if (bar->has_share)
		draw_share(paper, s, bar, middle);
	draw_target(paper, at(s, bar->target), top);
	paper_write(paper, bar->words, LETTERS, 0, PAPER_LEFT,
	    s->x + s->width + 6, middle - LETTERS * 0.6, WORDS_ROOM);
}

void
chart_draw(const struct paper *paper, const struct report_chart *chart,
    double x, double y, double width)
{
	const struct scale s = {x + NAME_PART * width,
	    width * (1 - NAME_PART) - WORDS_ROOM - 8, chart->from};
	double bottom = y + ROW * (double)chart->nbars;
	char words[16];

	for (size_t i = 0; i < chart->nbars; i++)
		draw_bar(paper, &s, &chart->bars[i], x, y + ROW * (double)i);
	paper_line(paper, s.x, bottom, s.x + s.width, bottom, 0.8);
	for (double tick = s.from; tick <= 100; tick += 10) {
		double here = at(&s, tick);

		paper_line(paper, here, bottom, here, bottom + 3, 0.8);
		snprintf(words, sizeof(words), "%d%%", (int)tick);
		paper_write(paper, words, LETTERS - 1.5, 0, PAPER_CENTRE,
		    here - 20, bottom + 4, 40);
	}
}

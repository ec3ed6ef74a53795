/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words and lines on a cairo surface, through pango: what the PDF and the
 * charts of both paper forms are drawn with. Lengths in points (1/72 inch). The
 * only header that names pango and cairo here.
 */
#ifndef HAILONG_SERVER_REPORT_PAPER_H
#define HAILONG_SERVER_REPORT_PAPER_H

#include <pango/pangocairo.h>
#include <stdbool.h>

struct report_chart;

#define PAPER_MM(mm) ((mm)*72 / 25.4)

/* Times New Roman is not ours to give away: its metrics are. */
#define PAPER_FONT "Liberation Serif"

enum paper_weight {
	PAPER_BOLD = 1 << 0,
	PAPER_ITALIC = 1 << 1,
};

enum paper_align { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT, PAPER_JUSTIFY };

struct paper {
	PangoFontMap *fonts; /* its own: freed with the paper */
	PangoContext *context;
	cairo_t *cr;
};

/* Makes what is needed to write on a surface; paper_finish frees it, not the
 * surface. */
void paper_init(struct paper *paper, cairo_surface_t *surface);
void paper_finish(struct paper *paper);
/* Words set in lines of this width (0: one line); indent of the first one. The
 * caller frees it with g_object_unref. */
PangoLayout *paper_words(const struct paper *paper, const char *words,
    double size, unsigned weight, enum paper_align align, double width,
    double indent);
/* Height and width of set words. */
double paper_height(PangoLayout *layout);
double paper_width(PangoLayout *layout);
/* Puts set words with their upper left corner here. */
void paper_put(
    const struct paper *paper, PangoLayout *layout, double x, double y);
/* Sets and puts one piece of words; returns its height. */
double paper_write(const struct paper *paper, const char *words, double size,
    unsigned weight, enum paper_align align, double x, double y, double width);
void paper_line(const struct paper *paper, double x0, double y0, double x1,
    double y1, double thick);

/* How high a chart is on this width, and the chart itself. */
double chart_height(const struct report_chart *chart);
void chart_draw(const struct paper *paper, const struct report_chart *chart,
    double x, double y, double width);

#endif

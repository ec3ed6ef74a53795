/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A font map of one's own for each paper: pango's are not for several threads,
 * and what they cache goes with them. Hinting off, so that lines break on a
 * screen's PNG where they break on paper.
 */
#include "server/report/paper.h"

#include <string.h>

void
paper_init(struct paper *paper, cairo_surface_t *surface)
{
	cairo_font_options_t *options = cairo_font_options_create();

	paper->fonts = pango_cairo_font_map_new();
	pango_cairo_font_map_set_resolution(
	    PANGO_CAIRO_FONT_MAP(paper->fonts), 72);
	paper->context = pango_font_map_create_context(paper->fonts);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(paper->context, options);
	pango_context_set_language(
	    paper->context, pango_language_from_string("vi"));
	cairo_font_options_destroy(options);
	paper->cr = cairo_create(surface);
	cairo_set_source_rgb(paper->cr, 0, 0, 0);
}

void
paper_finish(struct paper *paper)
{
	cairo_destroy(paper->cr);
	g_object_unref(paper->context);
	g_object_unref(paper->fonts);
}

PangoLayout *
paper_words(const struct paper *paper, const char *words, double size,
    unsigned weight, enum paper_align align, double width, double indent)
{
	static const PangoAlignment alignments[] = {
	    [PAPER_LEFT] = PANGO_ALIGN_LEFT,
	    [PAPER_CENTRE] = PANGO_ALIGN_CENTER,
	    [PAPER_RIGHT] = PANGO_ALIGN_RIGHT,
	    [PAPER_JUSTIFY] = PANGO_ALIGN_LEFT};
	PangoFontDescription *font = pango_font_description_new();
	PangoLayout *layout = pango_layout_new(paper->context);

	pango_font_description_set_family_static(font, PAPER_FONT);
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	if (weight & PAPER_BOLD)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	if (weight & PAPER_ITALIC)
		pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_text(layout, words, -1);
	pango_layout_set_alignment(layout, alignments[align]);
	pango_layout_set_justify(layout, align == PAPER_JUSTIFY);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_indent(layout, (int)(indent * PANGO_SCALE));
	if (width > 0)
		pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	return layout;
}

double
paper_height(PangoLayout *layout)
{
	int width, height;

	pango_layout_get_size(layout, &width, &height);
	return (double)height / PANGO_SCALE;
}

double
paper_width(PangoLayout *layout)
{
	int width, height;

	pango_layout_get_size(layout, &width, &height);
	return (double)width / PANGO_SCALE;
}

void
paper_put(const struct paper *paper, PangoLayout *layout, double x, double y)
{
	cairo_move_to(paper->cr, x, y);
	pango_cairo_show_layout(paper->cr, layout);
}

double
paper_write(const struct paper *paper, const char *words, double size,
    unsigned weight, enum paper_align align, double x, double y, double width)
{
	PangoLayout *layout =
	    paper_words(paper, words, size, weight, align, width, 0);
	double height = paper_height(layout);

	paper_put(paper, layout, x, y);
	g_object_unref(layout);
	return height;
}

void
paper_line(const struct paper *paper, double x0, double y0, double x1,
    double y1, double thick)
{
	cairo_set_line_width(paper->cr, thick);
	cairo_move_to(paper->cr, x0, y0);
	cairo_line_to(paper->cr, x1, y1);
	cairo_stroke(paper->cr);
}

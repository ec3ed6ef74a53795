/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A4 with the margins of ND 30/2020: 20 mm above and below, 30 left, 15 right.
 * A tag that is open where a page ends is closed on it and opened again on the
 * next, since a page's content is a stream of its own.
 */
#include "server/report/pdf_flow.h"

#include <cairo-pdf.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/log.h"

#define NUMBER_TOP  PAPER_MM(10) /* of the page's number */
#define NUMBER_SIZE 13.0

static cairo_status_t
take_pdf_bytes(void *out, const unsigned char *data, unsigned int n)
{
	buf_add(out, data, n);
	return CAIRO_STATUS_SUCCESS;
}

static void
lay_page(struct pdf_flow *flow, bool across)
{
	flow->page_width = across ? PAPER_MM(297) : PAPER_MM(210);
	flow->page_height = across ? PAPER_MM(210) : PAPER_MM(297);
	cairo_pdf_surface_set_size(
	    flow->surface, flow->page_width, flow->page_height);
	flow->left = PAPER_MM(30);
	flow->right = flow->page_width - PAPER_MM(15);
	flow->top = PAPER_MM(20);
	flow->bottom = flow->page_height - PAPER_MM(20);
	flow->y = flow->top;
	flow->page++;
}

static void
write_number(struct pdf_flow *flow)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", flow->page);
	paper_write(&flow->paper, number, NUMBER_SIZE, 0, PAPER_CENTRE,
	    flow->left, NUMBER_TOP, pdf_width(flow));
}

void
pdf_begin(struct pdf_flow *flow, struct buf *out)
{
	*flow = (struct pdf_flow){0};
	flow->surface = cairo_pdf_surface_create_for_stream(
	    take_pdf_bytes, out, PAPER_MM(210), PAPER_MM(297));
	paper_init(&flow->paper, flow->surface);
	lay_page(flow, false);
}

bool
pdf_end(struct pdf_flow *flow)
{
	cairo_status_t status;

	cairo_show_page(flow->paper.cr);
	paper_finish(&flow->paper);
	cairo_surface_finish(flow->surface);
	status = cairo_surface_status(flow->surface);
	cairo_surface_destroy(flow->surface);
	if (status != CAIRO_STATUS_SUCCESS)
		log_error("report as pdf: %s", cairo_status_to_string(status));
	return status == CAIRO_STATUS_SUCCESS;
}

void
pdf_new_page(struct pdf_flow *flow, bool across)
{
	if (flow->tag != NULL)
		cairo_tag_end(flow->paper.cr, flow->tag);
	cairo_show_page(flow->paper.cr);
	lay_page(flow, across);
	write_number(flow);
	if (flow->tag != NULL)
		cairo_tag_begin(flow->paper.cr, flow->tag, NULL);
}

void
pdf_need(struct pdf_flow *flow, double height)
{
	if (flow->y + height > flow->bottom && flow->y > flow->top)
		pdf_new_page(flow, flow->page_width > flow->page_height);
}

double
pdf_width(const struct pdf_flow *flow)
{
	return flow->right - flow->left;
}

/* Puts one line of a layout, whose own lines begin at x. */
static void
put_line(struct pdf_flow *flow, PangoLayoutIter *lines, double height)
{
	PangoRectangle extents;
	int baseline, top, bottom;

	pango_layout_iter_get_line_extents(lines, NULL, &extents);
	pango_layout_iter_get_line_yrange(lines, &top, &bottom);
	baseline = pango_layout_iter_get_baseline(lines) - top;
	pdf_need(flow, height);
	cairo_move_to(flow->paper.cr,
	    flow->left + (double)extents.x / PANGO_SCALE,
	    flow->y + (double)baseline / PANGO_SCALE);
	pango_cairo_show_layout_line(
	    flow->paper.cr, pango_layout_iter_get_line_readonly(lines));
	flow->y += height;
}

void
pdf_paragraph(
    struct pdf_flow *flow, const struct pdf_style *style, const char *words)
{
	PangoLayout *layout;
	PangoLayoutIter *lines;
	int top, bottom;

	if (words[0] == '\0')
		return;
	layout = paper_words(&flow->paper, words, style->size, style->weight,
	    style->align, pdf_width(flow), style->indent);
	lines = pango_layout_get_iter(layout);
	if (flow->y > flow->top)
		flow->y += style->before;
	/* two lines at least of what goes on: no line alone below */
	pdf_need(
	    flow, style->size *
		      (pango_layout_get_line_count(layout) > 1 ? 2.4 : 1.2));
	flow->tag = style->tag;
	cairo_tag_begin(flow->paper.cr, style->tag, NULL);
	do {
		pango_layout_iter_get_line_yrange(lines, &top, &bottom);
		put_line(flow, lines, (double)(bottom - top) / PANGO_SCALE);
	} while (pango_layout_iter_next_line(lines));
	cairo_tag_end(flow->paper.cr, style->tag);
	flow->tag = NULL;
	pango_layout_iter_free(lines);
	g_object_unref(layout);
}

void
pdf_outline(struct pdf_flow *flow, int level, const char *words)
{
	char where[80];
	int id;

	snprintf(where, sizeof(where), "page=%d pos=[%.0f %.0f]", flow->page,
	    flow->left, flow->y);
	id = cairo_pdf_surface_add_outline(flow->surface,
	    level == 1 ? CAIRO_PDF_OUTLINE_ROOT : flow->section, words, where,
	    CAIRO_PDF_OUTLINE_FLAG_OPEN);
	if (level == 1)
		flow->section = id;
}

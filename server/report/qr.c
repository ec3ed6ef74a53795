/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One drawing for three kinds of surface: cairo's. Modules are rectangles on a
 * whole-number scale; 40 mm on paper, so that a phone reads it at arm's length.
 */
#include "server/report/qr.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <string.h>
#include "server/view/qr.h"

#define PAPER_POINT 113.4 /* 40 mm */
#define PNG_SCALE   8     /* px of a module */

bool
qr_kind_of(const char *path, enum qr_kind *kind)
{
	static const char *const endings[] = {
	    [QR_SVG] = ".svg", [QR_PNG] = ".png", [QR_PDF] = ".pdf"};
	const char *dot = strrchr(path, '.');

	for (int i = QR_SVG; dot != NULL && i <= QR_PDF; i++)
		if (strcmp(dot, endings[i]) == 0) {
			*kind = (enum qr_kind)i;
			return true;
		}
	return false;
}

static cairo_status_t
take_png_bytes(void *out, const unsigned char *data, unsigned int n)
{
	buf_add(out, data, n);
	return CAIRO_STATUS_SUCCESS;
}

static void
draw_qr_matrix(cairo_surface_t *surface, const struct qr *qr, double module)
{
	cairo_t *cr = cairo_create(surface);
	int edge = qr_edge(qr);

	cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
	cairo_scale(cr, module, module);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_rectangle(cr, 0, 0, edge, edge);
	cairo_fill(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (int y = 0; y < edge; y++)
		for (int x = 0; x < edge; x++)
			if (qr_dark(qr, x, y))
				cairo_rectangle(cr, x, y, 1, 1);
	cairo_fill(cr);
	cairo_destroy(cr);
}

bool
qr_draw(const char *address, enum qr_kind kind, struct buf *out)
{
	struct qr *qr = qr_new(address, QR_WORN);
	cairo_surface_t *surface;
	int edge;

	if (qr == NULL)
		return false;
	edge = qr_edge(qr);
	if (kind == QR_PNG)
		surface = cairo_image_surface_create(
		    CAIRO_FORMAT_RGB24, edge * PNG_SCALE, edge * PNG_SCALE);
	else if (kind == QR_SVG)
		surface = cairo_svg_surface_create_for_stream(
		    take_png_bytes, out, PAPER_POINT, PAPER_POINT);
	else
		surface = cairo_pdf_surface_create_for_stream(
		    take_png_bytes, out, PAPER_POINT, PAPER_POINT);
	draw_qr_matrix(
	    surface, qr, kind == QR_PNG ? PNG_SCALE : PAPER_POINT / edge);
	if (kind == QR_PNG)
		cairo_surface_write_to_png_stream(surface, take_png_bytes, out);
	cairo_surface_finish(surface);
	cairo_surface_destroy(surface);
	qr_free(qr);
	return true;
}

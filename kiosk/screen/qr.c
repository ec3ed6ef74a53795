/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A QR code drawn module by module on whole pixels, with its quiet zone, black
 * on white whatever the page. Error correction M: the glass may be smeared, and
 * a coarser code is read from farther away.
 */
#include "kiosk/screen/parts.h"

#include <qrencode.h>
#include "kiosk/screen/words.h"

#define QUIET 4 /* modules of white around it (ISO 18004) */

static void
draw_qr(GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user)
{
	const QRcode *qr = user;
	int modules = qr->width + 2 * QUIET;
	int scale = MAX(1, MIN(width, height) / modules);
	int left = (width - scale * modules) / 2;
	int top = (height - scale * modules) / 2;

	(void)area;
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_rectangle(cr, left, top, scale * modules, scale * modules);
	cairo_fill(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (int y = 0; y < qr->width; y++)
		for (int x = 0; x < qr->width; x++)
			if (qr->data[y * qr->width + x] & 1)
				cairo_rectangle(cr, left + (x + QUIET) * scale,
				    top + (y + QUIET) * scale, scale, scale);
	cairo_fill(cr);
}

static void
free_code(gpointer qr)
{
	QRcode_free(qr);
}

GtkWidget *
part_qr(struct window *w, const char *address, int size)
{
	QRcode *qr = QRcode_encodeString8bit(address, 0, QR_ECLEVEL_M);
	GtkWidget *area;

	if (!qr)
		return NULL;
	area = g_object_new(GTK_TYPE_DRAWING_AREA, "accessible-role",
	    GTK_ACCESSIBLE_ROLE_IMG, NULL);
	gtk_accessible_update_property(GTK_ACCESSIBLE(area),
	    GTK_ACCESSIBLE_PROPERTY_LABEL, words_text(w, "kiosk.qr.name"), -1);
	gtk_drawing_area_set_draw_func(
	    GTK_DRAWING_AREA(area), draw_qr, qr, free_code);
	gtk_widget_set_size_request(area, size, size);
	gtk_widget_set_halign(area, GTK_ALIGN_CENTER);
	gtk_widget_set_valign(area, GTK_ALIGN_CENTER);
	return area;
}

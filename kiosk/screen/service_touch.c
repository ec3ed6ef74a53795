/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The touch test: a grid over the whole screen, in which a field that was
 * touched gets a tick, and words that say how many fields are left. It finds a
 * panel that no longer reacts in one place, which the figures alone would not
 * show.
 */
#include "kiosk/screen/service.h"

#include <string.h>
#include "kiosk/flow.h"
#include "kiosk/screen/faces.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/service_parts.h"
#include "kiosk/screen/show.h"
#include "kiosk/screen/words.h"

#define COLUMNS 8
#define ROWS    6

static struct {
	bool touched[ROWS][COLUMNS];
	GtkWidget *area;
	GtkLabel *words;
} test; /* there is one such page */

static void
draw_field(cairo_t *cr, bool touched, double width, double height)
{
	double size = MIN(width, height) / 2;

	cairo_rectangle(cr, 0, 0, width, height);
	cairo_set_source_rgb(cr, 0.4, 0.44, 0.49);
	cairo_set_line_width(cr, 1);
	cairo_stroke(cr);
	if (!touched)
		return;
	cairo_translate(cr, (width - size) / 2, (height - size) / 2);
	done_draw(cr, 0, size);
}

static void
draw_test(
    GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user)
{
	double across = (double)width / COLUMNS, down = (double)height / ROWS;

	(void)area;
	(void)user;
	for (int y = 0; y < ROWS; y++)
		for (int x = 0; x < COLUMNS; x++) {
			cairo_save(cr);
			cairo_translate(cr, x * across, y * down);
			draw_field(cr, test.touched[y][x], across, down);
			cairo_restore(cr);
		}
}

static void
mark_touched(struct window *w, double x, double y)
{
	int column = (int)(x * COLUMNS / w->scale.width);
	int row = (int)(y * ROWS / w->scale.height);

	if (x < 0 || y < 0 || column >= COLUMNS || row >= ROWS ||
	    test.touched[row][column])
		return;
	test.touched[row][column] = true;
	w->service.untouched--;
	gtk_widget_queue_draw(test.area);
	show_event(w, FLOW_TOUCH, 0);
}

static void
refresh_test(struct window *w)
{
	char left[12];

	for (int i = 0; i < w->fingers.now; i++)
		mark_touched(w, w->fingers.list[i].x, w->fingers.list[i].y);
	g_snprintf(left, sizeof(left), "%d", w->service.untouched);
	part_set_words(test.words,
	    w->service.untouched > 0
		? words_fill(w, "service.touch.how", "n", left, NULL)
		: words_text(w, "service.touch.done"));
}

static gboolean
on_test_event(
    GtkEventControllerLegacy *controller, GdkEvent *event, gpointer user)
{
	(void)controller;
	(void)event;
	refresh_test(user);
	return GDK_EVENT_PROPAGATE;
}

GtkWidget *
service_touch(struct window *w)
{
	GtkWidget *page = gtk_overlay_new(), *box, *close, *words;
	GtkEventController *legacy = gtk_event_controller_legacy_new();

	memset(&test, 0, sizeof(test));
	w->service.untouched = ROWS * COLUMNS;
	test.area = gtk_drawing_area_new();
	gtk_drawing_area_set_draw_func(
	    GTK_DRAWING_AREA(test.area), draw_test, NULL, NULL);
	gtk_overlay_set_child(GTK_OVERLAY(page), test.area);
	box = gtk_box_new(GTK_ORIENTATION_VERTICAL, w->scale.em / 2);
	gtk_widget_set_halign(box, GTK_ALIGN_CENTER);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	words = part_label("", "plate");
	test.words = GTK_LABEL(words);
	gtk_box_append(GTK_BOX(box), words);
	close = service_close(w);
	gtk_widget_set_halign(close, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), close);
	gtk_overlay_add_overlay(GTK_OVERLAY(page), box);
	gtk_event_controller_set_propagation_phase(legacy, GTK_PHASE_CAPTURE);
	g_signal_connect(legacy, "event", G_CALLBACK(on_test_event), w);
	gtk_widget_add_controller(page, legacy);
	w->refresh = refresh_test;
	return page;
}

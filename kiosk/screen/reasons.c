/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What should be better: several tiles may be chosen, each with a tick that we
 * draw. Chosen is told by the tick and a thick border, not by colour alone, and
 * only "send" is solid.
 */
#include "kiosk/screen/pages.h"

#include "kiosk/screen/faces.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/words.h"
#include "kiosk/settings.h"

static void
draw_tick(
    GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user)
{
	GtkWidget *tile =
	    gtk_widget_get_ancestor(GTK_WIDGET(area), GTK_TYPE_TOGGLE_BUTTON);
	int size = MIN(width, height);

	(void)user;
	cairo_translate(cr, (width - size) / 2.0, (height - size) / 2.0);
	tick_draw(
	    cr, gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(tile)), size);
}

static GtkWidget *
tick_mark(const struct window *w)
{
	GtkWidget *area = part_picture(tick_draw, 0, w->scale.em * 2);

	gtk_drawing_area_set_draw_func(
	    GTK_DRAWING_AREA(area), draw_tick, NULL, NULL);
	gtk_widget_set_valign(area, GTK_ALIGN_CENTER);
	return area;
}

static GtkWidget *
reason_tile(struct window *w, int i)
{
	const struct settings_choice *reason = &w->words->reasons[i];
	const char *name = reason->words[w->lang];
	GtkWidget *tile = gtk_toggle_button_new(), *mark = tick_mark(w);
	GtkWidget *label = part_tile_label(name), *box;

	gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_LEFT);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, w->scale.em / 2);
	gtk_box_append(GTK_BOX(box), mark);
	gtk_box_append(GTK_BOX(box), label);
	gtk_button_set_child(GTK_BUTTON(tile), box);
	gtk_widget_add_css_class(tile, "choice");
	g_signal_connect_swapped(
	    tile, "toggled", G_CALLBACK(gtk_widget_queue_draw), mark);
	part_act(w, tile, name, FLOW_TOGGLE, i);
	part_say(
	    w, arena_printf(&w->script.arena, "reason.%s", reason->code), name);
	w->toggles[i] = tile;
	return tile;
}

/* The tiles follow the flow, not the finger: a touch it ignored (too soon
 * after the page came) must not leave a tick behind. */
static void
refresh_reasons(struct window *w)
{
	unsigned reasons = w->flow->answer.reasons;
	size_t i;

	for (i = 0; i < LIMIT_REASONS; i++) {
		bool ticked = (reasons >> i & 1u) != 0;

		if (!w->toggles[i])
			continue;
		gtk_toggle_button_set_active(
		    GTK_TOGGLE_BUTTON(w->toggles[i]), ticked);
		gtk_accessible_update_state(GTK_ACCESSIBLE(w->toggles[i]),
		    GTK_ACCESSIBLE_STATE_CHECKED, ticked, -1);
	}
}

GtkWidget *
reasons_page(struct window *w)
{
	GtkWidget *page = part_page(NULL), *tiles = part_tiles(w);
	const char *key =
	    w->flow->answer.face >= 3 ? "reason.title.neutral" : "reason.title";
	int i;

	part_add_desk(w, page);
	gtk_box_append(GTK_BOX(page), part_title(w, key, words_text(w, key)));
	gtk_box_append(
	    GTK_BOX(page), part_label(words_text(w, "reason.hint"), "hint"));
	part_say(w, "reason.hint", words_text(w, "reason.hint"));
	for (i = 0; i < (int)w->words->nreasons; i++)
		part_add_tile(w, tiles, reason_tile(w, i), i);
	gtk_box_append(GTK_BOX(page), tiles);
	gtk_box_append(GTK_BOX(page),
	    part_bar_asked(w,
		part_bar_button(w, "button.skip", NULL, FLOW_SKIP),
		part_bar_button(w, "button.send", "send", FLOW_SEND)));
	w->refresh = refresh_reasons;
	return page;
}

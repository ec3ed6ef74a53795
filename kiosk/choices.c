/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two pages on which something is chosen from a grid of tiles: the field
 * (one; a desk may have 57, so they come in leaves of twelve, the commonest
 * first) and the reasons (several, each with a drawn tick).
 */
#include "kiosk/window.h"

#include "kiosk/faces.h"

#define COLUMNS 3
#define LEAF    12 /* fields on a leaf */

static GtkWidget *
grid(const struct window *w)
{
	GtkWidget *tiles = gtk_grid_new();

	gtk_grid_set_column_homogeneous(GTK_GRID(tiles), TRUE);
	gtk_grid_set_row_homogeneous(GTK_GRID(tiles), TRUE);
	gtk_grid_set_column_spacing(GTK_GRID(tiles), (guint)w->em / 2);
	gtk_grid_set_row_spacing(GTK_GRID(tiles), (guint)w->em / 2);
	gtk_widget_set_vexpand(tiles, TRUE);
	gtk_widget_set_margin_top(tiles, w->em * 3 / 4);
	gtk_widget_set_margin_bottom(tiles, w->em * 3 / 4);
	return tiles;
}

static GtkWidget *
tile_label(const char *words)
{
	char *bound = part_bind(words);
	GtkWidget *label = part_label(bound, "word");

	g_free(bound);
	gtk_label_set_width_chars(GTK_LABEL(label), 8);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 16);
	gtk_widget_set_hexpand(label, TRUE);
	return label;
}

static GtkWidget *
field_tile(struct window *w, const struct settings *s, int i)
{
	const char *name = s->fields[i].words[w->lang];
	GtkWidget *tile = gtk_button_new();

	gtk_button_set_child(GTK_BUTTON(tile), tile_label(name));
	gtk_widget_add_css_class(tile, "choice");
	part_act(w, tile, name, FLOW_CHOOSE, i);
	return tile;
}

static void
on_more(GtkWidget *button, gpointer user)
{
	struct window *w = user;
	int leaves =
	    ((int)session_words(w->session)->nfields + LEAF - 1) / LEAF;

	(void)button;
	w->leaf = (w->leaf + 1) % leaves;
	window_rebuild(w);
}

static GtkWidget *
more_button(struct window *w)
{
	GtkWidget *button = part_bar_button(w, "button.more", NULL, FLOW_TOUCH);

	g_signal_connect(button, "clicked", G_CALLBACK(on_more), w);
	return button;
}

GtkWidget *
field_page(struct window *w)
{
	const struct settings *s = session_words(w->session);
	GtkWidget *page = part_page(), *tiles = grid(w);
	int i, place, first = w->leaf * LEAF, n = (int)s->nfields;

	part_add_desk(page, s);
	gtk_box_append(GTK_BOX(page),
	    part_label(window_text(w, "web.field.question"), "title"));
	for (i = first; i < n && i < first + LEAF; i++) {
		place = i - first;
		gtk_grid_attach(GTK_GRID(tiles), field_tile(w, s, i),
		    place % COLUMNS, place / COLUMNS, 1, 1);
	}
	gtk_box_append(GTK_BOX(page), tiles);
	gtk_box_append(GTK_BOX(page),
	    part_bar(part_bar_button(w, "kiosk.again", NULL, FLOW_AGAIN),
		part_bar_button(w, "button.skip", NULL, FLOW_SKIP),
		n > LEAF ? more_button(w) : NULL));
	return page;
}

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
reason_tile(struct window *w, const struct settings *s, int i)
{
	const char *name = s->reasons[i].words[w->lang];
	GtkWidget *tile = gtk_toggle_button_new(), *box, *tick, *label;

	tick = part_drawing(draw_tick, i, w->em * 2);
	gtk_widget_set_valign(tick, GTK_ALIGN_CENTER);
	label = tile_label(name);
	gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_LEFT);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, w->em * 2 / 3);
	gtk_box_append(GTK_BOX(box), tick);
	gtk_box_append(GTK_BOX(box), label);
	gtk_button_set_child(GTK_BUTTON(tile), box);
	gtk_widget_add_css_class(tile, "choice");
	g_signal_connect_swapped(
	    tile, "toggled", G_CALLBACK(gtk_widget_queue_draw), tick);
	part_act(w, tile, name, FLOW_TOGGLE, i);
	w->toggles[i] = tile;
	return tile;
}

GtkWidget *
reasons_page(struct window *w)
{
	const struct settings *s = session_words(w->session);
	int face = session_flow(w->session)->answer.face;
	GtkWidget *page = part_page(), *tiles = grid(w);
	const char *title = face == 3 ? window_text(w, "reason.title.neutral")
				      : window_text(w, "reason.title");
	int i;

	part_add_desk(page, s);
	gtk_box_append(GTK_BOX(page), part_label(title, "title"));
	gtk_box_append(
	    GTK_BOX(page), part_label(window_text(w, "reason.hint"), "hint"));
	for (i = 0; i < (int)s->nreasons; i++)
		gtk_grid_attach(GTK_GRID(tiles), reason_tile(w, s, i),
		    i % COLUMNS, i / COLUMNS, 1, 1);
	gtk_box_append(GTK_BOX(page), tiles);
	gtk_box_append(GTK_BOX(page),
	    part_bar(part_bar_button(w, "kiosk.again", NULL, FLOW_AGAIN),
		part_bar_button(w, "button.skip", NULL, FLOW_SKIP),
		part_bar_button(w, "button.send", "send", FLOW_SEND)));
	return page;
}

/* The tiles follow the flow, not the finger: a touch it ignored (too soon
 * after the page came) must not leave a tick behind. */
void
reasons_refresh(struct window *w)
{
	unsigned reasons = session_flow(w->session)->answer.reasons;
	size_t i;

	for (i = 0; i < LIMIT_REASONS; i++)
		if (w->toggles[i])
			gtk_toggle_button_set_active(
			    GTK_TOGGLE_BUTTON(w->toggles[i]),
			    (reasons >> i & 1u) != 0);
}

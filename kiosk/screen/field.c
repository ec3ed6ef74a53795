/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which field was it about: one tile each. A desk may have 57, so they come in
 * leaves of as many as the screen has room for; the collector lists those that
 * are chosen most at this desk first.
 */
#include "kiosk/screen/pages.h"

#include "kiosk/screen/parts.h"
#include "kiosk/screen/show.h"
#include "kiosk/screen/words.h"
#include "kiosk/settings.h"

#define LEAF_MOST 12

/* What the title, the bar and the gaps leave is filled with tiles. */
static int
leaf_size(const struct window *w)
{
	const struct scale *s = &w->scale;
	int bar = s->upright ? 2 * s->target + s->em : s->target;
	int head = s->upright ? 10 * s->em : 7 * s->em;
	int rows = scale_rows(s, s->height - bar - head, s->em / 2);
	int size = rows * s->columns;

	return size < LEAF_MOST ? size : LEAF_MOST;
}

static GtkWidget *
field_tile(struct window *w, int i)
{
	const struct settings_choice *field = &w->words->fields[i];
	const char *name = field->words[w->lang];
	GtkWidget *tile = gtk_button_new();

	gtk_button_set_child(GTK_BUTTON(tile), part_tile_label(name));
	gtk_widget_add_css_class(tile, "choice");
	part_act(w, tile, name, FLOW_CHOOSE, i);
	part_say(
	    w, arena_printf(&w->script.arena, "field.%s", field->code), name);
	return tile;
}

static int
leaves(const struct window *w)
{
	int size = leaf_size(w);

	return ((int)w->words->nfields + size - 1) / size;
}

static void
turn_leaf(struct window *w, int by)
{
	w->leaf = (w->leaf + by + leaves(w)) % leaves(w);
	show_anew(w);
}

static void
on_more(GtkWidget *button, gpointer user)
{
	(void)button;
	turn_leaf(user, 1);
}

static void
on_before(GtkWidget *button, gpointer user)
{
	(void)button;
	turn_leaf(user, -1);
}

static GtkWidget *
leaf_button(struct window *w, const char *key, GCallback turn)
{
	GtkWidget *button = part_bar_button(w, key, NULL, FLOW_TOUCH);

	g_signal_connect(button, "clicked", turn, w);
	return button;
}

/* Back, from the second leaf on, and forth. */
static GtkWidget *
leaf_buttons(struct window *w)
{
	GtkWidget *back = NULL;

	if (leaves(w) < 2)
		return NULL;
	if (w->leaf > 0)
		back = leaf_button(w, "button.back", G_CALLBACK(on_before));
	return part_pair(
	    w, back, leaf_button(w, "button.more", G_CALLBACK(on_more)));
}

/* The question, and which leaf of how many this is. */
static GtkWidget *
field_title(struct window *w)
{
	const char *key = "web.field.question", *words = words_text(w, key);
	char n[12], of[12];

	if (leaves(w) < 2)
		return part_title(w, key, words);
	g_snprintf(n, sizeof(n), "%d", w->leaf + 1);
	g_snprintf(of, sizeof(of), "%d", leaves(w));
	return part_title(w, "",
	    words_fill(w, "kiosk.field.leaf", "question", words, "n", n,
		"count", of, NULL));
}

GtkWidget *
field_page(struct window *w)
{
	GtkWidget *page = part_page(NULL), *tiles = part_tiles(w);
	int i, size = leaf_size(w), first = w->leaf * size;
	int n = (int)w->words->nfields;

	part_add_desk(w, page);
	gtk_box_append(GTK_BOX(page), field_title(w));
	for (i = first; i < n && i < first + size; i++)
		part_add_tile(w, tiles, field_tile(w, i), i - first);
	gtk_box_append(GTK_BOX(page), tiles);
	gtk_box_append(GTK_BOX(page),
	    part_bar_asked(w,
		part_bar_button(w, "button.skip", NULL, FLOW_SKIP),
		leaf_buttons(w)));
	return page;
}

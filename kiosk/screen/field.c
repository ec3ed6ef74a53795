/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which field was it about: one tile each. A desk may have 57, so they come in
 * leaves of as many as the screen has room for, the commonest first.
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

static void
on_more(GtkWidget *button, gpointer user)
{
	struct window *w = user;
	int size = leaf_size(w);
	int leaves = ((int)w->words->nfields + size - 1) / size;

	(void)button;
	w->leaf = (w->leaf + 1) % leaves;
	show_anew(w);
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
	GtkWidget *page = part_page(NULL), *tiles = part_tiles(w);
	int i, size = leaf_size(w), first = w->leaf * size;
	int n = (int)w->words->nfields;

	part_add_desk(w, page);
	gtk_box_append(GTK_BOX(page), part_title(w, "web.field.question",
					  words_text(w, "web.field.question")));
	for (i = first; i < n && i < first + size; i++)
		part_add_tile(w, tiles, field_tile(w, i), i - first);
	gtk_box_append(GTK_BOX(page), tiles);
	gtk_box_append(GTK_BOX(page),
	    part_bar(w,
		w->flow->open
		    ? part_bar_button(w, "kiosk.again", NULL, FLOW_AGAIN)
		    : NULL,
		part_bar_button(w, "button.skip", NULL, FLOW_SKIP),
		n > size ? more_button(w) : NULL));
	return page;
}

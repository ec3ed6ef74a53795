/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first page: the desk's name, the question, five faces from best to
 * worst, the promise, the languages. The faces stand in five equal columns
 * over the middle of the screen (tests/kiosk/press relies on it).
 */
#include "kiosk/window.h"

#include "kiosk/faces.h"
#include "shared/text.h"

static void
draw(GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user)
{
	int size = MIN(width, height);

	(void)area;
	cairo_translate(cr, (width - size) / 2.0, (height - size) / 2.0);
	face_draw(cr, GPOINTER_TO_INT(user), size);
}

static GtkWidget *
face_button(struct window *w, int face, GtkSizeGroup *words)
{
	GtkWidget *button = gtk_button_new(), *box, *label, *picture;
	char key[16], *bound;
	const char *name;

	g_snprintf(key, sizeof(key), "face.%d", face);
	name = window_text(w, key);
	bound = part_bind(name);
	label = part_label(bound, "word");
	g_free(bound);
	gtk_label_set_width_chars(GTK_LABEL(label), 6);
	gtk_size_group_add_widget(words, label);
	picture = part_drawing(draw, face, w->em * 15 / 2);
	box = gtk_box_new(GTK_ORIENTATION_VERTICAL, w->em * 2 / 3);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), picture);
	gtk_box_append(GTK_BOX(box), label);
	gtk_button_set_child(GTK_BUTTON(button), box);
	gtk_widget_add_css_class(button, "face");
	part_act(w, button, name, FLOW_FACE, face);
	return button;
}

static GtkWidget *
faces(struct window *w)
{
	GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, w->em / 2);
	GtkSizeGroup *words = gtk_size_group_new(GTK_SIZE_GROUP_VERTICAL);
	int face;

	gtk_box_set_homogeneous(GTK_BOX(row), TRUE);
	gtk_widget_set_vexpand(row, TRUE);
	gtk_widget_set_valign(row, GTK_ALIGN_CENTER);
	for (face = 5; face >= 1; face--)
		gtk_box_append(GTK_BOX(row), face_button(w, face, words));
	g_object_unref(words);
	return row;
}

static GtkWidget *
languages(struct window *w, const struct settings *words)
{
	GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, w->em / 2);
	GtkWidget *button;
	const char *name;
	char key[16];
	size_t i;

	gtk_widget_set_halign(row, GTK_ALIGN_END);
	for (i = 0; words->nlangs > 1 && i < words->nlangs; i++) {
		g_snprintf(
		    key, sizeof(key), "lang.%s", lang_code(words->langs[i]));
		name = text(words->langs[i], key);
		button = gtk_button_new_with_label(name);
		gtk_widget_add_css_class(button, "language");
		if (words->langs[i] == w->lang)
			gtk_widget_add_css_class(button, "current");
		part_act(w, button, name, FLOW_LANGUAGE, (int)words->langs[i]);
		gtk_box_append(GTK_BOX(row), button);
	}
	return row;
}

GtkWidget *
rate_page(struct window *w)
{
	const struct settings *words = session_words(w->session);
	GtkWidget *page = part_page(), *foot, *promise;

	part_add_desk(page, words);
	gtk_box_append(
	    GTK_BOX(page), part_label(words->question[w->lang], "title"));
	gtk_box_append(GTK_BOX(page), faces(w));
	foot = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, w->em);
	promise = part_label(window_text(w, "kiosk.anonymous"), "hint");
	gtk_label_set_justify(GTK_LABEL(promise), GTK_JUSTIFY_LEFT);
	gtk_label_set_xalign(GTK_LABEL(promise), 0);
	gtk_widget_set_hexpand(promise, TRUE);
	gtk_box_append(GTK_BOX(foot), promise);
	gtk_box_append(GTK_BOX(foot), languages(w, words));
	gtk_box_append(GTK_BOX(page), foot);
	return page;
}

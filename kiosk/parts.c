/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the pages are made of. A button's accessible name is its plain word,
 * set apart from the label, whose words may be bound with no-break spaces.
 */
#include "kiosk/window.h"

#include <string.h>

struct act {
	struct window *window;
	enum flow_kind kind;
	int value;
};

GtkWidget *
part_label(const char *words, const char *css)
{
	GtkWidget *label = gtk_label_new(words);

	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_CENTER);
	gtk_widget_add_css_class(label, css);
	return label;
}

GtkWidget *
part_drawing(GtkDrawingAreaDrawFunc draw, int value, int em)
{
	GtkWidget *area = g_object_new(GTK_TYPE_DRAWING_AREA, "accessible-role",
	    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

	gtk_drawing_area_set_draw_func(
	    GTK_DRAWING_AREA(area), draw, GINT_TO_POINTER(value), NULL);
	gtk_widget_set_size_request(area, em, em);
	return area;
}

static void
on_clicked(GtkWidget *button, gpointer user)
{
	const struct act *act = user;

	(void)button;
	window_event(act->window, act->kind, act->value);
}

static void
free_act(gpointer act, GClosure *closure)
{
	(void)closure;
	g_free(act);
}

void
part_act(struct window *w, GtkWidget *button, const char *name,
    enum flow_kind kind, int value)
{
	struct act *act = g_new0(struct act, 1);

	act->window = w;
	act->kind = kind;
	act->value = value;
	gtk_accessible_update_property(
	    GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
	g_signal_connect_data(
	    button, "clicked", G_CALLBACK(on_clicked), act, free_act, 0);
}

GtkWidget *
part_bar_button(
    struct window *w, const char *key, const char *css, enum flow_kind kind)
{
	const char *words = window_text(w, key);
	GtkWidget *button = gtk_button_new_with_label(words);

	gtk_widget_add_css_class(button, "bar");
	if (css)
		gtk_widget_add_css_class(button, css);
	part_act(w, button, words, kind, 0);
	return button;
}

GtkWidget *
part_bar(GtkWidget *left, GtkWidget *middle, GtkWidget *right)
{
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	GtkWidget *places[] = {left, middle, right};
	size_t i;

	gtk_box_set_homogeneous(GTK_BOX(bar), TRUE);
	gtk_box_set_spacing(GTK_BOX(bar), 24);
	for (i = 0; i < G_N_ELEMENTS(places); i++)
		gtk_box_append(GTK_BOX(bar),
		    places[i] ? places[i]
			      : gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0));
	gtk_widget_set_valign(bar, GTK_ALIGN_END);
	return bar;
}

char *
part_bind(const char *words)
{
	const char *last = strrchr(words, ' ');
	GString *bound = g_string_new(words);

	/* Two words alone may part, and a long word may stand alone. */
	if (last && last != strchr(words, ' ') &&
	    g_utf8_strlen(last + 1, -1) <= 4) {
		g_string_erase(bound, last - words, 1);
		g_string_insert(bound, last - words, "\u00a0");
	}
	return g_string_free(bound, FALSE);
}

GtkWidget *
part_page(void)
{
	GtkWidget *page = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);

	gtk_widget_add_css_class(page, "page");
	return page;
}

void
part_add_desk(GtkWidget *page, const struct settings *words)
{
	if (*words->desk_name)
		gtk_box_append(
		    GTK_BOX(page), part_label(words->desk_name, "desk"));
}

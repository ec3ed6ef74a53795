/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A button carries what it does and a value to do it with; both are freed with
 * the button. */
#include "kiosk/screen/service_parts.h"

#include "kiosk/flow.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/show.h"
#include "kiosk/screen/words.h"

void
service_go(struct window *w, int leaf)
{
	w->service.leaf = (enum service_leaf)leaf;
	show_event(w, FLOW_TOUCH, 0);
	show_anew(w);
}

struct service_deed {
	struct window *window;
	service_act *act;
	int value;
};

static void
on_service_deed(GtkWidget *button, gpointer user)
{
	const struct service_deed *deed = user;

	(void)button;
	deed->act(deed->window, deed->value);
}

static void
free_service_deed(gpointer deed, GClosure *closure)
{
	(void)closure;
	g_free(deed);
}

GtkWidget *
service_button(struct window *w, const char *words, service_act *act, int value)
{
	GtkWidget *button = gtk_button_new();
	struct service_deed *deed = g_new(struct service_deed, 1);

	*deed = (struct service_deed){w, act, value};
	gtk_button_set_child(GTK_BUTTON(button), part_label(words, "word"));
	gtk_widget_add_css_class(button, "bar");
	gtk_accessible_update_property(
	    GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
	g_object_set_data_full(
	    G_OBJECT(button), "say", g_strdup(words), g_free);
	gtk_widget_set_size_request(button, w->scale.target, w->scale.target);
	g_signal_connect_data(button, "clicked", G_CALLBACK(on_service_deed),
	    deed, free_service_deed, 0);
	return button;
}

static void
leave_service_page(struct window *w, int value)
{
	(void)value;
	show_event(w, FLOW_LEAVE, 0);
}

static void
clean_glass(struct window *w, int value)
{
	(void)value;
	show_event(w, FLOW_CLEAN, 0);
}

GtkWidget *
service_close(struct window *w)
{
	return service_button(
	    w, words_text(w, "service.close"), leave_service_page, 0);
}

GtkWidget *
service_clean(struct window *w)
{
	return service_button(
	    w, words_text(w, "service.clean"), clean_glass, 0);
}

GtkWidget *
service_row(struct window *w, GtkWidget *const buttons[], int n)
{
	GtkWidget *grid = gtk_grid_new();
	int columns = w->scale.upright ? 2 : n;

	gtk_grid_set_column_homogeneous(GTK_GRID(grid), TRUE);
	gtk_grid_set_column_spacing(GTK_GRID(grid), (guint)w->scale.em / 2);
	gtk_grid_set_row_spacing(GTK_GRID(grid), (guint)w->scale.em / 2);
	for (int i = 0; i < n; i++) {
		gtk_widget_set_hexpand(buttons[i], TRUE);
		gtk_grid_attach(
		    GTK_GRID(grid), buttons[i], i % columns, i / columns, 1, 1);
	}
	return grid;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operator's page, behind ten seconds in the corner and a PIN: four leaves
 * (service_lock.c, service_facts.c, service_touch.c, and enrolling anew, here)
 * and what they share. Wiping needs no PIN: whoever cleans does not know it.
 * The page closes by itself.
 */
#include "kiosk/screen/service.h"

void
service_go(struct window *w, int leaf)
{
	w->service.leaf = (enum service_leaf)leaf;
	window_event(w, FLOW_TOUCH, 0);
	window_rebuild(w);
}

typedef void act(struct window *w, int value);

struct deed {
	struct window *window;
	act *act;
	int value;
};

static void
on_deed(GtkWidget *button, gpointer user)
{
	const struct deed *deed = user;

	(void)button;
	deed->act(deed->window, deed->value);
}

static void
free_deed(gpointer deed, GClosure *closure)
{
	(void)closure;
	g_free(deed);
}

GtkWidget *
service_button(struct window *w, const char *words, act *what, int value)
{
	GtkWidget *button = gtk_button_new();
	struct deed *deed = g_new(struct deed, 1);

	*deed = (struct deed){w, what, value};
	gtk_button_set_child(GTK_BUTTON(button), part_label(words, "word"));
	gtk_widget_add_css_class(button, "bar");
	gtk_accessible_update_property(
	    GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
	gtk_widget_set_size_request(button, w->scale.target, w->scale.target);
	g_signal_connect_data(
	    button, "clicked", G_CALLBACK(on_deed), deed, free_deed, 0);
	return button;
}

static void
leave(struct window *w, int value)
{
	(void)value;
	window_event(w, FLOW_LEAVE, 0);
}

static void
clean(struct window *w, int value)
{
	(void)value;
	window_event(w, FLOW_CLEAN, 0);
}

GtkWidget *
service_close(struct window *w)
{
	return service_button(w, window_text(w, "service.close"), leave, 0);
}

GtkWidget *
service_clean(struct window *w)
{
	return service_button(w, window_text(w, "service.clean"), clean, 0);
}

GtkWidget *
service_row(
    struct window *w, GtkWidget *a, GtkWidget *b, GtkWidget *c, GtkWidget *d)
{
	GtkWidget *grid = gtk_grid_new(), *all[] = {a, b, c, d};
	int columns = w->scale.upright ? 2 : 4;

	gtk_grid_set_column_homogeneous(GTK_GRID(grid), TRUE);
	gtk_grid_set_column_spacing(GTK_GRID(grid), (guint)w->scale.em / 2);
	gtk_grid_set_row_spacing(GTK_GRID(grid), (guint)w->scale.em / 2);
	for (int i = 0; i < 4; i++) {
		gtk_widget_set_hexpand(all[i], TRUE);
		gtk_grid_attach(
		    GTK_GRID(grid), all[i], i % columns, i / columns, 1, 1);
	}
	return grid;
}

static void
forget(struct window *w, int value)
{
	(void)value;
	if (!w->session || !session_forget(w->session))
		return;
	w->leaving = true;
	g_main_loop_quit(w->loop);
}

/* Why not, or NULL. Unsent answers would be sent by nobody. */
static const char *
hindrance(struct window *w)
{
	struct session_state s = {0};

	if (*w->token_file)
		return window_fill(
		    w, "service.forget.token", "file", w->token_file, NULL);
	if (w->session)
		session_state(w->session, &s);
	return s.unsent == 0 ? NULL
			     : window_fill(w, "service.forget.unsent", "n",
				   arena_printf(&w->script.arena, "%lld",
				       (long long)s.unsent),
				   NULL);
}

static GtkWidget *
forget_page(struct window *w)
{
	GtkWidget *page = part_page(NULL), *box = part_middle(w);
	const char *why = hindrance(w);

	gtk_box_append(GTK_BOX(box),
	    part_title(
		w, "", why ? why : window_text(w, "service.forget.sure")));
	gtk_box_append(GTK_BOX(page), box);
	gtk_box_append(GTK_BOX(page),
	    part_bar(w,
		service_button(w,
		    window_text(w, why ? "button.back" : "service.no"),
		    service_go, SERVICE_FACTS),
		NULL,
		why ? NULL
		    : service_button(
			  w, window_text(w, "service.yes"), forget, 0)));
	return page;
}

GtkWidget *
service_page(struct window *w)
{
	switch (w->service.leaf) {
	case SERVICE_FACTS:
		return service_facts(w);
	case SERVICE_TOUCH:
		return service_touch(w);
	case SERVICE_FORGET:
		return forget_page(w);
	default:
		return service_lock(w);
	}
}

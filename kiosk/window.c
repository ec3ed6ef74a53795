/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sizes: all of kiosk.css is in em. One em is a 46th of the width or a 28th of
 * the height, whichever is less, so that the same page fills 800x480 and
 * 1920x1080 alike; it is set anew whenever the surface changes its size.
 *
 * Nothing but the pages' buttons does anything: no menu, no accelerator; in
 * full screen the pointer is hidden and closing the window is refused.
 */
#include "kiosk/window.h"

#include "shared/text.h"

#define TICK_MS 200

extern const char kiosk_css[];

static GtkWidget *
page_of(struct window *w)
{
	switch (session_flow(w->session)->screen) {
	case FLOW_RATE:
		return rate_page(w);
	case FLOW_FIELD:
		return field_page(w);
	case FLOW_REASONS:
		return reasons_page(w);
	case FLOW_STILL_THERE:
		return still_there_page(w);
	case FLOW_THANKS:
		return thanks_page(w);
	case FLOW_TROUBLE:
		break;
	}
	return trouble_page(w);
}

void
window_rebuild(struct window *w)
{
	const struct flow *flow = session_flow(w->session);
	size_t i;

	for (i = 0; i < LIMIT_REASONS; i++)
		w->toggles[i] = NULL;
	w->seconds = NULL;
	if (w->screen != flow->screen)
		w->leaf = 0;
	w->screen = flow->screen;
	w->lang = flow->lang;
	w->revision = session_revision(w->session);
	gtk_scrolled_window_set_child(w->frame, page_of(w));
}

void
window_show(struct window *w)
{
	const struct flow *flow = session_flow(w->session);

	if (w->screen != flow->screen || w->lang != flow->lang ||
	    w->revision != session_revision(w->session))
		window_rebuild(w);
	reasons_refresh(w);
	still_there_refresh(w);
}

void
window_event(struct window *w, enum flow_kind kind, int value)
{
	session_event(w->session, kind, value);
	window_show(w);
}

const char *
window_text(const struct window *w, const char *key)
{
	return text(w->lang, key);
}

static gboolean
on_tick(gpointer user)
{
	struct window *w = user;

	session_tick(w->session);
	window_show(w);
	return G_SOURCE_CONTINUE;
}

/* Pages hold sizes in pixels too (the drawings), so they are built anew; not
 * within the layout that told the size. */
static gboolean
rescale(gpointer user)
{
	struct window *w = user;
	char css[64];

	g_snprintf(css, sizeof(css), "window { font-size: %dpx; }", w->em);
	gtk_css_provider_load_from_data(w->scale, css, -1);
	window_rebuild(w);
	window_show(w);
	return G_SOURCE_REMOVE;
}

static int
em_of(int width, int height)
{
	return MAX(8, MIN(width / 46, height / 28));
}

static void
on_layout(GdkSurface *surface, int width, int height, gpointer user)
{
	struct window *w = user;
	int em = em_of(width, height);

	(void)surface;
	if (em == w->em)
		return;
	w->em = em;
	g_idle_add(rescale, w);
}

static void
on_realize(GtkWidget *widget, gpointer user)
{
	GdkSurface *surface = gtk_native_get_surface(GTK_NATIVE(widget));

	g_signal_connect(surface, "layout", G_CALLBACK(on_layout), user);
}

static gboolean
on_close(GtkWindow *window, gpointer user)
{
	struct window *w = user;

	(void)window;
	return w->fullscreen;
}

static void
load_style(struct window *w)
{
	GdkDisplay *display = gdk_display_get_default();
	GtkCssProvider *css = gtk_css_provider_new();

	gtk_css_provider_load_from_data(css, kiosk_css, -1);
	gtk_style_context_add_provider_for_display(display,
	    GTK_STYLE_PROVIDER(css), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
	g_object_unref(css);
	w->scale = gtk_css_provider_new();
	gtk_style_context_add_provider_for_display(display,
	    GTK_STYLE_PROVIDER(w->scale),
	    GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
	g_object_unref(w->scale);
}

/* Without a window manager nobody makes a window full: ask for the size of
 * the first monitor as well. */
static void
fill_screen(struct window *w)
{
	GListModel *monitors =
	    gdk_display_get_monitors(gdk_display_get_default());
	GdkMonitor *monitor = g_list_model_get_item(monitors, 0);
	GdkRectangle area;

	if (monitor) {
		gdk_monitor_get_geometry(monitor, &area);
		gtk_window_set_default_size(w->gtk, area.width, area.height);
		w->em = em_of(area.width, area.height);
		g_object_unref(monitor);
	}
	gtk_window_set_decorated(w->gtk, FALSE);
	gtk_widget_set_cursor_from_name(GTK_WIDGET(w->gtk), "none");
	gtk_window_fullscreen(w->gtk);
}

/* Never scrolls: it only lets the window be smaller than a page of the wrong
 * scale, which would otherwise keep it too large for ever. */
static void
make_frame(struct window *w)
{
	GtkWidget *frame = gtk_scrolled_window_new();

	w->frame = GTK_SCROLLED_WINDOW(frame);
	gtk_scrolled_window_set_policy(
	    w->frame, GTK_POLICY_EXTERNAL, GTK_POLICY_EXTERNAL);
	gtk_scrolled_window_set_kinetic_scrolling(w->frame, FALSE);
	gtk_window_set_child(w->gtk, frame);
}

void
window_init(struct window *w, struct session *session, bool fullscreen)
{
	*w = (struct window){.session = session, .fullscreen = fullscreen};
	w->em = em_of(1280, 800);
	w->gtk = GTK_WINDOW(gtk_window_new());
	gtk_window_set_title(w->gtk, "hailong-kiosk");
	gtk_window_set_default_size(w->gtk, 1280, 800);
	load_style(w);
	make_frame(w);
	if (fullscreen)
		fill_screen(w);
	g_signal_connect(w->gtk, "realize", G_CALLBACK(on_realize), w);
	g_signal_connect(w->gtk, "close-request", G_CALLBACK(on_close), w);
	rescale(w);
	g_timeout_add(TICK_MS, on_tick, w);
	gtk_window_present(w->gtk);
}

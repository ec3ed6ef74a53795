/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sizes: all of kiosk.css is in em; kiosk/scale.h tells how many px an em has,
 * and how large a target must be. Both are set anew whenever the surface
 * changes its size.
 *
 * Nothing but the pages' buttons does anything: no menu, no accelerator; in
 * full screen the pointer is hidden, closing the window is refused, and keys go
 * no further than touch.c.
 */
#include "kiosk/screen/window.h"

#include "kiosk/screen/explore.h"
#include "kiosk/screen/pages.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/show.h"
#include "kiosk/screen/touch.h"
#include "kiosk/screen/voice.h"
#include "kiosk/session.h"
#include "shared/clock.h"
#include "shared/log.h"

#define TICK_MS       200
#define GUIDE_IDLE_MS (60 * 1000)

extern const char kiosk_css[];

static GtkWidget *(*const pages[])(struct window *w) = {
    [FLOW_RATE] = rate_page,
    [FLOW_FIELD] = field_page,
    [FLOW_REASONS] = reasons_page,
    [FLOW_FACTOR] = factor_page,
    [FLOW_STILL_THERE] = still_there_page,
    [FLOW_THANKS] = thanks_page,
    [FLOW_CLOSED] = closed_page,
    [FLOW_CLEANING] = cleaning_page,
    [FLOW_SERVICE] = service_page,
    [FLOW_TROUBLE] = trouble_page,
};

/* ----------------------------------------------------------------- the page */

static GtkWidget *
make_page(struct window *w)
{
	if (w->flow)
		return pages[w->flow->screen](w);
	return w->enrol ? enrolment_page(w) : part_page(NULL);
}

void
window_enrol(struct window *w, struct enrol *enrol)
{
	w->enrol = enrol;
	show_anew(w);
	show_changes(w);
}

void
window_attach(struct window *w, struct session *session)
{
	w->session = session;
	w->flow = session_flow(session);
	w->words = session_words(session);
	w->revision = session_revision(session);
	show_anew(w);
	show_changes(w);
}

/* ---------------------------------------------------------------- the clock */

/* While something is read aloud the flow waits as after a touch. Guidance ends
 * GUIDE_IDLE_MS after the last touch, on the first screen only. */
static void
look_after_guided(struct window *w)
{
	int64_t since = clock_now() - w->note.touched_at;

	if (w->voice && voice_busy(w->voice) && w->session)
		session_event(w->session, FLOW_SPEAK, 0);
	else if (w->guided && since > GUIDE_IDLE_MS && flow_home(w->flow))
		explore_guide(w, false);
}

static gboolean
on_tick(gpointer user)
{
	struct window *w = user;

	if (w->session && !w->leaving) {
		session_tick(w->session);
		session_tell(w->session, &w->note);
		w->note.slowest_ms = 0;
		look_after_guided(w);
	}
	show_changes(w);
	return G_SOURCE_CONTINUE;
}

/* A frame is on the screen: how long did it take since the finger? */
static void
on_painted(GdkFrameClock *clock, gpointer user)
{
	struct window *w = user;
	int64_t ms;

	(void)clock;
	if (w->frames++ == 0 && w->shown)
		w->shown(w->context);
	if (w->pressed_us == 0)
		return;
	ms = (g_get_monotonic_time() - w->pressed_us) / 1000;
	w->pressed_us = 0;
	if (ms > w->note.slowest_ms)
		w->note.slowest_ms = ms;
	log_debug("shown %lld ms after the touch", (long long)ms);
}

/* ----------------------------------------------------------------- the size */

static void
set_scale(struct window *w)
{
	char css[256];

	g_snprintf(css, sizeof(css),
	    "window { font-size: %dpx; } button { min-width: %dpx; "
	    "min-height: %dpx; }",
	    w->scale.em, w->scale.em, w->scale.em);
	gtk_css_provider_load_from_data(w->scale_css, css, -1);
	if (w->scale.upright)
		gtk_widget_add_css_class(GTK_WIDGET(w->gtk), "upright");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(w->gtk), "upright");
	w->note.width = w->scale.width;
	w->note.height = w->scale.height;
}

/* Pages hold sizes in pixels too (the drawings), so they are built anew; not
 * within the layout that told the size. */
static gboolean
rescale(gpointer user)
{
	struct window *w = user;

	set_scale(w);
	show_anew(w);
	show_changes(w);
	return G_SOURCE_REMOVE;
}

static void
on_layout(GdkSurface *surface, int width, int height, gpointer user)
{
	struct window *w = user;

	(void)surface;
	if (width == w->scale.width && height == w->scale.height)
		return;
	scale_of(width, height, w->inches, &w->scale);
	g_idle_add(rescale, w);
}

static void
on_realize(GtkWidget *widget, gpointer user)
{
	GdkSurface *surface = gtk_native_get_surface(GTK_NATIVE(widget));

	g_signal_connect(surface, "layout", G_CALLBACK(on_layout), user);
	g_signal_connect(gtk_widget_get_frame_clock(widget), "after-paint",
	    G_CALLBACK(on_painted), user);
}

/* --------------------------------------------------------------- the window */

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
	w->scale_css = gtk_css_provider_new();
	gtk_style_context_add_provider_for_display(display,
	    GTK_STYLE_PROVIDER(w->scale_css),
	    GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
	g_object_unref(w->scale_css);
}

int
window_screens(void)
{
	GdkDisplay *display = gdk_display_get_default();

	return (int)g_list_model_get_n_items(gdk_display_get_monitors(display));
}

/* Without a window manager the request for full screen has no effect, so the
 * size of the first monitor is asked for as well. */
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
		scale_of(area.width, area.height, w->inches, &w->scale);
		g_object_unref(monitor);
	}
	gtk_window_set_decorated(w->gtk, FALSE);
	gtk_widget_set_cursor_from_name(GTK_WIDGET(w->gtk), "none");
	gtk_window_fullscreen(w->gtk);
}

/* Never scrolls: it only lets the window be smaller than a page of the wrong
 * scale, which would otherwise keep it too large for ever. The pulse is the one
 * pixel that is painted to see whether frames reach the screen. */
static void
make_frame(struct window *w)
{
	GtkWidget *frame = gtk_scrolled_window_new();
	GtkWidget *overlay = gtk_overlay_new();

	w->frame = GTK_SCROLLED_WINDOW(frame);
	gtk_scrolled_window_set_policy(
	    w->frame, GTK_POLICY_EXTERNAL, GTK_POLICY_EXTERNAL);
	gtk_scrolled_window_set_kinetic_scrolling(w->frame, FALSE);
	gtk_widget_set_focusable(frame, FALSE);
	w->pulse = g_object_new(GTK_TYPE_DRAWING_AREA, "accessible-role",
	    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
	gtk_widget_set_halign(w->pulse, GTK_ALIGN_START);
	gtk_widget_set_valign(w->pulse, GTK_ALIGN_START);
	gtk_widget_set_size_request(w->pulse, 1, 1);
	gtk_widget_set_can_target(w->pulse, FALSE);
	gtk_overlay_set_child(GTK_OVERLAY(overlay), frame);
	gtk_overlay_add_overlay(GTK_OVERLAY(overlay), w->pulse);
	gtk_window_set_child(w->gtk, overlay);
}

void
window_init(struct window *w, const struct window_options *options)
{
	w->fullscreen = options->fullscreen;
	w->inches = options->inches;
	w->make_page = make_page;
	arena_init(&w->script.arena);
	scale_of(options->width, options->height, w->inches, &w->scale);
	w->gtk = GTK_WINDOW(gtk_window_new());
	gtk_window_set_title(w->gtk, "hailong-kiosk");
	gtk_window_set_default_size(w->gtk, options->width, options->height);
	load_style(w);
	make_frame(w);
	if (w->fullscreen)
		fill_screen(w);
	touch_watch(w);
	g_signal_connect(w->gtk, "realize", G_CALLBACK(on_realize), w);
	g_signal_connect(w->gtk, "close-request", G_CALLBACK(on_close), w);
	rescale(w);
	g_timeout_add(TICK_MS, on_tick, w);
	gtk_window_present(w->gtk);
}

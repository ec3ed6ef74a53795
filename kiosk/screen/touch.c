/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fingers are counted (several at once are noted with the answer) and watched
 * in the corner; while guidance is on they go to explore.c and no further. In
 * full screen only keys that move among our own buttons reach the widgets, so
 * that nothing behind the page can be called up.
 */
#include "kiosk/screen/touch.h"

#include "kiosk/screen/explore.h"
#include "kiosk/screen/show.h"
#include "kiosk/session.h"
#include "shared/clock.h"

#define STUCK_MS (120 * 1000) /* longer on the glass: its end was lost */

static bool
event_position(struct window *w, GdkEvent *event, double *x, double *y)
{
	double left, top;

	if (!gdk_event_get_position(event, x, y))
		return false;
	gtk_native_get_surface_transform(GTK_NATIVE(w->gtk), &left, &top);
	*x -= left;
	*y -= top;
	return true;
}

/* When the finger did it; an event's own time counts where it is of the same
 * clock, as on Wayland. */
static int64_t
event_time(GdkEvent *event)
{
	int64_t now = g_get_monotonic_time();
	int64_t ago = (now / 1000 - gdk_event_get_time(event)) & 0xffffffff;

	return ago < 5000 ? now - ago * 1000 : now;
}

static void
track_finger(
    struct window *w, GdkEventType type, uintptr_t id, double x, double y)
{
	struct fingers *f = &w->fingers;

	f->reach = w->scale.target / 2;
	f->corner = w->scale.target;
	switch (type) {
	case GDK_TOUCH_BEGIN:
	case GDK_BUTTON_PRESS:
		fingers_down(f, id, x, y, clock_mono());
		w->note.touched_at = clock_now();
		break;
	case GDK_TOUCH_UPDATE:
	case GDK_MOTION_NOTIFY:
		fingers_move(f, id, x, y);
		break;
	default:
		fingers_up(f, id);
	}
	if (w->session)
		session_fingers(w->session, f->most);
}

static gboolean
on_event(GtkEventControllerLegacy *controller, GdkEvent *event, gpointer user)
{
	struct window *w = user;
	GdkEventType type = gdk_event_get_event_type(event);
	uintptr_t id = (uintptr_t)gdk_event_get_event_sequence(event);
	double x, y;

	(void)controller;
	switch (type) {
	case GDK_TOUCH_BEGIN:
	case GDK_TOUCH_UPDATE:
	case GDK_TOUCH_END:
	case GDK_TOUCH_CANCEL:
	case GDK_BUTTON_PRESS:
	case GDK_BUTTON_RELEASE:
	case GDK_MOTION_NOTIFY:
		break;
	default:
		return GDK_EVENT_PROPAGATE;
	}
	if (!event_position(w, event, &x, &y))
		x = y = -1;
	track_finger(w, type, id, x, y);
	if (type == GDK_TOUCH_END || type == GDK_BUTTON_RELEASE)
		w->pressed_us = event_time(event);
	if (type == GDK_MOTION_NOTIFY && w->fingers.now == 0)
		return GDK_EVENT_PROPAGATE;
	return explore_touch(w, type, x, y);
}

static bool
moves_among_buttons(guint key, GdkModifierType state)
{
	static const guint keys[] = {GDK_KEY_Tab, GDK_KEY_ISO_Left_Tab,
	    GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space, GDK_KEY_Up,
	    GDK_KEY_Down, GDK_KEY_Left, GDK_KEY_Right};

	if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK |
			GDK_META_MASK | GDK_HYPER_MASK))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (key == keys[i])
			return true;
	return false;
}

static gboolean
on_key_pressed(GtkEventControllerKey *controller, guint key, guint code,
    GdkModifierType state, gpointer user)
{
	struct window *w = user;

	(void)controller;
	(void)code;
	if (key == GDK_KEY_AudioPlay || key == GDK_KEY_Help) {
		explore_guide(w, !w->guided);
		return GDK_EVENT_STOP;
	}
	return w->fullscreen && !moves_among_buttons(key, state);
}

/* A finger that rests: in the corner it opens the service page, on "listen" it
 * begins to guide. */
static gboolean
on_rest(gpointer user)
{
	struct window *w = user;
	int64_t now = clock_mono();
	const struct finger *finger = &w->fingers.list[0];
	GtkWidget *below;

	if (w->fingers.now == 0 || !w->flow)
		return G_SOURCE_CONTINUE;
	if (now - finger->since > STUCK_MS)
		fingers_none(&w->fingers);
	if (fingers_in_corner(&w->fingers, now)) {
		fingers_none(&w->fingers);
		show_event(w, FLOW_SERVICE_OPEN, 0);
		return G_SOURCE_CONTINUE;
	}
	if (w->guided || finger->strayed || w->fingers.now != 1 ||
	    now - finger->since < FINGERS_HOLD_MS)
		return G_SOURCE_CONTINUE;
	below = gtk_widget_pick(
	    GTK_WIDGET(w->gtk), finger->x, finger->y, GTK_PICK_DEFAULT);
	while (below && !g_object_get_data(G_OBJECT(below), "listen"))
		below = gtk_widget_get_parent(below);
	if (below)
		explore_guide(w, true);
	return G_SOURCE_CONTINUE;
}

void
touch_watch(struct window *w)
{
	GtkEventController *legacy = gtk_event_controller_legacy_new();
	GtkEventController *keys = gtk_event_controller_key_new();

	gtk_event_controller_set_propagation_phase(legacy, GTK_PHASE_CAPTURE);
	gtk_event_controller_set_propagation_phase(keys, GTK_PHASE_CAPTURE);
	g_signal_connect(legacy, "event", G_CALLBACK(on_event), w);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(on_key_pressed), w);
	gtk_widget_add_controller(GTK_WIDGET(w->gtk), legacy);
	gtk_widget_add_controller(GTK_WIDGET(w->gtk), keys);
	g_timeout_add(250, on_rest, w);
}

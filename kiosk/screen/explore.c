/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Guidance for a citizen who does not see the screen. It begins when "listen"
 * is held for two seconds, or with a key of the device: every page is then read
 * by itself, a finger that moves over the page is told what lies below it, and
 * what was heard is chosen by touching the same place again. It ends with the
 * same button or key, or a minute after the last touch (window.c).
 */
#include "kiosk/screen/explore.h"

#include "kiosk/screen/aloud.h"
#include "kiosk/screen/show.h"
#include "kiosk/screen/voice.h"
#include "shared/text.h"

void
explore_guide(struct window *w, bool on)
{
	if (!w->voice || !w->flow || w->guided == on)
		return;
	w->guided = on;
	voice_stop(w->voice);
	aloud_text(w, on ? "voice.guided" : "voice.over");
	show_anew(w);
}

/* What lies below a place: the control, of which its picture and its words are
 * only parts; where there is none, the nearest thing that can be told. */
static GtkWidget *
thing_at(struct window *w, double x, double y)
{
	GtkWidget *widget =
	    gtk_widget_pick(GTK_WIDGET(w->gtk), x, y, GTK_PICK_INSENSITIVE);
	GtkWidget *control =
	    widget ? gtk_widget_get_ancestor(widget, GTK_TYPE_BUTTON) : NULL;

	if (control)
		return control;
	while (widget && !g_object_get_data(G_OBJECT(widget), "say") &&
	       !GTK_IS_LABEL(widget))
		widget = gtk_widget_get_parent(widget);
	return widget;
}

static void
tell_thing(struct window *w, GtkWidget *thing)
{
	const char *words = g_object_get_data(G_OBJECT(thing), "say");
	const char *key = "voice.off";
	struct arena a;

	voice_stop(w->voice);
	if (!words && GTK_IS_LABEL(thing))
		words = gtk_label_get_text(GTK_LABEL(thing));
	if (!words)
		return;
	if (!GTK_IS_TOGGLE_BUTTON(thing)) {
		aloud_say(w, "", words);
		return;
	}
	if (gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(thing)))
		key = "voice.on";
	arena_init(&a);
	aloud_say(w, "",
	    g_str_equal(key, "voice.on")
		? text_fill(&a, w->lang, key, "name", words, NULL)
		: words);
	arena_finish(&a);
}

static void
hear_thing(struct window *w, GtkWidget *thing)
{
	if (w->heard)
		gtk_widget_remove_css_class(w->heard, "heard");
	w->heard = thing;
	if (!thing)
		return;
	gtk_widget_add_css_class(thing, "heard");
	tell_thing(w, thing);
}

static void
choose_thing(struct window *w, GtkWidget *thing)
{
	unsigned page = w->page;
	const char *name;
	struct arena a;

	voice_stop(w->voice);
	name = g_strdup(g_object_get_data(G_OBJECT(thing), "say"));
	g_signal_emit_by_name(thing, "clicked");
	if (w->page == page && GTK_IS_TOGGLE_BUTTON(thing)) {
		bool on =
		    gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(thing));

		arena_init(&a);
		aloud_say(w, "",
		    on ? text_fill(&a, w->lang, "voice.on", "name", name, NULL)
		       : text_fill(
			     &a, w->lang, "voice.off", "name", name, NULL));
		arena_finish(&a);
	}
	g_free((char *)name);
}

bool
explore_touch(struct window *w, GdkEventType type, double x, double y)
{
	static GtkWidget *began; /* heard already when the finger came down */
	GtkWidget *thing;

	if (!w->guided)
		return false;
	thing = thing_at(w, x, y);
	switch (type) {
	case GDK_TOUCH_BEGIN:
	case GDK_BUTTON_PRESS:
		began = thing && thing == w->heard ? thing : NULL;
		if (thing != w->heard)
			hear_thing(w, thing);
		break;
	case GDK_TOUCH_UPDATE:
	case GDK_MOTION_NOTIFY:
		if (thing != w->heard) {
			hear_thing(w, thing);
			began = NULL;
		}
		break;
	case GDK_TOUCH_END:
	case GDK_BUTTON_RELEASE:
		if (began && began == thing && GTK_IS_BUTTON(thing))
			choose_thing(w, thing);
		began = NULL;
		break;
	default:
		break;
	}
	return true;
}

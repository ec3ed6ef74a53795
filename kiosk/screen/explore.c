/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two ways to hear a page. "Listen" reads it once, for whoever does not read
 * well; touching works as ever. Held for two seconds (or by a key of the
 * device) it guides whoever does not see the screen: every page is read by
 * itself, a finger that moves over it is told what lies below, and what was
 * heard is chosen by touching the same place again. Guidance ends with the
 * button, or by itself a minute after the last touch.
 */
#include "kiosk/screen/window.h"

#include "kiosk/screen/voice.h"
#include "shared/text.h"

static void
say(struct window *w, const char *key, const char *words)
{
	voice_say(w->voice, w->lang, key, words);
}

static void
say_key(struct window *w, const char *key)
{
	say(w, key, window_text(w, key));
}

static void
read_script(struct window *w)
{
	for (size_t i = 0; i < w->script.n; i++)
		say(w, w->script.items[i].key, w->script.items[i].words);
}

void
explore_read(struct window *w)
{
	if (!w->voice)
		return;
	voice_stop(w->voice);
	read_script(w);
	if (w->flow && flow_home(w->flow))
		say_key(w, "voice.hold");
}

void
explore_guide(struct window *w, bool on)
{
	if (!w->voice || !w->flow || w->guided == on)
		return;
	w->guided = on;
	voice_stop(w->voice);
	say_key(w, on ? "voice.guided" : "voice.over");
	window_rebuild(w);
}

void
explore_page(struct window *w)
{
	w->heard = NULL;
	if (!w->voice)
		return;
	if (w->guided)
		read_script(w);
}

/* What lies below a place: the nearest thing that has something to say. */
static GtkWidget *
thing_at(struct window *w, double x, double y)
{
	GtkWidget *widget =
	    gtk_widget_pick(GTK_WIDGET(w->gtk), x, y, GTK_PICK_INSENSITIVE);

	while (widget && !g_object_get_data(G_OBJECT(widget), "say") &&
	       !GTK_IS_LABEL(widget))
		widget = gtk_widget_get_parent(widget);
	return widget;
}

static void
tell(struct window *w, GtkWidget *thing)
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
		say(w, "", words);
		return;
	}
	if (gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(thing)))
		key = "voice.on";
	arena_init(&a);
	say(w, "",
	    g_str_equal(key, "voice.on")
		? text_fill(&a, w->lang, key, "name", words, NULL)
		: words);
	arena_finish(&a);
}

static void
hear(struct window *w, GtkWidget *thing)
{
	if (w->heard)
		gtk_widget_remove_css_class(w->heard, "heard");
	w->heard = thing;
	if (!thing)
		return;
	gtk_widget_add_css_class(thing, "heard");
	tell(w, thing);
}

static void
choose(struct window *w, GtkWidget *thing)
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
		say(w, "",
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
			hear(w, thing);
		break;
	case GDK_TOUCH_UPDATE:
	case GDK_MOTION_NOTIFY:
		if (thing != w->heard) {
			hear(w, thing);
			began = NULL;
		}
		break;
	case GDK_TOUCH_END:
	case GDK_BUTTON_RELEASE:
		if (began && began == thing && GTK_IS_BUTTON(thing))
			choose(w, thing);
		began = NULL;
		break;
	default:
		break;
	}
	return true;
}

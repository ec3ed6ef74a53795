/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A page is built anew when the flow goes to another page or new settings have
 * come; in between its own refresh function keeps it up to date. The page is
 * made by window.make_page (window.c), so that this file, which pages and parts
 * call, calls none of them.
 *
 * A screen reader is told of the new page by the focus, which goes to the
 * heading, and by the window's name. (An announcement of its own, GTK 4.14,
 * Debian 12 does not have.)
 */
#include "kiosk/screen/show.h"

#include "kiosk/screen/aloud.h"
#include "kiosk/session.h"

static void
clear_page(struct window *w)
{
	for (size_t i = 0; i < LIMIT_REASONS; i++)
		w->toggles[i] = NULL;
	w->count = NULL;
	w->title = NULL;
	w->refresh = NULL;
	w->heard = NULL;
	w->script.n = 0;
	arena_reset(&w->script.arena);
}

static void
follow_flow(struct window *w)
{
	if (w->page != w->flow->page)
		w->leaf = 0;
	if (w->flow->screen != FLOW_SERVICE)
		w->service.leaf = SERVICE_LOCKED;
	w->page = w->flow->page;
	w->lang = w->flow->lang;
}

static void
tell_reader(struct window *w)
{
	if (!w->title)
		return;
	gtk_accessible_update_property(GTK_ACCESSIBLE(w->gtk),
	    GTK_ACCESSIBLE_PROPERTY_LABEL,
	    g_object_get_data(G_OBJECT(w->title), "say"), -1);
	/* a label takes no focus of itself, but may be given it */
	gtk_root_set_focus(GTK_ROOT(w->gtk), w->title);
}

void
show_anew(struct window *w)
{
	clear_page(w);
	if (w->flow)
		follow_flow(w);
	/* so that GTK does not look for another place when it goes */
	gtk_window_set_focus(w->gtk, NULL);
	gtk_scrolled_window_set_child(w->frame, w->make_page(w));
	tell_reader(w);
	if (w->guided)
		aloud_page(w);
}

void
show_changes(struct window *w)
{
	unsigned revision = w->session ? session_revision(w->session) : 0;

	if (w->session) {
		w->flow = session_flow(w->session);
		w->words = session_words(w->session);
	}
	if (w->flow && (w->page != w->flow->page || w->revision != revision)) {
		w->revision = revision;
		show_anew(w);
	}
	if (w->refresh)
		w->refresh(w);
}

void
show_event(struct window *w, enum flow_kind kind, int value)
{
	if (!w->session)
		return;
	session_event(w->session, kind, value);
	show_changes(w);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The device forgets who it is, so that the next start enrols it anew. Refused
 * while answers are unsent, because without a token the device cannot send
 * them, and where kiosk.ini names a token file, which would be read again.
 */
#include "kiosk/screen/service.h"

#include "kiosk/screen/parts.h"
#include "kiosk/screen/service_parts.h"
#include "kiosk/screen/words.h"
#include "kiosk/session.h"

static void
forget_device(struct window *w, int value)
{
	(void)value;
	if (!w->session || !session_forget(w->session))
		return;
	w->leaving = true;
	g_main_loop_quit(w->loop);
}

/* The reason in words, or NULL when the device may be forgotten. */
static const char *
why_not(struct window *w)
{
	struct session_state s = {0};

	if (*w->token_file)
		return words_fill(
		    w, "service.forget.token", "file", w->token_file, NULL);
	if (w->session)
		session_state(w->session, &s);
	return s.unsent == 0 ? NULL
			     : words_fill(w, "service.forget.unsent", "n",
				   arena_printf(&w->script.arena, "%lld",
				       (long long)s.unsent),
				   NULL);
}

GtkWidget *
service_forget(struct window *w)
{
	GtkWidget *page = part_page(NULL), *box = part_middle(w);
	const char *why = why_not(w);

	gtk_box_append(GTK_BOX(box),
	    part_title(
		w, "", why ? why : words_text(w, "service.forget.sure")));
	gtk_box_append(GTK_BOX(page), box);
	gtk_box_append(GTK_BOX(page),
	    part_bar(w,
		service_button(w,
		    words_text(w, why ? "button.back" : "service.no"),
		    service_go, SERVICE_FACTS),
		NULL,
		why ? NULL
		    : service_button(
			  w, words_text(w, "service.yes"), forget_device, 0)));
	return page;
}

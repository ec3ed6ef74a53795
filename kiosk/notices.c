/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pages that say something: still there?, thanks, trouble. The trouble
 * page sends citizens to the other ways of answering; it is never shown for a
 * lost network, only when an answer could not be stored.
 */
#include "kiosk/window.h"

#include "kiosk/faces.h"
#include "shared/arena.h"
#include "shared/text.h"

#define CODE_STORE "K1" /* the outbox cannot store; kiosk/README.md */

/* The page's words in the middle of what room the bar leaves. */
static GtkWidget *
middle(const struct window *w)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, w->em * 2 / 3);

	gtk_widget_set_vexpand(box, TRUE);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	return box;
}

GtkWidget *
still_there_page(struct window *w)
{
	GtkWidget *page = part_page(), *box = middle(w), *label;

	gtk_box_append(
	    GTK_BOX(box), part_label(window_text(w, "kiosk.idle"), "big"));
	label = part_label("", "say");
	w->seconds = GTK_LABEL(label);
	gtk_box_append(GTK_BOX(box), label);
	gtk_box_append(GTK_BOX(page), box);
	gtk_box_append(GTK_BOX(page),
	    part_bar(part_bar_button(w, "button.continue", NULL, FLOW_CONTINUE),
		NULL, part_bar_button(w, "button.send", "send", FLOW_SEND)));
	return page;
}

void
still_there_refresh(struct window *w)
{
	struct arena a;
	char seconds[16];

	if (!w->seconds)
		return;
	g_snprintf(
	    seconds, sizeof(seconds), "%d", session_seconds_left(w->session));
	arena_init(&a);
	gtk_label_set_text(w->seconds,
	    text_fill(&a, w->lang, "kiosk.idle.count", "s", seconds, NULL));
	arena_finish(&a);
}

static void
draw_done(
    GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user)
{
	int size = MIN(width, height);

	(void)area;
	(void)user;
	cairo_translate(cr, (width - size) / 2.0, (height - size) / 2.0);
	done_draw(cr, size);
}

GtkWidget *
thanks_page(struct window *w)
{
	bool low = session_flow(w->session)->answer.face <= 2;
	GtkWidget *page = part_page(), *box = middle(w);

	gtk_box_append(GTK_BOX(box), part_drawing(draw_done, 0, 7 * w->em));
	gtk_box_append(
	    GTK_BOX(box), part_label(window_text(w, "kiosk.thanks"), "big"));
	gtk_box_append(
	    GTK_BOX(box), part_label(low ? window_text(w, "kiosk.thanks.low")
					 : window_text(w, "kiosk.thanks.more"),
			      "say"));
	gtk_box_append(GTK_BOX(page), box);
	gtk_box_append(GTK_BOX(page),
	    part_bar(part_bar_button(w, "kiosk.again", NULL, FLOW_AGAIN), NULL,
		NULL));
	return page;
}

/* Where to answer instead; only what the settings know is offered. */
GtkWidget *
trouble_page(struct window *w)
{
	const struct settings *s = session_words(w->session);
	GtkWidget *page = part_page(), *box = middle(w), *label;
	const char *words = window_text(w, "kiosk.trouble.plain");
	struct arena a;

	arena_init(&a);
	if (s->desk && *s->sms)
		words = text_fill(&a, w->lang, "kiosk.trouble", "desk", s->desk,
		    "sms", s->sms, NULL);
	gtk_box_append(GTK_BOX(box), part_label(words, "say"));
	gtk_box_append(GTK_BOX(page), box);
	label = part_label(text_fill(&a, w->lang, "kiosk.trouble.code", "code",
			       CODE_STORE, NULL),
	    "small");
	gtk_box_append(GTK_BOX(page), label);
	arena_finish(&a);
	return page;
}

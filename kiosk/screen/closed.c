/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outside the hours: a dark page that says so and offers the QR. It does not
 * invite a touch, since answers outside the hours stay out of the headline
 * figure; a touch leads to the faces all the same. The words move by a few
 * pixels each minute, so that nothing burns in; the languages are as dark as
 * the page, and no brighter than its words.
 */
#include "kiosk/screen/pages.h"

#include "kiosk/screen/parts.h"
#include "kiosk/screen/words.h"
#include "kiosk/settings.h"
#include "shared/clock.h"

#define STEPS 8

static void
refresh_closed(struct window *w)
{
	GtkWidget *page = gtk_scrolled_window_get_child(w->frame), *box;
	int minute = (int)(clock_now() / 60000 % (STEPS * STEPS));
	int px = w->scale.em / 8 + 1;

	if (GTK_IS_VIEWPORT(page))
		page = gtk_viewport_get_child(GTK_VIEWPORT(page));
	page = gtk_widget_get_first_child(page); /* the button */
	box = gtk_button_get_child(GTK_BUTTON(page));
	gtk_widget_set_margin_start(box, minute % STEPS * px);
	gtk_widget_set_margin_top(box, minute / STEPS * px);
}

static GtkWidget *
closed_words(struct window *w)
{
	GtkWidget *box =
	    gtk_box_new(GTK_ORIENTATION_VERTICAL, w->scale.em * 2 / 3);
	const char *hours =
	    hours_words(&w->script.arena, &w->words->hours, w->lang);

	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_widget_set_hexpand(box, TRUE);
	part_add_desk(w, box);
	gtk_box_append(GTK_BOX(box),
	    part_title(w, "kiosk.closed", words_text(w, "kiosk.closed")));
	if (*hours)
		gtk_box_append(
		    GTK_BOX(box), part_label(words_fill(w, "kiosk.closed.hours",
						 "hours", hours, NULL),
				      "say"));
	return box;
}

GtkWidget *
closed_page(struct window *w)
{
	GtkWidget *page = part_page("night"), *all = gtk_button_new(), *box,
		  *qr;
	const struct scale *s = &w->scale;

	box = gtk_box_new(
	    s->upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL,
	    s->em * 2);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), closed_words(w));
	qr = *w->words->qr
		 ? part_qr(w, w->words->qr, MIN(s->width, s->height) * 2 / 5)
		 : NULL;
	if (qr)
		gtk_box_append(GTK_BOX(box), qr);
	/* all but the languages is one button without the look of one */
	gtk_button_set_child(GTK_BUTTON(all), box);
	gtk_widget_add_css_class(all, "all");
	gtk_widget_set_vexpand(all, TRUE);
	part_act(w, all, words_text(w, "kiosk.closed"), FLOW_WAKE, 0);
	gtk_box_append(GTK_BOX(page), all);
	gtk_box_append(GTK_BOX(page), part_languages(w));
	w->refresh = refresh_closed;
	return page;
}

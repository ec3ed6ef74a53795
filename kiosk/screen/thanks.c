/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The thanks, shown only when the answer is on the disk. Where the desk offers
 * it, a QR leads to a page on which the same answer gets a comment: its address
 * ends in the answer's one-time token.
 */
#include "kiosk/screen/pages.h"

#include "kiosk/screen/faces.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/words.h"
#include "kiosk/settings.h"

static GtkWidget *
thanks_words(struct window *w)
{
	bool low = w->flow->answer.face <= 2;
	const char *more = low ? "kiosk.thanks.low" : "kiosk.thanks.more";
	GtkWidget *box =
	    gtk_box_new(GTK_ORIENTATION_VERTICAL, w->scale.em * 2 / 3);

	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_widget_set_hexpand(box, TRUE);
	gtk_box_append(
	    GTK_BOX(box), part_picture(done_draw, 0, 6 * w->scale.em));
	gtk_box_append(GTK_BOX(box),
	    part_title(w, "kiosk.thanks", words_text(w, "kiosk.thanks")));
	gtk_box_append(GTK_BOX(box), part_label(words_text(w, more), "say"));
	part_say(w, more, words_text(w, more));
	return box;
}

static GtkWidget *
thanks_code(struct window *w)
{
	const struct flow_answer *a = &w->flow->answer;
	const struct scale *s = &w->scale;
	int size = MIN(s->width, s->height) * (s->upright ? 40 : 46) / 100;
	GtkWidget *box, *qr;

	if (w->flow->settings.qr_ms == 0 || !*a->token || !*w->words->qr)
		return NULL;
	qr = part_qr(w,
	    arena_printf(
		&w->script.arena, "%s?more=%s", w->words->qr, a->token),
	    size);
	if (!qr)
		return NULL;
	box = gtk_box_new(GTK_ORIENTATION_VERTICAL, s->em / 2);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), qr);
	gtk_box_append(
	    GTK_BOX(box), part_label(words_text(w, "kiosk.qr"), "caption"));
	return box;
}

GtkWidget *
thanks_page(struct window *w)
{
	GtkWidget *page = part_page(NULL), *box, *qr = thanks_code(w);

	box = gtk_box_new(w->scale.upright ? GTK_ORIENTATION_VERTICAL
					   : GTK_ORIENTATION_HORIZONTAL,
	    w->scale.em);
	gtk_widget_set_vexpand(box, TRUE);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), thanks_words(w));
	if (qr)
		gtk_box_append(GTK_BOX(box), qr);
	gtk_box_append(GTK_BOX(page), box);
	gtk_box_append(GTK_BOX(page),
	    part_bar(w, part_bar_button(w, "kiosk.again", NULL, FLOW_AGAIN),
		NULL,
		qr ? part_bar_button(w, "button.done", "send", FLOW_DONE)
		   : NULL));
	return page;
}

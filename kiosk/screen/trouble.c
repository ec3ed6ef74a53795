/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Answers cannot be stored: the other ways of answering are shown, as far as
 * the settings know them, but never the clerk, who is the one rated. Not shown
 * for a lost network.
 */
#include "kiosk/screen/pages.h"

#include "kiosk/screen/parts.h"
#include "kiosk/screen/words.h"
#include "kiosk/settings.h"
#include "shared/text.h"

#define CODE_STORE "K1" /* the outbox cannot store; kiosk/README.md */

static const char *
what_to_do(struct window *w)
{
	const struct settings *s = w->words;
	bool sms = s->desk && *s->sms, qr = *s->qr != '\0';

	if (sms)
		return words_fill(w, qr ? "kiosk.trouble.qr" : "kiosk.trouble",
		    "desk", s->desk, "sms", s->sms, NULL);
	return words_text(
	    w, qr ? "kiosk.trouble.qr.plain" : "kiosk.trouble.plain");
}

GtkWidget *
trouble_page(struct window *w)
{
	const struct scale *s = &w->scale;
	GtkWidget *page = part_page(NULL), *box, *title, *qr = NULL;
	GtkWidget *foot, *code;

	box = gtk_box_new(
	    s->upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL,
	    s->em * 2);
	gtk_widget_set_vexpand(box, TRUE);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	title = part_title(w, "", what_to_do(w));
	gtk_widget_set_hexpand(title, TRUE);
	gtk_box_append(GTK_BOX(box), title);
	if (*w->words->qr)
		qr = part_qr(w, w->words->qr, MIN(s->width, s->height) / 2);
	if (qr)
		gtk_box_append(GTK_BOX(box), qr);
	gtk_box_append(GTK_BOX(page), box);
	foot = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, s->em);
	code = part_label(
	    words_fill(w, "kiosk.trouble.code", "code", CODE_STORE, NULL),
	    "small");
	gtk_widget_set_hexpand(code, TRUE);
	gtk_box_append(GTK_BOX(foot), code);
	gtk_box_append(GTK_BOX(foot), part_languages(w));
	gtk_box_append(GTK_BOX(page), foot);
	return page;
}

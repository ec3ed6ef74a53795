/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first page of a new device: a code for the administrator to type, or a QR
 * that brings it along, and whether the collector is reached. Nothing here can
 * be touched.
 */
#include "kiosk/screen/pages.h"

#include <string.h>
#include "kiosk/enrol.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/words.h"
#include "shared/civil.h"
#include "shared/clock.h"

struct shown {
	GtkLabel *code, *left, *state, *time;
	GtkBox *place;
	GtkWidget *qr;
	char address[LIMIT_ADDRESS_BYTES + 1];
};

static struct shown shown; /* there is one such page */

static void
show_qr(struct window *w, const char *address)
{
	int edge = MIN(w->scale.width, w->scale.height);

	if (g_str_equal(address, shown.address) && shown.qr)
		return;
	if (shown.qr)
		gtk_box_remove(shown.place, shown.qr);
	g_strlcpy(shown.address, address, sizeof(shown.address));
	shown.qr = part_qr(w, address, edge * 9 / 20);
	if (shown.qr)
		gtk_box_append(shown.place, shown.qr);
}

/* "ABCD 2345" is read more easily than "ABCD2345". */
static void
show_code(const char *code)
{
	char spaced[LIMIT_ENROL_CODE + 4];

	g_snprintf(spaced, sizeof(spaced), "%.4s\u00a0%s", code, code + 4);
	part_set_words(shown.code, spaced);
}

static const char *
enrol_state_words(struct window *w, const struct enrol_view *v)
{
	switch (v->state) {
	case ENROL_WAITING:
		return words_text(w, "enrol.waiting");
	case ENROL_APPROVED:
		return words_fill(
		    w, "enrol.approved", "desk", w->identity->desk, NULL);
	default:
		return words_fill(w, "enrol.offline", "url", w->url, NULL);
	}
}

static void
refresh_enrolment(struct window *w)
{
	struct enrol_view v;
	char minutes[8], time[CIVIL_TIME_TEXT];
	int64_t now = clock_now();

	enrol_look(w->enrol, &v);
	g_snprintf(minutes, sizeof(minutes), "%d", v.minutes);
	civil_format_time(now / 1000 * 1000, civil_offset(now), time);
	show_code(v.code);
	show_qr(w, v.address);
	part_set_words(
	    shown.left, words_fill(w, "enrol.left", "m", minutes, NULL));
	part_set_words(shown.state, enrol_state_words(w, &v));
	part_set_words(
	    shown.time, words_fill(w, "enrol.clock", "time", time, NULL));
	/* the words above live in the script's arena and are not read aloud */
	w->script.n = 0;
	arena_reset(&w->script.arena);
}

static GtkWidget *
add_label(GtkWidget *box, const char *words, const char *css)
{
	GtkWidget *label = part_label(words, css);

	gtk_box_append(GTK_BOX(box), label);
	return label;
}

static GtkWidget *
enrol_words(struct window *w)
{
	GtkWidget *box =
	    gtk_box_new(GTK_ORIENTATION_VERTICAL, w->scale.em * 2 / 3);
	/* browsers add https:// by themselves */
	const char *host = g_str_has_prefix(w->url, "https://")
			       ? w->url + strlen("https://")
			       : w->url;
	const char *how = words_fill(w, "enrol.how", "address",
	    arena_printf(&w->script.arena, "%s/staff/devices", host), NULL);

	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_widget_set_hexpand(box, TRUE);
	gtk_box_append(
	    GTK_BOX(box), part_title(w, "", words_text(w, "enrol.title")));
	add_label(box, how, "lead");
	add_label(box, words_text(w, "enrol.code"), "hint");
	shown.code = GTK_LABEL(add_label(box, "", "code"));
	shown.left = GTK_LABEL(add_label(box, "", "hint"));
	return box;
}

GtkWidget *
enrolment_page(struct window *w)
{
	GtkWidget *page = part_page(NULL), *box;

	shown = (struct shown){0};
	box = gtk_box_new(w->scale.upright ? GTK_ORIENTATION_VERTICAL
					   : GTK_ORIENTATION_HORIZONTAL,
	    w->scale.em * 2);
	gtk_widget_set_vexpand(box, TRUE);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), enrol_words(w));
	shown.place = GTK_BOX(box);
	gtk_box_append(GTK_BOX(page), box);
	shown.state = GTK_LABEL(add_label(page, "", "say"));
	shown.time = GTK_LABEL(add_label(page, "", "small"));
	w->refresh = refresh_enrolment;
	return page;
}

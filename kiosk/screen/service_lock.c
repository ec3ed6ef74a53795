/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keypad before the operator's page. What is typed is shown as dots; after
 * a wrong PIN the page says so, after several one has to wait (kiosk/pin.h).
 */
#include "kiosk/screen/service.h"

#include <string.h>
#include "kiosk/identity.h"
#include "kiosk/pin_kept.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/service_parts.h"
#include "kiosk/screen/show.h"
#include "kiosk/screen/words.h"
#include "kiosk/settings.h"
#include "shared/clock.h"
#include "shared/keys.h"

static struct {
	GtkLabel *typed, *said;
} pad; /* there is one such page */

static void
refresh_pin(struct window *w)
{
	int wait = pin_wait(&w->service.pin, clock_mono());
	GString *dots = g_string_new("");
	char seconds[12];

	for (size_t i = 0; i < strlen(w->service.pin.typed); i++)
		g_string_append(dots, "●");
	part_set_words(pad.typed, *dots->str ? dots->str : "–");
	g_string_free(dots, TRUE);
	g_snprintf(seconds, sizeof(seconds), "%d", wait);
	if (!*w->words->pin)
		part_set_words(pad.said, words_text(w, "service.pin.none"));
	else if (wait > 0)
		part_set_words(pad.said,
		    words_fill(w, "service.pin.wait", "s", seconds, NULL));
	else
		part_set_words(pad.said,
		    w->service.wrong ? words_text(w, "service.pin.wrong") : "");
}

static void
type_digit(struct window *w, int digit)
{
	w->service.wrong = false;
	pin_digit(&w->service.pin, digit, clock_mono());
	show_event(w, FLOW_TOUCH, 0);
}

static void
erase_pin(struct window *w, int value)
{
	(void)value;
	pin_erase(&w->service.pin);
	show_event(w, FLOW_TOUCH, 0);
}

static void
try_pin(struct window *w, int value)
{
	const struct identity *id = w->identity;
	char hash[PIN_HASH] = "";

	(void)value;
	/* a hash that is not for this device stays shut, and no PIN is right */
	if (!id->own_key ||
	    !key_open(&id->key, w->words->pin, hash, sizeof(hash)))
		hash[0] = '\0';
	if (pin_kept_try(&w->service.pin, w->outbox, hash, clock_mono())) {
		service_go(w, SERVICE_FACTS);
		return;
	}
	w->service.wrong = true;
	show_event(w, FLOW_TOUCH, 0);
}

static GtkWidget *
keypad(struct window *w)
{
	static const int order[] = {1, 2, 3, -1, 4, 5, 6, 0, 7, 8, 9, -2};
	GtkWidget *keys = part_tiles(w), *key;
	char digit[2] = "0";

	gtk_widget_set_vexpand(keys, FALSE);
	gtk_widget_set_valign(keys, GTK_ALIGN_CENTER);
	for (int i = 0; i < (int)G_N_ELEMENTS(order); i++) {
		digit[0] = (char)('0' + order[i]);
		if (order[i] == -1)
			key = service_button(
			    w, words_text(w, "service.erase"), erase_pin, 0);
		else if (order[i] == -2)
			key = service_button(
			    w, words_text(w, "button.done"), try_pin, 0);
		else
			key = service_button(w, digit, type_digit, order[i]);
		gtk_grid_attach(GTK_GRID(keys), key, i % 4, i / 4, 1, 1);
	}
	return keys;
}

static GtkWidget *
pin_side(struct window *w)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, w->scale.em / 2);
	GtkWidget *label, *row;

	gtk_box_append(
	    GTK_BOX(box), part_title(w, "", words_text(w, "service.pin")));
	label = part_label("", "say");
	pad.typed = GTK_LABEL(label);
	gtk_box_append(GTK_BOX(box), label);
	label = part_label("", "hint");
	gtk_label_set_width_chars(GTK_LABEL(label), 16);
	pad.said = GTK_LABEL(label);
	gtk_widget_set_vexpand(label, TRUE);
	gtk_box_append(GTK_BOX(box), label);
	row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, w->scale.em / 2);
	gtk_box_set_homogeneous(GTK_BOX(row), TRUE);
	gtk_box_append(GTK_BOX(row), service_close(w));
	gtk_box_append(GTK_BOX(row), service_clean(w));
	gtk_box_append(GTK_BOX(box), row);
	gtk_widget_set_hexpand(box, TRUE);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	return box;
}

GtkWidget *
service_lock(struct window *w)
{
	GtkWidget *page = part_page(NULL), *box;

	box = gtk_box_new(w->scale.upright ? GTK_ORIENTATION_VERTICAL
					   : GTK_ORIENTATION_HORIZONTAL,
	    w->scale.em);
	gtk_box_append(GTK_BOX(box), pin_side(w));
	gtk_box_append(GTK_BOX(box), keypad(w));
	gtk_widget_set_vexpand(box, TRUE);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(page), box);
	w->refresh = refresh_pin;
	return page;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The languages to choose from, each by its own name, whatever is shown now: on
 * the faces, and where nothing can be answered (closed, trouble). */
#include "kiosk/screen/parts.h"
#include "kiosk/settings.h"
#include "shared/text.h"

GtkWidget *
part_widen(const struct window *w, GtkWidget *button)
{
	gtk_widget_set_size_request(
	    button, MAX(w->scale.target, w->scale.em * 6), w->scale.target);
	return button;
}

static GtkWidget *
language_button(struct window *w, enum lang lang)
{
	char key[16];
	const char *name;
	GtkWidget *button;

	g_snprintf(key, sizeof(key), "lang.%s", lang_code(lang));
	name = text(lang, key);
	button = gtk_button_new();
	gtk_button_set_child(GTK_BUTTON(button), part_label(name, "word"));
	gtk_widget_add_css_class(button, "language");
	if (lang == w->lang)
		gtk_widget_add_css_class(button, "current");
	gtk_accessible_update_state(GTK_ACCESSIBLE(button),
	    GTK_ACCESSIBLE_STATE_SELECTED, lang == w->lang, -1);
	part_act(w, button, name, FLOW_LANGUAGE, (int)lang);
	part_widen(w, button);
	return button;
}

GtkWidget *
part_languages(struct window *w)
{
	GtkWidget *row =
	    gtk_box_new(GTK_ORIENTATION_HORIZONTAL, w->scale.em / 2);
	const struct settings *words = w->words;
	size_t i;

	gtk_widget_set_halign(row, GTK_ALIGN_END);
	for (i = 0; words->nlangs > 1 && i < words->nlangs; i++)
		gtk_box_append(
		    GTK_BOX(row), language_button(w, words->langs[i]));
	return row;
}

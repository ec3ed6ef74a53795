/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One of the factor questions: what it is about, the same five faces, and three
 * ways past it: "does not apply" and "skip", which are not the same, and
 * "done", which ends them all.
 */
#include "kiosk/screen/pages.h"

#include "kiosk/screen/faces.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/words.h"
#include "kiosk/settings.h"

static GtkWidget *
score_button(struct window *w, int score, GtkSizeGroup *words)
{
	GtkWidget *button = gtk_button_new(), *box, *label;
	bool upright = w->scale.upright;
	int em = w->scale.em;
	char key[16];
	const char *name;

	g_snprintf(key, sizeof(key), "face.%d", score);
	name = words_text(w, key);
	label = part_label(name, "word");
	box = gtk_box_new(
	    upright ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL,
	    em / 2);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box),
	    part_picture(face_draw, score, upright ? em * 3 : em * 9 / 2));
	gtk_box_append(GTK_BOX(box), label);
	if (upright) {
		gtk_label_set_xalign(GTK_LABEL(label), 0);
		gtk_widget_set_hexpand(label, TRUE);
	} else {
		gtk_label_set_width_chars(GTK_LABEL(label), 6);
		gtk_size_group_add_widget(words, label);
	}
	gtk_button_set_child(GTK_BUTTON(button), box);
	gtk_widget_add_css_class(button, "score");
	part_act(w, button, name, FLOW_SCORE, score);
	part_say(w, key, name);
	return button;
}

static GtkWidget *
score_row(struct window *w, const char *name)
{
	GtkWidget *row =
	    part_group(w->scale.upright ? GTK_ORIENTATION_VERTICAL
					: GTK_ORIENTATION_HORIZONTAL,
		w->scale.em / 2, name);
	GtkSizeGroup *words = gtk_size_group_new(GTK_SIZE_GROUP_VERTICAL);

	gtk_box_set_homogeneous(GTK_BOX(row), TRUE);
	gtk_widget_set_vexpand(row, TRUE);
	gtk_widget_set_valign(row, GTK_ALIGN_CENTER);
	for (int score = 5; score >= 1; score--)
		gtk_box_append(GTK_BOX(row), score_button(w, score, words));
	g_object_unref(words);
	return row;
}

static GtkWidget *
factor_count(struct window *w)
{
	char n[12], of[12];

	g_snprintf(n, sizeof(n), "%d", w->flow->factor + 1);
	g_snprintf(of, sizeof(of), "%zu", w->words->nfactors);
	return part_label(
	    words_fill(w, "factor.count", "n", n, "count", of, NULL), "desk");
}

GtkWidget *
factor_page(struct window *w)
{
	const struct settings_choice *factor =
	    &w->words->factors[w->flow->factor];
	GtkWidget *page = part_page(NULL);
	const char *name = factor->words[w->lang];

	gtk_box_append(GTK_BOX(page), factor_count(w));
	gtk_box_append(
	    GTK_BOX(page), part_label(words_text(w, "factor.title"), "lead"));
	part_say(w, "factor.title", words_text(w, "factor.title"));
	gtk_box_append(GTK_BOX(page),
	    part_title(w,
		arena_printf(&w->script.arena, "factor.%s", factor->code),
		name));
	gtk_box_append(GTK_BOX(page), score_row(w, name));
	gtk_box_append(GTK_BOX(page),
	    part_bar_asked(w,
		/* whose value is 0 */
		part_bar_button(w, "factor.na", NULL, FLOW_SCORE),
		part_pair(w, part_bar_button(w, "button.skip", NULL, FLOW_SKIP),
		    part_bar_button(w, "button.done", "send", FLOW_SEND))));
	return page;
}

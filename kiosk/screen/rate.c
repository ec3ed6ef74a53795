/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first page: the desk's name, the question, five faces from best to worst,
 * the promise, the languages. The faces stand in five equal columns over the
 * middle of a lying screen (tests/kiosk/press relies on it), in five rows on a
 * standing one. Tied to a call, the promise gives way to what is true then,
 * and the question may be skipped.
 */
#include "kiosk/screen/pages.h"

#include "kiosk/screen/faces.h"
#include "kiosk/screen/parts.h"
#include "kiosk/screen/words.h"
#include "kiosk/settings.h"

#define LANGS_BESIDE 2 /* more of them stand below the promise */

static GtkWidget *
face_box(const struct window *w, int face, GtkWidget *label)
{
	bool upright = w->scale.upright;
	int em = w->scale.em, size = upright ? em * 9 / 2 : em * 15 / 2;
	GtkWidget *box = gtk_box_new(
	    upright ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL,
	    upright ? em * 3 / 2 : em / 2);

	if (!upright)
		gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), part_picture(face_draw, face, size));
	gtk_box_append(GTK_BOX(box), label);
	return box;
}

static GtkWidget *
face_button(struct window *w, int face, GtkSizeGroup *words)
{
	GtkWidget *button = gtk_button_new(), *label;
	char key[16];
	const char *name;

	g_snprintf(key, sizeof(key), "face.%d", face);
	name = words_text(w, key);
	label = part_label(name, "word");
	if (w->scale.upright) {
		gtk_label_set_xalign(GTK_LABEL(label), 0);
		gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_LEFT);
		gtk_widget_set_hexpand(label, TRUE);
	} else {
		gtk_label_set_width_chars(GTK_LABEL(label), 6);
		gtk_size_group_add_widget(words, label);
	}
	gtk_button_set_child(GTK_BUTTON(button), face_box(w, face, label));
	gtk_widget_add_css_class(button, "face");
	part_act(w, button, name, FLOW_FACE, face);
	part_say(w, key, name);
	return button;
}

static GtkWidget *
face_row(struct window *w)
{
	GtkWidget *row =
	    part_group(w->scale.upright ? GTK_ORIENTATION_VERTICAL
					: GTK_ORIENTATION_HORIZONTAL,
		w->scale.em / 2, w->words->question[w->lang]);
	GtkSizeGroup *words = gtk_size_group_new(GTK_SIZE_GROUP_VERTICAL);
	const char *key = w->scale.upright ? "voice.faces.down" : "voice.faces";
	int face;

	gtk_box_set_homogeneous(GTK_BOX(row), TRUE);
	gtk_widget_set_vexpand(row, TRUE);
	gtk_widget_set_valign(row, GTK_ALIGN_CENTER);
	part_say(w, key, words_text(w, key));
	for (face = 5; face >= 1; face--)
		gtk_box_append(GTK_BOX(row), face_button(w, face, words));
	g_object_unref(words);
	return row;
}

static GtkWidget *
promise(struct window *w, bool beside)
{
	const char *key =
	    flow_bound(w->flow) ? "kiosk.bound" : "kiosk.anonymous";
	GtkWidget *label = part_label(
	    words_text(w, key), flow_bound(w->flow) ? "bound" : "hint");

	part_say(w, key, words_text(w, key));
	if (beside) {
		gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_LEFT);
		gtk_label_set_xalign(GTK_LABEL(label), 0);
	}
	gtk_widget_set_hexpand(label, TRUE);
	return label;
}

/* Back to the fields where those are asked first; past the question when it is
 * tied to a call. */
static GtkWidget *
way_out(struct window *w)
{
	const struct flow_settings *s = &w->flow->settings;

	if (w->flow->open)
		return NULL;
	if (flow_bound(w->flow))
		return part_widen(
		    w, part_bar_button(w, "button.skip", NULL, FLOW_SKIP));
	if (s->field_place == FLOW_FIELD_FIRST && s->fields > 0)
		return part_widen(
		    w, part_bar_button(w, "button.back", NULL, FLOW_AGAIN));
	return NULL;
}

static GtkWidget *
rate_foot(struct window *w, bool beside)
{
	GtkWidget *row =
	    gtk_box_new(GTK_ORIENTATION_HORIZONTAL, w->scale.em * 2 / 3);
	GtkWidget *listen = part_listen(w), *out = way_out(w), *gap;

	if (listen)
		gtk_box_append(GTK_BOX(row), listen);
	if (out)
		gtk_box_append(GTK_BOX(row), out);
	gap = beside ? promise(w, true)
		     : gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_set_hexpand(gap, TRUE);
	gtk_box_append(GTK_BOX(row), gap);
	gtk_box_append(GTK_BOX(row), part_languages(w));
	return row;
}

GtkWidget *
rate_page(struct window *w)
{
	GtkWidget *page = part_page(NULL);
	bool beside = !w->scale.upright && w->words->nlangs <= LANGS_BESIDE;

	part_add_desk(w, page);
	gtk_box_append(
	    GTK_BOX(page), part_title(w, "", w->words->question[w->lang]));
	gtk_box_append(GTK_BOX(page), face_row(w));
	if (!beside)
		gtk_box_append(GTK_BOX(page), promise(w, false));
	gtk_box_append(GTK_BOX(page), rate_foot(w, beside));
	return page;
}

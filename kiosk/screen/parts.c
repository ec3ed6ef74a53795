/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the pages are made of. A button's accessible name is its plain word,
 * set apart from the label, whose words are bound with no-break spaces; the
 * same name is what is said aloud of it (explore.c).
 */
#include "kiosk/screen/parts.h"

#include <string.h>
#include "kiosk/screen/aloud.h"
#include "kiosk/screen/explore.h"
#include "kiosk/screen/faces.h"
#include "kiosk/screen/show.h"
#include "kiosk/screen/words.h"
#include "kiosk/session.h"
#include "kiosk/settings.h"
#include "shared/arena.h"
#include "shared/text.h"

/* Letters at the end that stay on one line: of any words, of a heading. */
#define TOGETHER       5
#define TOGETHER_TITLE 10

struct act {
	struct window *window;
	enum flow_kind kind;
	int value;
};

/* ------------------------------------------------------------------- words */

/* Keeps on one line: a range such as 7:00–11:30, an address of respect, a word
 * of two syllables that mean something else alone. */
static void
join_phrases(GString *words)
{
	static const char *const whole[][2] = {{"–", "\u2060–\u2060"},
	    {"Ông/Bà", "Ông/\u2060Bà"}, {"góp ý", "góp\u00a0ý"},
	    {"ý kiến", "ý\u00a0kiến"}, {"Ý kiến", "Ý\u00a0kiến"}};

	for (size_t i = 0; i < G_N_ELEMENTS(whole); i++)
		g_string_replace(words, whole[i][0], whole[i][1], 0);
}

/* The last so many letters stay together, so that no word stands alone; the
 * first word may part from them. */
static void
bind_end(GString *words, glong letters)
{
	const char *first = strchr(words->str, ' ');
	glong all = g_utf8_strlen(words->str, -1);
	gssize i, from = first ? first - words->str : G_MAXINT16;

	for (i = (gssize)words->len - 1; i > from; i--) {
		if (all - g_utf8_strlen(words->str, i) > letters)
			break;
		if (words->str[i] != ' ')
			continue;
		g_string_erase(words, i, 1);
		g_string_insert(words, i, "\u00a0");
	}
}

static void
set_words(GtkLabel *label, const char *words, glong together)
{
	GString *bound = g_string_new(words);

	bind_end(bound, together);
	join_phrases(bound);
	gtk_label_set_text(label, bound->str);
	g_string_free(bound, TRUE);
}

void
part_set_words(GtkLabel *label, const char *words)
{
	set_words(label, words, TOGETHER_TITLE);
}

static void
set_label(GtkWidget *label, const char *words, const char *css, glong together)
{
	set_words(GTK_LABEL(label), words, together);
	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD);
	gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_CENTER);
	gtk_widget_add_css_class(label, css);
}

GtkWidget *
part_label(const char *words, const char *css)
{
	GtkWidget *label = gtk_label_new(NULL);

	set_label(label, words, css, TOGETHER);
	return label;
}

GtkWidget *
part_title(struct window *w, const char *key, const char *words)
{
	GtkWidget *label = g_object_new(GTK_TYPE_LABEL, "accessible-role",
	    GTK_ACCESSIBLE_ROLE_HEADING, NULL);

	set_label(label, words, "title", TOGETHER_TITLE);
	/* as it is spoken: without what only keeps words together */
	gtk_accessible_update_property(
	    GTK_ACCESSIBLE(label), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
	g_object_set_data_full(G_OBJECT(label), "say", g_strdup(words), g_free);
	gtk_widget_set_focusable(label, TRUE);
	part_say(w, key, words);
	w->title = label;
	return label;
}

void
part_say(struct window *w, const char *key, const char *words)
{
	struct script *s = &w->script;

	if (s->n == SCRIPT_ITEMS)
		return;
	s->items[s->n].key = arena_strdup(&s->arena, key);
	s->items[s->n++].words = arena_strdup(&s->arena, words);
}

GtkWidget *
part_count(struct window *w, const char *css)
{
	GtkWidget *label = part_label("", css);

	w->count = GTK_LABEL(label);
	return label;
}

void
part_count_refresh(struct window *w, const char *key)
{
	struct arena a;
	char seconds[16];

	if (!w->count)
		return;
	g_snprintf(seconds, sizeof(seconds), "%d",
	    w->session ? session_seconds_left(w->session) : 20);
	arena_init(&a);
	part_set_words(
	    w->count, text_fill(&a, w->lang, key, "s", seconds, NULL));
	arena_finish(&a);
}

/* ---------------------------------------------------------------- pictures */

struct picture {
	part_draw *draw;
	int value;
};

static void
draw_picture(
    GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user)
{
	const struct picture *picture = user;
	int size = MIN(width, height);

	(void)area;
	cairo_translate(cr, (width - size) / 2.0, (height - size) / 2.0);
	picture->draw(cr, picture->value, size);
}

GtkWidget *
part_picture(part_draw *draw, int value, int size)
{
	GtkWidget *area = g_object_new(GTK_TYPE_DRAWING_AREA, "accessible-role",
	    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
	struct picture *picture = g_new(struct picture, 1);

	*picture = (struct picture){draw, value};
	gtk_drawing_area_set_draw_func(
	    GTK_DRAWING_AREA(area), draw_picture, picture, g_free);
	gtk_widget_set_size_request(area, size, size);
	return area;
}

/* ----------------------------------------------------------------- buttons */

static void
on_clicked(GtkWidget *button, gpointer user)
{
	const struct act *act = user;

	(void)button;
	show_event(act->window, act->kind, act->value);
}

static void
free_act(gpointer act, GClosure *closure)
{
	(void)closure;
	g_free(act);
}

void
part_act(struct window *w, GtkWidget *button, const char *name,
    enum flow_kind kind, int value)
{
	struct act *act = g_new0(struct act, 1);

	act->window = w;
	act->kind = kind;
	act->value = value;
	gtk_accessible_update_property(
	    GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
	g_object_set_data_full(G_OBJECT(button), "say", g_strdup(name), g_free);
	gtk_widget_set_size_request(button, w->scale.target, w->scale.target);
	g_signal_connect_data(
	    button, "clicked", G_CALLBACK(on_clicked), act, free_act, 0);
}

static GtkWidget *
word_button(const char *words)
{
	GtkWidget *button = gtk_button_new();
	GtkWidget *label = part_label(words, "word");

	gtk_button_set_child(GTK_BUTTON(button), label);
	return button;
}

GtkWidget *
part_bar_button(
    struct window *w, const char *key, const char *css, enum flow_kind kind)
{
	const char *words = words_text(w, key);
	GtkWidget *button = word_button(words);

	gtk_widget_add_css_class(button, "bar");
	if (css)
		gtk_widget_add_css_class(button, css);
	part_act(w, button, words, kind, 0);
	return button;
}

static void
on_listen(GtkWidget *button, gpointer user)
{
	struct window *w = user;

	(void)button;
	if (w->guided)
		explore_guide(w, false);
	else
		aloud_listen(w);
}

GtkWidget *
part_group(GtkOrientation orientation, int gap, const char *name)
{
	GtkWidget *box = g_object_new(GTK_TYPE_BOX, "accessible-role",
	    GTK_ACCESSIBLE_ROLE_GROUP, "orientation", orientation, "spacing",
	    gap, NULL);

	gtk_accessible_update_property(
	    GTK_ACCESSIBLE(box), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
	return box;
}

GtkWidget *
part_listen(struct window *w)
{
	const char *name =
	    words_text(w, w->guided ? "kiosk.guided.stop" : "button.listen");
	GtkWidget *button, *box;

	if (!w->voice)
		return NULL;
	button = gtk_button_new();
	box = gtk_box_new(GTK_ORIENTATION_VERTICAL, w->scale.em / 8);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box),
	    part_picture(listen_draw, w->guided, w->scale.em * 2));
	gtk_box_append(GTK_BOX(box), part_label(name, "word"));
	gtk_button_set_child(GTK_BUTTON(button), box);
	gtk_widget_add_css_class(button, "listen");
	gtk_accessible_update_property(
	    GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
	g_object_set_data_full(G_OBJECT(button), "say", g_strdup(name), g_free);
	g_object_set_data(G_OBJECT(button), "listen", w);
	gtk_widget_set_size_request(button, w->scale.target, w->scale.target);
	g_signal_connect(button, "clicked", G_CALLBACK(on_listen), w);
	return button;
}

/* --------------------------------------------------------------------- bar */

static GtkWidget *
bar_row(const struct window *w, bool equal)
{
	GtkWidget *box =
	    gtk_box_new(GTK_ORIENTATION_HORIZONTAL, w->scale.em * 2 / 3);

	gtk_box_set_homogeneous(GTK_BOX(box), equal);
	return box;
}

static void
append_place(GtkWidget *box, GtkWidget *child)
{
	if (!child)
		child = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_set_hexpand(child, TRUE);
	gtk_box_append(GTK_BOX(box), child);
}

/* "Listen" and what stands beside it. */
static GtkWidget *
left_place(struct window *w, GtkWidget *left)
{
	enum flow_screen screen = w->flow->screen;
	GtkWidget *listen = NULL, *box;

	if (screen != FLOW_THANKS && screen != FLOW_SERVICE)
		listen = part_listen(w);
	if (!listen)
		return left;
	box = bar_row(w, false);
	gtk_box_append(GTK_BOX(box), listen);
	append_place(box, left);
	return box;
}

GtkWidget *
part_pair(struct window *w, GtkWidget *a, GtkWidget *b)
{
	GtkWidget *box;

	if (!a || !b)
		return a ? a : b;
	box = bar_row(w, true);
	append_place(box, a);
	append_place(box, b);
	return box;
}

GtkWidget *
part_next(struct window *w)
{
	return w->flow->open ? part_bar_button(w, "kiosk.next", NULL, FLOW_NEXT)
			     : NULL;
}

GtkWidget *
part_bar(struct window *w, GtkWidget *left, GtkWidget *middle, GtkWidget *right)
{
	GtkWidget *bar = bar_row(w, true), *below, *both;

	left = left_place(w, left);
	if (!w->scale.upright) {
		append_place(bar, left);
		append_place(bar, middle);
		append_place(bar, right);
		gtk_widget_set_valign(bar, GTK_ALIGN_END);
		return bar;
	}
	both = gtk_box_new(GTK_ORIENTATION_VERTICAL, w->scale.em * 2 / 3);
	below = bar_row(w, true);
	append_place(bar, middle);
	append_place(bar, right);
	if (middle || right)
		gtk_box_append(GTK_BOX(both), bar);
	else
		g_object_unref(g_object_ref_sink(bar));
	append_place(below, left);
	gtk_box_append(GTK_BOX(both), below);
	gtk_widget_set_valign(both, GTK_ALIGN_END);
	return both;
}

GtkWidget *
part_bar_asked(struct window *w, GtkWidget *middle, GtkWidget *right)
{
	GtkWidget *again = NULL, *next = part_next(w);

	if (w->flow->open)
		again = part_bar_button(w, "kiosk.again", NULL, FLOW_AGAIN);
	if (w->scale.upright)
		return part_bar(w, part_pair(w, again, next), middle, right);
	return part_bar(w, again, part_pair(w, next, middle), right);
}

/* ------------------------------------------------------------------- pages */

GtkWidget *
part_page(const char *css)
{
	GtkWidget *page = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);

	gtk_widget_add_css_class(page, "page");
	if (css)
		gtk_widget_add_css_class(page, css);
	return page;
}

GtkWidget *
part_middle(const struct window *w)
{
	GtkWidget *box =
	    gtk_box_new(GTK_ORIENTATION_VERTICAL, w->scale.em * 2 / 3);

	gtk_widget_set_vexpand(box, TRUE);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	return box;
}

void
part_add_desk(struct window *w, GtkWidget *page)
{
	if (*w->words->desk_name)
		gtk_box_append(
		    GTK_BOX(page), part_label(w->words->desk_name, "desk"));
}

GtkWidget *
part_tiles(const struct window *w)
{
	GtkWidget *tiles = gtk_grid_new();
	guint gap = (guint)w->scale.em / 2;

	gtk_grid_set_column_homogeneous(GTK_GRID(tiles), TRUE);
	gtk_grid_set_row_homogeneous(GTK_GRID(tiles), TRUE);
	gtk_grid_set_column_spacing(GTK_GRID(tiles), gap);
	gtk_grid_set_row_spacing(GTK_GRID(tiles), gap);
	gtk_widget_set_vexpand(tiles, TRUE);
	gtk_widget_set_margin_top(tiles, (int)gap);
	gtk_widget_set_margin_bottom(tiles, (int)gap);
	return tiles;
}

void
part_add_tile(
    const struct window *w, GtkWidget *tiles, GtkWidget *tile, int place)
{
	gtk_grid_attach(GTK_GRID(tiles), tile, place % w->scale.columns,
	    place / w->scale.columns, 1, 1);
}

GtkWidget *
part_tile_label(const char *words)
{
	GtkWidget *label = part_label(words, "word");

	gtk_label_set_width_chars(GTK_LABEL(label), 8);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 16);
	gtk_widget_set_hexpand(label, TRUE);
	return label;
}

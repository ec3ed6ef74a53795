/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pictures SETTINGS [FOLDER]: shows every page of the kiosk on every size of
 * screen in both languages and measures what the layout gave each part: nothing
 * is cut off, overlaps or leaves the screen, no word is broken or left alone,
 * what is touched is at least 20 mm, letters are large enough; and a finger
 * that is guided hears and chooses every control at every point of it. Each
 * fault is a line; the exit status tells whether there was one. With FOLDER
 * each page is kept as a picture for people to look at. Started by pictures.py
 * on a virtual display.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "kiosk/screen/explore.h"
#include "kiosk/screen/show.h"
#include "kiosk/screen/voice.h"
#include "kiosk/screen/window.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/log.h"
#include "tests/kiosk/scenes.h"

#define MM_PER_INCH 25.4

static const struct size {
	int width, height;
	double inches;
} sizes[] = {
    {1024, 600, 7},
    {1280, 800, 10.1},
    {800, 1280, 10.1},
    {1920, 1080, 15.6},
    {800, 480, 7},
    {1280, 720, 13.3},
    {1080, 1920, 15.6},
};

static struct window window;
static const struct size *size;
static const char *scene_name;
static int faults;

static void
fault(const char *what, const char *words)
{
	printf("%dx%d %s %s: %s \"%s\"\n", size->width, size->height,
	    lang_code(window.lang), scene_name, what, words ? words : "");
	faults++;
}

/* Until two more frames have been painted: the first may have been under way.
 */
static void
settle(void)
{
	unsigned until = window.frames + 2;
	int64_t end = g_get_monotonic_time() + 60 * 1000000;

	while (window.frames < until && g_get_monotonic_time() < end) {
		gtk_widget_queue_resize(GTK_WIDGET(window.frame));
		g_main_context_iteration(NULL, TRUE);
	}
	if (window.frames < until)
		fault("no frame was painted", "");
}

static void
idle(void)
{
	while (g_main_context_iteration(NULL, FALSE))
		;
}

static graphene_rect_t
bounds_of(GtkWidget *widget)
{
	graphene_rect_t r;

	if (!gtk_widget_compute_bounds(widget, GTK_WIDGET(window.gtk), &r))
		graphene_rect_init(&r, 0, 0, 0, 0);
	return r;
}

static const char *
words_of(GtkWidget *widget)
{
	const char *say = g_object_get_data(G_OBJECT(widget), "say");

	if (say)
		return say;
	return GTK_IS_LABEL(widget) ? gtk_label_get_text(GTK_LABEL(widget))
				    : G_OBJECT_TYPE_NAME(widget);
}

/* ------------------------------------------------------------------- labels */

/* A line may only begin after a blank. */
static void
check_breaks(PangoLayout *layout, const char *text)
{
	int lines = pango_layout_get_line_count(layout);

	for (int i = 1; i < lines; i++) {
		int start =
		    pango_layout_get_line_readonly(layout, i)->start_index;

		if (start > 0 && text[start - 1] != ' ' &&
		    text[start - 1] != '/')
			fault("a word is broken:", text);
	}
	if (strstr(text, "góp ý") || strstr(text, " kiến "))
		fault("a word may be torn:", text);
}

/* The last line of a heading has more than one short word. */
static void
check_alone(PangoLayout *layout, const char *text)
{
	int lines = pango_layout_get_line_count(layout);
	const char *last;

	if (lines < 2)
		return;
	last = text +
	       pango_layout_get_line_readonly(layout, lines - 1)->start_index;
	if (!strchr(last, ' ') && !strstr(last, "\u00a0") &&
	    g_utf8_strlen(last, -1) < 7)
		fault("a word stands alone:", text);
}

static void
check_label(GtkWidget *widget)
{
	PangoLayout *layout = gtk_label_get_layout(GTK_LABEL(widget));
	const char *text = gtk_label_get_text(GTK_LABEL(widget));
	int width, height;

	pango_layout_get_pixel_size(layout, &width, &height);
	if (width > gtk_widget_get_width(widget) + 1 ||
	    height > gtk_widget_get_height(widget) + 1)
		fault("cut off:", text);
	if (pango_layout_is_ellipsized(layout))
		fault("shortened:", text);
	check_breaks(layout, text);
	if (gtk_widget_has_css_class(widget, "title"))
		check_alone(layout, text);
}

/* ------------------------------------------------------------------ widgets */

static void
check_button(GtkWidget *widget, const graphene_rect_t *r)
{
	int least = window.scale.target;

	if (r->size.width < (float)least - 0.5f ||
	    r->size.height < (float)least - 0.5f) {
		printf("%.0f x %.0f px instead of %d: ", (double)r->size.width,
		    (double)r->size.height, least);
		fault("too small to touch:", words_of(widget));
	}
}

static void
check_siblings(GtkWidget *a, const graphene_rect_t *r)
{
	GtkWidget *b = gtk_widget_get_next_sibling(a);
	graphene_rect_t other, common;

	if (GTK_IS_OVERLAY(gtk_widget_get_parent(a)) || r->size.width < 2)
		return;
	for (; b; b = gtk_widget_get_next_sibling(b)) {
		if (!gtk_widget_get_mapped(b))
			continue;
		other = bounds_of(b);
		if (graphene_rect_intersection(r, &other, &common) &&
		    common.size.width > 1 && common.size.height > 1)
			fault("overlaps its neighbour:", words_of(a));
	}
}

static void
check(GtkWidget *widget)
{
	graphene_rect_t r = bounds_of(widget);
	GtkWidget *child;

	if (!gtk_widget_get_mapped(widget))
		return;
	if (r.origin.x < -1 || r.origin.y < -1 ||
	    r.origin.x + r.size.width > (float)size->width + 1 ||
	    r.origin.y + r.size.height > (float)size->height + 1)
		fault("leaves the screen:", words_of(widget));
	check_siblings(widget, &r);
	if (GTK_IS_LABEL(widget))
		check_label(widget);
	if (GTK_IS_BUTTON(widget))
		check_button(widget, &r);
	for (child = gtk_widget_get_first_child(widget); child;
	     child = gtk_widget_get_next_sibling(child))
		check(child);
}

/* What the faces are called must be read at arm's length. */
static void
check_letters(void)
{
	double px_per_mm =
	    hypot(size->width, size->height) / (size->inches * MM_PER_INCH);
	double letter = window.scale.em * 1.25 * 0.536; /* Noto Sans's x */

	if (letter / px_per_mm < 1.9)
		fault("letters are too small", "");
}

/* ------------------------------------------------------------------- guided */

#define GRID 7 /* points across a control, and down */

static int chosen;
static int walked; /* points of controls that were touched */

static void
note_choice(GtkWidget *button, gpointer user)
{
	(void)button;
	(void)user;
	chosen++;
}

static void
tap(double x, double y)
{
	explore_touch(&window, GDK_TOUCH_BEGIN, x, y);
	explore_touch(&window, GDK_TOUCH_END, x, y);
}

/* At each point the first touch only tells, the second chooses, once. */
static void
walk_control(GtkWidget *control)
{
	graphene_rect_t r = bounds_of(control);
	float edge = (float)window.scale.em / 3; /* its corners are round */
	guint clicked = g_signal_lookup("clicked", GTK_TYPE_BUTTON);
	gulong id;

	/* what it does would change the page below the finger */
	while ((id = g_signal_handler_find(
		    control, G_SIGNAL_MATCH_ID, clicked, 0, NULL, NULL, NULL)))
		g_signal_handler_disconnect(control, id);
	g_signal_connect(control, "clicked", G_CALLBACK(note_choice), NULL);
	for (int i = 0; i < GRID * GRID; i++) {
		double x = (double)(r.origin.x + edge +
				    (r.size.width - 2 * edge) *
					(float)(i % GRID) / (GRID - 1));
		double y = (double)(r.origin.y + edge +
				    (r.size.height - 2 * edge) *
					(float)(i / GRID) / (GRID - 1));

		explore_touch(&window, GDK_TOUCH_BEGIN, -1, -1);
		explore_touch(&window, GDK_TOUCH_END, -1, -1);
		chosen = 0;
		tap(x, y);
		if (window.heard != control || chosen != 0)
			fault(
			    "not told by a guided finger:", words_of(control));
		tap(x, y);
		if (chosen != 1)
			fault("not chosen by a guided finger:",
			    words_of(control));
		walked++;
	}
	if (!g_object_get_data(G_OBJECT(control), "say"))
		fault("has no name to be told:", words_of(control));
}

static void
walk_controls(GtkWidget *widget)
{
	GtkWidget *child = gtk_widget_get_first_child(widget), *next;

	if (!gtk_widget_get_mapped(widget))
		return;
	if (GTK_IS_BUTTON(widget)) {
		walk_control(widget);
		return;
	}
	for (; child; child = next) {
		next = gtk_widget_get_next_sibling(child);
		walk_controls(child);
	}
}

/* Silently: what is said would be a program for each touch. */
static void
walk_guided(void)
{
	struct voice *voice = window.voice;

	window.voice = NULL;
	window.guided = true;
	walk_controls(GTK_WIDGET(window.frame));
	window.guided = false;
	window.voice = voice;
}

/* ----------------------------------------------------------------- pictures */

static void
keep(const char *folder)
{
	GdkPaintable *paintable =
	    gtk_widget_paintable_new(GTK_WIDGET(window.gtk));
	GtkSnapshot *snapshot = gtk_snapshot_new();
	GskRenderer *renderer = gtk_native_get_renderer(GTK_NATIVE(window.gtk));
	char path[512];
	GskRenderNode *node;
	GdkTexture *texture;

	gdk_paintable_snapshot(paintable, snapshot, size->width, size->height);
	node = gtk_snapshot_free_to_node(snapshot);
	g_object_unref(paintable);
	if (!node)
		return;
	texture = gsk_renderer_render_texture(renderer, node, NULL);
	g_snprintf(path, sizeof(path), "%s/%dx%d-%s-%s.png", folder,
	    size->width, size->height, scene_name, lang_code(window.lang));
	gdk_texture_save_to_png(texture, path);
	g_object_unref(texture);
	gsk_render_node_unref(node);
}

static void
show(const struct scene *scene, enum lang lang, const char *folder)
{
	scene_name = scene->name;
	window.lang = lang;
	scene->set(&window, lang);
	show_anew(&window);
	if (window.refresh)
		window.refresh(&window);
	settle();
	check(GTK_WIDGET(window.frame));
	if (folder)
		keep(folder);
	if (window.flow && lang == LANG_VI)
		walk_guided();
}

static void
show_all(const char *folder)
{
	const struct window_options options = {.width = size->width,
	    .height = size->height,
	    .inches = size->inches};

	memset(&window, 0, sizeof(window));
	window.voice = voice_new("", "");
	scenes_begin(&window);
	window_init(&window, &options);
	gtk_window_set_decorated(window.gtk, FALSE);
	settle();
	check_letters();
	for (int lang = LANG_VI; lang <= LANG_EN; lang++)
		for (const struct scene *s = scenes; s->name; s++)
			show(s, (enum lang)lang, folder);
	window.refresh = NULL; /* its labels go now */
	gtk_window_destroy(window.gtk);
	idle();
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	log_init("pictures", LOG_LEVEL_WARN);
	civil_set_zone("Asia/Ho_Chi_Minh");
	clock_set(1795140903000); /* 2026-11-20 09:15:03 */
	setenv("GSK_RENDERER", "cairo", 1);
	setenv("GDK_DEBUG", "gl-disable", 1);
	if (!gtk_init_check() || !scenes_read(argv[1]))
		return 1;
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		size = &sizes[i];
		show_all(argc > 2 ? argv[2] : NULL);
	}
	scenes_end();
	printf("%d points of controls, %d faults\n", walked, faults);
	if (walked < 10000)
		return 1;
	return faults > 0;
}

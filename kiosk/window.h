/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kiosk's one window. It shows one page at a time, built anew when the
 * screen, the language or the settings change; pages are made by the files
 * named for them (rate.c, choices.c, notices.c) from the parts below.
 */
#ifndef HAILONG_KIOSK_WINDOW_H
#define HAILONG_KIOSK_WINDOW_H

#include <gtk/gtk.h>
#include <stdbool.h>
#include "kiosk/session.h"
#include "shared/limits.h"

struct window {
	GtkWindow *gtk;
	GtkScrolledWindow *frame; /* holds the page */
	GtkCssProvider *scale;    /* the font size that everything follows */
	struct session *session;
	bool fullscreen;
	int em; /* px; what the scale says now */
	/* what is on the screen */
	enum flow_screen screen;
	enum lang lang;
	unsigned revision;
	int leaf;                          /* of the fields, from 0 */
	GtkWidget *toggles[LIMIT_REASONS]; /* of the reasons page, or NULL */
	GtkLabel *seconds; /* of the still-there page, or NULL */
};

/* Makes and shows the window, full screen or 1280x800; w must outlive it. */
void window_init(struct window *w, struct session *session, bool fullscreen);
/* Tells the session what was touched and shows what follows. */
void window_event(struct window *w, enum flow_kind kind, int value);
/* Shows what the session says; cheap when nothing changed. */
void window_show(struct window *w);
/* Shows the current page anew whatever has changed (another leaf). */
void window_rebuild(struct window *w);
/* Words of the fixed texts in the language on the screen. */
const char *window_text(const struct window *w, const char *key);

/* A label that wraps, centred, with a class of kiosk.css. */
GtkWidget *part_label(const char *words, const char *css);
/* A drawing of a square as large as its room; face_draw and its kin. */
GtkWidget *part_drawing(GtkDrawingAreaDrawFunc draw, int value, int em);
/* Gives a button its name for assistive technology and tests, the plain words
 * of what it does, and what a click tells the session. */
void part_act(struct window *w, GtkWidget *button, const char *name,
    enum flow_kind kind, int value);
/* A button of the bar at the bottom; css may be NULL. */
GtkWidget *part_bar_button(
    struct window *w, const char *key, const char *css, enum flow_kind kind);
/* Three equal places at the bottom of a page, NULL leaves one empty. Its
 * height and thirds are what tests/kiosk/press relies on. */
GtkWidget *part_bar(GtkWidget *left, GtkWidget *middle, GtkWidget *right);
/* The words with the last two of three or more bound together if the last is
 * short, so that it does not stand alone on a line; g_free. */
char *part_bind(const char *words);
/* An empty page: a vertical box. */
GtkWidget *part_page(void);
/* The desk's name at the top of a page; nothing while it is not known. */
void part_add_desk(GtkWidget *page, const struct settings *words);

/* The pages. */
GtkWidget *rate_page(struct window *w);
GtkWidget *field_page(struct window *w);
GtkWidget *reasons_page(struct window *w);
void reasons_refresh(struct window *w);
GtkWidget *still_there_page(struct window *w);
void still_there_refresh(struct window *w);
GtkWidget *thanks_page(struct window *w);
GtkWidget *trouble_page(struct window *w);

#endif

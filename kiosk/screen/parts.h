/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What pages are made of. A widget returned belongs to the container it is put
 * into; strings given are copied. */
#ifndef HAILONG_KIOSK_SCREEN_PARTS_H
#define HAILONG_KIOSK_SCREEN_PARTS_H

#include "kiosk/flow.h"
#include "kiosk/screen/window.h"

/* Draws into a square of `size` px; what value means is the drawing's own. */
typedef void part_draw(cairo_t *cr, int value, double size);
/* A label that wraps, centred, with a class of kiosk.css; no short word of it
 * stands alone on a line. */
GtkWidget *part_label(const char *words, const char *css);
/* Other words for such a label. */
void part_set_words(GtkLabel *label, const char *words);
/* The page's heading; it is said aloud first, and is where a screen reader
 * begins (show.c). */
GtkWidget *part_title(struct window *w, const char *key, const char *words);
/* A drawing into a square of so many px. */
GtkWidget *part_picture(part_draw *draw, int value, int size);
/* Gives a button its name for assistive technology and tests, the plain words
 * of what it does, and what a click tells the session. */
void part_act(struct window *w, GtkWidget *button, const char *name,
    enum flow_kind kind, int value);
/* A button of the bar at the bottom; css may be NULL. */
GtkWidget *part_bar_button(
    struct window *w, const char *key, const char *css, enum flow_kind kind);
/* Two of them share a place of the bar; either may be NULL. */
GtkWidget *part_pair(struct window *w, GtkWidget *a, GtkWidget *b);
/* "Next person": ends this answer; NULL while none is under way. */
GtkWidget *part_next(struct window *w);
/* Three equal places at the bottom of a page, NULL leaves one empty; "listen"
 * stands at the very left where the machine can speak, beside `left`.
 * tests/kiosk/press relies on the thirds. On a standing screen there are two
 * rows. */
GtkWidget *part_bar(
    struct window *w, GtkWidget *left, GtkWidget *middle, GtkWidget *right);
/* The bar of a question: "again" at the left, "next person" before `middle`;
 * neither while no answer is under way. On a standing screen these two share
 * the lower row. */
GtkWidget *part_bar_asked(
    struct window *w, GtkWidget *middle, GtkWidget *right);
/* The button that reads the page; NULL where the machine cannot speak. */
GtkWidget *part_listen(struct window *w);
/* A box of what belongs together, with the name that assistive technology tells
 * of the whole. */
GtkWidget *part_group(GtkOrientation orientation, int gap, const char *name);
/* An empty page: a vertical box. */
GtkWidget *part_page(const char *css);
/* A box in the middle of what room the rest of the page leaves. */
GtkWidget *part_middle(const struct window *w);
/* The desk's name at the top of a page; nothing while it is not known. */
void part_add_desk(struct window *w, GtkWidget *page);
/* A grid of equal tiles, two or three abreast, and a tile at a place in
 * it, from 0. */
GtkWidget *part_tiles(const struct window *w);
void part_add_tile(
    const struct window *w, GtkWidget *tiles, GtkWidget *tile, int place);
/* The words of a tile. */
GtkWidget *part_tile_label(const char *words);
/* Adds to what the page says aloud; key "" where there is no clip. */
void part_say(struct window *w, const char *key, const char *words);
/* qr.c: a QR code of an address, a square of so many px; NULL for an address
 * that is too long. */
GtkWidget *part_qr(struct window *w, const char *address, int size);
/* languages.c: a row of the languages that the desk offers; empty where it is
 * only one. */
GtkWidget *part_languages(struct window *w);
/* A button wide enough for two short words side by side, where there is room;
 * returns it. */
GtkWidget *part_widen(const struct window *w, GtkWidget *button);
/* The label in which the seconds count down (window.count), and its words anew:
 * those of the key, {s} filled. */
GtkWidget *part_count(struct window *w, const char *css);
void part_count_refresh(struct window *w, const char *key);

#endif

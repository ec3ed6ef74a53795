/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the operator's leaves share, and the leaves. */
#ifndef HAILONG_KIOSK_SCREEN_SERVICE_H
#define HAILONG_KIOSK_SCREEN_SERVICE_H

#include "kiosk/screen/window.h"

/* A button of the operator's, and what it does. */
GtkWidget *service_button(struct window *w, const char *words,
    void (*act)(struct window *w, int value), int value);
/* The one that ends the page, and the one that keeps it still for wiping. */
GtkWidget *service_close(struct window *w);
GtkWidget *service_clean(struct window *w);
/* Turns to a leaf. */
void service_go(struct window *w, int leaf);
/* Four buttons beside one another; two and two on a standing screen. */
GtkWidget *service_row(
    struct window *w, GtkWidget *a, GtkWidget *b, GtkWidget *c, GtkWidget *d);
/* The leaves. */
GtkWidget *service_lock(struct window *w);
GtkWidget *service_facts(struct window *w);
GtkWidget *service_touch(struct window *w);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the leaves of the operator's page are made of. */
#ifndef HAILONG_KIOSK_SCREEN_SERVICE_PARTS_H
#define HAILONG_KIOSK_SCREEN_SERVICE_PARTS_H

#include "kiosk/screen/window.h"

/* What a button does, with the value it was made with. */
typedef void service_act(struct window *w, int value);

/* A button of the operator's page; the words are copied. */
GtkWidget *service_button(
    struct window *w, const char *words, service_act *act, int value);
/* The button that ends the page, and the one that shows the still page for
 * wiping the glass. */
GtkWidget *service_close(struct window *w);
GtkWidget *service_clean(struct window *w);
/* Turns to a leaf (enum service_leaf); a service_act. */
void service_go(struct window *w, int leaf);
/* n buttons beside one another; two in a row on a standing screen. */
GtkWidget *service_row(struct window *w, GtkWidget *const buttons[], int n);

#endif

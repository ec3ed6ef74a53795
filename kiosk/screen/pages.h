/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pages, one file each. Each builds its widgets from the state in w, sets
 * w->refresh where it has something to keep up to date, and returns the page,
 * which belongs to the window's frame. */
#ifndef HAILONG_KIOSK_SCREEN_PAGES_H
#define HAILONG_KIOSK_SCREEN_PAGES_H

#include "kiosk/screen/window.h"

GtkWidget *rate_page(struct window *w);
GtkWidget *field_page(struct window *w);
GtkWidget *reasons_page(struct window *w);
GtkWidget *factor_page(struct window *w);
GtkWidget *still_there_page(struct window *w);
GtkWidget *thanks_page(struct window *w);
GtkWidget *closed_page(struct window *w);
GtkWidget *cleaning_page(struct window *w);
GtkWidget *trouble_page(struct window *w);
GtkWidget *service_page(struct window *w);
GtkWidget *enrolment_page(struct window *w);

#endif

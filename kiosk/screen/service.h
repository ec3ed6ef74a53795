/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The leaves of the operator's page; each as a page of pages.h. */
#ifndef HAILONG_KIOSK_SCREEN_SERVICE_H
#define HAILONG_KIOSK_SCREEN_SERVICE_H

#include "kiosk/screen/window.h"

/* The keypad. */
GtkWidget *service_lock(struct window *w);
/* How the kiosk fares. */
GtkWidget *service_facts(struct window *w);
/* The touch test. */
GtkWidget *service_touch(struct window *w);
/* Enrolling anew. */
GtkWidget *service_forget(struct window *w);

#endif

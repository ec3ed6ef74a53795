/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every finger and key passes here first. */
#ifndef HAILONG_KIOSK_SCREEN_TOUCH_H
#define HAILONG_KIOSK_SCREEN_TOUCH_H

#include "kiosk/screen/window.h"

/* Watches the window's events from now on; w must outlive the window. */
void touch_watch(struct window *w);

#endif

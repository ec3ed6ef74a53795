/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guiding a citizen who does not see the screen. Without a voice none of these
 * does anything. */
#ifndef HAILONG_KIOSK_SCREEN_EXPLORE_H
#define HAILONG_KIOSK_SCREEN_EXPLORE_H

#include "kiosk/screen/window.h"

/* Begins or ends guidance and builds the page anew. */
void explore_guide(struct window *w, bool on);
/* A finger at a place of the window, px; true when guidance used the event, so
 * that no widget may have it. */
bool explore_touch(struct window *w, GdkEventType type, double x, double y);

#endif

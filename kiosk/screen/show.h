/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Brings what the session says onto the screen. */
#ifndef HAILONG_KIOSK_SCREEN_SHOW_H
#define HAILONG_KIOSK_SCREEN_SHOW_H

#include "kiosk/flow.h"
#include "kiosk/screen/window.h"

/* Tells the session what was touched and shows what follows; without a session
 * nothing is done. */
void show_event(struct window *w, enum flow_kind kind, int value);
/* Shows what the session says; cheap when nothing changed. */
void show_changes(struct window *w);
/* Builds the present page anew, whether or not the flow changed (another leaf,
 * another size). */
void show_anew(struct window *w);

#endif

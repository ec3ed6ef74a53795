/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading aloud, in the language on the screen. */
#ifndef HAILONG_KIOSK_SCREEN_ALOUD_H
#define HAILONG_KIOSK_SCREEN_ALOUD_H

#include "kiosk/screen/window.h"

/* Says words after what is being said; key "" where there is no clip of them.
 * There must be a voice, as for aloud_text. */
void aloud_say(struct window *w, const char *key, const char *words);
/* Says one of the fixed texts. */
void aloud_text(struct window *w, const char *key);
/* Reads the page; without a voice nothing is done, as for aloud_listen. */
void aloud_page(struct window *w);
/* The button "listen": falls silent, then reads the page once, and on the first
 * screen how guidance is begun. */
void aloud_listen(struct window *w);

#endif

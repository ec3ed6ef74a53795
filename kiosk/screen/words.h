/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fixed texts (shared/po) in the language on the screen. */
#ifndef HAILONG_KIOSK_SCREEN_WORDS_H
#define HAILONG_KIOSK_SCREEN_WORDS_H

#include "kiosk/screen/window.h"

/* The words of a key; static memory. */
const char *words_text(const struct window *w, const char *key);
/* The same with its {placeholders} filled: up to four pairs of name and value,
 * closed by NULL. Valid until the page is built anew. */
const char *words_fill(struct window *w, const char *key, ...)
    __attribute__((sentinel));

#endif

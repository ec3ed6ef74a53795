/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one entrance of free text: comments, notes, names, cells of tables. What
 * a person typed or pasted is never refused for what cannot be seen in it.
 */
#ifndef HAILONG_SHARED_CLEAN_TEXT_H
#define HAILONG_SHARED_CLEAN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/arena.h"

/* The text that a person can have meant by these bytes, whatever they are:
 * bytes that are no UTF-8 and control characters are out, line ends are \n, the
 * characters are composed (NFC), and white space and characters without width
 * are cut off both ends; "" when nothing is left. It lives in the arena.
 * *cleaned becomes true when something was out that is no text, and is left
 * alone otherwise; NULL is allowed. */
const char *clean_text(
    struct arena *a, const char *text, size_t bytes, bool *cleaned);

#endif

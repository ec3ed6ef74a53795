/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Citizens write their numbers into comments; pages must not show them. */
#ifndef HAILONG_SERVER_CORE_MASK_H
#define HAILONG_SERVER_CORE_MASK_H

#include "shared/arena.h"

/* The text with telephone and identity numbers (eight digits and more, also
 * with blanks, dots and dashes between) replaced by "●●●". NULL gives NULL. */
const char *mask_numbers(struct arena *a, const char *text);

#endif

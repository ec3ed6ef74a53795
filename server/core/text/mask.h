/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comments as they may be shown to staff: without what leads to a person. */
#ifndef HAILONG_SERVER_CORE_TEXT_MASK_H
#define HAILONG_SERVER_CORE_TEXT_MASK_H

#include "shared/arena.h"

/* The text with "•••" in the place of telephone and identity numbers, e-mail
 * and web addresses and long codes (dossiers, number plates). Dates, hours and
 * sums of money below 100 million stay. Names it cannot know. NULL gives "". */
const char *mask_text(struct arena *a, const char *text);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Things of the catalogue and the calendar in the reader's words. */
#ifndef HAILONG_SERVER_CORE_WORDS_H
#define HAILONG_SERVER_CORE_WORDS_H

#include <stdint.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/period.h"
#include "shared/arena.h"
#include "shared/text.h"

/* A field's name: the catalogue's own in Vietnamese, its translation in English
 * where there is one. Static or the catalogue's memory. */
const char *words_field(enum lang lang, const struct field *field);
/* "20/11/2026" of a local day. */
const char *words_date(struct arena *a, int32_t day);
/* "14:05" of an instant, local. */
const char *words_time(struct arena *a, int64_t ms);
/* "Quý III năm 2026". */
const char *words_period(
    struct arena *a, enum lang lang, const struct period *period);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parts of pages that were drawn a moment ago: twenty people who look at the
 * same board cost one drawing of it a second. A part must hold nothing that
 * belongs to one reader's session; its key says all it depends on but the
 * counts.
 */
#ifndef HAILONG_SERVER_CACHE_FRAGMENT_CACHE_H
#define HAILONG_SERVER_CACHE_FRAGMENT_CACHE_H

#include <stdbool.h>
#include "server/cache/single_flight.h"
#include "server/http/request.h"

#define FRAGMENT_TAG 20 /* room for an ETag, quotes and NUL */

/* Draws a part, appending it to out; a status, 200 when it could. */
typedef int fragment_draw(void *context, struct buf *out);

/* Appends the part of this key to out and fills its tag; draws it where none is
 * kept that is less than a second old, or is being drawn anew by another. A
 * status: 200, or what draw said. */
int fragment_cache_take(struct ctx *ctx, const char *key, fragment_draw *draw,
    void *context, struct buf *out, char tag[FRAGMENT_TAG]);

/* The server's own; single_flight_destroy frees it. */
struct single_flight *fragment_cache_create(void);

#endif

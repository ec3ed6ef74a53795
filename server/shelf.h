/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parts of pages that were drawn a moment ago: twenty people who look at the
 * same board cost one drawing of it a second. A part must hold nothing that
 * belongs to one reader's session; its key says all it depends on but the
 * counts.
 */
#ifndef HAILONG_SERVER_SHELF_H
#define HAILONG_SERVER_SHELF_H

#include <stdbool.h>
#include "server/request.h"

#define SHELF_TAG 20 /* room for an ETag, quotes and NUL */

struct shelf;

/* Draws a part, appending it to out; a status, 200 when it could. */
typedef int shelf_draw(void *context, struct buf *out);

/* Appends the part of this key to out and fills its tag; draws it where none is
 * kept that is less than a second old, or is being drawn anew by another. A
 * status: 200, or what draw said. */
int shelf_take(struct ctx *ctx, const char *key, shelf_draw *draw,
    void *context, struct buf *out, char tag[SHELF_TAG]);

/* The server's own. */
struct shelf *shelf_create(void);
/* NULL is allowed. */
void shelf_destroy(struct shelf *shelf);

#endif

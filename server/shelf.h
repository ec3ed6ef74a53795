/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parts of pages, kept as long as the counts they were made of are the newest:
 * twenty people who look at the same board cost one drawing of it. A part must
 * hold nothing that belongs to one reader's session; its key says all it
 * depends on but the counts, and those are told by their snapshots' made_at.
 */
#ifndef HAILONG_SERVER_SHELF_H
#define HAILONG_SERVER_SHELF_H

#include <stdbool.h>
#include <stdint.h>
#include "server/request.h"

#define SHELF_STAMPS 4
#define SHELF_TAG    20 /* room for an ETag, quotes and NUL */

struct shelf;

/* What a part was made of; 0: nothing. */
struct shelf_stamps {
	int64_t at[SHELF_STAMPS];
};

/* Appends the part of this key to out and fills its tag, if one is kept that
 * was made of these counts. */
bool shelf_take(struct ctx *ctx, const char *key,
    const struct shelf_stamps *stamps, struct buf *out, char tag[SHELF_TAG]);
/* Keeps a part in the place of the one of that key, or of the one that nobody
 * has taken for longest, and fills its tag. */
void shelf_put(struct ctx *ctx, const char *key,
    const struct shelf_stamps *stamps, const struct buf *part,
    char tag[SHELF_TAG]);

/* The server's own. */
struct shelf *shelf_create(void);
/* NULL is allowed. */
void shelf_destroy(struct shelf *shelf);

#endif

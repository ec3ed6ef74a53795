/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dossiers as bytes that wait in the database, closed under the secret of
 * citizens' numbers, which some of them bear. */
#ifndef HAILONG_SERVER_REGISTER_PIECES_H
#define HAILONG_SERVER_REGISTER_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/dossier/dossier.h"
#include "server/secret/phone_seal.h"
#include "shared/arena.h"
#include "shared/buf.h"

/* Appends a dossier to an open piece. */
void piece_add(struct buf *open, const struct dossier *d);
/* Closes a piece. */
void piece_close(
    const struct seal_keys *keys, const struct buf *open, struct buf *closed);
/* Opens a closed piece: its dossiers, *n of them, in the arena; their strings
 * are open's. False: it was closed with another secret, or is none. */
bool piece_open(const struct seal_keys *keys, const struct buf *closed,
    struct buf *open, struct arena *a, struct dossier **list, size_t *n);

#endif

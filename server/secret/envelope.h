/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Envelopes: what is kept where others may read it (a secret in a database), or
 * given out of hand and wanted back unchanged (a hidden field of a form).
 * Without the secret it can neither be read nor changed, and one that was
 * closed under a label opens under no other.
 */
#ifndef HAILONG_SERVER_SECRET_ENVELOPE_H
#define HAILONG_SERVER_SECRET_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/arena.h"

#define ENVELOPE_BYTES 128 /* most that one holds */

/* Closes n bytes (at most ENVELOPE_BYTES) with XChaCha20-Poly1305 under a key
 * made of secret (a token's text) and label; text for a form or a column, into
 * the arena. No two of the same bytes are alike. */
const char *envelope_close(struct arena *a, const char *secret,
    const char *label, const void *bytes, size_t n);
/* Opens it into n bytes; false when it was closed with another secret or label,
 * holds another number of bytes, or was altered. */
bool envelope_open(const char *secret, const char *label, const char *text,
    void *bytes, size_t n);

#endif

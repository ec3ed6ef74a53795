/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes closed under a key, as text: what envelope.h and phone_seal.h are made
 * of. XChaCha20-Poly1305, a fresh nonce each time. */
#ifndef HAILONG_SERVER_SECRET_BOX_H
#define HAILONG_SERVER_SECRET_BOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/buf.h"

#define BOX_KEY   32
#define BOX_BYTES 128 /* most that one holds */
/* Room for n bytes closed, as base64 of nonce (24), tag (16) and cipher, with
 * the NUL. */
#define BOX_TEXT(n) (((n) + 40) * 4 / 3 + 4)

/* Closes n bytes (at most BOX_BYTES) into out, of BOX_TEXT(n). No two texts of
 * the same bytes are alike. */
void box_close(
    const uint8_t key[BOX_KEY], const void *bytes, size_t n, char *out);
/* Opens it into n bytes; false when it was closed with another key, holds
 * another number of bytes, or was altered. */
bool box_open(
    const uint8_t key[BOX_KEY], const char *text, void *bytes, size_t n);

/* The same for any number of bytes, as bytes appended to out: nonce, tag and
 * cipher. */
void box_close_bytes(
    const uint8_t key[BOX_KEY], const void *bytes, size_t n, struct buf *out);
/* Appends what they hold; false, nothing appended, as box_open. */
bool box_open_bytes(
    const uint8_t key[BOX_KEY], const void *closed, size_t n, struct buf *out);

#endif

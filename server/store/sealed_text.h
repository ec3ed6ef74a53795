/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Secrets as they stand in the database: in an envelope where the secrets of
 * citizens' numbers are in a key file, so that a stolen database opens none;
 * open where there is no such file.
 */
#ifndef HAILONG_SERVER_STORE_SEALED_TEXT_H
#define HAILONG_SERVER_STORE_SEALED_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct seal_keys;

/* Whether the value is in an envelope. */
bool sealed_text_is(const char *value);
/* Puts a text into one that opens under this label only; its length does not
 * tell (below size bytes, ENVELOPE_BYTES at most). */
const char *sealed_text_close(struct arena *a, const struct seal_keys *seal,
    const char *label, const char *text, size_t size);
/* The text of a value, sealed with the same size or open; NULL when it was
 * sealed by other secrets or for another label. */
const char *sealed_text_open(struct arena *a, const struct seal_keys *seal,
    const char *label, const char *value, size_t size);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON from outside (RFC 8259), read with jansson under our own limits. */
#ifndef HAILONG_SHARED_JSON_H
#define HAILONG_SHARED_JSON_H

#include <jansson.h>
#include <stddef.h>
#include "shared/arena.h"
#include "shared/buf.h"

/* Reads a text of UTF-8 JSON nested at most LIMIT_JSON_DEPTH deep; an object
 * that has a key twice is refused. NULL with one sentence in error. The caller
 * owns the value. */
json_t *json_read(
    const char *text, size_t size, char *error, size_t error_size);

/* The same, with all its memory taken from the arena: nothing is freed one by
 * one, json_decref must not be called on the value or its parts. Call json_init
 * before any thread starts. */
json_t *json_read_into(struct arena *a, const char *text, size_t size,
    char *error, size_t error_size);
/* Prepares json_read_into for this process; may be called again. */
void json_init(void);
/* Appends a string as JSON, in quotes and escaped; the text must be UTF-8. For
 * the few places where building a tree first would cost too much. */
void json_put(struct buf *out, const char *text);

#endif

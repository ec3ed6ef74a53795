/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file that a person sent, while it is looked at: for this program alone, in
 * the system's folder for such files, an hour at most. Its id, which nobody can
 * guess, is the way to it.
 */
#ifndef HAILONG_SERVER_REGISTER_UPLOAD_H
#define HAILONG_SERVER_REGISTER_UPLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/uuid.h"

struct arena;

/* Keeps a file under a new id, with the name that the person has for it, and
 * forgets those that are over an hour old. False, logged, when it cannot. */
bool upload_keep(struct arena *a, const void *data, size_t size,
    const char *name, struct uuid *id);
/* Its path, and *name; NULL: it is not there (any more). */
const char *upload_find(
    struct arena *a, const struct uuid *id, const char **name);
/* Forgets it. */
void upload_drop(struct arena *a, const struct uuid *id);

#endif

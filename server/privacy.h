/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two secrets of citizens' numbers (core/seal.h) and where they are kept.
 */
#ifndef HAILONG_SERVER_PRIVACY_H
#define HAILONG_SERVER_PRIVACY_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/seal.h"
#include "server/db/db.h"
#include "server/settings.h"

/* Makes what is missing (init): new secrets, or those of the database moved
 * into the file that the settings name. Begins and commits by itself. False
 * with one sentence in error. */
bool privacy_make(
    struct db *db, const struct settings *settings, char *error, size_t size);
/* Reads the secrets. False with one sentence in error that says what to do: the
 * file is missing, or is another database's. */
bool privacy_read(struct db *db, const struct settings *settings,
    struct seal_keys *keys, char *error, size_t size);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the columns of a register mean, as a person said, kept by name for the
 * next file with the same header (server/core/dossier/register.h). */
#ifndef HAILONG_SERVER_STORE_DOSSIER_DOSSIER_MAPPINGS_H
#define HAILONG_SERVER_STORE_DOSSIER_DOSSIER_MAPPINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct register_mapping;

/* All of them, the newest first, into the arena. */
bool store_mappings(struct db *db, struct arena *a,
    const struct register_mapping **list, size_t *n);
/* Keeps one; another one of that name goes. In an open transaction. */
bool store_mapping_put(struct db *db, const struct register_mapping *mapping,
    const char *login, int64_t at);

#endif

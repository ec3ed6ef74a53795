/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is kept of the numbers that come with dossiers: sealed, with consent
 * only, and planned for an invitation once there is a result. */
#ifndef HAILONG_SERVER_MESSAGES_CONTACTS_H
#define HAILONG_SERVER_MESSAGES_CONTACTS_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier.h"
#include "server/secret/phone_seal.h"
#include "server/db/db.h"
#include "server/settings.h"

/* Keeps, changes or forgets the numbers of dossiers that were just written, in
 * the same transaction. False when the database refused. */
bool contacts_keep(struct db *db, const struct seal_keys *keys,
    const struct settings *settings, const struct catalogue *catalogue,
    const struct dossier *list, size_t n, int64_t now);

#endif

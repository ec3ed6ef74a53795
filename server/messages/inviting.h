/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Invitations and reminders that are due, queued for the gateway. */
#ifndef HAILONG_SERVER_MESSAGES_INVITING_H
#define HAILONG_SERVER_MESSAGES_INVITING_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/catalogue/catalogue.h"
#include "server/secret/phone_seal.h"
#include "server/db/db.h"
#include "server/settings.h"
#include "shared/arena.h"

/* A message that was queued, to be shown. */
struct invited {
	const char *dossier; /* key */
	const char *text;
	bool reminder;
};

/* What a run did. */
struct inviting {
	struct db *db; /* in a transaction of the caller's */
	const struct settings *settings;
	const struct catalogue *catalogue;
	struct arena *arena;
	int64_t now;
	/* figures */
	int64_t invitations, reminders, later, ended;
	struct invited *list; /* of the arena */
	size_t count;
};

/* Looks at every dossier that is due and does what core/dossier/invite says.
 * False, logged, when the database refused. */
bool inviting_run(struct inviting *run);

#endif

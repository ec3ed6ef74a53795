/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a database that was reached anew still has what was confirmed before.
 * A server that was restored from a copy, or a standby that took over and was
 * behind, says "committed" as gladly as the one before it.
 */
#ifndef HAILONG_SERVER_STORE_CONFIRMED_H
#define HAILONG_SERVER_STORE_CONFIRMED_H

#include <stdbool.h>
#include "shared/uuid.h"

struct db;
struct job;

/* Zeroed: nothing was confirmed yet. */
struct confirmed {
	struct uuid last; /* an answer of the last batch that had any */
	bool known;
	int connections; /* when it was seen last */
	bool lost;       /* it was not there: until this program starts again */
};

/* To be asked of each batch when it is committed and before anybody is told:
 * false, logged once, when an answer that was confirmed before is gone. Asks
 * the database only after the connection was made anew. */
bool confirmed_stands(struct confirmed *c, struct db *db);
/* Notes what of these jobs is confirmed now. */
void confirmed_note(
    struct confirmed *c, const struct db *db, const struct job *list);

#endif

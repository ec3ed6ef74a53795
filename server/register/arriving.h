/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a register that was found good gets in, all or nothing and yet in pieces:
 * first it is laid into the database, where nothing reads it; one commit says
 * that it is whole, and from then on it will be taken, by this program or,
 * after a crash, by the next; then it is taken piece by piece, each a
 * transaction of a fraction of a second, with a pause in which others write.
 */
#ifndef HAILONG_SERVER_REGISTER_ARRIVING_H
#define HAILONG_SERVER_REGISTER_ARRIVING_H

#include <stdbool.h>
#include "server/register/reading.h"
#include "server/secret/phone_seal.h"
#include "server/settings.h"
#include "server/store/dossier/dossier_imports.h"
#include "shared/buf.h"

struct catalogue;

/* One that is being laid in. */
struct arriving {
	struct db *db;
	const struct seal_keys *keys;
	struct dossier_import import;
	struct buf open;
	int64_t number; /* pieces so far */
	size_t gathered;
};

/* Begins; import says file, login, role, place and at, and its id unless that
 * is zeros. Forgets what others left half an hour ago. False, logged: nothing
 * is there. */
bool arriving_begin(struct arriving *a, struct db *db,
    const struct seal_keys *keys, const struct dossier_import *import);
/* Adds one. False, logged: end it with arriving_drop. */
bool arriving_add(struct arriving *a, const struct dossier *d);
/* It is whole. False, logged, when it could not be said. */
bool arriving_end(struct arriving *a, const struct register_counts *counts);
/* Forgets it; nothing of it was taken. */
void arriving_drop(struct arriving *a);

/* What taking needs. */
struct taking_in {
	struct db *db;
	const struct seal_keys *keys;
	const struct settings *settings;
	const struct catalogue *catalogue;
	/* told after each piece, perhaps NULL; false: it stops there, and goes
	 * on another time */
	bool (*progress)(void *context, const struct dossier_import *import);
	void *context;
};

/* Takes all that wait, the oldest first; a deed in the audit log for each.
 * *last is the id wanted, and its counts when it is over. False, logged, when a
 * piece could not be taken for a minute: what is left is taken the next time.
 */
bool take_in_all(const struct taking_in *t, struct dossier_import *last);

#endif

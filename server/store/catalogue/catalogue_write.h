/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the catalogue is changed: compared with what it shall be, looked over,
 * written whole.
 */
#ifndef HAILONG_SERVER_STORE_CATALOGUE_CATALOGUE_WRITE_H
#define HAILONG_SERVER_STORE_CATALOGUE_CATALOGUE_WRITE_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/catalogue/catalogue_change.h"
#include "server/core/catalogue/folder.h"

struct arena;
struct db;
struct deed;
struct uuid;

/* What is to become of the catalogue. */
struct revision {
	struct arena *arena;
	struct folder former, next;
	struct changes changes; /* of former and next */
	struct refusals refusals;
	uint64_t mark;    /* of former */
	struct uuid *ids; /* of the deeds, one for each change */
};

/* Compares the catalogue with what it shall be; forms that next lacks stay.
 * Refusals say why it may not be; then there may be no changes. Points into
 * itself: not to be copied. False when the database did not answer. */
bool store_revise(struct db *db, struct arena *a, const struct folder *next,
    int32_t today, struct revision *out);
/* Writes the changes, a deed for each (at, login, role, place of by; NULL:
 * none), and raises the generation, in the open transaction. Nothing of it when
 * the catalogue is no more the one it was compared with: then *stale, unless it
 * is what it shall be. */
bool store_revision_write(struct db *db, const struct revision *revision,
    const struct deed *by, bool *stale);

#endif

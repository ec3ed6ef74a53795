/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The catalogue as a folder, and how it is changed: compared with what it shall
 * be, looked over, written whole. */
#ifndef HAILONG_SERVER_STORE_CATALOGUE_WRITE_H
#define HAILONG_SERVER_STORE_CATALOGUE_WRITE_H

#include "server/core/catalogue/catalogue_change.h"
#include "server/store/store.h"

/* --------------------------------------------------------------- folder.c */

/* The database's catalogue as a folder (core/catalogue/folder.h), sorted. */
bool store_folder(struct db *db, struct arena *a, struct folder *out);
/* Writes a row in its place of the sheet's order; moved_only: nothing but the
 * place is new. A desk's fields are written with it. */
bool store_row_put(struct db *db, struct arena *a, enum sheet_name sheet,
    const struct sheet_row *row, size_t place, bool moved_only);
/* Takes a row away; not a form's. */
bool store_row_remove(
    struct db *db, enum sheet_name sheet, const struct sheet_row *row);
/* *used: answers, dossiers, people or devices refer to this code. */
bool store_row_used(
    struct db *db, enum sheet_name sheet, const char *code, bool *used);

/* ---------------------------------------------------------------
 * catalogue_write.c */

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

/* --------------------------------------------------------------- import.c */

enum import { IMPORT_DONE, IMPORT_REFUSED, IMPORT_FAILED };

/* Reads the files of a folder (NULL: the built-in one). False, with refusals,
 * when they are not those of a catalogue. */
bool store_folder_read(struct arena *a, const char *path, struct folder *out,
    struct refusals *refusals);
/* Makes the catalogue what next says, in a transaction of its own; dry: only
 * looks what that would do. IMPORT_REFUSED: out->refusals say why. */
enum import store_import_by(struct db *db, struct arena *a,
    const struct folder *next, const struct deed *by, bool dry,
    struct revision *out);

#endif

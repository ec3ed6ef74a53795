/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registers on their way in: pieces that wait to be taken. What they hold is
 * the caller's matter. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_DOSSIER_DOSSIER_IMPORTS_H
#define HAILONG_SERVER_STORE_DOSSIER_DOSSIER_IMPORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/db/db.h"
#include "server/store/dossier/dossiers.h"
#include "shared/uuid.h"

struct arena;
struct buf;

struct dossier_import {
	struct uuid id;
	const char *file, *login, *role, *place;
	int64_t at;
	int64_t dossiers, bad;
	const char *numbers;            /* JSON */
	int64_t count[ANNOUNCED_KINDS]; /* of those taken so far */
};

/* Begins one: id, file, login, role, place, at. */
bool store_import_add(struct db *db, const struct dossier_import *import);
/* Adds a piece to it. */
bool store_import_piece_add(struct db *db, const struct uuid *id,
    int64_t number, const void *body, size_t size);
/* All its pieces are there; from now on it will be taken, whatever happens.
 * dossiers, bad and numbers are kept with it. */
bool store_import_whole(struct db *db, const struct dossier_import *import);
/* The oldest that is to be taken; strings are the arena's. */
enum step store_import_next(
    struct db *db, struct arena *a, struct dossier_import *out);
/* One that is to be taken, by its id; STEP_DONE: it is taken. */
enum step store_import_of(struct db *db, struct arena *a, const struct uuid *id,
    struct dossier_import *out);
/* Its first piece, appended to body. */
enum step store_import_piece(
    struct db *db, const struct uuid *id, int64_t *number, struct buf *body);
/* A piece is taken: it goes, and what became of its dossiers is counted. */
bool store_import_taken(struct db *db, const struct uuid *id, int64_t number,
    const int64_t count[ANNOUNCED_KINDS]);
/* Forgets one with its pieces. */
bool store_import_remove(struct db *db, const struct uuid *id);
/* Forgets those that were begun before a time and never became whole. */
bool store_import_halves(struct db *db, int64_t before);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A catalogue read from files and made the database's. */
#ifndef HAILONG_SERVER_STORE_CATALOGUE_IMPORT_H
#define HAILONG_SERVER_STORE_CATALOGUE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct db;
struct deed;
struct folder;
struct refusals;
struct revision;

/* Makes the catalogue what a folder says (NULL: the built-in one), in a
 * transaction of its own and without a deed
 * (store/catalogue/catalogue_write.h): for a database that is not in use yet.
 * False with one sentence in error. */
bool store_import(struct db *db, const char *path, char *error, size_t size);

enum import { IMPORT_DONE, IMPORT_REFUSED, IMPORT_FAILED };

/* Reads the files of a folder (NULL: the built-in one of 2022; the name of a
 * built-in edition, shared/catalogue.h: that one). False, with refusals,
 * when they are not those of a catalogue. */
bool store_folder_read(struct arena *a, const char *path, struct folder *out,
    struct refusals *refusals);
/* Makes the catalogue what next says, in a transaction of its own; dry: only
 * looks what that would do. IMPORT_REFUSED: out->refusals say why. */
enum import store_import_by(struct db *db, struct arena *a,
    const struct folder *next, const struct deed *by, bool dry,
    struct revision *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The catalogue as a folder of sheets (core/catalogue/folder.h): read, and
 * written row by row in an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_CATALOGUE_FOLDER_H
#define HAILONG_SERVER_STORE_CATALOGUE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/catalogue/folder.h"

struct arena;
struct db;

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

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The catalogue as the programs see it (core/catalogue/catalogue.h), read as a
 * whole.
 */
#ifndef HAILONG_SERVER_STORE_CATALOGUE_CATALOGUE_H
#define HAILONG_SERVER_STORE_CATALOGUE_CATALOGUE_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/catalogue/setting.h"

struct catalogue;
struct db;

/* Reads the whole catalogue; NULL when it cannot. catalogue_destroy frees. */
struct catalogue *store_catalogue(struct db *db);
/* Reads what administrators set, or its defaults. */
bool store_settings(struct db *db, int64_t values[SETTING_COUNT]);
/* Sets what administrators may set; the caller raises the generation. */
bool store_setting_put(struct db *db, enum setting setting, int64_t value);

#endif

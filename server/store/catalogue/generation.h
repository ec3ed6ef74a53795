/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The facts of table meta, among them the number by which running collectors
 * notice changes. What writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_CATALOGUE_GENERATION_H
#define HAILONG_SERVER_STORE_CATALOGUE_GENERATION_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/* The number that is raised whenever catalogue, devices or staff change; -1
 * when it cannot be read. */
int64_t store_generation(struct db *db);
/* Raises it by one (from 0 where there was none). */
bool store_generation_raise(struct db *db);
/* A fact of table meta, into the arena; NULL when absent or unreadable. */
const char *store_meta(struct db *db, struct arena *a, const char *key);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the store's tests share. cmocka.h must be included before this. */
#ifndef HAILONG_TESTS_KIT_STORE_PARTS_H
#define HAILONG_TESTS_KIT_STORE_PARTS_H

#include <stdbool.h>
#include "server/store/answers.h"

#define STORE_NOW INT64_C(1795140000000) /* a time, in ms */

/* A new database of the engine that is tried, with the built-in catalogue. */
struct db *fresh_store(void);
/* The address of the last fresh store. */
const char *store_address(void);
/* False when these words stand anywhere in the files of the last one made (of
 * SQLite; always true on PostgreSQL). */
bool nowhere(const char *words);
/* The n-th id. */
struct uuid numbered(unsigned n);
/* The n-th answer; each has an id and a digest of its own. */
void fill_entry(struct entry *e, unsigned n);
/* Stores one answer with its tallies in a transaction. */
enum stored store_one(struct db *db, struct entry *e);
/* Sets the n-th answer aside, or back, with its tallies. */
void set_aside(struct db *db, unsigned n, bool out);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the catalogue and the settings, which figures and verdicts go by, are
 * still what this program wrote: a target that a disk has altered makes sense,
 * and no count differs.
 */
#ifndef HAILONG_SERVER_STORE_CATALOGUE_FINGERPRINT_H
#define HAILONG_SERVER_STORE_CATALOGUE_FINGERPRINT_H

#include <stdbool.h>

struct db;

#define FINGERPRINT_TEXT 48

/* Compares with what was kept at the last look, when the generation is still
 * the same: *altered. fresh gets what is to be kept now
 * (store_fingerprint_keep), "" when that is kept already or it was altered.
 * False when the database refused. Expects an open read transaction. */
bool store_fingerprint_look(
    struct db *db, bool *altered, char fresh[FINGERPRINT_TEXT]);
/* Keeps it; in a transaction. */
bool store_fingerprint_keep(struct db *db, const char *fresh);

#endif

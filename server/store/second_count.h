/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second opinion on the figures: everything is counted again from the
 * answers and the dossiers themselves.
 */
#ifndef HAILONG_SERVER_STORE_SECOND_COUNT_H
#define HAILONG_SERVER_STORE_SECOND_COUNT_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/score/tally_compare.h"

struct db;

/* Compares the kept counts by day, by month and of dossiers with a recount, and
 * tells each difference. *unreadable gets the number of answers whose scores
 * make no sense. False when the database refused. Expects an open read
 * transaction, so that what is compared is of one state. */
bool store_second_count(struct db *db, tally_differs *tally,
    dossiers_differ *dossiers, void *context, int64_t *differences,
    int64_t *unreadable);

#endif

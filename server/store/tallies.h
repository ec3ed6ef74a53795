/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts of answers by day and month: kept, summed, checked. What writes
 * expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_TALLIES_H
#define HAILONG_SERVER_STORE_TALLIES_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct rows;
struct tallies;

/* Adds coalesced tallies to the tables by day and by month, in the order of
 * their keys. */
bool store_tallies_add(struct db *db, struct tallies *tallies);
/* Adds up rows of such a table (columns as in query tally_range), each day
 * apart or (keep_day false) all as day 0; closes them. */
bool store_tallies_rows(struct rows *rows, bool keep_day, struct tallies *out);
/* Sums over days first..last into `out`: day 0 and whole months from the table
 * by month, unless by_day. */
bool store_tallies_sum(struct db *db, int32_t first, int32_t last, bool by_day,
    struct tallies *out);
/* The first month that anything was counted in; false: none was. */
bool store_tallies_begin(struct db *db, int64_t *month);
/* The counts of the months from..to (core/score/period.h), month by month. */
bool store_tallies_months(
    struct db *db, int64_t from, int64_t to, struct tallies *out);
/* Counts all answers anew into `out` (check, and after a removal). *bad gets
 * the number of answers whose scores cannot be read. */
bool store_recount(struct db *db, struct tallies *out, int64_t *bad);
/* Reads a whole table into `out`: by day, or by month (key.day is the month's
 * number). */
bool store_tallies_read(struct db *db, bool months, struct tallies *out);
/* Replaces the tables by `tallies`. */
bool store_tallies_replace(struct db *db, struct tallies *tallies);
/* Numbers that must be 0: answers of unknown desks, comments without answer. */
bool store_orphans(struct db *db, int64_t *answers, int64_t *remarks);
/* Likewise: answers that call for a person (core/cases/needs_person.h) and that
 * no list of cases or doubts would show. */
bool store_overlooked(struct db *db, int64_t *answers);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The counts that the rule of small numbers looks at (core/score/suppress),
 * read from the database. */
#ifndef HAILONG_SERVER_STORE_SMALL_NUMBERS_H
#define HAILONG_SERVER_STORE_SMALL_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/score/suppress.h"
#include "server/core/score/tally.h"

struct db;

struct small_numbers {
	struct tallies months, days[2];
	struct suppress_source source; /* borrows them */
};

/* Reads what a question about the days first..last needs, by_day: also about
 * each of them. False when the database does not answer; give it back with
 * small_numbers_finish in either case. */
bool store_small_numbers(struct db *db, int32_t first, int32_t last,
    bool by_day, int64_t least, struct small_numbers *out);
void small_numbers_finish(struct small_numbers *numbers);

#endif

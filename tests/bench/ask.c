/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long the store takes to answer: the counts of a period, by unit, field
 * and the rest, as they are read for a table of scores. The median of some
 * times, in ms.
 *
 *   bench-ask DATABASE-URL FIRST LAST       days as 2026-07-01
 */
#include <stdio.h>
#include <stdlib.h>
#include "server/core/score/tally.h"
#include "server/db/db.h"
#include "server/store/tallies.h"
#include "shared/civil.h"
#include "shared/clock.h"

#define TIMES 11

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
	int64_t took[TIMES];
	struct tallies sum;
	int32_t first, last;
	struct db *db;

	if (argc != 4 || !civil_parse_date(argv[2], &first) ||
	    !civil_parse_date(argv[3], &last))
		return 2;
	db = db_open(argv[1], DB_READ);
	if (db == NULL)
		return 1;
	for (int i = 0; i < TIMES; i++) {
		took[i] = clock_micro();
		tallies_init(&sum);
		if (!store_tallies_sum(db, first, last, false, &sum))
			return 1;
		took[i] = clock_micro() - took[i];
		tallies_finish(&sum);
	}
	qsort(took, TIMES, sizeof(took[0]), compare);
	printf("%.1f\n", (double)took[TIMES / 2] / 1000);
	db_close(db);
	return 0;
}

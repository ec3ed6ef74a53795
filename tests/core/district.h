/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small district for tests of scores: units D (the district) with A, B and N
 * (which has no desk) in it; desks D1, A1, A2, B1, B2; fields land and build
 * under 85, civil and crop under 90; forms one-stop and sipas. cmocka.h must be
 * included before this.
 */
#ifndef HAILONG_TESTS_CORE_DISTRICT_H
#define HAILONG_TESTS_CORE_DISTRICT_H

#include "server/core/score/score.h"
#include "server/core/score/score_write.h"
#include "server/core/score/tally.h"
#include "shared/arena.h"

#define DISTRICT_DAY 20000 /* first day of the period, 2024-10-04 */

extern const struct catalogue district;

/* What was said, and the rows made of it. */
struct said {
	struct tallies tallies;
	const struct dossier_counts *dossiers; /* NULL: none announced */
	struct arena arena;
	struct score_rows rows;
};

void district_open(struct said *t);
void district_close(struct said *t);
/* The key of a general answer at a desk's kiosk on the first day. */
struct tally_key answer_at(const char *desk, const char *field);
/* n answers of which `good` are satisfied. */
void say(struct said *t, struct tally_key key, int64_t n, int64_t good);
/* Makes the rows; population and unit may be NULL. */
void make_rows(
    struct said *t, enum score_by by, const char *population, const char *unit);
/* The row whose name this is; fails when there is none. */
const struct score *row_named(const struct said *t, const char *name);
/* Fails, naming the row, when its counts are others. */
void assert_counts(const struct score *r, int64_t valid, int64_t satisfied);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The counts of a period, read once and shared by all who ask at about the same
 * time: twenty people who open the board at half past seven cost one reading of
 * the tallies, and every table of one page is made of the same state.
 */
#ifndef HAILONG_SERVER_CACHE_TALLY_CACHE_H
#define HAILONG_SERVER_CACHE_TALLY_CACHE_H

#include <stdbool.h>
#include <stdint.h>
#include "server/cache/single_flight.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/tally.h"
#include "server/http/request.h"

enum cached_kind {
	CACHED_SUM,    /* answers and dossiers of all the days together */
	CACHED_DAYS,   /* both by day, in their order */
	CACHED_MONTHS, /* the answers of the months those days lie in, whole
			* months, by the month's number (core/score/period.h) */
};

/* Not changed once it is held; value.made_at tells it from others. */
struct cached_tallies {
	struct flight_value value;
	struct tallies tallies;
	struct dossier_counts dossiers;
	struct arena arena;
};

struct closed_period;

/* The counts of the days first..last; those of the closing's days, where one is
 * given, are its snapshot's, the others move. As new as ten times what it costs
 * to read them, and never older than a second when it is being read anew. NULL,
 * logged, when the database does not answer. Give it back with
 * tally_cache_release. */
const struct cached_tallies *tally_cache_hold(struct ctx *ctx,
    enum cached_kind of, int32_t first, int32_t last,
    const struct closed_period *closed);
/* NULL is allowed. */
void tally_cache_release(struct ctx *ctx, const struct cached_tallies *s);

/* The server's own set of them; single_flight_destroy frees it. */
struct single_flight *tally_cache_create(void);

#endif

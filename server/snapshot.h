/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One look at the counts of a period, shared by all who ask at about the same
 * time: twenty people who open the board at half past seven cost one reading of
 * the tallies, and every table of one page is made of the same state.
 */
#ifndef HAILONG_SERVER_SNAPSHOT_H
#define HAILONG_SERVER_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/dossier_count.h"
#include "server/core/tally.h"
#include "server/request.h"

struct snapshots;

enum snapshot_of {
	SNAPSHOT_SUM,    /* answers and dossiers of all the days together */
	SNAPSHOT_DAYS,   /* both by day, in their order */
	SNAPSHOT_MONTHS, /* the answers of the months those days lie in, whole
			  * months, by the month's number (core/period.h) */
};

/* Not changed once it is held. */
struct snapshot {
	struct tallies tallies;
	struct dossier_counts dossiers;
	struct arena arena;
	int holders;
	int64_t made_at, cost; /* microseconds; made_at tells it from others */
};

/* The counts of the days first..last; as new as ten times what it costs to read
 * them, and never older than a second when it is being read anew. NULL, logged,
 * when the database does not answer. Give it back with snapshot_release. */
const struct snapshot *snapshot_hold(
    struct ctx *ctx, enum snapshot_of of, int32_t first, int32_t last);
/* NULL is allowed. */
void snapshot_release(struct ctx *ctx, const struct snapshot *s);

/* The server's own set of them. */
struct snapshots *snapshots_create(void);
/* Nobody may hold any. NULL is allowed. */
void snapshots_destroy(struct snapshots *s);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an official report is made of, read from the database as it is now. */
#ifndef HAILONG_SERVER_STORE_REPORT_H
#define HAILONG_SERVER_STORE_REPORT_H

#include <stdbool.h>
#include "server/core/report/source.h"

struct arena;
struct catalogue;
struct closed_period;
struct db;

/* What is asked for; today is the local day, on which it depends whether the
 * period is over. */
struct report_ask {
	struct period period;
	const struct closed_period *closed; /* whose snapshot; NULL: it moves */
	struct report_filter filter;
	int64_t least; /* fewer answers are not shown apart; 0: all are */
	int32_t today;
};

/* Whose texts a report bears: the unit it is narrowed to, "" the district. */
const char *report_ask_unit(const struct report_ask *ask);
/* True for the report of a whole unit, which has passages of its own; a part of
 * it, of a field or a channel, has what its figures propose. */
bool report_ask_whole(const struct report_ask *ask);
/* Fills the source, sorted, from one state of the database; strings are the
 * arena's, source->tallies is to be finished by the caller. Names and targets
 * are those of the catalogue, which is borrowed, or of a closed period's
 * snapshot: then *frozen is that catalogue, for catalogue_destroy, else NULL.
 * False: the database did not answer (logged), nothing is to be finished. */
bool store_report_source(struct db *db, const struct catalogue *catalogue,
    struct arena *a, const struct report_ask *ask, struct report_source *source,
    struct catalogue **frozen);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a decision about answers makes of one row of the scores: its counts
 * before and after, and whether its share changes the side of the target. A row
 * is what score_query asks for without a dimension (population, unit, field,
 * channel, period); what belongs to it, and which target it bears, is told by
 * core/score/score, so that a page that asks before the deed and `scores` that
 * tells after it cannot disagree. Pure.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_WHAT_IF_H
#define HAILONG_SERVER_CORE_SCORE_WHAT_IF_H

#include <stddef.h>
#include <stdint.h>
#include "server/core/score/tally.h"

struct catalogue;
struct score_query;

enum what_if_deed {
	WHAT_IF_ASIDE,    /* it counted, and will not */
	WHAT_IF_RESTORED, /* it was set aside, and will count */
	WHAT_IF_READ,     /* it was not there, and will count */
};

struct what_if_answer {
	struct tally_key key; /* unit, field, channel and form; the rest is not
				 read */
	int score;            /* of its general question, 0: not applicable */
	enum what_if_deed deed;
};

struct what_if_counts {
	int64_t satisfied, valid, aside;
};

enum crossing {
	CROSSING_NONE,  /* or one of the two sides has no answers */
	CROSSING_ABOVE, /* the target is missed before, reached after */
	CROSSING_BELOW,
};

struct what_if {
	int percent4; /* the row's target, in units of 0.0001 percent */
	struct what_if_counts before, after;
	struct tally_part with; /* after, with all that is set aside */
	enum crossing crossing; /* by the counts, never by a rounded share */
};

/* What these answers (n may be 0) do to the row of a query, whose counts are
 * among the tallies of its period. Answers of other rows do nothing. query->by
 * is BY_POPULATION, its population is not NULL. */
struct what_if what_if(const struct tallies *tallies,
    const struct catalogue *catalogue, const struct score_query *query,
    const struct what_if_answer *answers, size_t n);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Small numbers: which figures may be shown, so that no group of fewer than
 * `least` answers shows, neither by itself nor by taking one figure from
 * another, whatever is asked for, in whatever order and by whom. Pure; the one
 * rule for pages, interface and files. The command line is exempt (contract).
 *
 * The rule, for a set of answers (a population's, to one question). A row is
 * what narrows it by unit, field, channel and desk, over some days.
 *
 *  1. In every calendar quarter the row's answers are none, or `least` and
 *     more. A row that is left out in a quarter is left out in whatever holds
 *     a part of that quarter: so the half year does not give it away, and
 *     no figure of a past quarter disappears because of a later one.
 *  2. Days that are not whole quarters begin and end where the row may be cut
 *     (suppress_cuts.h).
 *  3. What is left out protects itself: of the parts of a whole never one
 *     alone is left out, and enough answers with it; and of every table of two
 *     dimensions so many cells that each hidden one is on a circle of
 *     hidden ones (suppress_table.h). Both for each quarter, and for
 *     each day at which something is cut.
 *  4. Whatever lies in a row that is left out is left out. Three dimensions are
 *     shown over whole quarters, and only where none of all their cells is
 *     small; more than three never.
 *
 * Why that is enough: along each such circle an answer can be moved, within
 * one day, or between the two days beside a cut, or between two values of the
 * third dimension, without any shown figure changing; so no shown figures,
 * however they are added up, determine what is hidden. The rule looks at the
 * counts alone and at nothing that was asked before, so that the
 * figures of one state are safe together. It says nothing of two states: who
 * reads the same figure before and after a single answer has come knows what
 * that answer was.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_SUPPRESS_H
#define HAILONG_SERVER_CORE_SCORE_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/score/tally.h"

struct arena;
struct catalogue;
struct score_query;
struct score_rows;

/* Counts by day of whole quarters. */
struct suppress_days {
	const struct tallies *tallies; /* by day; borrowed */
	int32_t first, last;           /* civil days */
};

#define SUPPRESS_DAYS 5

/* What the rule looks at. */
struct suppress_source {
	const struct tallies
	    *months; /* by month, of whole quarters; borrowed */
	struct suppress_days days[SUPPRESS_DAYS]; /* where something is cut
						   * within a month */
	size_t ndays;
	int64_t least; /* 0: nothing is left out */
};

/* The first and the last day of the quarters that the days first..last touch:
 * what `months` has to hold. */
void suppress_quarters(int32_t first, int32_t last, int32_t *from, int32_t *to);
/* True when the rule needs the days of the quarter around a cut after this day:
 * it is not the end of a month. */
bool suppress_needs_days(int32_t last);

struct suppress;

/* Gets ready for questions about one state of the counts; everything in the
 * arena, as long as the source. */
struct suppress *suppress_make(struct arena *a,
    const struct catalogue *catalogue, const struct suppress_source *source);

/* What narrows a row; NULL: nothing does. */
struct suppress_scope {
	const char *population; /* of a form, or of a group of fields */
	const char *criterion;  /* "overall", …, "reason.waiting" */
	const char *unit;
	bool alone; /* without the units below */
	const char *field, *group, *channel, *desk;
	int32_t first, last;
};

/* True when the row must not be shown. */
bool suppress_hides(struct suppress *s, const struct suppress_scope *scope);
/* Marks the rows that scores_make made of this query (score.few), and
 * in the others the parts that must not be shown (score.hidden_…). A row of
 * days bears its own, others those of the query. */
void suppress_rows(struct suppress *s, const struct score_query *query,
    struct score_rows *rows);

#endif

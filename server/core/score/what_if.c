/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts only ever add up. So every answer becomes a tally of what it takes
 * away and brings, and is counted by the function that counts the row: there
 * is no second rule of what belongs where.
 */
#include "server/core/score/what_if.h"

#include <stdbool.h>
#include <stddef.h>

#include "server/core/score/judge.h"
#include "server/core/score/score.h"
#include "server/core/score/tally.h"

/* What the answer changes in the tally of its key. */
static struct tally
what_if_change(const struct what_if_answer *answer)
{
	struct tally change = {.key = answer->key};

	change.key.criterion = "overall";
	change.n[answer->score] = answer->deed == WHAT_IF_ASIDE ? -1 : 1;
	change.aside = answer->deed == WHAT_IF_ASIDE      ? 1
		       : answer->deed == WHAT_IF_RESTORED ? -1
							  : 0;
	return change;
}

/* The same in the tally of what had been set aside. */
static struct tally
what_if_aside(const struct what_if_answer *answer)
{
	struct tally change = {.key = answer->key};

	change.key.criterion = TALLY_ASIDE_OF "other.overall";
	change.n[answer->score] = answer->deed == WHAT_IF_ASIDE      ? 1
				  : answer->deed == WHAT_IF_RESTORED ? -1
								     : 0;
	return change;
}

static struct what_if_counts
counts_of(const struct score_counts *sum)
{
	struct what_if_counts counts = {
	    .satisfied = sum->values[4] + sum->values[5], .aside = sum->aside};

	for (int score = 1; score <= 5; score++)
		counts.valid += sum->values[score];
	return counts;
}

static bool
reaches(const struct what_if_counts *counts, int percent4)
{
	return judge_distance(counts->satisfied, counts->valid, percent4) >= 0;
}

static enum crossing
crossing_of(const struct what_if *w)
{
	bool after;

	if (w->before.valid <= 0 || w->after.valid <= 0)
		return CROSSING_NONE;
	after = reaches(&w->after, w->percent4);
	if (reaches(&w->before, w->percent4) == after)
		return CROSSING_NONE;
	return after ? CROSSING_ABOVE : CROSSING_BELOW;
}

struct what_if
what_if(const struct tallies *tallies, const struct catalogue *catalogue,
    const struct score_query *query, const struct what_if_answer *answers,
    size_t n)
{
	struct what_if out = {.percent4 = (int)scores_target(catalogue, query)};
	struct score_counts sum = {0};

	scores_count(tallies, catalogue, query, &sum);
	out.before = counts_of(&sum);
	for (size_t i = 0; i < n; i++) {
		struct tally changes[2] = {
		    what_if_change(&answers[i]), what_if_aside(&answers[i])};
		const struct tallies one = {.rows = changes, .count = 2};

		scores_count(&one, catalogue, query, &sum);
	}
	out.after = counts_of(&sum);
	out.with.valid = out.after.valid + sum.aside_part.valid;
	out.with.satisfied = out.after.satisfied + sum.aside_part.satisfied;
	out.crossing = crossing_of(&out);
	return out;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The judgement of one row (STATISTICS, section 7). The figures are those of
 * judge for the row's own counts, so that anybody can check a printed row with
 * one command. Beside them stand two that say more than counts can: over strata
 * (unit x field, each weighing as many dossiers as it has) and over clusters
 * (desks, whose people resemble each other).
 *
 * A verdict over four or more desks needs the clusters' interval on the same
 * side of the target as the pooled one: ignoring the desks declares "met"
 * wrongly in up to 22 % of simulated cases instead of 2.5 %. What is certain
 * whatever the others say (rules 1 to 4) stands as it is.
 */
#include "server/core/score.h"

#include <math.h>
#include <string.h>

#define STRATUM_LEAST 5 /* answers; a smaller cell joins its neighbour */

/* Rules 6 and 7 again, with the clusters' interval. */
static void
mind_desks(struct score *row)
{
	struct judgement *j = &row->judgement;
	double target = (double)row->percent4 / 1e6;

	if (!row->clustered ||
	    judge_certain(
		j->satisfied, j->valid, j->dossiers, (int)row->percent4) ||
	    (j->verdict == VERDICT_MET
		    ? row->clusters.total.wilson.lo >= target
		    : row->clusters.total.wilson.hi < target))
		return;
	j->verdict = VERDICT_NOT_YET_KNOWN;
	j->more_needed = row->clusters.total.more_needed;
	row->reason = "desks";
}

/* Where a cell stands in the order of the catalogue: unit by unit, field by
 * field, what nobody knows last. */
static size_t
place(const struct catalogue *c, const struct score_cell *cell)
{
	const struct unit *u = catalogue_unit(c, cell->unit);
	const struct field *f = catalogue_field(c, cell->field);
	size_t unit = u == NULL ? c->nunits : (size_t)(u - c->units);
	size_t field = f == NULL ? c->nfields : (size_t)(f - c->fields);

	return unit * (c->nfields + 1) + field;
}

/* Some hundred cells at most: put in order as they come. */
static size_t
sorted_cells(const struct score *row, const struct catalogue *c, bool known,
    struct score_cell *cells)
{
	size_t n = 0;

	for (size_t i = 0; i < row->ncells; i++) {
		struct score_cell cell = row->cells[i];
		size_t own = place(c, &cell), k = n;

		if (known && cell.field[0] == '\0')
			continue;
		for (; k > 0 && place(c, &cells[k - 1]) > own; k--)
			cells[k] = cells[k - 1];
		cells[k] = cell;
		n++;
	}
	return n;
}

/* Cells of one unit with fewer than five answers join the next one; then the
 * rule of the strata themselves. */
size_t
score_strata(const struct score *row, const struct catalogue *c, bool known,
    struct arena *a, struct strata_judgement *out)
{
	size_t room = row->ncells + 1, first = 0, n = 0, ncells, nstrata;
	struct score_cell *cells = arena_alloc(a, room * sizeof(*cells));
	struct stratum *counts = arena_alloc(a, room * sizeof(*counts));
	struct stratum *merged = arena_alloc(a, room * sizeof(*merged));
	struct stratum *strata = arena_alloc(a, room * sizeof(*strata));
	size_t *of = arena_alloc(a, room * sizeof(*of));

	ncells = sorted_cells(row, c, known, cells);
	for (size_t i = 0; i < ncells; i++) {
		counts[i] = cells[i].counts;
		if (i + 1 < ncells &&
		    strcmp(cells[i].unit, cells[i + 1].unit) == 0)
			continue;
		n += strata_merge(&counts[first], i + 1 - first, STRATUM_LEAST,
		    &merged[n], of);
		first = i + 1;
	}
	nstrata = strata_merge(merged, n, STRATA_LEAST, strata, of);
	*out = strata_judge(strata, nstrata, (int)row->percent4);
	return nstrata;
}

double
score_coverage(const struct score *row)
{
	if (!row->has_dossiers)
		return NAN;
	return 100.0 * (double)row->judgement.valid /
	       (double)row->dossiers[DOSSIERS_FINISHED];
}

void
score_judge(
    struct score *row, const struct catalogue *catalogue, struct arena *a)
{
	struct cluster *clusters =
	    arena_alloc(a, (row->ndesks + 1) * sizeof(*clusters));
	int64_t satisfied = row->values[4] + row->values[5];
	int64_t valid = 0;

	for (int i = 1; i <= 5; i++)
		valid += row->values[i];
	for (size_t i = 0; i < row->ndesks; i++)
		clusters[i] = row->desks[i].counts;
	row->judgement = judge_counts(satisfied, valid,
	    row->has_dossiers ? row->dossiers[DOSSIERS_FINISHED]
			      : JUDGE_UNKNOWN,
	    (int)row->percent4);
	row->clusters =
	    cluster_judge(clusters, row->ndesks, (int)row->percent4);
	row->clustered = row->clusters.clusters >= JUDGE_FEW_CLUSTERS;
	if (row->has_dossiers)
		row->nstrata =
		    score_strata(row, catalogue, false, a, &row->strata);
	row->anytime = stats_anytime(satisfied, valid, 1 - STATS_CONF);
	if (row->judgement.verdict == VERDICT_MET ||
	    row->judgement.verdict == VERDICT_NOT_MET)
		mind_desks(row);
}

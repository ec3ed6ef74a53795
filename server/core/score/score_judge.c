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
 * whatever the others say (rules 1 to 4) stands as it is. Where the desks
 * differ no more than chance (design effect up to 1), the interval is wider
 * only because they are few, and the reason says that instead.
 */
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/score.h"
#include "shared/arena.h"

#include <math.h>
#include <stdlib.h>
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
	row->reason = row->clusters.deff > 1 ? "desks" : "few_desks";
}

/* What the row shows of its judgement, once the verdict stands. */
static void
fill_shown(struct score *row)
{
	struct judgement *j = &row->judgement;
	struct interval apart = row->clusters.total.wilson;

	row->judged = j->wilson;
	if (row->clustered && interval_defined(apart)) {
		row->judged.lo = fmin(row->judged.lo, apart.lo);
		row->judged.hi = fmax(row->judged.hi, apart.hi);
	}
	if (j->verdict == VERDICT_NOT_YET_KNOWN)
		row->lean =
		    judge_lean(j->satisfied, j->valid, (int)row->percent4);
	if (row->ended && (j->verdict == VERDICT_NOT_YET_KNOWN ||
			      j->verdict == VERDICT_TOO_FEW))
		j->more_needed = -1;
}

bool
score_more_likely(const struct score *row)
{
	const struct judgement *j = &row->judgement;

	return j->more_needed >= 0 &&
	       j->more_needed <=
		   (row->has_dossiers ? j->dossiers - j->valid : 10 * j->valid);
}

/* ------------------------------------------------------------------ strata */

size_t
score_place(const struct catalogue *c, const char *unit, const char *field)
{
	const struct unit *u = catalogue_unit(c, unit);
	const struct field *f = catalogue_field(c, field);
	size_t at = u == NULL ? c->nunits : (size_t)(u - c->units);

	return at * (c->nfields + 1) +
	       (f == NULL ? c->nfields : (size_t)(f - c->fields));
}

static int
compare_cells(const void *a, const void *b)
{
	const struct score_cell *x = a, *y = b;
	int order = (x->place > y->place) - (x->place < y->place);

	/* what the catalogue does not know shares a place */
	if (order == 0)
		order = strcmp(x->unit, y->unit);
	return order != 0 ? order : strcmp(x->field, y->field);
}

/* Brings a row's cells into the catalogue's order, each unit and field once. */
static void
settle_cells(struct score *row, const struct catalogue *c)
{
	struct score_cell *cells = row->cells;
	size_t n = 0;

	for (size_t i = 0; i < row->ncells; i++)
		cells[i].place = score_place(c, cells[i].unit, cells[i].field);
	if (row->ncells > 1)
		qsort(cells, row->ncells, sizeof(*cells), compare_cells);
	for (size_t i = 0; i < row->ncells; i++) {
		struct stratum *sum = &cells[n - (n > 0)].counts;

		if (n == 0 || compare_cells(&cells[n - 1], &cells[i]) != 0) {
			cells[n++] = cells[i];
			continue;
		}
		sum->dossiers += cells[i].counts.dossiers;
		sum->valid += cells[i].counts.valid;
		sum->satisfied += cells[i].counts.satisfied;
	}
	row->ncells = n;
}

/* The cells whose field is known, or all of them. */
static size_t
choose_cells(const struct score *row, bool known, struct score_cell *cells)
{
	size_t n = 0;

	for (size_t i = 0; i < row->ncells; i++)
		if (!known || row->cells[i].field[0] != '\0')
			cells[n++] = row->cells[i];
	return n;
}

/* Cells of one unit with fewer than five answers join the next one; then the
 * rule of the strata themselves. */
size_t
score_strata(const struct score *row, bool known, struct arena *a,
    struct strata_judgement *out)
{
	size_t room = row->ncells + 1, first = 0, n = 0, ncells, nstrata;
	struct score_cell *cells = arena_alloc(a, room * sizeof(*cells));
	struct stratum *counts = arena_alloc(a, room * sizeof(*counts));
	struct stratum *merged = arena_alloc(a, room * sizeof(*merged));
	struct stratum *strata = arena_alloc(a, room * sizeof(*strata));
	size_t *of = arena_alloc(a, room * sizeof(*of));

	ncells = choose_cells(row, known, cells);
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

static int
compare_asides(const void *x, const void *y)
{
	const struct score_aside *a = x, *b = y;

	if (a->answers != b->answers)
		return a->answers > b->answers ? -1 : 1;
	return strcmp(a->reason, b->reason);
}

/* What is set aside, most first, and the share with it. */
static void
settle_asides(struct score *row)
{
	int64_t valid = row->judgement.valid + row->aside_part.valid;
	int64_t satisfied =
	    row->judgement.satisfied + row->aside_part.satisfied;

	if (row->nasides > 1)
		qsort(row->asides, row->nasides, sizeof(*row->asides),
		    compare_asides);
	row->share_with = valid > 0 ? (double)satisfied / (double)valid : NAN;
}

void
score_judge(
    struct score *row, const struct catalogue *catalogue, struct arena *a)
{
	struct cluster *clusters =
	    arena_alloc(a, (row->ndesks + 1) * sizeof(*clusters));
	int64_t satisfied = row->values[4] + row->values[5];
	int64_t dossiers = row->has_dossiers ? row->dossiers[DOSSIERS_FINISHED]
					     : JUDGE_UNKNOWN;
	int64_t valid = 0;

	for (int i = 1; i <= 5; i++)
		valid += row->values[i];
	for (size_t i = 0; i < row->ndesks; i++)
		clusters[i] = row->desks[i].counts;
	row->judgement = judge_counts_with(
	    satisfied, valid, row->unusual.valid, dossiers, (int)row->percent4);
	settle_asides(row);
	row->without = judge_counts(satisfied - row->unusual.satisfied,
	    valid - row->unusual.valid, dossiers, (int)row->percent4);
	row->clusters =
	    cluster_judge(clusters, row->ndesks, (int)row->percent4);
	row->clustered = row->clusters.clusters >= JUDGE_FEW_CLUSTERS;
	if (row->has_dossiers) {
		settle_cells(row, catalogue);
		row->nstrata = score_strata(row, false, a, &row->strata);
	}
	row->anytime = interval_anytime(satisfied, valid, 1 - INTERVAL_CONF);
	if (row->judgement.verdict == VERDICT_MET ||
	    row->judgement.verdict == VERDICT_NOT_MET)
		mind_desks(row);
	fill_shown(row);
}

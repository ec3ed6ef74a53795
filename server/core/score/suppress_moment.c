/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The decisions about one quarter, or about one cut within it: which nodes of
 * each dimension, which cells of each table must not be shown. Made when they
 * are asked for, and kept: many rows of one answer ask the same.
 *
 * For a quarter a count is small or not. For a cut it is the days before and
 * after that matter, so each node and cell has its answers day by day, in
 * memory that is given back at once.
 */
#include <stdlib.h>
#include <string.h>
#include "server/core/score/period.h"
#include "server/core/score/suppress_cuts.h"
#include "server/core/score/suppress_private.h"
#include "server/core/score/suppress_table.h"
#include "shared/arena.h"

#define QUARTER_DAYS 92

/* ---------------------------------------------------------------------- days
 */

void
suppress_quarters(int32_t first, int32_t last, int32_t *from, int32_t *to)
{
	int64_t a = period_month(first), b = period_month(last);

	*from = period_month_first(a - a % 3);
	*to = period_month_first(b - b % 3 + 3) - 1;
}

bool
suppress_needs_days(int32_t last)
{
	return period_month(last) == period_month(last + 1);
}

/* The atoms among days first..last; they are in the order of their days. */
static const struct atom *
atoms_of(const struct atom *atoms, size_t n, int32_t first, int32_t last,
    size_t *count)
{
	size_t from = 0, to;

	while (from < n && atoms[from].day < first)
		from++;
	for (to = from; to < n && atoms[to].day <= last;)
		to++;
	*count = to - from;
	return atoms + from;
}

/* The atoms that a decision needs; NULL: the source does not hold them. */
static const struct atom *
find_atoms(const struct suppress *s, const struct cube *cube,
    const struct moment *m, size_t *count)
{
	if (m->cut == m->end || !suppress_needs_days(m->cut))
		return atoms_of(
		    cube->months, cube->nmonths, m->quarter, m->end, count);
	for (size_t i = 0; i < s->source->ndays; i++)
		if (s->source->days[i].first <= m->quarter &&
		    s->source->days[i].last >= m->end)
			return atoms_of(cube->days[i], cube->ndays[i],
			    m->quarter, m->end, count);
	*count = 0;
	return NULL;
}

/* Cuts between the same two answers are one cut, and must be decided as one:
 * the last one at the end of a month, else of a week, else the last of all.
 * A cut before the first or behind the last answer is none. */
static int32_t
same_cut(
    const struct suppress *s, const struct cube *cube, const struct moment *m)
{
	int32_t before = m->quarter - 1, after = m->end + 1, best;
	bool months = !suppress_needs_days(m->cut);
	size_t n;
	const struct atom *atoms = find_atoms(s, cube, m, &n);

	for (size_t i = 0; atoms != NULL && i < n; i++) {
		if (atoms[i].day <= m->cut)
			before = atoms[i].day;
		else if (atoms[i].day < after)
			after = atoms[i].day;
	}
	if (atoms == NULL)
		return m->cut;
	if (before < m->quarter || after > m->end)
		return m->end;
	best = months ? m->cut : before;
	for (int32_t day = best; day < after; day++)
		if (suppress_end_rank(day) >= suppress_end_rank(best))
			best = day;
	return best;
}

static size_t
days_of(const struct moment *m)
{
	return m->cut == m->end ? 1 : (size_t)(m->end - m->quarter) + 1;
}

/* Answers day by day (or all in one), series by series. */
static int64_t *
series_make(const struct moment *m, size_t count)
{
	int64_t *series = calloc(count * days_of(m) + 1, sizeof(*series));

	if (series == NULL)
		abort();
	return series;
}

static void
series_add(const struct moment *m, int64_t *series, size_t which,
    const struct atom *atom, int64_t count)
{
	size_t n = days_of(m);

	series[which * n + (n == 1 ? 0 : (size_t)(atom->day - m->quarter))] +=
	    count;
}

static int64_t
series_sum(const struct moment *m, const int64_t *series, size_t which)
{
	int64_t sum = 0;

	for (size_t i = 0; i < days_of(m); i++)
		sum += series[which * days_of(m) + i];
	return sum;
}

/* Too small in the quarter, or not to be cut there. */
static bool
series_small(const struct suppress *s, const struct moment *m,
    const int64_t *series, size_t which)
{
	size_t n = days_of(m);

	if (n == 1)
		return series[which] > 0 && series[which] < s->source->least;
	return !suppress_may_cut(series + which * n, n, m->quarter,
	    s->source->least, (size_t)(m->cut - m->quarter));
}

/* --------------------------------------------------------------------- nodes
 */

/* Of the shown children of a shown node, the next to be left out: the smallest
 * that has answers. */
static size_t
next_child(const struct axis *axis, const struct moment *m,
    enum suppress_dimension of, size_t parent)
{
	const int64_t *counts = m->counts[of];
	size_t least = SIZE_MAX;

	for (size_t i = 0; i + 1 < axis->nnodes; i++)
		if (axis->parent[i] == parent && !m->hidden[of][i] &&
		    counts[i] > 0 &&
		    (least == SIZE_MAX || counts[i] < counts[least]))
			least = i;
	return least;
}

/* Never one child alone, and not so few answers that one for each is all there
 * is. Where the others have none, that is not said of them either. */
static void
close_children(const struct suppress *s, const struct axis *axis,
    struct moment *m, enum suppress_dimension of, size_t parent)
{
	size_t hidden = 0, child;
	int64_t answers = 0;

	for (size_t i = 0; i + 1 < axis->nnodes; i++)
		if (axis->parent[i] == parent && m->hidden[of][i]) {
			hidden++;
			answers += m->counts[of][i];
		}
	while (hidden > 0 && (hidden < 2 || answers - (int64_t)hidden <
						s->source->least - 1)) {
		child = next_child(axis, m, of, parent);
		if (child == SIZE_MAX)
			break;
		m->hidden[of][child] = true;
		hidden++;
		answers += m->counts[of][child];
	}
	if (hidden == 0 ||
	    (hidden >= 2 && answers - (int64_t)hidden >= s->source->least - 1))
		return;
	for (size_t i = 0; i + 1 < axis->nnodes; i++)
		if (axis->parent[i] == parent)
			m->hidden[of][i] = true;
}

static void
decide_nodes(const struct suppress *s, const struct cube *cube,
    struct moment *m, enum suppress_dimension of)
{
	const struct axis *axis = &cube->axes[of];
	size_t root = axis->nnodes - 1;
	int64_t *series = series_make(m, axis->nnodes);
	bool *hidden = m->hidden[of];

	for (size_t i = 0; i < m->natoms; i++)
		for (size_t leaf = of < KEYED ? m->atoms[i].leaf[of] : 0;
		     leaf < axis->nleaves; leaf++) {
			int64_t n = suppress_count(&m->atoms[i], of, leaf);

			for (size_t node = leaf; n > 0;
			     node = axis->parent[node]) {
				series_add(m, series, node, &m->atoms[i], n);
				if (node == root)
					break;
			}
			if (of < KEYED)
				break;
		}
	for (size_t i = 0; i < axis->nnodes; i++)
		m->counts[of][i] = series_sum(m, series, i);
	for (size_t i = 0; i < axis->nnodes; i++) {
		size_t node = axis->order[i];

		hidden[node] =
		    hidden[node] ||
		    (m->counts[of][node] > 0 &&
			(series_small(s, m, series, node) ||
			    (node != root && hidden[axis->parent[node]])));
		/* its children are decided before theirs are */
		if (hidden[node])
			continue;
		for (size_t k = 0; k < root; k++)
			if (axis->parent[k] == node && m->counts[of][k] > 0)
				hidden[k] = series_small(s, m, series, k);
		close_children(s, axis, m, of, node);
	}
	free(series);
}

/* -------------------------------------------------------------------- tables
 */

/* Of each leaf that is left out, the smallest node around it that is shown,
 * numbered from 1; 0: the leaf is shown. */
static size_t *
sums_around(const struct suppress *s, const struct axis *axis,
    const struct moment *m, enum suppress_dimension of)
{
	size_t *out = arena_alloc(s->arena, axis->nleaves * sizeof(*out));
	size_t *number = arena_alloc(s->arena, axis->nnodes * sizeof(*number));
	size_t count = 0, node;

	for (size_t i = 0; i < axis->nleaves; i++) {
		if (!m->hidden[of][i])
			continue;
		for (node = i; m->hidden[of][node] && node + 1 < axis->nnodes;)
			node = axis->parent[node];
		if (number[node] == 0)
			number[node] = ++count;
		out[i] = number[node];
	}
	return out;
}

/* Closes a table; of desks, some that are left out themselves. */
static void
close_pair(struct suppress *s, const struct cube *cube, struct moment *m,
    enum suppress_dimension a, enum suppress_dimension b, struct pair *pair)
{
	struct suppress_table table = {.nrows = cube->axes[a].nleaves,
	    .ncols = cube->axes[b].nleaves,
	    .counts = pair->counts,
	    .hidden = pair->hidden,
	    .row_sums = sums_around(s, &cube->axes[a], m, a),
	    .col_sums = sums_around(s, &cube->axes[b], m, b),
	    .row_groups =
		a == OF_FIELD || a == OF_UNIT ? cube->axes[a].parent : NULL,
	    .col_groups = b == OF_FIELD ? cube->axes[b].parent : NULL,
	    .sparse = a == OF_UNIT && b == OF_DESK};

	if (m->hidden[a][cube->axes[a].nnodes - 1])
		return; /* nothing is shown at all */
	suppress_table_close(&table, s->arena);
	for (size_t i = 0; table.sparse && i < table.ncols; i++)
		m->hidden[b][i] = table.col_sums[i] != 0;
}

static struct pair *
pair_make(struct suppress *s, size_t cells)
{
	struct pair *pair = arena_alloc(s->arena, sizeof(*pair));

	pair->counts = arena_alloc(s->arena, cells * sizeof(int64_t));
	pair->hidden = arena_alloc(s->arena, cells * sizeof(bool));
	return pair;
}

/* The answers of an atom in the leaf y of b. */
static void
add_to_cells(const struct moment *m, const struct cube *cube, int64_t *series,
    const struct atom *atom, enum suppress_dimension a,
    enum suppress_dimension b)
{
	size_t nb = cube->axes[b].nleaves;

	if (b < KEYED) {
		series_add(m, series, atom->leaf[a] * nb + atom->leaf[b], atom,
		    atom->valid);
		return;
	}
	for (size_t y = 0; y < nb; y++)
		series_add(m, series, atom->leaf[a] * nb + y, atom,
		    suppress_count(atom, b, y));
}

const struct pair *
suppress_pair(struct suppress *s, struct cube *cube, struct moment *m,
    enum suppress_dimension a, enum suppress_dimension b)
{
	size_t nb = cube->axes[b].nleaves;
	size_t cells = cube->axes[a].nleaves * nb;
	struct pair *pair = m->pairs[a][b];
	int64_t *series;

	if (pair != NULL)
		return pair;
	m->pairs[a][b] = pair = pair_make(s, cells);
	series = series_make(m, cells);
	for (size_t i = 0; i < m->natoms; i++)
		add_to_cells(m, cube, series, &m->atoms[i], a, b);
	for (size_t i = 0; i < cells; i++) {
		pair->counts[i] = series_sum(m, series, i);
		pair->hidden[i] =
		    pair->counts[i] > 0 &&
		    (m->hidden[a][i / nb] || m->hidden[b][i % nb] ||
			series_small(s, m, series, i));
	}
	free(series);
	close_pair(s, cube, m, a, b, pair);
	return pair;
}

bool
suppress_parts(struct suppress *s, struct cube *cube, struct moment *m,
    enum suppress_dimension a, enum suppress_dimension b,
    enum suppress_dimension by)
{
	size_t nb = cube->axes[b].nleaves, nby = cube->axes[by].nleaves;
	size_t cells = cube->axes[a].nleaves * nb;
	int64_t *parts;
	bool any = false;

	if (m->parted[a][b][by] != NOT_ASKED)
		return m->parted[a][b][by] == SOME_SMALL;
	parts = series_make(m, cells * nby);
	for (size_t i = 0; i < m->natoms; i++) {
		const struct atom *atom = &m->atoms[i];
		size_t cell = atom->leaf[a] * nb + atom->leaf[b];

		for (size_t k = 0; k < nby; k++)
			parts[cell * nby + k] += suppress_count(atom, by, k);
	}
	for (size_t i = 0; i < cells * nby; i++)
		any |= series_small(s, m, parts, i);
	free(parts);
	m->parted[a][b][by] = any ? SOME_SMALL : NONE_SMALL;
	return any;
}

/* -------------------------------------------------------------------- moment
 */

struct moment *
suppress_moment(struct suppress *s, struct cube *cube, int32_t day)
{
	struct moment *m, at = {.cut = day};

	suppress_quarters(day, day, &at.quarter, &at.end);
	if (at.cut != at.end)
		at.cut = same_cut(s, cube, &at);
	for (m = cube->moments; m != NULL; m = m->next)
		if (m->cut == at.cut)
			return m;
	m = arena_alloc(s->arena, sizeof(*m));
	*m = at;
	m->next = cube->moments;
	cube->moments = m;
	m->atoms = find_atoms(s, cube, m, &m->natoms);
	for (size_t d = 0; d < DIMENSIONS; d++) {
		size_t n = cube->axes[d].nnodes;

		m->counts[d] = arena_alloc(s->arena, n * sizeof(int64_t));
		m->hidden[d] = arena_alloc(s->arena, n * sizeof(bool));
		if (m->atoms == NULL) /* not known: nothing is shown */
			memset(m->hidden[d], true, n * sizeof(bool));
		decide_nodes(s, cube, m, (enum suppress_dimension)d);
	}
	suppress_pair(s, cube, m, OF_UNIT, OF_DESK); /* decides on desks */
	return m;
}

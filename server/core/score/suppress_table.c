/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows and columns are the points of a graph, hidden cells its lines (Gusfield
 * 1988). A hidden cell is determined by what is shown exactly where its line is
 * a bridge: a line on no circle. On a circle one answer can go round, added to
 * one cell and taken from the next, and no sum says so. A sum that is hidden
 * itself is a line, too, from its row to the sum around it.
 *
 * So each bridge gets a circle: the cheapest way from one of its ends to the
 * other, where hidden cells cost nothing, others their answers, and cells
 * without answers come last, since "no answers" is then not said of them
 * either. Cells of one answer are dear: nothing can be taken from them.
 */
#include "server/core/score/suppress_table.h"

#include <string.h>
#include "shared/arena.h"

#define DEAR INT64_C(1000000000)
#define FAR  INT64_MAX

/* Points: rows, columns, then the sums around rows, and around columns. */
struct graph {
	struct suppress_table *t;
	int64_t *rows, *cols; /* answers of each */
	size_t nrow_sums, npoints;
	size_t *seen, *low, *parent; /* by point; seen: when, from 1 */
	int64_t *cost;
	bool *done, *closed;
	size_t clock;
	size_t from, to; /* a bridge that was found */
	bool *settled;   /* cells for which there is no circle */
};

static size_t
most_sums(const size_t *sums, size_t n)
{
	size_t top = 0;

	for (size_t i = 0; i < n; i++)
		if (sums[i] > top)
			top = sums[i];
	return top;
}

static int64_t
row_answers(const struct suppress_table *t, size_t row)
{
	int64_t answers = 0;

	for (size_t c = 0; c < t->ncols; c++)
		answers += t->counts[row * t->ncols + c];
	return answers;
}

static int64_t
col_answers(const struct suppress_table *t, size_t col)
{
	int64_t answers = 0;

	for (size_t r = 0; r < t->nrows; r++)
		answers += t->counts[r * t->ncols + col];
	return answers;
}

/* What the line from a column to a sum around it costs. */
static int64_t
sum_cost(const struct graph *g, size_t col, size_t sum)
{
	const struct suppress_table *t = g->t;

	if (t->col_sums[col] != 0 || !t->sparse)
		return t->col_sums[col] == sum ? 0 : FAR;
	return g->cols[col] == 0 ? FAR : g->cols[col] + 1;
}

/* What a cell costs. One without answers hides something only where its row
 * and its column are not shown to be empty. */
static int64_t
cell_cost(const struct graph *g, size_t row, size_t col)
{
	const struct suppress_table *t = g->t;
	int64_t count = t->counts[row * t->ncols + col];

	if (t->hidden[row * t->ncols + col])
		return 0;
	if (count > 0)
		return count == 1 ? DEAR / 1000 : count + 1;
	return t->sparse || (g->rows[row] == 0 && t->row_sums[row] == 0) ||
		       (g->cols[col] == 0 && t->col_sums[col] == 0)
		   ? FAR
		   : DEAR;
}

/* What the line between two points costs; FAR: there is none, 0: it is hidden.
 */
static int64_t
line_cost(const struct graph *g, size_t a, size_t b)
{
	const struct suppress_table *t = g->t;
	size_t low = a < b ? a : b, high = a < b ? b : a;
	size_t sums = t->nrows + t->ncols, col_sums = sums + g->nrow_sums;

	if (low < t->nrows && high >= t->nrows && high < sums)
		return cell_cost(g, low, high - t->nrows);
	if (low < t->nrows && high >= sums && high < col_sums)
		return t->row_sums[low] == high - sums + 1 ? 0 : FAR;
	if (low >= t->nrows && low < sums && high >= col_sums)
		return sum_cost(g, low - t->nrows, high - col_sums + 1);
	return FAR;
}

/* Depth first; true as soon as a bridge is found. */
static bool
bridge_walk(struct graph *g, size_t point)
{
	g->seen[point] = g->low[point] = ++g->clock;
	for (size_t next = 0; next < g->npoints; next++) {
		if (next == point || next == g->parent[point] ||
		    line_cost(g, point, next) != 0)
			continue;
		if (g->seen[next] == 0) {
			g->parent[next] = point;
			if (bridge_walk(g, next))
				return true;
			if (g->low[next] < g->low[point])
				g->low[point] = g->low[next];
			if (g->low[next] > g->seen[point] &&
			    !g->settled[point * g->npoints + next]) {
				g->from = point;
				g->to = next;
				return true;
			}
		} else if (g->seen[next] < g->low[point]) {
			g->low[point] = g->seen[next];
		}
	}
	return false;
}

static bool
find_bridge(struct graph *g)
{
	memset(g->seen, 0, g->npoints * sizeof(*g->seen));
	g->clock = 0;
	for (size_t i = 0; i < g->npoints; i++) {
		g->parent[i] = g->npoints;
		if (g->seen[i] == 0 && bridge_walk(g, i))
			return true;
	}
	return false;
}

static void
hide_line(struct graph *g, size_t a, size_t b)
{
	size_t low = a < b ? a : b, high = a < b ? b : a;

	if (low < g->t->nrows && high < g->t->nrows + g->t->ncols)
		g->t->hidden[low * g->t->ncols + high - g->t->nrows] = true;
	else if (low >= g->t->nrows && g->t->sparse)
		g->t->col_sums[low - g->t->nrows] = 1;
}

/* Dijkstra: what the cheapest way costs from a point to each other one, if its
 * first line leads to none of `closed`. */
static void
find_ways(struct graph *g, size_t from, const bool *closed)
{
	size_t n = g->npoints, at = from;

	for (size_t i = 0; i < n; i++) {
		g->cost[i] = FAR;
		g->done[i] = false;
	}
	g->cost[from] = 0;
	while (at != n) {
		g->done[at] = true;
		for (size_t i = 0; i < n; i++) {
			int64_t line = g->done[i] || (at == from && closed[i])
					   ? FAR
					   : line_cost(g, at, i);

			if (line != FAR && g->cost[at] + line < g->cost[i]) {
				g->cost[i] = g->cost[at] + line;
				g->parent[i] = at;
			}
		}
		at = n;
		for (size_t i = 0; i < n; i++)
			if (!g->done[i] && g->cost[i] != FAR &&
			    (at == n || g->cost[i] < g->cost[at]))
				at = i;
	}
}

/* Puts the lines from a point to the `closed` ones on a circle that has only
 * one of them, so that their sum is not determined either. False: there is
 * none. */
static bool
close_circle(struct graph *g, size_t from, const bool *closed)
{
	size_t to = g->npoints;

	find_ways(g, from, closed);
	for (size_t i = 0; i < g->npoints; i++)
		if (closed[i] && g->cost[i] != FAR &&
		    (to == g->npoints || g->cost[i] < g->cost[to]))
			to = i;
	if (to == g->npoints)
		return false;
	for (size_t i = to; i != from; i = g->parent[i])
		hide_line(g, i, g->parent[i]);
	return true;
}

static void
close_bridge(struct graph *g)
{
	memset(g->closed, 0, g->npoints * sizeof(*g->closed));
	g->closed[g->to] = true;
	if (!close_circle(g, g->from, g->closed)) {
		g->settled[g->from * g->npoints + g->to] = true;
		g->settled[g->to * g->npoints + g->from] = true;
	}
}

/* The cells of one row (or column) in the columns (or rows) of one group, where
 * none that has answers is shown. */
static void
close_group(struct graph *g, size_t from, const size_t *groups, size_t base,
    size_t n, size_t group)
{
	size_t hidden = 0;

	memset(g->closed, 0, g->npoints * sizeof(*g->closed));
	for (size_t i = 0; i < n; i++) {
		size_t row = base == 0 ? i : from;
		size_t col = base == 0 ? from - g->t->nrows : i;
		size_t cell = row * g->t->ncols + col;

		if (groups[i] != group)
			continue;
		if (g->t->hidden[cell]) {
			g->closed[base + i] = true;
			hidden++;
		} else if (g->t->counts[cell] > 0) {
			return;
		}
	}
	if (hidden > 1)
		close_circle(g, from, g->closed);
}

/* The first of its group. */
static bool
leads_group(const size_t *groups, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (groups[i] == groups[at])
			return false;
	return true;
}

static void
close_groups(struct graph *g)
{
	const struct suppress_table *t = g->t;

	for (size_t c = 0; c < t->ncols && t->col_groups != NULL; c++)
		for (size_t r = 0;
		     r < t->nrows && leads_group(t->col_groups, c); r++)
			close_group(g, r, t->col_groups, t->nrows, t->ncols,
			    t->col_groups[c]);
	for (size_t r = 0; r < t->nrows && t->row_groups != NULL; r++)
		for (size_t c = 0;
		     c < t->ncols && leads_group(t->row_groups, r); c++)
			close_group(g, t->nrows + c, t->row_groups, 0, t->nrows,
			    t->row_groups[r]);
}

static void
close_bridges(struct graph *g)
{
	while (find_bridge(g))
		close_bridge(g);
}

static size_t
hidden_cells(const struct suppress_table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->nrows * t->ncols; i++)
		n += t->hidden[i];
	return n;
}

void
suppress_table_close(struct suppress_table *t, struct arena *a)
{
	struct graph g = {
	    .t = t, .nrow_sums = most_sums(t->row_sums, t->nrows)};
	size_t n, before;

	n = g.npoints = t->nrows + t->ncols + g.nrow_sums +
			(t->sparse ? 1 : most_sums(t->col_sums, t->ncols));
	g.seen = arena_alloc(a, 3 * n * sizeof(*g.seen));
	g.low = g.seen + n;
	g.parent = g.low + n;
	g.cost = arena_alloc(a, n * sizeof(*g.cost));
	g.done = arena_alloc(a, n * (n + 2) * sizeof(*g.done));
	g.closed = g.done + n;
	g.settled = g.closed + n;
	g.rows = arena_alloc(a, (t->nrows + t->ncols) * sizeof(*g.rows));
	g.cols = g.rows + t->nrows;
	for (size_t r = 0; r < t->nrows; r++)
		g.rows[r] = row_answers(t, r);
	for (size_t c = 0; c < t->ncols; c++)
		g.cols[c] = col_answers(t, c);
	do {
		before = hidden_cells(t);
		close_bridges(&g);
		close_groups(&g);
	} while (hidden_cells(t) != before);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A question becomes one node for each dimension that it narrows. What narrows
 * nothing is left away first: a unit that has all answers of the quarter, or
 * all those of the desk that is asked for. Then the number of dimensions says
 * which table decides.
 *
 * A node above the leaves has no table of its own: with another dimension it
 * is shown where all its cells are, so that it tells nothing new.
 */
#include "server/core/score/suppress.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/score.h"
#include "server/core/score/suppress_private.h"
#include "shared/arena.h"
#include "shared/civil.h"

/* A question: a node for each dimension, the root where it narrows nothing. */
struct asked {
	struct suppress *s;
	struct cube *cube;
	size_t node[DIMENSIONS];
	int32_t first, last;
};

struct suppress *
suppress_make(struct arena *a, const struct catalogue *catalogue,
    const struct suppress_source *source)
{
	struct suppress *s = arena_alloc(a, sizeof(*s));
	struct suppress_source *kept = arena_alloc(a, sizeof(*kept));

	*kept = *source;
	*s = (struct suppress){
	    .arena = a, .catalogue = catalogue, .source = kept};
	return s;
}

/* ------------------------------------------------------------------ one moment
 */

static bool
lies_in(const struct axis *axis, size_t leaf, size_t node)
{
	while (leaf != node && leaf + 1 < axis->nnodes)
		leaf = axis->parent[leaf];
	return leaf == node;
}

/* Walks over the cells of two nodes; true: one of them is hidden. *sum gets
 * their answers. */
static bool
cells_hidden(const struct asked *q, const struct pair *pair, size_t a, size_t b,
    int64_t *sum)
{
	const struct axis *x = &q->cube->axes[a], *y = &q->cube->axes[b];
	bool hidden = false;

	*sum = 0;
	for (size_t i = 0; i < x->nleaves; i++) {
		if (!lies_in(x, i, q->node[a]))
			continue;
		for (size_t k = 0; k < y->nleaves; k++)
			if (lies_in(y, k, q->node[b])) {
				hidden |= pair->hidden[i * y->nleaves + k];
				*sum += pair->counts[i * y->nleaves + k];
			}
	}
	return hidden;
}

/* The answers of the unit that come from the desk. */
static int64_t
answers_of_both(const struct asked *q, struct moment *m)
{
	int64_t sum;

	cells_hidden(q, suppress_pair(q->s, q->cube, m, OF_UNIT, OF_DESK),
	    OF_UNIT, OF_DESK, &sum);
	return sum;
}

/* The dimensions that narrow at this moment, ascending. A desk and a unit of
 * the same answers are one. */
static size_t
narrowing(const struct asked *q, struct moment *m, size_t out[DIMENSIONS])
{
	bool is[DIMENSIONS];
	size_t n = 0;

	for (size_t d = 0; d < DIMENSIONS; d++)
		is[d] = m->counts[d][q->node[d]] !=
			m->counts[d][q->cube->axes[d].nnodes - 1];
	if (is[OF_UNIT] && is[OF_DESK]) {
		int64_t both = answers_of_both(q, m);

		if (both == m->counts[OF_UNIT][q->node[OF_UNIT]])
			is[OF_DESK] = false;
		else if (both == m->counts[OF_DESK][q->node[OF_DESK]])
			is[OF_UNIT] = false;
	}
	for (size_t d = 0; d < DIMENSIONS; d++)
		if (is[d])
			out[n++] = d;
	return n;
}

/* A desk is shown alone, or with the unit: its answers are a part of the
 * unit's, so that any third thing of it would give the unit's away. */
static bool
parts_desk(const size_t *by, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (by[i] == OF_DESK)
			return n > 2 || by[0] != OF_UNIT;
	return false;
}

static bool
hidden_pair(const struct asked *q, struct moment *m, size_t a, size_t b)
{
	int64_t sum;

	return m->hidden[a][q->node[a]] || m->hidden[b][q->node[b]] ||
	       cells_hidden(q,
		   suppress_pair(q->s, q->cube, m, (enum suppress_dimension)a,
		       (enum suppress_dimension)b),
		   a, b, &sum);
}

static bool
hidden_at(const struct asked *q, struct moment *m)
{
	size_t by[DIMENSIONS], n;

	n = narrowing(q, m, by);
	if (n == 1 && m->counts[by[0]][q->node[by[0]]] == 0)
		return m->hidden[by[0]][q->node[by[0]]];
	if (m->hidden[OF_UNIT][q->cube->axes[OF_UNIT].nnodes - 1])
		return true;
	if (n == 0)
		return false;
	if (n == 1)
		return m->hidden[by[0]][q->node[by[0]]];
	if (parts_desk(by, n))
		return true;
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (hidden_pair(q, m, by[i], by[k]))
				return true;
	if (n == 2)
		return false;
	return n > 3 || m->cut != m->end ||
	       suppress_parts(q->s, q->cube, m, (enum suppress_dimension)by[0],
		   (enum suppress_dimension)by[1],
		   (enum suppress_dimension)by[2]);
}

/* ------------------------------------------------------------------ all of
 * them */

static bool
hidden_cut(const struct asked *q, int32_t day)
{
	int32_t from, to;

	suppress_quarters(day, day, &from, &to);
	return day != to && hidden_at(q, suppress_moment(q->s, q->cube, day));
}

static bool
asked_hidden(const struct asked *q)
{
	const struct cube *cube = q->cube;
	int32_t from, to, next = INT32_MIN;

	suppress_quarters(q->first, q->last, &from, &to);
	for (size_t i = 0; i < cube->nmonths; i++) {
		int32_t day = cube->months[i].day, start;

		if (day < from || day > to || day < next)
			continue;
		suppress_quarters(day, day, &start, &next);
		if (hidden_at(q, suppress_moment(q->s, q->cube, next)))
			return true;
		next++;
	}
	return hidden_cut(q, q->first - 1) || hidden_cut(q, q->last);
}

/* What is asked for in numbers; false: no answer has one of its values. */
static bool
ask(struct suppress *s, const struct suppress_scope *scope, struct asked *q)
{
	const struct target *t =
	    catalogue_target(s->catalogue, scope->population, scope->first);
	const char *group = scope->group, *population = scope->population;

	if (t != NULL && t->group[0] != '\0') {
		population = "tthc";
		if (scope->field == NULL)
			group = t->group;
	}
	*q = (struct asked){.s = s,
	    .cube = suppress_cube(s, population, scope->criterion),
	    .first = scope->first,
	    .last = scope->last};
	for (size_t d = 0; d < DIMENSIONS; d++)
		q->node[d] = q->cube->axes[d].nnodes - 1;
	if (scope->unit != NULL)
		q->node[OF_UNIT] =
		    suppress_unit_node(s, q->cube, scope->unit, scope->alone);
	if (scope->field != NULL)
		q->node[OF_FIELD] =
		    suppress_leaf(&q->cube->axes[OF_FIELD], scope->field);
	else if (group != NULL)
		q->node[OF_FIELD] = suppress_group_node(s, q->cube, group);
	if (scope->channel != NULL)
		q->node[OF_CHANNEL] =
		    suppress_leaf(&q->cube->axes[OF_CHANNEL], scope->channel);
	if (scope->desk != NULL)
		q->node[OF_DESK] =
		    suppress_leaf(&q->cube->axes[OF_DESK], scope->desk);
	for (size_t d = 0; d < DIMENSIONS; d++)
		if (q->node[d] == SIZE_MAX)
			return false;
	return true;
}

bool
suppress_hides(struct suppress *s, const struct suppress_scope *scope)
{
	struct asked q;

	return s->source->least > 0 && ask(s, scope, &q) && asked_hidden(&q);
}

/* ----------------------------------------------------------------------- rows
 */

static struct suppress_scope
row_scope(const struct suppress *s, const struct score_query *query,
    const struct score *row)
{
	enum score_by by = query->by;
	struct suppress_scope scope = {.population = row->population,
	    .criterion = "overall",
	    .unit = row->unit,
	    .alone = query->alone || by == BY_UNIT || by == BY_CELL,
	    .field = row->field,
	    .group = row->group,
	    .channel = row->channel,
	    .desk = row->desk,
	    .first = query->first,
	    .last = query->last};
	int32_t day;

	if (by == BY_CRITERION)
		scope.criterion = row->name;
	else if (by == BY_REASON)
		scope.criterion =
		    arena_printf(s->arena, TALLY_REASON "%s", row->name);
	else if (by == BY_DAY && civil_parse_date(row->day, &day))
		scope.first = scope.last = day;
	return scope;
}

static bool
row_too_small(const struct suppress *s, int64_t n)
{
	return n > 0 && n < s->source->least;
}

/* Whether a part of a row, by the leaves of a dimension, may be shown. */
static bool
parts_hidden(const struct asked *whole, enum suppress_dimension of)
{
	struct asked q = *whole;

	for (size_t i = 0; i < q.cube->axes[of].nleaves; i++) {
		q.node[of] = i;
		if (asked_hidden(&q))
			return true;
	}
	return false;
}

/* Whether the days begin or end within the answers of a quarter. */
static bool
is_cut(const struct asked *q)
{
	int32_t from, to;
	struct moment *m;

	suppress_quarters(q->first, q->last, &from, &to);
	if (q->first != from) {
		m = suppress_moment(q->s, q->cube, q->first - 1);
		if (m->cut != m->end)
			return true;
	}
	m = suppress_moment(q->s, q->cube, q->last);
	return q->last != to && m->cut != m->end;
}

/* The row has answers in the quarters that its days lie in. */
static bool
speaks(struct asked q)
{
	int32_t from, to;

	suppress_quarters(q.first, q.last, &from, &to);
	for (size_t i = 0; i < q.cube->nmonths; i++) {
		const struct atom *atom = &q.cube->months[i];
		bool in = atom->day >= from && atom->day <= to;

		for (size_t d = 0; d < KEYED && in; d++)
			in =
			    lies_in(&q.cube->axes[d], atom->leaf[d], q.node[d]);
		if (in)
			return true;
	}
	return false;
}

static void
mark_row(
    struct suppress *s, const struct suppress_scope *scope, struct score *row)
{
	int64_t valid = row->judgement.valid;
	struct asked q;
	bool cut;

	row->few = row_too_small(s, valid);
	if (!ask(s, scope, &q))
		return;
	cut = is_cut(&q);
	/* that there is nothing on some days would tell where the others are */
	row->few |= asked_hidden(&q) || (valid == 0 && cut && speaks(q));
	if (row->few || valid == 0)
		return;
	row->hidden_channels =
	    scope->channel == NULL && (cut || parts_hidden(&q, OF_CHANNEL));
	row->hidden_classes = cut || parts_hidden(&q, OF_CLASS);
	row->hidden_unusual =
	    row->unusual.valid > 0 && (cut || parts_hidden(&q, OF_BURST));
}

void
suppress_rows(struct suppress *s, const struct score_query *query,
    struct score_rows *rows)
{
	if (s->source->least <= 0)
		return;
	for (size_t i = 0; i < rows->count; i++) {
		struct suppress_scope scope =
		    row_scope(s, query, &rows->rows[i]);

		mark_row(s, &scope, &rows->rows[i]);
	}
}

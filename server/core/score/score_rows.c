/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows of a report before anything is counted: which stand there, what they
 * are called, and which target each of them bears.
 */
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/score_private.h"

#include <string.h>
#include "server/core/catalogue/visibility.h"
#include "shared/arena.h"

/* ------------------------------------------------------------------ targets */

static int64_t
target_of(const struct making *m, const char *population)
{
	const struct target *t =
	    catalogue_target(m->catalogue, population, m->query->first);

	return t == NULL ? JUDGE_TARGET : t->percent4;
}

/* A field's own row, and that of a desk with this field only, bears the field's
 * target: that of the population whose group it belongs to, else that of its
 * population. */
static int64_t
group_target(const struct making *m, const char *group, const char *population)
{
	for (size_t i = 0; i < m->catalogue->ntargets; i++) {
		const struct target *t = &m->catalogue->targets[i];

		if (t->group[0] != '\0' && strcmp(t->group, group) == 0)
			return target_of(m, t->population);
	}
	return target_of(m, population);
}

/* The field of a desk that has only one; NULL for others, and for no desk. */
static const struct field *
only_field(const struct making *m, const char *code)
{
	const struct desk *desk =
	    code == NULL ? NULL : catalogue_desk(m->catalogue, code);

	return desk != NULL && desk->nfields == 1 ? desk->fields[0] : NULL;
}

static int64_t
row_target(const struct making *m, const struct score *row)
{
	const struct field *f;

	if (row->group != NULL)
		return group_target(m, row->group, row->population);
	f = row->field == NULL ? only_field(m, row->desk)
			       : catalogue_field(m->catalogue, row->field);
	if (row->field == NULL && f == NULL)
		return target_of(m, row->population);
	return group_target(m, f == NULL ? "" : f->group, row->population);
}

int64_t
scores_target(
    const struct catalogue *catalogue, const struct score_query *query)
{
	const struct making m = {.catalogue = catalogue, .query = query};
	const struct score row = {
	    .field = query->field, .population = query->population};

	return row_target(&m, &row);
}

/* --------------------------------------------------------------------- rows */

/* The member of a row that the dimension fills. */
static const char **
dimension(struct score *row, enum score_by by)
{
	switch (by) {
	case BY_UNIT:
		return &row->unit;
	case BY_FIELD:
		return &row->field;
	case BY_GROUP:
		return &row->group;
	case BY_CHANNEL:
		return &row->channel;
	case BY_CRITERION:
		return &row->criterion;
	case BY_DAY:
		return &row->day;
	case BY_DESK:
		return &row->desk;
	case BY_REASON:
		return &row->name;
	default:
		return &row->population;
	}
}

/* The unit that narrows every row: what was asked, or the reader's own where
 * that is the smaller one. A row never shows a part as if it were the whole. */
static const char *
narrowest(const struct making *m)
{
	const struct score_query *q = m->query;

	if (q->unit == NULL)
		return q->within;
	if (q->within != NULL &&
	    catalogue_within(m->catalogue, q->within, q->unit))
		return q->within;
	return q->unit;
}

static struct score *
add_score_row(struct making *m, const char *value, const char *population)
{
	struct score *row =
	    arena_append(m->arena, &m->out->rows, &m->out->count, sizeof(*row));

	row->unit = narrowest(m);
	row->field = m->query->field;
	row->channel = m->query->channel;
	row->population = population;
	row->ended = m->query->ended;
	row->final = m->query->final;
	row->name = value;
	*dimension(row, m->query->by) = value;
	row->percent4 = row_target(m, row);
	return row;
}

static bool
find_in_scope(const struct making *m, const char *unit)
{
	const struct score_query *q = m->query;

	if (q->unit != NULL && q->alone && strcmp(unit, q->unit) != 0)
		return false;
	return (q->unit == NULL ||
		   catalogue_within(m->catalogue, unit, q->unit)) &&
	       unit_visible(m->catalogue, q->within, unit);
}

bool
unit_in_scope(struct making *m, const char *unit)
{
	if (m->unit == NULL || strcmp(m->unit, unit) != 0) {
		m->unit = unit;
		m->unit_in = find_in_scope(m, unit);
	}
	return m->unit_in;
}

bool
field_in_scope(const struct making *m, const char *field)
{
	return m->query->field == NULL || strcmp(m->query->field, field) == 0;
}

bool
channel_in_scope(const struct making *m, const char *channel)
{
	return m->query->channel == NULL ||
	       strcmp(m->query->channel, channel) == 0;
}

/* A unit stands in the table when it has a desk where people can answer.
 * Validity does not decide: answers keep the unit of their desk, and a desk
 * may go on under its old unit long after a reform. */
static void
lay_units(struct making *m)
{
	const struct catalogue *c = m->catalogue;

	for (size_t i = 0; i < c->nunits; i++)
		for (size_t k = 0; k < c->ndesks; k++)
			if (c->desks[k].unit == &c->units[i] &&
			    unit_in_scope(m, c->units[i].code)) {
				add_score_row(
				    m, c->units[i].code, m->query->population);
				break;
			}
}

static void
lay_groups(struct making *m)
{
	const struct catalogue *c = m->catalogue;
	size_t k;

	for (size_t i = 0; i < c->nfields; i++) {
		for (k = 0; k < i; k++)
			if (strcmp(c->fields[k].group, c->fields[i].group) == 0)
				break;
		if (k == i)
			add_score_row(
			    m, c->fields[i].group, m->query->population);
	}
}

bool
field_in_population(
    const struct making *m, const char *field, const char *population)
{
	const struct target *t =
	    catalogue_target(m->catalogue, population, m->query->first);
	const struct field *f = catalogue_field(m->catalogue, field);

	if (t == NULL || t->group[0] == '\0')
		return true;
	return f != NULL && strcmp(f->group, t->group) == 0;
}

void
lay_rows(struct making *m)
{
	const struct catalogue *c = m->catalogue;
	const char *population = m->query->population;

	switch (m->query->by) {
	case BY_POPULATION:
		for (int i = 0; population_names[i] != NULL; i++)
			if (population == NULL ||
			    strcmp(population, population_names[i]) == 0)
				add_score_row(m, population_names[i],
				    population_names[i]);
		break;
	case BY_UNIT:
		lay_units(m);
		break;
	case BY_FIELD:
		for (size_t i = 0; i < c->nfields; i++)
			if (field_in_population(
				m, c->fields[i].code, population) &&
			    field_in_scope(m, c->fields[i].code))
				add_score_row(m, c->fields[i].code, population);
		break;
	case BY_GROUP:
		lay_groups(m);
		break;
	case BY_CHANNEL:
		for (int i = 0; channel_names[i] != NULL; i++)
			if (channel_in_scope(m, channel_names[i]))
				add_score_row(m, channel_names[i], population);
		break;
	case BY_DESK:
		for (size_t i = 0; i < c->ndesks; i++)
			if (unit_in_scope(m, c->desks[i].unit->code))
				add_score_row(m, c->desks[i].code, population);
		break;
	default:
		break; /* criteria, days, cells: where something was said */
	}
}

static bool
is_cell(const struct score *row, const char *unit, const char *field)
{
	return strcmp(row->unit, unit) == 0 && strcmp(row->field, field) == 0;
}

/* The row of a unit and field; where they have none, it is made. What the
 * catalogue does not know shares a place and is looked for. */
struct score *
cell_row(struct making *m, const char *unit, const char *field)
{
	const struct catalogue *c = m->catalogue;
	size_t place = score_place(c, unit, field);
	struct score *row;

	if (m->places == NULL)
		m->places = arena_alloc(m->arena,
		    (c->nunits + 1) * (c->nfields + 1) * sizeof(*m->places));
	if (m->places[place] > 0)
		for (size_t i = m->places[place]; i-- > 0;)
			if (is_cell(&m->out->rows[i], unit, field))
				return &m->out->rows[i];
	row = add_score_row(m, "", m->query->population);
	row->unit = arena_strdup(m->arena, unit);
	row->field = arena_strdup(m->arena, field);
	row->name = row->field;
	row->population = m->query->population;
	row->percent4 = row_target(m, row);
	m->places[place] = m->out->count;
	return row;
}

struct score *
row_of(struct making *m, const char *value, const char *population)
{
	/* from the end: days come in order, so theirs is the last row */
	for (size_t i = m->out->count; i-- > 0;) {
		struct score *row = &m->out->rows[i];

		if (strcmp(*dimension(row, m->query->by), value) == 0)
			return row;
	}
	return add_score_row(m, arena_strdup(m->arena, value), population);
}

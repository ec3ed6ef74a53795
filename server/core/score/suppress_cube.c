/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tallies to atoms: codes become numbers, once, so that the tables are arrays.
 * Codes that the catalogue does not have (a unit that has left it, the field
 * that is not known) get a leaf of their own behind the others.
 *
 * A unit is a leaf (its own answers) and a node (with those below it); fields
 * lie in their groups; the other dimensions are flat.
 */
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/period.h"
#include "server/core/score/score.h"
#include "server/core/score/suppress_private.h"
#include "shared/arena.h"

/* -------------------------------------------------------------------- leaves
 */

size_t
suppress_leaf(const struct axis *axis, const char *code)
{
	for (size_t i = 0; i < axis->nleaves; i++)
		if (strcmp(axis->codes[i], code) == 0)
			return i;
	return SIZE_MAX;
}

static void
add_leaf(struct suppress *s, struct axis *axis, const char *code)
{
	const char **leaf;

	if (suppress_leaf(axis, code) != SIZE_MAX)
		return;
	leaf =
	    arena_append(s->arena, &axis->codes, &axis->nleaves, sizeof(*leaf));
	*leaf = code;
}

static const char *
word_of(const struct tally_key *key, size_t dimension)
{
	switch (dimension) {
	case OF_UNIT:
		return key->unit;
	case OF_FIELD:
		return key->field;
	case OF_CHANNEL:
		return key->channel;
	default:
		return key->desk;
	}
}

static bool
of_cube(struct suppress *s, const struct cube *cube, const struct tally *t)
{
	const struct form *form;

	if (strcmp(t->key.criterion, cube->criterion) != 0)
		return false;
	form = catalogue_form(s->catalogue, t->key.form, 0);
	return form != NULL && strcmp(form->population, cube->population) == 0;
}

static void
add_leaves(struct suppress *s, struct cube *cube, const struct tallies *tallies)
{
	const char *last[KEYED] = {0};

	for (size_t i = 0; i < tallies->count; i++) {
		const struct tally *t = &tallies->rows[i];

		if (!of_cube(s, cube, t))
			continue;
		for (size_t d = 0; d < KEYED; d++) {
			const char *word = word_of(&t->key, d);

			if (last[d] == NULL || strcmp(last[d], word) != 0)
				add_leaf(s, &cube->axes[d], word);
			last[d] = word;
		}
	}
}

static void
lay_leaves(struct suppress *s, struct cube *cube)
{
	const struct catalogue *c = s->catalogue;

	for (size_t i = 0; i < c->nunits; i++)
		add_leaf(s, &cube->axes[OF_UNIT], c->units[i].code);
	for (size_t i = 0; i < c->nfields; i++)
		add_leaf(s, &cube->axes[OF_FIELD], c->fields[i].code);
	add_leaf(s, &cube->axes[OF_FIELD], "");
	for (size_t i = 0; channel_names[i] != NULL; i++)
		add_leaf(s, &cube->axes[OF_CHANNEL], channel_names[i]);
	for (size_t i = 0; i < c->ndesks; i++)
		add_leaf(s, &cube->axes[OF_DESK], c->desks[i].code);
	for (size_t d = KEYED; d < DIMENSIONS; d++) {
		add_leaf(s, &cube->axes[d], "0");
		add_leaf(s, &cube->axes[d], "1");
	}
	add_leaves(s, cube, s->source->months);
	for (size_t i = 0; i < s->source->ndays; i++)
		add_leaves(s, cube, s->source->days[i].tallies);
}

/* --------------------------------------------------------------------- trees
 */

static const char *
group_of(const struct suppress *s, const char *field)
{
	const struct field *f = catalogue_field(s->catalogue, field);

	return f == NULL ? "" : f->group;
}

/* The first leaf of a field's group stands for it. */
static size_t
first_of_group(
    const struct suppress *s, const struct axis *axis, const char *group)
{
	for (size_t i = 0; i < axis->nleaves; i++)
		if (strcmp(group_of(s, axis->codes[i]), group) == 0)
			return i;
	return SIZE_MAX;
}

static size_t
unit_parent(const struct suppress *s, const struct axis *axis, size_t unit)
{
	const struct unit *u = catalogue_unit(s->catalogue, axis->codes[unit]);
	size_t above = u == NULL || u->parent[0] == '\0'
			   ? SIZE_MAX
			   : suppress_leaf(axis, u->parent);

	return above == SIZE_MAX ? axis->nnodes - 1 : axis->nleaves + above;
}

static size_t
depth(const struct axis *axis, size_t node)
{
	size_t n = 0;

	for (; node != axis->nnodes - 1 && n < axis->nnodes; n++)
		node = axis->parent[node];
	return n;
}

static void
set_order(struct suppress *s, struct axis *axis)
{
	size_t n = 0;

	axis->order =
	    arena_alloc(s->arena, axis->nnodes * sizeof(*axis->order));
	for (size_t level = 0; n < axis->nnodes && level <= axis->nnodes;
	     level++)
		for (size_t i = 0; i < axis->nnodes; i++)
			if (depth(axis, i) == level)
				axis->order[n++] = i;
}

static void
grow_tree(struct suppress *s, struct axis *axis, size_t dimension)
{
	size_t n = axis->nleaves;
	bool inner = dimension == OF_UNIT || dimension == OF_FIELD;

	axis->nnodes = inner ? 2 * n + 1 : n + 1;
	axis->parent =
	    arena_alloc(s->arena, axis->nnodes * sizeof(*axis->parent));
	for (size_t i = 0; i < n; i++) {
		axis->parent[i] = axis->nnodes - 1;
		if (dimension == OF_UNIT) {
			axis->parent[i] = n + i;
			axis->parent[n + i] = unit_parent(s, axis, i);
		} else if (dimension == OF_FIELD) {
			axis->parent[i] = n + first_of_group(s, axis,
						  group_of(s, axis->codes[i]));
			axis->parent[n + i] = axis->nnodes - 1;
		}
	}
	set_order(s, axis);
}

size_t
suppress_unit_node(const struct suppress *s, const struct cube *cube,
    const char *unit, bool alone)
{
	const struct axis *axis = &cube->axes[OF_UNIT];
	size_t leaf = suppress_leaf(axis, unit);

	(void)s;
	return leaf == SIZE_MAX || alone ? leaf : axis->nleaves + leaf;
}

size_t
suppress_group_node(
    const struct suppress *s, const struct cube *cube, const char *group)
{
	const struct axis *axis = &cube->axes[OF_FIELD];
	size_t leaf = first_of_group(s, axis, group);

	return leaf == SIZE_MAX ? leaf : axis->nleaves + leaf;
}

/* --------------------------------------------------------------------- atoms
 */

static struct atom *
make_atoms(struct suppress *s, struct cube *cube, const struct tallies *tallies,
    bool months, size_t *count)
{
	struct atom *atoms =
	    arena_alloc(s->arena, (tallies->count + 1) * sizeof(*atoms));

	*count = 0;
	for (size_t i = 0; i < tallies->count; i++) {
		const struct tally *t = &tallies->rows[i];
		struct atom *atom = &atoms[*count];

		if (!of_cube(s, cube, t))
			continue;
		atom->valid = 0;
		for (int k = 1; k <= 5; k++)
			atom->valid += t->n[k];
		if (atom->valid == 0)
			continue;
		atom->day = months ? period_month_first(t->key.day)
				   : (int32_t)t->key.day;
		for (size_t d = 0; d < KEYED; d++)
			atom->leaf[d] =
			    suppress_leaf(&cube->axes[d], word_of(&t->key, d));
		atom->verified = t->verified.valid;
		atom->unusual = t->unusual.valid;
		++*count;
	}
	return atoms;
}

int64_t
suppress_count(const struct atom *atom, enum suppress_dimension of, size_t leaf)
{
	int64_t part = of == OF_CLASS ? atom->verified : atom->unusual;

	if (of < KEYED)
		return atom->leaf[of] == leaf ? atom->valid : 0;
	return leaf == 1 ? part : atom->valid - part;
}

static struct cube *
make_cube(struct suppress *s, const char *population, const char *criterion)
{
	struct cube *cube = arena_alloc(s->arena, sizeof(*cube));

	cube->population = population;
	cube->criterion = criterion;
	lay_leaves(s, cube);
	for (size_t d = 0; d < DIMENSIONS; d++)
		grow_tree(s, &cube->axes[d], d);
	cube->months =
	    make_atoms(s, cube, s->source->months, true, &cube->nmonths);
	for (size_t i = 0; i < s->source->ndays; i++)
		cube->days[i] = make_atoms(s, cube, s->source->days[i].tallies,
		    false, &cube->ndays[i]);
	return cube;
}

struct cube *
suppress_cube(struct suppress *s, const char *population, const char *criterion)
{
	struct cube **cube;

	for (size_t i = 0; i < s->ncubes; i++)
		if (strcmp(s->cubes[i]->population, population) == 0 &&
		    strcmp(s->cubes[i]->criterion, criterion) == 0)
			return s->cubes[i];
	cube = arena_append(s->arena, &s->cubes, &s->ncubes, sizeof(*cube));
	return *cube = make_cube(s, population, criterion);
}

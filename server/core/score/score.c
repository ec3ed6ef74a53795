/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two steps. First the rows a reader expects are laid out empty: one for each
 * value of the dimension, in the catalogue's order. Then each tally that
 * belongs to the population and to the scope is added to its row. A tally whose
 * value has no row yet (a criterion, a day, a unit that has left the catalogue)
 * gets one at the end, so that nothing that was said falls out of a table.
 *
 * Dossiers stand beside the answers wherever the scope is one of units and
 * fields: a channel, a desk, a day or a criterion has none of its own.
 *
 * Criteria whose name holds a dot are no criteria: "reason.waiting" counts the
 * answers that gave this reason, by their general score, "aside.test.overall"
 * what those had said that are set aside (core/score/tally). Of the latter a
 * row keeps how many there are, for which reason, and its share with them.
 */
#include "server/core/score/score.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/score_private.h"
#include "server/core/score/tally.h"
#include "shared/arena.h"
#include "shared/civil.h"

/* The population a form feeds. */
static const char *
form_population(struct making *m, const char *form)
{
	const struct form *f;

	if (m->form == NULL || strcmp(m->form, form) != 0) {
		f = catalogue_form(m->catalogue, form, 0);
		m->form = form;
		m->feeds = f == NULL ? "" : f->population;
	}
	return m->feeds;
}

static bool
belongs(struct making *m, const struct tally_key *key, const char *population)
{
	const struct target *t =
	    catalogue_target(m->catalogue, population, m->query->first);
	const char *feeds = form_population(m, key->form);

	if (t != NULL && t->group[0] != '\0')
		/* narrowed by fields: the tthc forms' answers of its group */
		return strcmp(feeds, "tthc") == 0 &&
		       field_in_population(m, key->field, population);
	return strcmp(feeds, population) == 0;
}

static const char *
value_of(const struct making *m, const struct tally_key *key, char *room)
{
	const struct field *f;

	switch (m->query->by) {
	case BY_UNIT:
		return key->unit;
	case BY_FIELD:
		return key->field;
	case BY_GROUP:
		f = catalogue_field(m->catalogue, key->field);
		return f == NULL ? "" : f->group;
	case BY_CHANNEL:
		return key->channel;
	case BY_CRITERION:
		return key->criterion;
	case BY_REASON:
		return key->criterion + strlen(TALLY_REASON);
	case BY_DAY:
		civil_format_date((int32_t)key->day, room);
		return room;
	case BY_DESK:
		return key->desk;
	default:
		return "";
	}
}

/* From the end: tallies come unit by unit, so theirs is mostly the last. */
static struct cluster *
desk_of_cell(struct making *m, struct score *row, const char *code)
{
	struct score_desk *desk;

	for (size_t i = row->ndesks; i-- > 0;)
		if (strcmp(row->desks[i].code, code) == 0)
			return &row->desks[i].counts;
	desk = arena_append(m->arena, &row->desks, &row->ndesks, sizeof(*desk));
	desk->code = arena_strdup(m->arena, code);
	return &desk->counts;
}

/* A new cell, unless the last one is of this unit and field. Those that are
 * left twice are put together when the row is judged: to look for each of them
 * here would take a province's board seconds. */
static struct stratum *
cell_of(
    struct making *m, struct score *row, const char *unit, const char *field)
{
	struct score_cell *cell =
	    row->ncells == 0 ? NULL : &row->cells[row->ncells - 1];

	if (cell != NULL && strcmp(cell->unit, unit) == 0 &&
	    strcmp(cell->field, field) == 0)
		return &cell->counts;
	cell = arena_append(m->arena, &row->cells, &row->ncells, sizeof(*cell));
	cell->unit = arena_strdup(m->arena, unit);
	cell->field = arena_strdup(m->arena, field);
	return &cell->counts;
}

/* Whether dossiers belong to the rows of this query at all. */
static bool
has_dossiers(const struct making *m)
{
	enum score_by by = m->query->by;

	return m->dossiers != NULL && m->query->channel == NULL &&
	       (by == BY_POPULATION || by == BY_UNIT || by == BY_FIELD ||
		   by == BY_GROUP || by == BY_CELL);
}

static void
add_score_counts(struct making *m, struct score *row, const struct tally *t)
{
	struct cluster *desk;
	struct stratum *cell;
	int64_t valid = 0;

	for (int i = 0; i <= 5; i++)
		row->values[i] += t->n[i];
	row->aside += t->aside;
	row->unusual.valid += t->unusual.valid;
	row->unusual.satisfied += t->unusual.satisfied;
	row->verified.valid += t->verified.valid;
	row->verified.satisfied += t->verified.satisfied;
	for (int i = 1; i <= 5; i++)
		valid += t->n[i];
	for (int i = 0; channel_names[i] != NULL; i++)
		if (strcmp(channel_names[i], t->key.channel) == 0)
			row->channels[i] += valid;
	if (valid == 0)
		return;
	desk = desk_of_cell(m, row, t->key.desk);
	desk->valid += valid;
	desk->satisfied += t->n[4] + t->n[5];
	if (!has_dossiers(m))
		return;
	cell = cell_of(m, row, t->key.unit, t->key.field);
	cell->valid += valid;
	cell->satisfied += t->n[4] + t->n[5];
}

/* Which tallies a query counts: general answers, criteria or reasons. */
static bool
counted(const struct making *m, const char *criterion)
{
	switch (m->query->by) {
	case BY_REASON:
		return strncmp(criterion, TALLY_REASON, strlen(TALLY_REASON)) ==
		       0;
	case BY_CRITERION:
		return strchr(criterion, '.') == NULL;
	default:
		return strcmp(criterion, "overall") == 0;
	}
}

static bool
in_scope(struct making *m, const struct tally_key *k)
{
	return counted(m, k->criterion) && unit_in_scope(m, k->unit) &&
	       field_in_scope(m, k->field) && channel_in_scope(m, k->channel);
}

static struct tally_part
part_of(const struct tally *t)
{
	struct tally_part part = {.satisfied = t->n[4] + t->n[5]};

	for (int i = 1; i <= 5; i++)
		part.valid += t->n[i];
	return part;
}

static void
add_part_of(struct tally_part *to, const struct tally *t)
{
	struct tally_part part = part_of(t);

	to->valid += part.valid;
	to->satisfied += part.satisfied;
}

/* What is set aside for a reason, to a row. */
static void
add_aside(struct making *m, struct score *row, const struct tally *t,
    const char *reason)
{
	struct score_aside *one = NULL;
	int64_t answers = part_of(t).valid + t->n[0];

	if (answers == 0)
		return; /* all were counted again */
	add_part_of(&row->aside_part, t);
	for (size_t i = 0; i < row->nasides && one == NULL; i++)
		if (strcmp(row->asides[i].reason, reason) == 0)
			one = &row->asides[i];
	if (one == NULL) {
		one = arena_append(
		    m->arena, &row->asides, &row->nasides, sizeof(*one));
		one->reason = arena_strdup(m->arena, reason);
	}
	one->answers += answers;
}

/* A tally whose key counts (of what is set aside: that of its criterion) to its
 * row; reason NULL: of what is not set aside. */
static void
add_to_row(struct making *m, struct score *row, const struct tally *t,
    const char *reason)
{
	if (reason == NULL)
		add_score_counts(m, row, t);
	else
		add_aside(m, row, t, reason);
}

static void
add_tally(struct making *m, const struct tally *t)
{
	const struct score_query *q = m->query;
	struct tally_key k = t->key;
	char day[CIVIL_DATE_TEXT], name[TALLY_NAME];
	const char *reason =
	    tally_aside_of(t->key.criterion, name, &k.criterion) ? name : NULL;

	if (!in_scope(m, &k))
		return;
	if (q->by == BY_POPULATION) {
		for (size_t i = 0; i < m->out->count; i++)
			if (belongs(m, &k, m->out->rows[i].population))
				add_to_row(m, &m->out->rows[i], t, reason);
	} else if (belongs(m, &k, q->population)) {
		add_to_row(m,
		    q->by == BY_CELL
			? cell_row(m, k.unit, k.field)
			: row_of(m, value_of(m, &k, day), q->population),
		    t, reason);
	}
}

/* Dossiers are the population of tthc and of its group, of no other. */
static bool
dossier_belongs(
    const struct making *m, const char *field, const char *population)
{
	return strncmp(population, "tthc", 4) == 0 &&
	       field_in_population(m, field, population);
}

static void
add_dossiers_to(
    struct making *m, struct score *row, const struct dossier_count *d)
{
	row->has_dossiers = true;
	for (int k = 0; k < DOSSIERS_COUNT; k++)
		row->dossiers[k] += d->n[k];
	row->tied += d->tied;
	cell_of(m, row, d->unit, d->field)->dossiers += d->n[DOSSIERS_FINISHED];
}

static void
add_dossiers(struct making *m, const struct dossier_count *d)
{
	const struct score_query *q = m->query;
	const struct tally_key key = {.unit = d->unit, .field = d->field};

	if (d->n[DOSSIERS_FINISHED] == 0 || !unit_in_scope(m, d->unit) ||
	    !field_in_scope(m, d->field))
		return;
	if (q->by == BY_POPULATION) {
		for (size_t i = 0; i < m->out->count; i++)
			if (dossier_belongs(
				m, d->field, m->out->rows[i].population))
				add_dossiers_to(m, &m->out->rows[i], d);
	} else if (dossier_belongs(m, d->field, q->population)) {
		add_dossiers_to(m,
		    q->by == BY_CELL
			? cell_row(m, d->unit, d->field)
			: row_of(m, value_of(m, &key, NULL), q->population),
		    d);
	}
}

void
scores_make(const struct tallies *tallies,
    const struct dossier_counts *dossiers, const struct catalogue *catalogue,
    const struct score_query *query, struct arena *a, struct score_rows *out)
{
	struct score_query q = *query;
	struct making m = {.catalogue = catalogue,
	    .query = &q,
	    .dossiers = dossiers,
	    .arena = a,
	    .out = out};

	out->rows = NULL;
	out->count = 0;
	if (q.by != BY_POPULATION && q.population == NULL)
		q.population = "tthc";
	lay_rows(&m);
	for (size_t i = 0; i < tallies->count; i++)
		add_tally(&m, &tallies->rows[i]);
	for (size_t i = 0; has_dossiers(&m) && i < dossiers->count; i++)
		add_dossiers(&m, &dossiers->rows[i]);
	for (size_t i = 0; i < out->count; i++)
		score_judge(&out->rows[i], catalogue, a);
}

void
scores_count(const struct tallies *tallies, const struct catalogue *catalogue,
    const struct score_query *query, struct score_counts *counts)
{
	struct making m = {.catalogue = catalogue, .query = query};

	for (size_t i = 0; i < tallies->count; i++) {
		const struct tally *t = &tallies->rows[i];
		struct tally_key key = t->key;
		char name[TALLY_NAME];
		bool aside =
		    tally_aside_of(t->key.criterion, name, &key.criterion);

		if (!in_scope(&m, &key) ||
		    !belongs(&m, &key, query->population))
			continue;
		if (aside) {
			add_part_of(&counts->aside_part, t);
			continue;
		}
		for (int k = 0; k <= 5; k++)
			counts->values[k] += t->n[k];
		counts->aside += t->aside;
	}
}

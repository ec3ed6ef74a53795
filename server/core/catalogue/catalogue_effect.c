/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No knowledge of what a change means: the figures are made twice by the one
 * function that makes them, so that what is announced is what will be seen. */
#include "server/core/catalogue/catalogue_effect.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "shared/arena.h"

struct making_effect {
	struct arena *arena;
	const struct catalogue *former, *next;
	const struct tallies *tallies;
	const struct dossier_counts *dossiers, *next_dossiers;
	struct score_query query;
	struct effect *out;
	int64_t answers; /* in rows of this kind that differ */
};

static const struct score *
row_named(const struct score_rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->count; i++)
		if (strcmp(rows->rows[i].name, name) == 0)
			return &rows->rows[i];
	return NULL;
}

static int64_t
valid_of(const struct score *row)
{
	return row == NULL ? 0 : row->judgement.valid;
}

/* A row without answers says nothing, but for a whole population's target. */
static bool
same_effect(const struct effect_row *row)
{
	const struct score *a = row->before, *b = row->after;

	if (valid_of(a) == 0 && valid_of(b) == 0 &&
	    (row->by != BY_POPULATION || a == NULL || b == NULL))
		return true;
	return a != NULL && b != NULL && a->percent4 == b->percent4 &&
	       a->judgement.verdict == b->judgement.verdict &&
	       a->judgement.valid == b->judgement.valid &&
	       a->judgement.satisfied == b->judgement.satisfied &&
	       a->judgement.dossiers == b->judgement.dossiers;
}

static void
compare_effects(struct making_effect *m, struct effect_row row)
{
	int64_t was = valid_of(row.before), is = valid_of(row.after);

	if (same_effect(&row))
		return;
	*(struct effect_row *)arena_append(
	    m->arena, &m->out->list, &m->out->count, sizeof(row)) = row;
	m->answers += was > is ? was : is;
}

static void
end_kind(struct making_effect *m)
{
	if (m->answers > m->out->answers)
		m->out->answers = m->answers;
	m->answers = 0;
}

static void
make_effects(
    struct making_effect *m, struct score_rows *was, struct score_rows *is)
{
	scores_make(
	    m->tallies, m->dossiers, m->former, &m->query, m->arena, was);
	scores_make(
	    m->tallies, m->next_dossiers, m->next, &m->query, m->arena, is);
}

static void
compare_effect_rows(struct making_effect *m, enum score_by by)
{
	struct score_rows was, is;

	m->query.by = by;
	make_effects(m, &was, &is);
	for (size_t i = 0; i < is.count; i++)
		compare_effects(
		    m, (struct effect_row){by, false, is.rows[i].name,
			   row_named(&was, is.rows[i].name), &is.rows[i]});
	for (size_t i = 0; i < was.count; i++)
		if (row_named(&is, was.rows[i].name) == NULL)
			compare_effects(
			    m, (struct effect_row){by, false, was.rows[i].name,
				   &was.rows[i], NULL});
	end_kind(m);
}

static bool
has_below(const struct catalogue *c, const char *unit)
{
	for (size_t i = 0; i < c->nunits; i++)
		if (strcmp(c->units[i].parent, unit) == 0)
			return true;
	return false;
}

/* Units with others below them, in either catalogue, all together. */
static void
compare_wholes(struct making_effect *m)
{
	struct score_rows was, is;

	m->query.by = BY_POPULATION;
	m->query.population = "tthc";
	for (size_t i = 0; i < m->next->nunits; i++) {
		const char *unit = m->next->units[i].code;

		if (!has_below(m->next, unit) && !has_below(m->former, unit))
			continue;
		m->query.unit = unit;
		make_effects(m, &was, &is);
		if (was.count > 0 && is.count > 0)
			compare_effects(
			    m, (struct effect_row){BY_UNIT, true, unit,
				   &was.rows[0], &is.rows[0]});
	}
	end_kind(m);
}

static void
compare_all(struct making_effect *m)
{
	*m->out = (struct effect){0};
	compare_effect_rows(m, BY_POPULATION);
	compare_effect_rows(m, BY_UNIT);
	compare_effect_rows(m, BY_FIELD);
	compare_wholes(m);
}

void
catalogue_effect(struct arena *a, const struct catalogue *former,
    const struct catalogue *next, const struct tallies *tallies,
    const struct dossier_counts *dossiers, int32_t first, int32_t last,
    struct effect *out)
{
	compare_all(&(struct making_effect){.arena = a,
	    .former = former,
	    .next = next,
	    .tallies = tallies,
	    .dossiers = dossiers,
	    .next_dossiers = dossiers,
	    .query = {.first = first, .last = last},
	    .out = out});
}

void
dossiers_effect(struct arena *a, const struct catalogue *catalogue,
    const struct tallies *tallies, const struct dossier_counts *now,
    const struct dossier_counts *next, int32_t first, int32_t last,
    struct effect *out)
{
	compare_all(&(struct making_effect){.arena = a,
	    .former = catalogue,
	    .next = catalogue,
	    .tallies = tallies,
	    .dossiers = now,
	    .next_dossiers = next,
	    .query = {.first = first, .last = last},
	    .out = out});
}

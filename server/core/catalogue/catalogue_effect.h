/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a change of the catalogue does to a period: its rows, made twice of the
 * same counts, with the former catalogue and with the new one; those whose
 * target, verdict or number of answers differ. Pure.
 */
#ifndef HAILONG_SERVER_CORE_CATALOGUE_CATALOGUE_EFFECT_H
#define HAILONG_SERVER_CORE_CATALOGUE_CATALOGUE_EFFECT_H

#include "server/core/score/score.h"

struct arena;
struct catalogue;
struct tallies;

/* A row before and after; NULL: it is not there. */
struct effect_row {
	enum score_by by; /* BY_POPULATION, BY_UNIT, BY_FIELD */
	bool below;       /* of a unit: with those below it */
	const char *name; /* the population, unit or field */
	const struct score *before, *after;
};

struct effect {
	struct effect_row *list; /* of the arena */
	size_t count;
	int64_t answers; /* of the period, in rows that differ: of one kind of
			  * row, that which has most of them */
};

/* The rows of the days first..last that differ between two catalogues. */
void catalogue_effect(struct arena *a, const struct catalogue *former,
    const struct catalogue *next, const struct tallies *tallies,
    const struct dossier_counts *dossiers, int32_t first, int32_t last,
    struct effect *out);

/* The same between two counts of the dossiers, now and next. */
void dossiers_effect(struct arena *a, const struct catalogue *catalogue,
    const struct tallies *tallies, const struct dossier_counts *now,
    const struct dossier_counts *next, int32_t first, int32_t last,
    struct effect *out);

#endif

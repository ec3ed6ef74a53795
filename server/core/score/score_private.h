/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What score.c, which adds, and score_rows.c, which lays out the rows, share;
 * no other file includes this. */
#ifndef HAILONG_SERVER_CORE_SCORE_SCORE_PRIVATE_H
#define HAILONG_SERVER_CORE_SCORE_SCORE_PRIVATE_H

#include "server/core/score/score.h"

struct making {
	const struct catalogue *catalogue;
	const struct score_query *query;
	const struct dossier_counts *dossiers; /* NULL: none announced */
	struct arena *arena;
	struct score_rows *out;
	/* of the tally before: they come unit by unit, and most of one form */
	const char *unit, *form, *feeds;
	bool unit_in;
	size_t *places; /* by score_place: the last row there, from 1; 0 none */
};

/* Whether an answer or a dossier of this unit, field, channel counts at all:
 * what was asked for, and what the reader may see. */
bool unit_in_scope(struct making *m, const char *unit);
bool field_in_scope(const struct making *m, const char *field);
bool channel_in_scope(const struct making *m, const char *channel);
/* Whether the population's target is for this field. */
bool field_in_population(
    const struct making *m, const char *field, const char *population);
/* Lays out the rows a reader expects, empty, in the catalogue's order. */
void lay_rows(struct making *m);
/* The row of a value of the dimension, made at the end when there is none. */
struct score *row_of(
    struct making *m, const char *value, const char *population);
/* The row of a unit and field, likewise (BY_CELL). */
struct score *cell_row(struct making *m, const char *unit, const char *field);

#endif

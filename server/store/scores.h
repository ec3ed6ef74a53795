/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scores from the database: what the command line, the interface and the pages
 * ask alike. */
#ifndef HAILONG_SERVER_STORE_SCORES_H
#define HAILONG_SERVER_STORE_SCORES_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct catalogue;
struct db;
struct score_rows;

/* What was asked, as words; NULL where nothing was said. */
struct scores_query {
	const char *period, *by, *unit, *population;
	const char *within; /* the unit the reader may see; NULL: all */
	int64_t least; /* fewer answers are not shown (core/score/suppress);
			* 0: the reader sees all */
};

enum scores_result { SCORES_READ, SCORES_REFUSED, SCORES_FAILED };

/* Reads and makes the rows, in the arena. SCORES_REFUSED: a word is wrong, one
 * sentence in error; SCORES_FAILED: the database did not answer (logged). The
 * rows of a closed period are those of its snapshot and say so (final); *frozen
 * gets the catalogue they go by (else NULL), to be destroyed behind them. */
enum scores_result scores_read(struct db *db, const struct catalogue *catalogue,
    struct arena *a, const struct scores_query *query, struct score_rows *out,
    struct catalogue **frozen, char *error, size_t size);

#endif

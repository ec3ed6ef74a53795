/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table of two dimensions some of whose cells may not be shown, while its
 * sums are: which others must be left out as well. Pure.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_SUPPRESS_TABLE_H
#define HAILONG_SERVER_CORE_SCORE_SUPPRESS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct suppress_table {
	size_t nrows, ncols;
	const int64_t *counts; /* nrows * ncols, row by row */
	bool *hidden;          /* likewise: in, what must not be shown; out, all
				* that is not */
	/* Of each row and column: 0, its sum is shown; else its sum is left
	 * out, and this is the number (from 1) of the smallest sum around it
	 * that is shown: rows with one number share it. */
	const size_t *row_sums;
	size_t *col_sums;
	/* Rows and columns of one number are added up somewhere: their cells
	 * together are protected like one. */
	const size_t *row_groups, *col_groups;
	/* Columns that are of few rows by their nature: a cell without answers
	 * hides nothing, but the sum of a column may be left out, too; all of
	 * them lie in the sum number 1. */
	bool sparse;
};

/* Hides more cells, the small ones first, until no hidden one follows from the
 * shown ones and the shown sums. */
void suppress_table_close(struct suppress_table *t, struct arena *a);

#endif

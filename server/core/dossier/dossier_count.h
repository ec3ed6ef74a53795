/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dossiers finished, counted by day, unit and field: what coverage and the
 * finite population correction are made of, with late and refused ones beside
 * them. Contract, section 2: finished in the period, with any outcome.
 */
#ifndef HAILONG_SERVER_CORE_DOSSIER_DOSSIER_COUNT_H
#define HAILONG_SERVER_CORE_DOSSIER_DOSSIER_COUNT_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct dossier;

enum dossier_kind {
	DOSSIERS_FINISHED, /* with any outcome; the others are part of them */
	DOSSIERS_REFUSED,
	DOSSIERS_WITHDRAWN,
	DOSSIERS_RETURNED,
	DOSSIERS_LATE,
	DOSSIERS_ELSEWHERE, /* another authority decided */
	DOSSIERS_COUNT
};

struct dossier_count {
	int64_t day;              /* local; 0 in a sum over days */
	const char *unit, *field; /* field "": unknown */
	int64_t n[DOSSIERS_COUNT];
	int64_t tied; /* of those finished, where somebody asked for it */
};

struct dossier_counts {
	struct dossier_count *rows; /* of an arena */
	size_t count;
};

/* Adds one dossier `by` times (1 or -1); nothing when it is not finished. Rows
 * of one key may stand there several times until dossier_counts_merge.
 * Borrows the dossier's strings. */
void dossier_counts_add(
    struct arena *a, struct dossier_counts *c, const struct dossier *d, int by);
/* Puts the rows in order (day, unit, field), one for each key; those that have
 * come to nothing are gone. */
void dossier_counts_merge(struct dossier_counts *c);
/* Order of two rows' keys. */
int dossier_count_compare(const void *a, const void *b);

#endif

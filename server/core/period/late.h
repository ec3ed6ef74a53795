/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What came after a period was frozen: the difference of two states of its
 * counts, in answers to the general question and in dossiers. Pure.
 */
#ifndef HAILONG_SERVER_CORE_PERIOD_LATE_H
#define HAILONG_SERVER_CORE_PERIOD_LATE_H

#include <stdbool.h>
#include <stdint.h>

struct dossier_counts;
struct tallies;

/* Later minus earlier; each may be negative. */
struct late {
	int64_t answers;   /* all of them, set aside or not */
	int64_t valid;     /* that are counted, of levels 1..5 */
	int64_t satisfied; /* of these */
	int64_t aside;     /* set aside */
	int64_t dossiers;  /* finished in the period */
	bool any; /* some count of any row differs, whatever the sums */
};

/* Compares two states of the same period; neither is changed. */
void late_between(const struct tallies *then, const struct tallies *now,
    const struct dossier_counts *dossiers_then,
    const struct dossier_counts *dossiers_now, struct late *out);

#endif

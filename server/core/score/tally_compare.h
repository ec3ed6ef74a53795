/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sets of counts side by side: those that are kept, and those that a second
 * counting found. Pure. */
#ifndef HAILONG_SERVER_CORE_SCORE_TALLY_COMPARE_H
#define HAILONG_SERVER_CORE_SCORE_TALLY_COMPARE_H

#include <stdint.h>
#include "server/core/dossier/dossier_count.h"
#include "server/core/score/tally.h"

/* One that differs; NULL: it is only in the other set. */
typedef void tally_differs(void *context, bool months, const struct tally *kept,
    const struct tally *counted);
typedef void dossiers_differ(void *context, const struct dossier_count *kept,
    const struct dossier_count *counted);

/* Tells every difference of two sorted sets (by day, or by month); a row of
 * zeros is no row. Returns their number. */
int64_t tallies_compare(const struct tallies *kept,
    const struct tallies *counted, bool months, tally_differs *tell,
    void *context);
/* The same of dossiers, both in the order of their keys. */
int64_t dossier_counts_compare(const struct dossier_counts *kept,
    const struct dossier_counts *counted, dossiers_differ *tell, void *context);

#endif

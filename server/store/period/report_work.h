/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What units have said and promised, as rows of the official report's source.
 */
#ifndef HAILONG_SERVER_STORE_PERIOD_REPORT_WORK_H
#define HAILONG_SERVER_STORE_PERIOD_REPORT_WORK_H

#include <stdbool.h>

struct arena;
struct catalogue;
struct db;
struct report_source;

/* Adds the explanations of the source's period, each with the unit's late
 * dossiers and apologies, and the measures: those of this period, and earlier
 * ones that stood open in its days. Its dossiers are there. People's names are
 * those of the catalogue of now; strings are the arena's and the catalogue's.
 */
bool store_report_work(struct db *db, struct arena *a,
    const struct catalogue *now, struct report_source *source);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A database with the answers and dossiers of one quarter, for tests of what
 * becomes of a period. */
#ifndef HAILONG_TESTS_KIT_QUARTER_H
#define HAILONG_TESTS_KIT_QUARTER_H

#include <stdbool.h>
#include "server/core/score/period.h"

struct db;

#define SAID    400 /* its answers, numbered from 1 */
#define FOLDERS 120 /* its dossiers, numbered from 0 */

extern struct period quarter; /* 2026-Q3, once quarter_of_answers was called */

/* A fresh database with them; some answers are set aside. The caller closes
 * it. */
struct db *quarter_of_answers(void);
/* Stores the n-th answer, of a day of the quarter; returns its score. */
int say_one(struct db *db, unsigned n);
/* Announces the n-th dossier: finished in the quarter or not, late or not. */
void announce_one(struct db *db, unsigned n, bool done, bool late);

#endif

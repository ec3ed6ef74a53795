/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a database's tallies are those of its answers. */
#ifndef HAILONG_TESTS_KIT_RECOUNT_H
#define HAILONG_TESTS_KIT_RECOUNT_H

#include <stdbool.h>
#include "server/db/db.h"

/* True when the tallies by day and by month equal a recount; a row of zeros is
 * no row. False also when something cannot be read. */
bool recount_agrees(struct db *db);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers that others computed (tests/data/oracle/), for tests: a file becomes
 * a table of doubles, an empty cell NAN. Values are right to 1e-9.
 */
#ifndef HAILONG_TESTS_CORE_SCORE_ORACLE_H
#define HAILONG_TESTS_CORE_SCORE_ORACLE_H

#include <stddef.h>
#include <stdint.h>
#include "server/core/score/intervals.h"
#include "shared/csv.h"

/* cmocka's setup and teardown of a group that reads the oracle. */
int oracle_setup(void **state);
int oracle_teardown(void **state);
/* The rows of data/oracle/NAME.csv, one at least; they live until the teardown.
 * Fails the test when it cannot be read. */
struct csv *oracle_read(const char *name, const char *const *columns);
/* A cell as a number; NAN when empty. */
double oracle_number(const struct csv_row *row, size_t column);
/* A cell as a count; -1 when empty. */
int64_t oracle_count(const struct csv_row *row, size_t column);
/* Both undefined, or within 1e-9 (relative above 1); else the test fails and
 * names the row's line. */
void oracle_close(double got, double want, const struct csv_row *row);
/* The same for an interval in two neighbouring columns. */
void oracle_interval(
    struct interval got, const struct csv_row *row, size_t column);

#endif

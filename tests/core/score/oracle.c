/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the oracle with the same CSV reader as the programs. The files print
 * 12 decimals, so numbers above 1 (effective n) are compared relatively.
 */
#include "tests/core/score/oracle.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "shared/arena.h"
#include "shared/buf.h"

static struct arena oracle_arena;

int
oracle_setup(void **state)
{
	(void)state;
	arena_init(&oracle_arena);
	return 0;
}

int
oracle_teardown(void **state)
{
	(void)state;
	arena_finish(&oracle_arena);
	return 0;
}

struct csv *
oracle_read(const char *name, const char *const *columns)
{
	char path[100], error[200] = "cannot be read";
	struct csv *csv = NULL;
	struct buf data;

	snprintf(path, sizeof(path), "data/oracle/%s.csv", name);
	buf_init(&data);
	if (buf_read_file(&data, path, 1 << 20))
		csv = csv_parse(&oracle_arena, data.data, data.size, columns,
		    error, sizeof(error));
	buf_finish(&data);
	if (!csv)
		fail_msg("%s: %s", path, error);
	assert_true(csv->nrows > 0);
	return csv;
}

double
oracle_number(const struct csv_row *row, size_t column)
{
	const char *cell = row->cells[column];

	return *cell ? strtod(cell, NULL) : NAN;
}

int64_t
oracle_count(const struct csv_row *row, size_t column)
{
	const char *cell = row->cells[column];

	return *cell ? strtoll(cell, NULL, 10) : -1;
}

void
oracle_close(double got, double want, const struct csv_row *row)
{
	if (isnan(got) && isnan(want))
		return;
	if (!(fabs(got - want) <= 1e-9 * fmax(1, fabs(want))))
		fail_msg(
		    "line %d: got %.15g, want %.15g", row->line, got, want);
}

void
oracle_interval(struct interval got, const struct csv_row *row, size_t column)
{
	oracle_close(got.lo, oracle_number(row, column), row);
	oracle_close(got.hi, oracle_number(row, column + 1), row);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A formula is a row of points: the figure is the points given, of the points
 * that could have been given. top2 gives one for 4 and 5; mean5 as many as the
 * level says, of 5 (so that it begins at 20 %, as published indices do). Only
 * top2 is a share of people, for which targets, limits and verdicts are made.
 */
#include "server/core/score/formula.h"

#include <math.h>
#include <string.h>

static const struct formula formulas[] = {
    {"top2", 1, "formula.top2", true, {0, 0, 0, 0, 1, 1}, 1},
    {"mean5", 1, "formula.mean5", false, {0, 1, 2, 3, 4, 5}, 5},
};

const struct formula *
formula_at(size_t i)
{
	return i < sizeof(formulas) / sizeof(*formulas) ? &formulas[i] : NULL;
}

const struct formula *
formula_find(const char *name)
{
	const struct formula *f = formula_at(0);

	if (name == NULL || *name == '\0')
		return f;
	for (size_t i = 1; f != NULL && strcmp(f->name, name) != 0; i++)
		f = formula_at(i);
	return f;
}

int64_t
formula_valid(const int64_t values[FORMULA_VALUES])
{
	int64_t n = 0;

	for (int i = 1; i < FORMULA_VALUES; i++)
		n += values[i];
	return n;
}

double
formula_percent(const struct formula *f, const int64_t values[FORMULA_VALUES])
{
	int64_t points = 0, most = formula_valid(values) * f->most;

	for (int i = 1; i < FORMULA_VALUES; i++)
		points += values[i] * f->points[i];
	return most == 0 ? NAN : 100 * (double)points / (double)most;
}

void
formula_add(int64_t sum[FORMULA_VALUES], const int64_t values[FORMULA_VALUES])
{
	for (int i = 0; i < FORMULA_VALUES; i++)
		sum[i] += values[i];
}

const int64_t *
formula_overall(const int64_t *general, const int64_t *pooled)
{
	return general != NULL ? general : pooled;
}

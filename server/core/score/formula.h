/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How answers 1..5 become one figure: a named setting with a version, printed
 * with every figure (DOMAIN 2.4, 2.5). Answers are counts as in a tally:
 * values[1..5] by level, values[0] not applicable, which is no answer.
 * "Bình thường" (3) is one, and not a satisfied one.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_FORMULA_H
#define HAILONG_SERVER_CORE_SCORE_FORMULA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FORMULA_VALUES 6

struct formula {
	const char *name; /* in addresses, JSON and settings: "top2" */
	int version;      /* raised whenever a figure could change */
	const char *text; /* key of the words that explain it */
	bool judged;      /* its figure is compared with targets */
	int points[FORMULA_VALUES]; /* that an answer gives … */
	int most;                   /* … of so many */
};

/* The i-th formula, the default one first; NULL beyond the last. */
const struct formula *formula_at(size_t i);
/* The formula of a name, the default for NULL and ""; NULL: there is none. */
const struct formula *formula_find(const char *name);
/* The figure in percent, 0..100; NAN without answers. */
double formula_percent(
    const struct formula *f, const int64_t values[FORMULA_VALUES]);
/* The answers: all of levels 1..5. */
int64_t formula_valid(const int64_t values[FORMULA_VALUES]);

/* Adds answers. A factor is the sum of its criteria, a total the sum of its
 * parts: every answer counts alike, percentages are never averaged. */
void formula_add(
    int64_t sum[FORMULA_VALUES], const int64_t values[FORMULA_VALUES]);
/* The answers of a form's overall figure: those of its general question, also
 * while it has no answers; those of all its criteria (pooled) where the
 * form has no such question (general NULL). */
const int64_t *formula_overall(const int64_t *general, const int64_t *pooled);

#endif

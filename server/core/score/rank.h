/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which units can be told apart? Shares of a few hundred answers have no place
 * in a table of ranks; they have the places they may really hold, and stand
 * clearly above the share of all, clearly below it, or neither. Answers count
 * as independent of each other.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_RANK_H
#define HAILONG_SERVER_CORE_SCORE_RANK_H

#include <stddef.h>
#include <stdint.h>

enum rank_group {
	RANK_NO_DATA, /* not ranked: no answers */
	RANK_TOO_FEW, /* not ranked: fewer than JUDGE_ENOUGH */
	RANK_ABOVE,   /* clearly above the share of all ranked units */
	RANK_UNCLEAR, /* cannot be told from it */
	RANK_BELOW,
	RANK_COUNT
};

struct rank {
	enum rank_group group;
	size_t best, worst; /* places it may hold, 1 the best; 0: not ranked */
};

/* The word of a group, as pages and JSON call it: "above", "unclear", … */
const char *rank_group_name(enum rank_group group);
/* Ranks units by x[i] satisfied of n[i] valid answers, in any order, and
 * returns how many are ranked. All ranges hold at once with 95 % confidence,
 * and so do all groups (reliability 4.4; how, says rank.c). Leave out units
 * whose answers are not to be trusted (VERDICT_INVALID). */
size_t rank_units(
    const int64_t *x, const int64_t *n, size_t count, struct rank *ranks);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A share over strata (unit x field): each stratum's share weighs as many
 * dossiers as the stratum has, not as many answers as it happened to get.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_STRATA_H
#define HAILONG_SERVER_CORE_SCORE_STRATA_H

#include <stddef.h>
#include <stdint.h>
#include "server/core/score/judge.h"

#define STRATA_LEAST   2        /* answers a stratum needs to have a variance */
#define STRATA_DROPPED SIZE_MAX /* of a row without dossiers and answers */

struct stratum {
	int64_t dossiers, valid, satisfied; /* satisfied <= valid */
};

struct strata_judgement {
	struct judgement total; /* share is weighted, exact is none */
	double raw_share;       /* satisfied / valid */
	double se;              /* standard error of share, with the FPC */
	double deff;            /* valid / n_kish */
	/* Not printed by judge. */
	double n_kish;               /* N² / sum of N_h²/n_h (Kish) */
	double se_without_fpc;       /* se for dossiers without number */
	double se_poststratified;    /* as R's survey::postStratify */
	struct interval wilson_kish; /* Wilson on n_kish */
};

/* Merges small strata in the order given: one with fewer than `least` answers
 * and fewer answers than dossiers joins the next, the last one the previous.
 * Fills groups with the sums and group_of[i] with the group of row i (or
 * STRATA_DROPPED); both have room for count. Returns the number of groups.
 * Nothing is merged where there is nothing to judge: no answers at all, or
 * more answers than dossiers somewhere. */
size_t strata_merge(const struct stratum *rows, size_t count, int64_t least,
    struct stratum *groups, size_t *group_of);
/* Judges the groups that strata_merge made. A stratum with a single answer
 * among several dossiers (only when it is the only one) has no variance. */
struct strata_judgement strata_judge(
    const struct stratum *groups, size_t count, int t4);

#endif

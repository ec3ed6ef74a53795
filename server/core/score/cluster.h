/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A share over clusters (desks): people at one desk resemble each other, so
 * 300 answers from six desks say less than 300 answers from everywhere.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_CLUSTER_H
#define HAILONG_SERVER_CORE_SCORE_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/score/judge.h"

struct cluster {
	int64_t valid, satisfied; /* satisfied <= valid */
};

struct cluster_judgement {
	struct judgement total; /* dossiers unknown, exact and bounds none */
	size_t clusters;        /* with at least one answer */
	double se;              /* standard error of share between clusters */
	double deff;            /* design effect; may be below 1 */
	bool few_clusters;      /* too_few because of the clusters' number */
	/* Not printed by judge. */
	double n_design;               /* valid / max(1, deff) */
	struct interval wilson_design; /* Wilson on n_design */
	double icc;                    /* intra-class correlation (ANOVA) */
};

/* Judges the clusters; those without answers do not count. One cluster alone
 * has no standard error; fewer than JUDGE_FEW_CLUSTERS get no verdict. */
struct cluster_judgement cluster_judge(
    const struct cluster *rows, size_t count, int t4);

#endif

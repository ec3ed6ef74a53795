/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Has a desk's share changed? Shewhart's p-chart, an exponentially weighted
 * moving average and a one-sided cumulative sum over the same points (months),
 * against a known share p0.
 */
#ifndef HAILONG_SERVER_CORE_CONTROL_H
#define HAILONG_SERVER_CORE_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/stats.h"

struct control_point {
	double z;               /* distance from p0 in standard errors */
	struct interval limits; /* of the share: p0 -+ 3 standard errors */
	double ewma, ewma_limit;
	double cusum; /* downwards: grows while the share is low */
	bool outside; /* the share is outside its limits */
	bool drifts;  /* |ewma| > ewma_limit */
	bool falls;   /* cusum above 4.774 */
};

/* Fills one point for each pair x[i] satisfied of n[i] valid, in the order of
 * time; 0 < p0 < 1. A point without answers has z and limits NAN, leaves both
 * memories as they were and is not counted in their run. */
void control_chart(double p0, const int64_t *x, const int64_t *n, size_t count,
    struct control_point *points);

#endif

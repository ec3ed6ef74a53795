/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Has a desk's share changed? Shewhart's p-chart, an exponentially weighted
 * moving average and two cumulative sums over the same points (weeks, months),
 * against a known share p0; and what of it is an alarm, downwards or upwards (a
 * sudden rise is how stuffed answers look). For desks with a few answers a
 * week: cusum.h.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_CONTROL_CHART_H
#define HAILONG_SERVER_CORE_SCORE_CONTROL_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/score/intervals.h"

struct control_point {
	double z;               /* distance from p0 in standard errors */
	struct interval limits; /* of the share: p0 -+ 3 standard errors */
	double ewma, ewma_limit;
	double cusum;    /* downwards: grows while the share is low */
	double cusum_up; /* upwards: grows while it is high */
	bool outside;    /* the share is outside its limits */
	bool drifts;     /* |ewma| > ewma_limit */
	bool falls;      /* cusum above 4.774 */
	bool rises;      /* cusum_up above 4.774 */
};

enum control_way { CONTROL_FALL, CONTROL_RISE };

struct control_alarm {
	bool outside, drifts, sums; /* which of the three methods say so */
	size_t since; /* the alarm has stood without a break since this point */
	size_t began; /* about when the change began: where the sum left 0 */
};

/* The share p0 to compare with, of the answers of earlier periods: (x + 1/2)/
 * (n + 1), never 0 or 1, where one answer would be infinitely far off. NAN
 * below JUDGE_ENOUGH answers: nothing to compare with. */
double control_baseline(int64_t x, int64_t n);
/* Fills one point for each pair x[i] satisfied of n[i] valid, in the order of
 * time; 0 < p0 < 1. A point without answers has z and limits NAN, leaves all
 * memories as they were and is not counted in their run. */
void control_chart(double p0, const int64_t *x, const int64_t *n, size_t count,
    struct control_point *points);
/* True when the newest point that has answers is an alarm in this direction,
 * and what kind of alarm. Points without answers do not break it. */
bool control_alarm(const struct control_point *points, size_t count,
    enum control_way way, struct control_alarm *alarm);

#endif

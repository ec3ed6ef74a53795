/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constants: weight 0.2 with limit 2.859 for the moving average, slack 0.5
 * with alarm at 4.774 for the sums. The average, and the two sums together,
 * come to 370 points between false alarms, like three standard errors of the
 * p-chart; one sum alone to 740 (reliability 4.5). All three at once give one
 * more often than any of them.
 */
#include "server/core/score/control_chart.h"

#include <math.h>
#include "server/core/score/judge.h"

#define EWMA_WEIGHT 0.2
#define EWMA_WIDTH  2.859
#define CUSUM_SLACK 0.5
#define CUSUM_ALARM 4.774

double
control_baseline(int64_t x, int64_t n)
{
	return n < JUDGE_ENOUGH ? NAN : ((double)x + 0.5) / ((double)n + 1);
}

/* The moving average's limit after i points, narrower at first. */
static double
ewma_limit(double i)
{
	double keep = 1 - EWMA_WEIGHT;

	return EWMA_WIDTH *
	       sqrt(EWMA_WEIGHT / (1 + keep) * (1 - pow(keep, 2 * i)));
}

/* The p-chart: this point alone. */
static void
measure(struct control_point *c, double p0, int64_t x, int64_t n)
{
	double error = sqrt(p0 * (1 - p0) / (double)n);
	double p = (double)x / (double)n;

	c->z = (p - p0) / error;
	c->limits.lo = fmax(0, p0 - 3 * error);
	c->limits.hi = fmin(1, p0 + 3 * error);
	c->outside = p < c->limits.lo || p > c->limits.hi;
}

void
control_chart(double p0, const int64_t *x, const int64_t *n, size_t count,
    struct control_point *points)
{
	double ewma = 0, down = 0, up = 0, seen = 0;

	for (size_t i = 0; i < count; i++) {
		struct control_point *c = &points[i];

		*c =
		    (struct control_point){.z = NAN, .limits = interval_none()};
		if (n[i] > 0) {
			measure(c, p0, x[i], n[i]);
			ewma = EWMA_WEIGHT * c->z + (1 - EWMA_WEIGHT) * ewma;
			down = fmax(0, down - c->z - CUSUM_SLACK);
			up = fmax(0, up + c->z - CUSUM_SLACK);
			seen++;
		}
		c->ewma = ewma;
		c->ewma_limit = ewma_limit(seen);
		c->cusum = down;
		c->cusum_up = up;
		c->drifts = fabs(ewma) > c->ewma_limit;
		c->falls = down > CUSUM_ALARM;
		c->rises = up > CUSUM_ALARM;
	}
}

static bool
same_way(double value, enum control_way way)
{
	return way == CONTROL_FALL ? value < 0 : value > 0;
}

/* What a point says in one direction; true when anything. */
static bool
alarm_at(const struct control_point *c, enum control_way way,
    struct control_alarm *alarm)
{
	alarm->outside = c->outside && same_way(c->z, way);
	alarm->drifts = c->drifts && same_way(c->ewma, way);
	alarm->sums = way == CONTROL_FALL ? c->falls : c->rises;
	return alarm->outside || alarm->drifts || alarm->sums;
}

/* The first point of the run of sums above 0 that ends at `last`. A month
 * without answers keeps its sum and does not begin anything. */
static size_t
left_zero(const struct control_point *points, size_t last, enum control_way way)
{
	size_t first = last;

	for (size_t i = last + 1; i-- > 0;) {
		const struct control_point *c = &points[i];

		if ((way == CONTROL_FALL ? c->cusum : c->cusum_up) == 0)
			break;
		if (!isnan(c->z))
			first = i;
	}
	return first;
}

bool
control_alarm(const struct control_point *points, size_t count,
    enum control_way way, struct control_alarm *alarm)
{
	struct control_alarm before;
	size_t last = count;

	*alarm = (struct control_alarm){0};
	while (last > 0 && isnan(points[last - 1].z))
		last--;
	if (last == 0 || !alarm_at(&points[--last], way, alarm))
		return false;
	alarm->since = last;
	for (size_t i = last; i-- > 0;) {
		if (isnan(points[i].z))
			continue;
		if (!alarm_at(&points[i], way, &before))
			break;
		alarm->since = i;
	}
	alarm->began = left_zero(points, last, way);
	if (alarm->began > alarm->since)
		alarm->began = alarm->since;
	return true;
}

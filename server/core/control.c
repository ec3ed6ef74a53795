/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constants: weight 0.2 with limit 2.859 for the moving average, slack 0.5
 * with alarm at 4.774 for the sum: both chosen for an average of 370 points
 * between false alarms, like three standard errors of the p-chart.
 */
#include "server/core/control.h"

#include <math.h>

#define EWMA_WEIGHT 0.2
#define EWMA_WIDTH  2.859
#define CUSUM_SLACK 0.5
#define CUSUM_ALARM 4.774

/* The moving average's limit after i points, narrower at first. */
static double
ewma_limit(double i)
{
	double keep = 1 - EWMA_WEIGHT;

	return EWMA_WIDTH *
	       sqrt(EWMA_WEIGHT / (1 + keep) * (1 - pow(keep, 2 * i)));
}

void
control_chart(double p0, const int64_t *x, const int64_t *n, size_t count,
    struct control_point *points)
{
	double ewma = 0, cusum = 0, seen = 0;

	for (size_t i = 0; i < count; i++) {
		struct control_point *c = &points[i];
		double error = sqrt(p0 * (1 - p0) / (double)n[i]);
		double p = (double)x[i] / (double)n[i];

		*c =
		    (struct control_point){.z = NAN, .limits = interval_none()};
		if (n[i] > 0) {
			c->z = (p - p0) / error;
			c->limits.lo = fmax(0, p0 - 3 * error);
			c->limits.hi = fmin(1, p0 + 3 * error);
			c->outside = p < c->limits.lo || p > c->limits.hi;
			ewma = EWMA_WEIGHT * c->z + (1 - EWMA_WEIGHT) * ewma;
			cusum = fmax(0, cusum - c->z - CUSUM_SLACK);
			seen++;
		}
		c->ewma = ewma;
		c->ewma_limit = ewma_limit(seen);
		c->cusum = cusum;
		c->drifts = fabs(ewma) > c->ewma_limit;
		c->falls = cusum > CUSUM_ALARM;
	}
}

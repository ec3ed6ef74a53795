/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How often something took how long: counts between fixed bounds, as Prometheus
 * has them. Copied as a whole, no pointer but to the constant bounds.
 */
#ifndef HAILONG_SERVER_STORE_HISTOGRAM_H
#define HAILONG_SERVER_STORE_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#define HISTOGRAM_BOUNDS 14 /* at most */

struct histogram {
	const double *bounds; /* rising; a value equal to one is below it */
	size_t nbounds;
	int64_t counts[HISTOGRAM_BOUNDS + 1]; /* the last: above all bounds */
	double sum;
};

/* Counts one value. */
void histogram_add(struct histogram *h, double value);
/* How many values were at most bounds[i]; i = nbounds: all of them. */
int64_t histogram_up_to(const struct histogram *h, size_t i);

#endif

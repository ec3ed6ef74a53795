/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A dozen bounds: looking them through is faster than anything clever. */
#include "server/store/histogram.h"

void
histogram_add(struct histogram *h, double value)
{
	size_t i = 0;

	while (i < h->nbounds && value > h->bounds[i])
		i++;
	h->counts[i]++;
	h->sum += value;
}

int64_t
histogram_up_to(const struct histogram *h, size_t i)
{
	int64_t n = 0;

	for (size_t k = 0; k <= i && k <= h->nbounds; k++)
		n += h->counts[k];
	return n;
}

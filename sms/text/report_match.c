/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reference has 8 bits, and many modems count from 1 again after each
 * start: the same number may have two open sendings of the same reference. The
 * report bears the time at which the message centre got the message: the
 * sending that fits it to some seconds is meant, if no other nearly does. With
 * a clock that is wrong nothing fits, and nothing is said about either.
 *
 * A sending whose answer was lost has no reference. It is meant when it is the
 * only one, none with the right reference is there, and the time fits.
 */
#include "sms/text/report_match.h"

#include <stdlib.h>

static int64_t
distance(const struct report_flight *f, int64_t sent_at)
{
	return sent_at == 0 ? 0 : llabs(f->at - sent_at);
}

/* The nearest with this reference; *second is how far the next one is. */
static int
report_match_nearest(const struct report_flight *flights, size_t n,
    int reference, int64_t sent_at, int64_t *second)
{
	int best = REPORT_MATCH_NONE;

	*second = INT64_MAX;
	for (size_t i = 0; i < n; i++) {
		int64_t d = distance(&flights[i], sent_at);

		if (flights[i].reference != reference)
			continue;
		if (best == REPORT_MATCH_NONE) {
			best = (int)i;
		} else if (d < distance(&flights[best], sent_at)) {
			*second = distance(&flights[best], sent_at);
			best = (int)i;
		} else if (d < *second) {
			*second = d;
		}
	}
	return best;
}

int
report_match(const struct report_flight *flights, size_t n, int reference,
    int64_t sent_at)
{
	int64_t second;
	int best =
	    report_match_nearest(flights, n, reference, sent_at, &second);

	if (best == REPORT_MATCH_NONE) {
		best = report_match_nearest(flights, n, -1, sent_at, &second);
		return best != REPORT_MATCH_NONE && second == INT64_MAX &&
			       sent_at != 0 &&
			       distance(&flights[best], sent_at) <=
				   REPORT_MATCH_LOST_MS
			   ? best
			   : REPORT_MATCH_NONE;
	}
	if (second == INT64_MAX)
		return best;
	return sent_at != 0 &&
		       distance(&flights[best], sent_at) <=
			   REPORT_MATCH_NEAR_MS &&
		       second - distance(&flights[best], sent_at) >=
			   REPORT_MATCH_NEAR_MS
		   ? best
		   : REPORT_MATCH_NONE;
}

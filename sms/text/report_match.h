/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which sending is a delivery report about? Pure. */
#ifndef HAILONG_SMS_TEXT_REPORT_MATCH_H
#define HAILONG_SMS_TEXT_REPORT_MATCH_H

#include <stddef.h>
#include <stdint.h>

#define REPORT_MATCH_NONE    (-1)
#define REPORT_MATCH_NEAR_MS (10 * 1000LL) /* the network's clock and ours */
#define REPORT_MATCH_LOST_MS                                                   \
	(10 * 60 * 1000LL) /* one whose answer was lost                        \
			    */
#define REPORT_MATCH_KEEP_MS                                                   \
	(3 * 24 * 3600 * 1000LL) /* reports may be so late */

/* A part that was sent to the report's number by the report's SIM, and of which
 * nothing is known yet. */
struct report_flight {
	int reference; /* -1: unknown */
	int64_t at;    /* ms, when it was sent, by our clock */
};

/* The index of the flight that a report with this reference and time stamp of
 * the message centre (0: none) is about; REPORT_MATCH_NONE when none fits, or
 * two fit equally well. */
int report_match(const struct report_flight *flights, size_t n, int reference,
    int64_t sent_at);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When an answer was really given. A kiosk's clock may be years off (a board
 * without a battery that starts without a network believes it is 1970), but its
 * time since boot never is; where we know when that boot began, by our clock,
 * the true instant follows. Pure.
 */
#ifndef HAILONG_SERVER_CORE_DEVICE_ANSWER_TIME_H
#define HAILONG_SERVER_CORE_DEVICE_ANSWER_TIME_H

#include <stdbool.h>
#include <stdint.h>

#define ANSWER_TIME_NEAR_MS  (2 * 60 * 1000LL) /* a clock so near is right */
#define ANSWER_TIME_FLOOR_MS 1640995200000LL   /* 2022: no answer is older */

enum answer_time {
	ANSWER_TIME_AS_SAID,   /* the sender's time stands */
	ANSWER_TIME_CORRECTED, /* it was wrong and has been put right */
	ANSWER_TIME_UNCERTAIN  /* it stands, or is that of arrival */
};

struct answer_time_said {
	int64_t wall;     /* the sender's clock, ms since 1970 */
	int64_t mono;     /* ms since its boot */
	bool synced;      /* its clock was kept right by a server of time */
	bool knows_boot;  /* began_at is known */
	int64_t began_at; /* that boot, by our clock */
};

/* The same for a sender that says nothing of its clock: its time stands, unless
 * no answer can be so old. */
enum answer_time answer_time_bare(int64_t wall, int64_t now, int64_t *at);
/* Decides; *at gets the instant to count with. now: of arrival, our clock. */
enum answer_time answer_time_decide(
    const struct answer_time_said *said, int64_t now, int64_t *at);

#endif

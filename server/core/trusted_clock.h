/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The time that what destroys goes by (erasure, invitations, closing a period):
 * one that two sources agree on. The machine's clock is one of them; the other
 * is the last moment at which it was right, gone on by the clock that only runs
 * (ms since boot), or, after a start of the machine, the newest of what we
 * received. Never a time that a sender claims. Pure.
 */
#ifndef HAILONG_SERVER_CORE_TRUSTED_CLOCK_H
#define HAILONG_SERVER_CORE_TRUSTED_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* A step of so many ms is nothing: a server of time put the clock right, or
 * put a second in. */
#define CLOCK_STEP_MS (10 * 60 * 1000LL)
/* So long may a machine have been off without a question: a long weekend. What
 * a wrong clock destroys early is never younger by more than that. */
#define CLOCK_OFF_MS (4 * 24 * 3600 * 1000LL)
/* The moment that is gone on from is renewed so often; so a clock that is led
 * astray step by step gains at most a step each time. */
#define CLOCK_RENEW_MS (3600 * 1000LL)

enum clock_word {
	CLOCK_AGREES,
	CLOCK_AHEAD, /* of what it should show */
	CLOCK_BEHIND
};

struct trusted_clock {
	int64_t wall, mono; /* a moment at which the clock was right */
	int64_t slack;      /* so much more may have passed: nothing was agreed
			       since the machine was started */
	enum clock_word word;
	int64_t off; /* ms it is ahead (< 0: behind) of what it should show; 0
			while it agrees */
};

/* What is kept of it for the next start. */
struct clock_record {
	int64_t wall, mono, off;
	bool same_boot; /* the machine was not started since: mono goes on */
};

/* Begins with what was kept (NULL: nothing) or else with the time of the newest
 * answer (0: there is none; then the clock is believed), and looks. */
enum clock_word trusted_clock_start(struct trusted_clock *t,
    const struct clock_record *kept, int64_t newest, int64_t wall,
    int64_t mono);
/* Looks at the clock; to be called now and then, and before anything is
 * destroyed. A doubt ends by itself when the clock shows what it should. */
enum clock_word trusted_clock_look(
    struct trusted_clock *t, int64_t wall, int64_t mono);
/* What destroying goes by: the earlier one of the two sources. */
int64_t trusted_clock_now(
    const struct trusted_clock *t, int64_t wall, int64_t mono);
/* An administrator says that the clock is right. */
void trusted_clock_confirm(struct trusted_clock *t, int64_t wall, int64_t mono);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a kiosk reports of itself every five minutes, so that the district's
 * staff page shows a silent, full, hot or untouched one. Nothing of it is about
 * citizens. */
#ifndef HAILONG_KIOSK_HEARTBEAT_H
#define HAILONG_KIOSK_HEARTBEAT_H

#include <stdbool.h>
#include <stdint.h>
#include "shared/reply_verdict.h"

/* What only the screen knows. */
struct heartbeat {
	int64_t touched_at; /* clock_now of the last touch, 0: none yet */
	int64_t
	    slowest_ms; /* from a touch to its picture, since the last beat */
	int width, height; /* of the screen, 0: unknown */
};

/* The JSON to send to the collector at url, malloc'ed; NULL without memory. */
char *heartbeat_text(
    const char *outbox, const char *url, const struct heartbeat *note);
/* What the collector replied. */
struct heartbeat_reply {
	int64_t seq;    /* the highest counter value it has, 0: not said */
	int64_t resend; /* outbox_resend's wish, 0: none */
};

/* Reads the reply: a clock that is wrong is said in the log. False when it is
 * none of the collector's, which always tells the time. */
bool heartbeat_read(const struct reply *reply, struct heartbeat_reply *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keeps the kiosk and its collector informed of each other: a thread that
 * fetches the desk's settings, sends a heartbeat, and in between waits at the
 * collector for calls of the desk's software.
 */
#ifndef HAILONG_KIOSK_SYNC_H
#define HAILONG_KIOSK_SYNC_H

#include <stdbool.h>
#include "kiosk/flow.h"
#include "kiosk/heartbeat.h"
#include "kiosk/identity.h"
#include "kiosk/settings.h"

struct sync;

struct sync_settings {
	const char *url;           /* of the collector */
	const char *token;         /* of the device */
	const char *outbox;        /* path; its depth goes into the heartbeat */
	const char *keep;          /* where the last good settings are kept */
	enum lang lang;            /* kiosk.ini's */
	struct identity *identity; /* the thread's until sync_stop */
};

/* Starts the thread; NULL, logged, when it cannot. */
struct sync *sync_start(const struct sync_settings *settings);
/* Settings that arrived since the last call, NULL when none did; the caller
 * owns them. Safe from any thread. */
struct settings *sync_take(struct sync *s);
/* A call that arrived since the last one of these, false when none did. Its
 * `until` is clock_mono. Safe from any thread. */
bool sync_call(struct sync *s, struct flow_call *call);
/* Tells the thread what the next heartbeat shall say. */
void sync_tell(struct sync *s, const struct heartbeat *note);
/* The highest counter value that the collector has, 0: not known. */
int64_t sync_seq(const struct sync *s);
/* When settings or a heartbeat last went through (clock_now), 0: never. */
int64_t sync_heard(const struct sync *s);
/* True when the last attempt reached the collector. */
bool sync_online(const struct sync *s);
/* As courier_alive. */
int64_t sync_alive(const struct sync *s);
/* Ends the thread, waiting for a request under way; NULL is allowed. */
void sync_stop(struct sync *s);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keeps the kiosk and its collector informed of each other: a thread that
 * fetches the desk's settings and sends a heartbeat, at the start and every
 * five minutes (sooner after a failure).
 */
#ifndef HAILONG_KIOSK_SYNC_H
#define HAILONG_KIOSK_SYNC_H

#include <stdbool.h>
#include "kiosk/settings.h"

struct sync;

struct sync_settings {
	const char *url;    /* of the collector */
	const char *token;  /* of the device */
	const char *outbox; /* path; its depth goes into the heartbeat */
	const char *keep;   /* where the last good settings are kept */
	enum lang lang;     /* kiosk.ini's */
};

/* Starts the thread; NULL, logged, when it cannot. */
struct sync *sync_start(const struct sync_settings *settings);
/* Settings that arrived since the last call, NULL when none did; the caller
 * owns them. Safe from any thread. */
struct settings *sync_take(struct sync *s);
/* Ends the thread, waiting for a request under way; NULL is allowed. */
void sync_stop(struct sync *s);

#endif

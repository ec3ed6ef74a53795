/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Carries an outbox to the collector: a thread with its own SQLite connection
 * and its own connection. Batches of LIMIT_COURIER_BATCH; tries again at
 * most 10 s apart for the first 10 minutes, then backs off to 5 minutes, with
 * jitter. A row leaves the outbox only when the collector names its id as
 * stored or duplicate; conflict and invalid are set aside with their reason.
 */
#ifndef HAILONG_SHARED_COURIER_H
#define HAILONG_SHARED_COURIER_H

#include <stdbool.h>
#include <stdint.h>
#include "shared/keys.h"

struct courier;

struct courier_settings {
	const char *url;       /* of the collector, without a trailing slash */
	const char *token;     /* of the device */
	const char *outbox;    /* path */
	const char *path;      /* "/api/v1/answers" */
	const char *list;      /* "answers": the JSON key of the batch */
	bool clock;            /* tell this device's clock with each batch */
	const struct key *key; /* signs them; NULL: none, must outlive it */
};

/* Starts the thread; NULL, logged, when it cannot. */
struct courier *courier_start(const struct courier_settings *settings);
/* There is something new: try now. Safe from any thread. */
void courier_wake(struct courier *c);
/* True when the last attempt reached the collector. Safe from any thread. */
bool courier_online(const struct courier *c);
/* When the last batch was taken (clock_now), 0: none since the start. Safe from
 * any thread. */
int64_t courier_delivered(const struct courier *c);
/* When the thread showed its last sign of life (clock_mono): it gives one every
 * few seconds, also while it waits or the network stalls. Safe from any
 * thread. */
int64_t courier_alive(const struct courier *c);
/* Ends the thread, waiting at most for one request's time-out; NULL allowed. */
void courier_stop(struct courier *c);
/* How long after the start of a failed attempt the next one begins, in ms, when
 * all attempts have failed for failing_ms; random is any number (jitter takes
 * off up to a fifth). Pure; contract, section 5. */
int64_t courier_pause(int64_t failing_ms, uint32_t random);

#endif

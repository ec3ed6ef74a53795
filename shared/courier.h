/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Carries an outbox to the collector: a thread with its own SQLite connection
 * and its own libcurl handle. Batches of LIMIT_COURIER_BATCH; tries again at
 * most 10 s apart for the first 10 minutes, then backs off to 5 minutes, with
 * jitter. A row leaves the outbox only when the collector names its id as
 * stored or duplicate; conflict and invalid are set aside with their reason.
 */
#ifndef HAILONG_SHARED_COURIER_H
#define HAILONG_SHARED_COURIER_H

#include <stdbool.h>
#include <stdint.h>

struct courier;

struct courier_settings {
	const char *url;    /* of the collector, without a trailing slash */
	const char *token;  /* of the device */
	const char *outbox; /* path */
	const char *path;   /* "/api/v1/answers" */
	const char *list;   /* "answers": the JSON key of the batch */
};

/* Starts the thread; NULL, logged, when it cannot. */
struct courier *courier_start(const struct courier_settings *settings);
/* There is something new: try now. Safe from any thread. */
void courier_wake(struct courier *c);
/* True when the last attempt reached the collector. Safe from any thread. */
bool courier_online(const struct courier *c);
/* Ends the thread, waiting at most for one request's time-out; NULL allowed. */
void courier_stop(struct courier *c);

/* One request to the collector, used for settings, heartbeat and SMS: method
 * "GET" or "POST" (body is JSON, NULL for GET). Returns the HTTP status, 0 when
 * the collector was not reached; *reply is malloc'ed text (may be ""), the
 * caller frees it. No redirects, connect 5 s, total 15 s. Thread-safe. */
int courier_request(const char *url, const char *token, const char *method,
    const char *path, const char *body, char **reply);
/* Reads a token file's first line into out; false, logged, when it cannot, or
 * when others may read the file (mode must not be world-readable). */
bool courier_token(const char *path, char *out, unsigned long size);

#endif

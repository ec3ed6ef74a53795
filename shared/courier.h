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

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/keys.h"

#define COURIER_ETAG_BYTES 128  /* room for a version and its NUL */
#define COURIER_UNREACHED  (-1) /* nobody was there to hear it */

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

/* One exchange with the collector. */
struct courier_call {
	const char *url;   /* of the collector, without a trailing slash */
	const char *path;  /* begins with a slash */
	const char *token; /* of the device; NULL: it has none yet */
	const char *body;  /* to POST; NULL: GET */
	size_t body_size;  /* 0: it is text that ends with its NUL */
	const char *type;  /* of the body; NULL: JSON */
	char *etag;        /* COURIER_ETAG_BYTES, as courier_fetch; or NULL */
	long seconds;      /* in all, 0: 15 */
	bool clock;        /* tell this device's boot and monotonic time */
	const struct key *key;      /* signs that and the body; NULL: none */
	const atomic_bool *give_up; /* set by another thread to end the call */
	_Atomic int64_t *alive; /* set to clock_mono now and then; or NULL */
};

/* Does the call on a connection of its own; result and *reply as of
 * courier_request. */
int courier_do(const struct courier_call *call, char **reply);
/* One request to the collector, used for settings, heartbeat and SMS: method
 * "GET" or "POST" (body is JSON, NULL for GET). Returns the HTTP status, 0 when
 * the collector was not reached; *reply is malloc'ed text (may be ""), the
 * caller frees it. No redirects, connect 5 s, total 15 s. Thread-safe. */
int courier_request(const char *url, const char *token, const char *method,
    const char *path, const char *body, char **reply);
/* POSTs a text to any other address, with these header lines (closed by NULL).
 * Returns the HTTP status; COURIER_UNREACHED when it never got there; 0 when
 * nobody knows. The beginning of the answer goes into reply. */
int courier_post(const char *url, const char *const *headers, const char *body,
    char *reply, unsigned long size);
/* GET with If-None-Match: etag (COURIER_ETAG_BYTES, "" for none) names what the
 * caller has; a 200 with a new ETag replaces it, a 304 leaves everything. Else
 * as courier_request. */
int courier_fetch(const char *url, const char *token, const char *path,
    char etag[COURIER_ETAG_BYTES], char **reply);
/* How long after the start of a failed attempt the next one begins, in ms, when
 * all attempts have failed for failing_ms; random is any number (jitter takes
 * off up to a fifth). Pure; contract, section 5. */
int64_t courier_pause(int64_t failing_ms, uint32_t random);
/* Reads a token file's first line into out; false, logged, when it cannot. A
 * file that others may read gives a warning. */
bool courier_token(const char *path, char *out, unsigned long size);

#endif

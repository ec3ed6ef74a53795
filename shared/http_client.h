/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Requests to the collector, and to whom else a program of ours speaks: blocks
 * in the thread that calls, 5 s to connect and 15 s in all unless said
 * otherwise, no redirects. Thread-safe.
 */
#ifndef HAILONG_SHARED_HTTP_CLIENT_H
#define HAILONG_SHARED_HTTP_CLIENT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/keys.h"

#define HTTP_CLIENT_ETAG_BYTES 128  /* room for a version and its NUL */
#define HTTP_CLIENT_TYPE_BYTES 80   /* a Content-Type, cut, and its NUL */
#define HTTP_CLIENT_UNREACHED  (-1) /* it never got there */

/* A connection that is kept between calls, one thread's at a time. */
struct http_client;

/* One exchange with the collector. */
struct http_client_call {
	const char *url;   /* of the collector, without a trailing slash */
	const char *path;  /* begins with a slash */
	const char *token; /* of the device; NULL: it has none yet */
	const char *body;  /* to POST; NULL: GET */
	size_t body_size;  /* 0: it is text that ends with its NUL */
	const char *type;  /* of the body; NULL: JSON */
	char *etag; /* HTTP_CLIENT_ETAG_BYTES, as http_client_fetch; or NULL */
	/* HTTP_CLIENT_TYPE_BYTES for the reply's Content-Type, "" when it has
	 * none; or NULL */
	char *reply_type;
	long seconds;          /* in all, 0: 15 */
	bool clock;            /* tell this device's boot and monotonic time */
	const struct key *key; /* signs the request; NULL: none */
	const atomic_bool *give_up; /* set by another thread to end the call */
	_Atomic int64_t *alive; /* set to clock_mono now and then; or NULL */
};

/* NULL without memory. */
struct http_client *http_client_create(void);
/* NULL is allowed. */
void http_client_destroy(struct http_client *client);
/* Does the call on that connection; result and *reply as of
 * http_client_request. */
int http_client_perform(struct http_client *client,
    const struct http_client_call *call, char **reply);
/* Does the call on a connection of its own; result and *reply as of
 * http_client_request. */
int http_client_do(const struct http_client_call *call, char **reply);
/* One request to the collector, used for settings, heartbeat and SMS: method
 * "GET" or "POST" (body is JSON, NULL for GET). Returns the HTTP status, 0 when
 * the collector was not reached; *reply is malloc'ed text (may be ""), the
 * caller frees it. */
int http_client_request(const char *url, const char *token, const char *method,
    const char *path, const char *body, char **reply);
/* POSTs a text to any other address, with these header lines (closed by NULL).
 * Returns the HTTP status; HTTP_CLIENT_UNREACHED when it never got there; 0
 * when that is unknown. The beginning of the answer goes into reply. */
int http_client_post(const char *url, const char *const *headers,
    const char *body, char *reply, unsigned long size);
/* GET with If-None-Match: etag (HTTP_CLIENT_ETAG_BYTES, "" for none) names what
 * the caller has; a 200 with a new ETag replaces it, a 304 leaves everything.
 * Else as http_client_request. */
int http_client_fetch(const char *url, const char *token, const char *path,
    char etag[HTTP_CLIENT_ETAG_BYTES], char **reply);
/* Reads a token file's first line into out; false, logged, when it cannot. A
 * file that others may read gives a warning. */
bool http_client_token(const char *path, char *out, unsigned long size);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One HTTP exchange with the collector; used by the courier only, the others
 * call courier_request and courier_fetch. */
#ifndef HAILONG_SHARED_COURIER_HTTP_H
#define HAILONG_SHARED_COURIER_HTTP_H

#include <curl/curl.h>
#include <stdatomic.h>

struct courier_call {
	const char *url;   /* of the collector, without a trailing slash */
	const char *path;  /* begins with a slash */
	const char *token; /* of the device */
	const char *body;  /* JSON to POST; NULL: GET */
	char *etag;        /* COURIER_ETAG_BYTES, as courier_fetch; or NULL */
	const atomic_bool *give_up; /* set by another thread to end the call */
};

/* A handle that keeps its connection between calls; NULL without memory. */
CURL *courier_handle(void);
/* Does the call; result and *reply as of courier_request. */
int courier_perform(CURL *curl, const struct courier_call *call, char **reply);

#endif

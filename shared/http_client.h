/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HTTP with a handle that keeps its connection; used by the courier only, the
 * others call courier_do and its kin. */
#ifndef HAILONG_SHARED_HTTP_CLIENT_H
#define HAILONG_SHARED_HTTP_CLIENT_H

#include <curl/curl.h>
#include "shared/courier.h"

/* A handle that keeps its connection between calls; NULL without memory. */
CURL *courier_handle(void);
/* Does the call; result and *reply as of courier_request. */
int courier_perform(CURL *curl, const struct courier_call *call, char **reply);

#endif

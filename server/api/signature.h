/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a device with a key of its own has signed what it sends. */
#ifndef HAILONG_SERVER_API_SIGNATURE_H
#define HAILONG_SERVER_API_SIGNATURE_H

#include <stdbool.h>

struct ctx;
struct request;

/* True when the request's device has no key, or its signature of the POST is
 * right (shared/keys.h, key_request_text): a token alone, copied from a disk or
 * a log, is then of no use. */
bool api_signature_holds(const struct ctx *ctx, const struct request *req);

#endif

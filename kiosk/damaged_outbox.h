/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What becomes of an outbox that could not be read: it was set aside under
 * PATH.damaged-TIME (shared/outbox.h) and is brought to the collector piece by
 * piece, so that people can look what can be saved of it. It stays on the
 * device under PATH.damaged-TIME.sent.
 */
#ifndef HAILONG_KIOSK_DAMAGED_OUTBOX_H
#define HAILONG_KIOSK_DAMAGED_OUTBOX_H

#include <stdbool.h>
#include "shared/http_client.h"

/* Numbers of files that wait to be brought, and of all that were set aside. */
void damaged_outbox_count(const char *outbox, int *waiting, int *all);
/* Brings one piece of one file to the collector of the call (its url, token
 * and key are used). True when there was a piece and it was taken: call
 * again. */
bool damaged_outbox_bring(
    const char *outbox, const struct http_client_call *to);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gateways' part of /metrics: what they said of themselves last. */
#ifndef HAILONG_SERVER_API_METRICS_SMS_H
#define HAILONG_SERVER_API_METRICS_SMS_H

#include <stdint.h>

struct arena;
struct buf;
struct db;

/* Appends them; nothing when there is no gateway, or the database does not
 * answer (which is told elsewhere). */
void metrics_sms(struct buf *out, struct db *db, struct arena *a, int64_t now);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the gateway is, for the collector and its device page. */
#ifndef HAILONG_SMS_HEARTBEAT_H
#define HAILONG_SMS_HEARTBEAT_H

#include <jansson.h>
#include <stdbool.h>
#include "sms/spool/spool.h"

/* Version, clock, what waits, and every modem: no number, no text. NULL when
 * the spool cannot be read. */
json_t *heartbeat_json(struct spool *s, int64_t now);
/* Warns, once, when the collector's clock in its answer differs from ours:
 * times of answers, quiet hours and delivery reports hang on it. Returns the
 * earlier one of the two, by which alone anything is forgotten; 0 when it tells
 * no time, which the collector's always does. */
int64_t heartbeat_compare(const json_t *answer, int64_t now);

#endif

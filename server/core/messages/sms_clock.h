/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose clock tells when an SMS was written. Pure. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_SMS_CLOCK_H
#define HAILONG_SERVER_CORE_MESSAGES_SMS_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * When it was written, ms since 1970: the operator's time (0: none told) where
 * it may be true, which is not later than the gateway received the message and
 * LIMIT_AHEAD_MS, and not older than LIMIT_LATE_MS; else the gateway's.
 * doubted: a time was told and not believed. Source: CONTRACT, SMS.
 */
int64_t sms_clock_said_at(
    int64_t received_at, int64_t operator_at, bool *doubted);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was kept for as long as the settings say: numbers and texts of SMS;
 * one-time tokens of links, calls and thanks that no answer can come to; and
 * sessions that are over. */
#ifndef HAILONG_SERVER_STORE_MESSAGES_ERASURE_H
#define HAILONG_SERVER_STORE_MESSAGES_ERASURE_H

#include <stdint.h>

/* An errand for the writer that erases what is old at the time by, which is a
 * trusted one (core/trusted_clock.h); idle: ms after which a session that is
 * not used is over; NULL: no memory. It is freed by the thread that gets it
 * back done. */
struct job *erasure_job(
    int64_t by, int64_t contact_days, int64_t text_days, int64_t idle);

#endif

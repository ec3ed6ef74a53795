/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A gateway's talk with the real collector, and citizens who text. cmocka.h
 * must be included before this. */
#ifndef HAILONG_TESTS_KIT_TEXTING_H
#define HAILONG_TESTS_KIT_TEXTING_H

#include <jansson.h>
#include "shared/uuid.h"
#include "tests/kit/people.h"

#define MESSAGES "/api/v1/sms/messages"
#define OUTBOX   "/api/v1/sms/outbox"
#define REPORTS  "/api/v1/sms/reports"

#define THANKS   "Cam on Ong/Ba. Da ghi nhan: "
#define FOLLOWUP "Da ghi nhan: "

extern struct rig rig;
extern char *gateway; /* its token */

/* The results of a reply, which must be 200. */
json_t *results_of(const struct reply *reply);
/* A message of now. */
json_t *message(const char *from, const char *text, const char *id);
/* Hands one message over, which must be stored; from so many ms ago. */
void text_from(const char *from, const char *text);
void text_ago(const char *from, const char *text, int64_t ms);
/* What shall go out; the caller owns it. */
json_t *outbox(void);
json_t *report(const char *id, const char *status);
/* The texts queued to a number are these, in this order (closed by NULL; the
 * beginnings); all are then reported as sent. */
void assert_answered(const char *to, ...) __attribute__((sentinel));
/* A citizen nobody has heard of yet; static memory. */
const char *citizen(void);
#endif

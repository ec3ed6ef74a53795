/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A collector of the test's own: the three SMS resources over real HTTP, and a
 * memory of what came. Thread-safe; one at a time. */
#ifndef HAILONG_TESTS_SMS_COLLECTOR_H
#define HAILONG_TESTS_SMS_COLLECTOR_H

#include <stdbool.h>

#define COLLECTOR_TOKEN "a-token-for-tests"

/* Listens on a free port of 127.0.0.1; returns its URL, NULL on failure. */
const char *collector_start(void);
void collector_stop(void);
/* How many different ids brought this text. */
int collector_count(const char *text);
/* True when this text came as a whole message from that number. */
bool collector_has(const char *from, const char *text);
/* How many messages begin with this text. */
int collector_begins(const char *text);
/* How many messages came as partial. */
int collector_partial(void);
/* Puts a message into the outbox under a new id; returns the id. */
const char *collector_queue(const char *to, const char *text);
/* What was reported last of an id: "" nothing yet, "sent", "failed 21",
 * "delivered". */
const char *collector_report(const char *id);
/* Everything is answered by this status from now on; 200: normal. */
void collector_answer(int status);
/* The same with this body, which must live as long. */
void collector_error(int status, const char *body);
/* Every answer takes so long from now on. */
void collector_delay(int ms);

#endif

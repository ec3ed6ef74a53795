/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gateway's courier with a spool of its own and, in place of the network, a
 * twin that answers what a test says. cmocka.h must be included before this. */
#ifndef HAILONG_TESTS_SMS_HANDOVER_TWIN_H
#define HAILONG_TESTS_SMS_HANDOVER_TWIN_H

#include <stddef.h>
#include "sms/handover.h"

#define TWIN_NOW   1795330000000LL
#define TWIN_PHONE "+84912345678"

extern struct spool *spool;
extern struct handover h;

/* What it answers: "%" stands for the first id of the request. answer_text NULL
 * with 200: it takes what is sent, but for a batch with this word in it. */
extern int answer_status;
extern const char *answer_text, *answer_type;
extern const char *poison;
/* The last request, cut. */
extern char asked[8000];

/* Around each test. */
int twin_setup(void **state);
int twin_teardown(void **state);
/* How many messages wait in the spool, and how many were given up. */
size_t waiting_messages(void);
size_t refused_messages(void);
/* A message came at that millisecond behind TWIN_NOW. */
void wrote(int second, const char *text);
/* So many rounds over the messages, none of which may fail. */
void take_all_turns(int turns);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replies to a batch of two rows, from the collector and from what may stand in
 * its place, with what a sender must make of each. One table for the pure
 * judgement, the kiosk's courier and the SMS gateway. */
#ifndef HAILONG_TESTS_SHARED_REPLY_CASES_H
#define HAILONG_TESTS_SHARED_REPLY_CASES_H

#include <stddef.h>

struct reply_case {
	const char *name;
	int status;
	const char *type; /* NULL: no Content-Type */
	const char *body; /* %1 and %2: the ids of the two rows */
	/* "wait", "split", or a letter for each row: s stored, d duplicate,
	 * i invalid, c conflict */
	const char *expect;
};

extern const struct reply_case reply_cases[];
extern const size_t reply_case_count;

/* The body with the ids filled in; malloc'ed. */
char *reply_case_body(
    const struct reply_case *c, const char *first, const char *second);
/* How many rows leave the queue, and how many of them are set aside. */
size_t reply_case_leave(const struct reply_case *c);
size_t reply_case_refused(const struct reply_case *c);

#endif

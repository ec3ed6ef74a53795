/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A comment that a citizen adds to an answer afterwards, by a token. What
 * writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_CASES_LATE_COMMENTS_H
#define HAILONG_SERVER_STORE_CASES_LATE_COMMENTS_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct uuid;

/* Forgets what waits too long for its answer at the time by, a trusted one. */
bool store_late_comments_expire(struct db *db, int64_t by);
/* An answer with this token has come. */
bool store_late_comment_answer(
    struct db *db, const char *token, const struct uuid *answer, int64_t now);
/* A comment for it has come; *taken is false when it has another already, true
 * also when it is the same once more. Empty comments are not given. */
bool store_late_comment_put(struct db *db, const char *token,
    const char *comment, int64_t now, bool *taken);
/* What is known of a token. */
enum late_comment_state {
	LATE_COMMENT_UNKNOWN,
	LATE_COMMENT_OPEN, /* of an answer that is here */
	LATE_COMMENT_USED,
	LATE_COMMENT_FAIL /* it cannot be read */
};

enum late_comment_state store_late_comment_state(
    struct db *db, const char *token);
/* A comment may be added to an answer of the form, by this token; *offered is
 * false when there is no such answer or it has one. */
bool store_late_comment_offer(struct db *db, const char *token,
    const struct uuid *answer, int64_t now, bool *offered);

#endif

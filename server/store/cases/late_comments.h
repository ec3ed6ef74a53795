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
/* Whether a comment may still be given; false also when it cannot be read. */
bool store_late_comment_open(struct db *db, const char *token);

#endif

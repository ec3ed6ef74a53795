/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Failed sign-ins of one login in a row: in the audit log stands the 5th, the
 * 50th, the 500th …, so that guessing is seen and cannot flood the log.
 * Only of people there are: what else is typed into the field may be a
 * password.
 */
#ifndef HAILONG_SERVER_HTTP_FAILED_LOGINS_H
#define HAILONG_SERVER_HTTP_FAILED_LOGINS_H

#include <stdint.h>

struct ctx;
struct failed_logins;
struct staff;
struct writer;

/* Empty; the deeds go to this writer. Never NULL. */
struct failed_logins *failed_logins_create(struct writer *writer);
/* Frees; NULL is allowed. */
void failed_logins_destroy(struct failed_logins *s);

/* A person's password or code was wrong. Notes it, if it is time, as an
 * errand that is not waited for: the answer takes as long as for a login that
 * does not exist. From any thread. */
void failed_logins_note(
    const struct ctx *ctx, const struct staff *staff, int64_t now);
/* How many have failed in a row. */
int failed_logins_count(const struct ctx *ctx, const char *login);
/* It was right: ends the series. */
void failed_logins_end(const struct ctx *ctx, const char *login);

#endif

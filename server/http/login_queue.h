/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who may try a password now. Guessing cannot be told from forgetting, so
 * no person and no login is locked out: tries are only few at a time. All of
 * them pass one thread, and of one login a handful may wait; the next is told
 * to come again (429). A browser in which this login has been signed in before
 * goes before all others, as do people who are signed in and change what they
 * sign in by, in a lane and to places of its own: a flood of tries
 * from elsewhere does not keep a person from his own desk. Addresses on the
 * network are the proxy's to brake: it sees them, we do not.
 */
#ifndef HAILONG_SERVER_HTTP_LOGIN_QUEUE_H
#define HAILONG_SERVER_HTTP_LOGIN_QUEUE_H

#include <stdbool.h>
#include <stdint.h>
#include "shared/arena.h"

#define LOGIN_QUEUE_EACH  16  /* tries of one login that may wait */
#define LOGIN_QUEUE_LANES 512 /* logins that may have some waiting */

/* Tries that wait; belongs to the loop. All zero: none. */
struct login_queue {
	struct login_lane {
		uint64_t login; /* its hash, with the lane's kind */
		int waiting;
	} lanes[LOGIN_QUEUE_LANES];
};

/* Lets a try in: a lane's number for login_queue_leave, -1 when too many wait.
 */
int login_queue_enter(struct login_queue *door, const char *login, bool known);
/* It has been answered. */
void login_queue_leave(struct login_queue *door, int lane);

/* The cookie's value for a browser in which this login has just signed in with
 * the password of this generation (secret/token.h); key is a secret of the
 * installation, now in ms. */
const char *login_queue_cookie(struct arena *a, const char *key,
    const char *login, uint64_t password, int64_t now);
/* Whether this value was made for this login and password, not longer than
 * LIMIT_KNOWN_MS ago. */
bool login_queue_knows(const char *key, const char *login, uint64_t password,
    int64_t now, const char *value);

#endif

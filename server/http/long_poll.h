/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Requests that wait for something to happen: a kiosk stands here until the
 * desk's software calls. Their handlers are asked again when a call of any desk
 * has come, whichever collector took it, and once more when their time is over.
 * Belongs to the loop.
 */
#ifndef HAILONG_SERVER_HTTP_LONG_POLL_H
#define HAILONG_SERVER_HTTP_LONG_POLL_H

#include <stdbool.h>
#include <stdint.h>

struct exchange;

struct long_poll {
	struct exchange *first;
	int64_t total; /* of calls, when they were asked last */
	int64_t next;  /* clock_mono of the next look */
};

/* Takes an exchange whose handler said HTTP_HELD. */
void long_poll_add(struct long_poll *h, struct exchange *ex, int64_t now);
/* Ms until long_poll_look wants to be called, -1: none waits. */
int long_poll_wait(const struct long_poll *h, int64_t now);
/* Asks the handlers if there is reason to; ask returns false when its exchange
 * waits on. Those that do not are taken out and returned as a list. over: their
 * time is over, all of them. total: of calls, now. */
struct exchange *long_poll_look(struct long_poll *h, int64_t now, int64_t total,
    bool over, bool (*ask)(struct exchange *ex, bool over, void *context),
    void *context);

#endif

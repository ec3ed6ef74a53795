/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One request on its way through the house, with its response. */
#ifndef HAILONG_SERVER_HTTP_EXCHANGE_H
#define HAILONG_SERVER_HTTP_EXCHANGE_H

#include "server/http/request.h"
#include "server/store/writer.h"

struct exchange {
	struct request req;
	struct buf body; /* what came so far; req.body once it is whole */
	struct response res;
	int status; /* HTTP, once finished */
	const struct route *route;
	struct shared_catalogue *catalogue; /* held while on the way */
	struct server *server;
	const struct settings *settings; /* those it began with */
	struct job job;
	struct exchange *next; /* of a queue or the finished list */
	const char *task;      /* what a thread does for it (pool.h) */
	int lane; /* at the door (server/http/login_queue.h), 0: in none */
	int64_t held_until; /* clock_mono (server/http/long_poll.h) */
	void *transport;    /* http.c's own */
	/* Called just before the exchange goes on its way, while the loop still
	 * holds it: the transport parks its connection. NULL: nothing to do. */
	void (*park)(struct exchange *ex);
	struct kept_exchanges *kept; /* where it goes when it is over */
};

/* Exchanges that are over, to be used again with their memory. Zeroed: none.
 * Of one thread, the loop's. */
struct kept_exchanges {
	struct exchange *first;
	int count;
};

/* Prepares an exchange for the transport to fill in; NULL: no memory. */
struct exchange *exchange_create(
    struct kept_exchanges *kept, struct server *server);
/* Gives its catalogue back and keeps or frees it. NULL is allowed. */
void exchange_destroy(struct exchange *ex);
/* Frees those that were kept. */
void exchange_forget(struct kept_exchanges *kept);

#endif

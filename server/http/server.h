/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector without its transport: takes whole requests, finds the route,
 * checks who asks, runs the handler (here or on a reader thread), hands writes
 * to the writer, and gives back the exchange when the answer stands. http.c
 * moves the bytes; tests call this directly.
 *
 * All functions but server_fd's wake-up belong to one thread, the loop's.
 */
#ifndef HAILONG_SERVER_HTTP_SERVER_H
#define HAILONG_SERVER_HTTP_SERVER_H

#include <stdbool.h>
#include "server/http/counters.h"
#include "server/http/request.h"
#include "server/http/routes.h"
#include "server/store/writer.h"

/* One request on its way through the house, with its response. */
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
	int lane; /* at the door (server/http/login_queue.h), 0: in none */
	int64_t held_until; /* clock_mono (server/http/long_poll.h) */
	void *transport;    /* http.c's own */
	/* Called just before the exchange goes on its way, while the loop still
	 * holds it: the transport parks its connection. NULL: nothing to do. */
	void (*park)(struct exchange *ex);
};

/* Starts reader threads and the writer; NULL, logged, when it cannot. */
struct server *server_create(const struct settings *settings);
/* Waits for what is on the way, ends the threads, frees. NULL is allowed. */
void server_destroy(struct server *server);

/* Prepares an exchange for the transport to fill in; exchange_destroy frees. */
struct exchange *exchange_create(struct server *server);
void exchange_destroy(struct exchange *ex);

/* Handles a request that has arrived whole. True: finished, status and response
 * stand. False: on its way; it comes back through server_finished. */
bool server_handle(struct server *server, struct exchange *ex);
/* Hands the writer, as one list, all that server_handle has for it since the
 * last call; at the end of each turn of the loop. */
void server_submit(struct server *server);
/* Ms until server_look wants to be called, -1: not before something else. */
int server_wait(const struct server *server);
/* Looks whether what held requests wait for has happened; stopping: they wait
 * no longer. */
void server_look(struct server *server, bool stopping);
/* An error response without a handler, e.g. 413 seen by the transport. */
void server_refuse(struct server *server, struct exchange *ex, int status);
/* Takes the list of exchanges finished since the last call; NULL: none. */
struct exchange *server_finished(struct server *server);
/* Becomes readable when server_finished has something. */
int server_fd(const struct server *server);
/* Exchanges that are on their way now. */
int server_pending(const struct server *server);

/* Notes, some time soon, that a session was used; nobody waits for it. */
void server_session_seen(
    struct server *server, const char *session, int64_t now);
/* Failed sign-ins in a row (server/http/failed_logins.h); for any thread. */
struct failed_logins *server_failed_logins(struct server *server);
/* Counts that were read a moment ago (server/cache/tally_cache.h); for any
 * thread. */
struct single_flight *server_tally_cache(struct server *server);
/* Parts of pages that were drawn a moment ago (server/cache/fragment_cache.h);
 * likewise. */
struct single_flight *server_fragment_cache(struct server *server);
/* From now on these settings hold; former ones must live until the server is
 * destroyed, since a request on its way may still use them. */
void server_settings(struct server *server, const struct settings *settings);
/* False when the writer has been busy with one batch for longer than so many
 * ms: it hangs. */
bool server_alive(struct server *server, int64_t ms);

/* What /healthz and /metrics tell. */
struct server_health {
	bool ok;
	const char *reason;  /* when not ok: a sentence */
	const char *warning; /* what will be wrong soon, NULL: nothing */
	int64_t disk_bytes;  /* free for us beside the database, -1: unknown */
	int64_t started_at;
	struct writer_figures writer;
};
void server_health(
    struct server *server, struct db *db, struct server_health *out);

#endif

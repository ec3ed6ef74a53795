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
#include <stdint.h>

struct counters;
struct exchange;
struct server;
struct settings;

/* Starts reader threads and the writer; NULL, logged, when it cannot. */
struct server *server_create(const struct settings *settings);
/* Waits for what is on the way, ends the threads, frees. NULL is allowed. */
void server_destroy(struct server *server);

/* An exchange for the transport to fill in (server/http/exchange.h), which ends
 * it by exchange_destroy; NULL: no memory. */
struct exchange *server_exchange(struct server *server);

/* Whether a request of which only the headers are there comes from a device or
 * a person that we know. */
bool server_knows(struct server *server, struct exchange *ex);
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
/* Every response passes here on its way out: a refusal that matters is noted
 * (server/http/refusals.h). */
void server_answered(struct server *server, const struct exchange *ex);
/* Takes the list of exchanges finished since the last call; NULL: none. */
struct exchange *server_finished(struct server *server);
/* Becomes readable when server_finished has something. */
int server_fd(const struct server *server);
/* Exchanges that are on their way now. */
int server_pending(const struct server *server);

/* What it counts of itself (server/http/counters.h). */
struct counters *server_counters(struct server *server);
/* From now on these settings hold; former ones must live until the server is
 * destroyed, since a request on its way may still use them. */
void server_settings(struct server *server, const struct settings *settings);
/* False when the writer has been busy with one batch for longer than so many
 * ms: it hangs. */
bool server_alive(struct server *server, int64_t ms);

#endif

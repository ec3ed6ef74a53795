/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reader threads for handlers that take long (reports, password hashes). */
#ifndef HAILONG_SERVER_HTTP_POOL_H
#define HAILONG_SERVER_HTTP_POOL_H

#include <stdbool.h>

#define POOL_MOST 2

struct ctx;
struct exchange;
struct pool;

/* What a reader thread does with an exchange. */
typedef void pool_run(struct ctx *ctx, struct exchange *ex);

/* Starts 1 to POOL_MOST threads, each with a copy of ctx and a reading
 * connection of its own; NULL, logged. */
struct pool *pool_start(const struct ctx *ctx, pool_run *run, int threads);
/* Queues an exchange; first: before all others that are not, and to places of
 * its own. False when too many wait already. */
bool pool_submit(struct pool *pool, struct exchange *ex, bool first);
/* Finishes what waits and ends the threads. NULL is allowed. */
void pool_stop(struct pool *pool);

#endif

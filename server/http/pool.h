/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reader threads for handlers that take long (reports, password hashes). */
#ifndef HAILONG_SERVER_HTTP_POOL_H
#define HAILONG_SERVER_HTTP_POOL_H

#include <stdbool.h>
#include "server/http/request.h"

#define POOL_MOST 2

struct exchange;
struct pool;

/* What a reader thread does with an exchange. */
typedef void pool_run(struct ctx *ctx, struct exchange *ex);

/* Starts 1 to POOL_MOST threads, each with its own reading connection; NULL,
 * logged. */
struct pool *pool_start(const struct settings *settings, struct server *server,
    pool_run *run, int threads);
/* Queues an exchange, before all others if asked; false when too many wait
 * already. */
bool pool_submit(struct pool *pool, struct exchange *ex, bool first);
/* Finishes what waits and ends the threads. NULL is allowed. */
void pool_stop(struct pool *pool);

#endif

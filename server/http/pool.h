/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reader threads for handlers that take long (reports, password hashes). */
#ifndef HAILONG_SERVER_HTTP_POOL_H
#define HAILONG_SERVER_HTTP_POOL_H

#include <stdbool.h>
#include <stdint.h>

#define POOL_MOST 2

struct ctx;
struct exchange;
struct pool;

/* What a reader thread does with an exchange. */
typedef void pool_run(struct ctx *ctx, struct exchange *ex);

/* Starts 1 to POOL_MOST threads, each with a copy of ctx and a reading
 * connection of its own (DB_FRESH); NULL, logged. */
struct pool *pool_start(const struct ctx *ctx, pool_run *run, int threads);
/* Queues an exchange; task: what it is, for the log, a text that stays; first:
 * before all others that are not, and to places of its own. False when too many
 * wait already. */
bool pool_submit(
    struct pool *pool, struct exchange *ex, const char *task, bool first);
/* Breaks off what has taken longer than most ms (db_interrupt of its ctx.db),
 * and logs of it. */
void pool_look(struct pool *pool, int64_t now, int64_t most);
/* Breaks off all, for good: what waits is run with a database that does not
 * answer. */
void pool_end(struct pool *pool);
/* Ms that the longest exchange at hand has taken. */
int64_t pool_longest(struct pool *pool, int64_t now);
/* Finishes what waits and ends the threads. NULL is allowed. */
void pool_stop(struct pool *pool);

#endif

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
/* Breaks off (db_interrupt of its ctx.db) what has taken four times the
 * patience (ms; server/settings.h), and logs of it. When it has been stopping
 * for longer than the patience, all, for good: what waits is run with a
 * database that does not answer. */
void pool_look(struct pool *pool, int64_t now, int64_t patience, bool stopping);
/* False when an exchange goes on for so many ms after it was to be broken off.
 */
bool pool_alive(struct pool *pool, int64_t now, int64_t patience, int64_t ms);
/* Finishes what waits and ends the threads. NULL is allowed. */
void pool_stop(struct pool *pool);

#endif

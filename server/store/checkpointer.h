/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies the log of commits into the database while the writer goes on. */
#ifndef HAILONG_SERVER_STORE_CHECKPOINTER_H
#define HAILONG_SERVER_STORE_CHECKPOINTER_H

#include <stdint.h>

struct checkpointer;

/* Opens a connection of its own and starts the thread; NULL, logged, if it
 * cannot. Only for a database that has a log (db_has_log). */
struct checkpointer *checkpointer_start(const char *url);
/* Ends the thread, after the pass it is in, and frees. NULL is allowed. */
void checkpointer_stop(struct checkpointer *c);
/* Told after each commit, always by the same thread, how long the log is; NULL
 * is allowed. */
void checkpointer_grown(struct checkpointer *c, int64_t pages);

#endif

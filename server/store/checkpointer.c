/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Copying pages from the log into the database takes tens of milliseconds, most
 * of them in fsync. On the writer's thread every commit would wait for it; here
 * none does, since SQLite lets one connection copy while another one commits.
 * A pass is due each time the log has grown by so many pages: often enough that
 * the writer, when the log is too long and must begin anew (db_sqlite.c), finds
 * little left to copy, and seldom enough that a page which many commits changed
 * is copied once for all of them.
 */
#include "server/store/checkpointer.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include "server/db/db.h"
#include "shared/log.h"

#define PASS_PAGES 1900 /* the fifth pass ends when 10,000 are reached */

struct checkpointer {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool due, stopping;
	struct db *db;
	int64_t passed; /* length at the last pass; the writer's */
};

/* False: stopping. */
static bool
wait_until_due(struct checkpointer *c)
{
	bool go_on;

	pthread_mutex_lock(&c->lock);
	while (!c->due && !c->stopping)
		pthread_cond_wait(&c->wake, &c->lock);
	c->due = false;
	go_on = !c->stopping;
	pthread_mutex_unlock(&c->lock);
	return go_on;
}

static void *
run_checkpoint(void *arg)
{
	struct checkpointer *c = arg;

	while (wait_until_due(c))
		db_checkpoint(c->db);
	return NULL;
}

static void
wake(struct checkpointer *c, bool *why)
{
	pthread_mutex_lock(&c->lock);
	*why = true;
	pthread_cond_signal(&c->wake);
	pthread_mutex_unlock(&c->lock);
}

void
checkpointer_grown(struct checkpointer *c, int64_t pages)
{
	if (c == NULL)
		return;
	if (pages < c->passed)
		c->passed = 0; /* the log began anew */
	if (pages < c->passed + PASS_PAGES)
		return;
	c->passed = pages;
	wake(c, &c->due);
}

static void
destroy_checkpoint(struct checkpointer *c)
{
	db_close(c->db);
	pthread_mutex_destroy(&c->lock);
	pthread_cond_destroy(&c->wake);
	free(c);
}

struct checkpointer *
checkpointer_start(const char *url)
{
	struct checkpointer *c = calloc(1, sizeof(*c));
	bool started;

	if (c == NULL)
		abort();
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->wake, NULL);
	c->db = db_open(url, DB_WRITE);
	started = c->db != NULL &&
		  pthread_create(&c->thread, NULL, run_checkpoint, c) == 0;
	if (started)
		return c;
	if (c->db != NULL)
		log_error("cannot start the checkpointer's thread; raise the "
			  "limit of processes");
	destroy_checkpoint(c);
	return NULL;
}

void
checkpointer_stop(struct checkpointer *c)
{
	if (c == NULL)
		return;
	wake(c, &c->stopping);
	pthread_join(c->thread, NULL);
	destroy_checkpoint(c);
}

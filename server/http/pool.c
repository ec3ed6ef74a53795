/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two queues and their threads: whoever goes first waits in a queue of its own,
 * which has places of its own, so that a crowd in the other one takes none of
 * them.
 *
 * Each thread says since when it has been at its exchange. What takes too long
 * is broken off where all long work comes by again and again: its database does
 * not answer it any more.
 */
#include "server/http/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include "server/db/db.h"
#include "server/http/exchange.h"
#include "server/settings.h"
#include "shared/clock.h"
#include "shared/log.h"

#define READER_PATIENCES 4   /* how long an exchange may take */
#define WAITING          256 /* exchanges that may wait in a queue; above: 503 */

struct reader {
	pthread_t thread;
	bool started;
	int64_t since;    /* clock_mono of its exchange, 0: none */
	bool broken_off;  /* its exchange is */
	const char *task; /* of its exchange */
	struct ctx ctx;
	struct pool *pool;
};

struct queue {
	struct exchange *first, **last;
	int waiting;
};

struct pool {
	struct reader readers[POOL_MOST];
	int nreaders;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct queue queues[2]; /* those who go first; all others */
	bool stopping;
	bool over;            /* what still comes is not begun */
	int64_t ending_since; /* clock_mono, 0: it serves */
	pool_run *run;
};

/* Takes the next one; NULL: none waits. */
static struct exchange *
take_queue(struct queue *q)
{
	struct exchange *ex = q->first;

	if (ex == NULL)
		return NULL;
	q->first = ex->next;
	if (q->first == NULL)
		q->last = &q->first;
	q->waiting--;
	return ex;
}

/* Under the lock. */
static void
break_off(struct reader *reader)
{
	reader->broken_off = true;
	db_interrupt(reader->ctx.db);
}

/* The next one for this reader, whose last one has ended; NULL: stopping. */
static struct exchange *
take_pool(struct reader *reader)
{
	struct pool *p = reader->pool;
	struct exchange *ex;

	pthread_mutex_lock(&p->lock);
	reader->since = 0;
	if (reader->broken_off && !p->over) {
		reader->broken_off = false;
		db_go_on(reader->ctx.db);
	}
	for (;;) {
		ex = take_queue(&p->queues[0]);
		if (ex == NULL)
			ex = take_queue(&p->queues[1]);
		if (ex != NULL || p->stopping)
			break;
		pthread_cond_wait(&p->wake, &p->lock);
	}
	if (ex != NULL) {
		reader->since = clock_mono();
		reader->task = ex->task;
	}
	pthread_mutex_unlock(&p->lock);
	return ex;
}

static void *
work(void *arg)
{
	struct reader *reader = arg;
	struct exchange *ex;

	while ((ex = take_pool(reader)) != NULL)
		reader->pool->run(&reader->ctx, ex);
	return NULL;
}

struct pool *
pool_start(const struct ctx *ctx, pool_run *run, int threads)
{
	struct pool *p = calloc(1, sizeof(*p));

	if (p == NULL)
		abort();
	p->run = run;
	for (int i = 0; i < 2; i++)
		p->queues[i].last = &p->queues[i].first;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->wake, NULL);
	p->nreaders = threads;
	for (int i = 0; i < threads; i++) {
		struct reader *reader = &p->readers[i];

		reader->pool = p;
		reader->ctx = *ctx;
		reader->ctx.db = db_open(ctx->settings->database, DB_FRESH);
		reader->started =
		    reader->ctx.db != NULL &&
		    pthread_create(&reader->thread, NULL, work, reader) == 0;
		if (!reader->started) {
			log_error("cannot start a reader thread");
			pool_stop(p);
			return NULL;
		}
	}
	return p;
}

bool
pool_submit(struct pool *p, struct exchange *ex, const char *task, bool first)
{
	struct queue *q = &p->queues[first ? 0 : 1];
	bool taken = false;

	pthread_mutex_lock(&p->lock);
	if (!p->stopping && q->waiting < WAITING) {
		ex->next = NULL;
		ex->task = task;
		*q->last = ex;
		q->last = &ex->next;
		q->waiting++;
		taken = true;
		pthread_cond_signal(&p->wake);
	}
	pthread_mutex_unlock(&p->lock);
	return taken;
}

/* Under the lock. */
static void
break_off_all(struct pool *p)
{
	for (int i = 0; !p->over && i < p->nreaders; i++)
		break_off(&p->readers[i]);
	p->over = true;
}

void
pool_look(struct pool *p, int64_t now, int64_t patience, bool stopping)
{
	int64_t most = READER_PATIENCES * patience;

	pthread_mutex_lock(&p->lock);
	for (int i = 0; i < p->nreaders; i++) {
		struct reader *reader = &p->readers[i];

		if (reader->since == 0 || reader->broken_off ||
		    now - reader->since <= most)
			continue;
		log_warn("%s took longer than %d s and was broken off",
		    reader->task, (int)(most / 1000));
		break_off(reader);
	}
	if (stopping && p->ending_since == 0)
		p->ending_since = now;
	if (stopping && now - p->ending_since > patience)
		break_off_all(p);
	pthread_mutex_unlock(&p->lock);
}

bool
pool_alive(struct pool *p, int64_t now, int64_t patience, int64_t ms)
{
	bool alive = true;

	pthread_mutex_lock(&p->lock);
	for (int i = 0; i < p->nreaders; i++)
		if (p->readers[i].since != 0 &&
		    now - p->readers[i].since >
			READER_PATIENCES * patience + ms)
			alive = false;
	pthread_mutex_unlock(&p->lock);
	return alive;
}

void
pool_stop(struct pool *p)
{
	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->stopping = true;
	pthread_cond_broadcast(&p->wake);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->nreaders; i++) {
		if (p->readers[i].started)
			pthread_join(p->readers[i].thread, NULL);
		db_close(p->readers[i].ctx.db);
	}
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->wake);
	free(p);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A queue and its threads. */
#include "server/http/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include "server/db/db.h"
#include "server/http/exchange.h"
#include "server/settings.h"
#include "shared/log.h"

#define WAITING 256 /* exchanges that may wait for a reader; above: 503 */

struct reader {
	pthread_t thread;
	bool started;
	struct ctx ctx;
	struct pool *pool;
};

struct pool {
	struct reader readers[POOL_MOST];
	int nreaders;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct exchange *first, **last;
	int waiting;
	bool stopping;
	pool_run *run;
};

static struct exchange *
take_pool(struct pool *p)
{
	struct exchange *ex;

	pthread_mutex_lock(&p->lock);
	while (p->first == NULL && !p->stopping)
		pthread_cond_wait(&p->wake, &p->lock);
	ex = p->first;
	if (ex != NULL) {
		p->first = ex->next;
		if (p->first == NULL)
			p->last = &p->first;
		p->waiting--;
	}
	pthread_mutex_unlock(&p->lock);
	return ex;
}

static void *
work(void *arg)
{
	struct reader *reader = arg;
	struct exchange *ex;

	while ((ex = take_pool(reader->pool)) != NULL)
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
	p->last = &p->first;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->wake, NULL);
	p->nreaders = threads;
	for (int i = 0; i < threads; i++) {
		struct reader *reader = &p->readers[i];

		reader->pool = p;
		reader->ctx = *ctx;
		reader->ctx.db = db_open(ctx->settings->database, DB_READ);
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
pool_submit(struct pool *p, struct exchange *ex, bool first)
{
	bool taken = false;

	pthread_mutex_lock(&p->lock);
	if (!p->stopping && p->waiting < WAITING) {
		ex->next = first ? p->first : NULL;
		if (first)
			p->first = ex;
		else
			*p->last = ex;
		if (ex->next == NULL)
			p->last = &ex->next;
		p->waiting++;
		taken = true;
		pthread_cond_signal(&p->wake);
	}
	pthread_mutex_unlock(&p->lock);
	return taken;
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

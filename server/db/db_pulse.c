/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call that is not answered may be a long one, or the server stands still:
 * stopped, swapped out, behind a network that drops everything. Another
 * question tells: one that is always answered at once.
 *
 * A server that refuses, or is not there, has given a sign: whoever asks it
 * hears so. Only silence is marked.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "server/db/db_engine.h"
#include "shared/clock.h"
#include "shared/log.h"

struct db_pulse {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	struct db *db;
};

static void
ask_pulse(struct db_pulse *p)
{
	int64_t began = clock_mono(), none = 0;

	atomic_compare_exchange_strong(&db_silent_since, &none, began);
	if (db_own(p->db, OWN_PULSE) >= 0 || !p->db->late)
		atomic_store(&db_silent_since, 0);
}

/* False: stopping. */
static bool
rest_pulse(struct db_pulse *p)
{
	int ms = (db_wait(p->db) + 9) / 10;
	struct timespec until;
	bool go_on;
	int code = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (ms % 1000) * 1000000L;
	until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&p->lock);
	while (!p->stopping && code == 0)
		code = pthread_cond_clockwait(
		    &p->wake, &p->lock, CLOCK_MONOTONIC, &until);
	go_on = !p->stopping;
	pthread_mutex_unlock(&p->lock);
	return go_on;
}

static void *
run_pulse(void *arg)
{
	struct db_pulse *p = arg;

	do
		ask_pulse(p);
	while (rest_pulse(p));
	return NULL;
}

struct db_pulse *
db_pulse_start(const char *url)
{
	struct db_pulse *p = db_alloc(sizeof(*p));

	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->wake, NULL);
	p->db = db_connect(url, DB_FRESH);
	if (p->db != NULL)
		p->db->opened = true;
	if (p->db != NULL && db_wait(p->db) > 0 &&
	    p->db->engine == &engine_postgres &&
	    pthread_create(&p->thread, NULL, run_pulse, p) == 0)
		return p;
	p->stopping = true;
	db_pulse_stop(p);
	return NULL;
}

void
db_pulse_stop(struct db_pulse *p)
{
	bool runs;

	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	runs = !p->stopping;
	p->stopping = true;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
	if (runs) {
		db_interrupt(p->db);
		pthread_join(p->thread, NULL);
	}
	db_close(p->db);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->wake);
	atomic_store(&db_silent_since, 0);
	free(p);
}

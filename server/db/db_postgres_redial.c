/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * To connect is to ask a resolver, one or several machines, and each of them
 * for a password's proof: any of it may take as long as it likes. So it happens
 * beside the work. The thread is left to itself when nobody wants its
 * connection any more, and frees what both had: a resolver that hangs holds up
 * no end.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "server/db/db_postgres.h"
#include "shared/clock.h"
#include "shared/log.h"

#define FIRST_PAUSE_MS 50 /* between two tries; doubles … */
#define LAST_PAUSE_MS  800

struct redial {
	pthread_mutex_t lock;
	pthread_cond_t change;
	char *url;
	bool read_write;
	int seconds;
	PGconn *ready; /* to be taken; NULL: none yet */
	int failures;
	bool silent;   /* the last try took as long as it may */
	char why[200]; /* the last failure's first line */
	bool done;     /* the thread has ended, or ends without this */
	bool awaited;  /* redial_take waits */
	bool unwanted; /* redial_end was called */
};

static void
free_redial(struct redial *r)
{
	PQfinish(r->ready);
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->change);
	free(r->url);
	free(r);
}

static PGconn *
dial(const struct redial *r)
{
	/* before dbname: the address may say otherwise; after: it may not.
	 * tcp_user_timeout finds a dead machine in 30 s instead of 15 min. */
	const char *const names[] = {"connect_timeout", "tcp_user_timeout",
	    "keepalives_idle", "keepalives_interval", "keepalives_count",
	    "application_name", "target_session_attrs", "dbname",
	    "client_encoding", NULL};
	char seconds[16];
	const char *const values[] = {seconds, "30000", "30", "10", "3",
	    "hailong", r->read_write ? "read-write" : "any", r->url, "UTF8",
	    NULL};

	snprintf(seconds, sizeof(seconds), "%d", r->seconds);
	return PQconnectdbParams(names, values, 1);
}

/* So many ms from now. */
static struct timespec
from_now(int64_t ms)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_nsec += ms % 1000 * 1000000;
	at.tv_sec += ms / 1000 + at.tv_nsec / 1000000000;
	at.tv_nsec %= 1000000000;
	return at;
}

/* Under the lock; shorter when it is waited for. False: unwanted. */
static bool
pause_redial(struct redial *r, int64_t ms)
{
	struct timespec until = from_now(ms);

	while (!r->unwanted && !r->awaited &&
	       pthread_cond_clockwait(
		   &r->change, &r->lock, CLOCK_MONOTONIC, &until) == 0)
		;
	return !r->unwanted;
}

/* Under the lock, after a try. True: there is one. */
static bool
note_dialled(struct redial *r, PGconn *connection, int64_t took)
{
	const char *why = PQerrorMessage(connection);

	if (PQstatus(connection) == CONNECTION_OK) {
		r->ready = connection;
		pthread_cond_broadcast(&r->change);
		return true;
	}
	snprintf(r->why, sizeof(r->why), "%.*s", (int)strcspn(why, "\n"), why);
	r->failures++;
	r->silent = took >= r->seconds * 500LL;
	pthread_cond_broadcast(&r->change);
	PQfinish(connection);
	return false;
}

static void *
run_redial(void *arg)
{
	struct redial *r = arg;
	int64_t pause = FIRST_PAUSE_MS, began;
	PGconn *connection;
	bool unwanted;

	do {
		began = clock_mono();
		connection = dial(r);
		pthread_mutex_lock(&r->lock);
		r->done = note_dialled(r, connection, clock_mono() - began) ||
			  !pause_redial(r, pause);
		unwanted = r->unwanted;
		pause = pause < LAST_PAUSE_MS ? pause * 2 : pause;
		if (!r->done)
			pthread_mutex_unlock(&r->lock);
	} while (!r->done);
	pthread_mutex_unlock(&r->lock);
	if (unwanted)
		free_redial(r);
	return NULL;
}

struct redial *
redial_start(const char *url, bool read_write, int seconds)
{
	struct redial *r = db_alloc(sizeof(*r));
	pthread_attr_t detached;
	pthread_t thread;
	int code;

	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->change, NULL);
	r->url = strcpy(db_alloc(strlen(url) + 1), url);
	r->read_write = read_write;
	r->seconds = seconds;
	r->silent = true;
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	code = pthread_create(&thread, &detached, run_redial, r);
	pthread_attr_destroy(&detached);
	if (code == 0)
		return r;
	log_error("postgresql: no thread to connect on; raise the limit of "
		  "processes");
	free_redial(r);
	return NULL;
}

PGconn *
redial_take(struct redial *r, int ms, char *why, size_t size)
{
	struct timespec until = from_now(ms);
	PGconn *connection;
	int failures;

	pthread_mutex_lock(&r->lock);
	failures = r->failures;
	r->awaited = ms > 0;
	pthread_cond_broadcast(&r->change);
	while (ms > 0 && r->ready == NULL && r->failures == failures &&
	       pthread_cond_clockwait(
		   &r->change, &r->lock, CLOCK_MONOTONIC, &until) == 0)
		;
	r->awaited = false;
	connection = r->ready;
	r->ready = NULL;
	snprintf(why, size, "%s", r->why);
	pthread_mutex_unlock(&r->lock);
	return connection;
}

bool
redial_silent(struct redial *r)
{
	bool silent;

	pthread_mutex_lock(&r->lock);
	silent = r->silent;
	pthread_mutex_unlock(&r->lock);
	return silent;
}

void
redial_end(struct redial *r)
{
	bool done;

	if (r == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	r->unwanted = true;
	done = r->done;
	pthread_cond_broadcast(&r->change);
	pthread_mutex_unlock(&r->lock);
	if (done)
		free_redial(r);
}

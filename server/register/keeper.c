/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One job at a time: two registers at once would only wait for each other. */
#include "server/register/keeper.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "server/core/catalogue/catalogue.h"
#include "server/register/arriving.h"
#include "server/register/bringing.h"
#include "server/store/catalogue/catalogue.h"
#include "shared/clock.h"
#include "shared/log.h"

struct register_keeper {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	const struct settings *settings;
	const struct seal_keys *keys;
	bool stopping, at_work;
	struct keeper_job job; /* the one at hand, or the last */
	char why[KEEPER_TEXT]; /* of the last, "" it went well */
};

static bool
goes_on(void *context, const struct dossier_import *import)
{
	struct register_keeper *k = context;
	bool stopping;

	(void)import;
	pthread_mutex_lock(&k->lock);
	stopping = k->stopping;
	pthread_mutex_unlock(&k->lock);
	return !stopping;
}

/* Takes in what waits; false, logged, when it could not. */
static bool
take_what_waits(
    struct register_keeper *k, struct db *db, const struct catalogue *c)
{
	const struct taking_in t = {.db = db,
	    .keys = k->keys,
	    .settings = k->settings,
	    .catalogue = c,
	    .progress = goes_on,
	    .context = k};
	struct dossier_import last = {0};

	return take_in_all(&t, &last);
}

/* The job: its file is read and laid in. */
static void
lay_job(struct register_keeper *k, struct db *db, const struct catalogue *c,
    const struct keeper_job *job, char why[KEEPER_TEXT])
{
	const struct bringing b = {.db = db,
	    .catalogue = c,
	    .keys = k->keys,
	    .path = job->path,
	    .partial = job->partial,
	    .import = {.id = job->id,
		.file = job->file,
		.login = job->login,
		.role = job->role,
		.place = "pages",
		.at = clock_now()}};

	if (!bring_file(&b, why, KEEPER_TEXT) && why[0] == '\0')
		snprintf(why, KEEPER_TEXT, "not stored; see the log");
	unlink(job->path);
}

static void
do_job(struct register_keeper *k, const struct keeper_job *job)
{
	struct db *db = db_open(k->settings->database, DB_WRITE);
	struct catalogue *c = db == NULL ? NULL : store_catalogue(db);
	char why[KEEPER_TEXT] = "";

	if (c == NULL)
		snprintf(why, sizeof(why), "the database does not answer");
	else if (job != NULL)
		lay_job(k, db, c, job, why);
	/* it is laid in: let its page see that, and take it */
	pthread_mutex_lock(&k->lock);
	if (job != NULL)
		snprintf(k->why, sizeof(k->why), "%s", why);
	pthread_mutex_unlock(&k->lock);
	if (c != NULL && !take_what_waits(k, db, c))
		log_error("a register waits to be taken in; it is tried again "
			  "with the next one, or at the next start");
	catalogue_destroy(c);
	db_close(db);
}

static void *
keep_registers(void *context)
{
	struct register_keeper *k = context;
	struct keeper_job job;

	do_job(k, NULL);
	pthread_mutex_lock(&k->lock);
	while (!k->stopping) {
		if (!k->at_work) {
			pthread_cond_wait(&k->wake, &k->lock);
			continue;
		}
		job = k->job;
		pthread_mutex_unlock(&k->lock);
		do_job(k, &job);
		pthread_mutex_lock(&k->lock);
		k->at_work = false;
	}
	pthread_mutex_unlock(&k->lock);
	return NULL;
}

struct register_keeper *
keeper_start(const struct settings *settings, const struct seal_keys *keys)
{
	struct register_keeper *k = calloc(1, sizeof(*k));

	if (k == NULL)
		abort();
	k->settings = settings;
	k->keys = keys;
	pthread_mutex_init(&k->lock, NULL);
	pthread_cond_init(&k->wake, NULL);
	if (pthread_create(&k->thread, NULL, keep_registers, k) == 0)
		return k;
	log_error("cannot start the thread of registers; raise the limit of "
		  "processes");
	pthread_cond_destroy(&k->wake);
	pthread_mutex_destroy(&k->lock);
	free(k);
	return NULL;
}

void
keeper_stop(struct register_keeper *k)
{
	if (k == NULL)
		return;
	pthread_mutex_lock(&k->lock);
	k->stopping = true;
	pthread_cond_signal(&k->wake);
	pthread_mutex_unlock(&k->lock);
	pthread_join(k->thread, NULL);
	pthread_cond_destroy(&k->wake);
	pthread_mutex_destroy(&k->lock);
	free(k);
}

bool
keeper_take(struct register_keeper *k, const struct keeper_job *job)
{
	bool free_now;

	pthread_mutex_lock(&k->lock);
	free_now = !k->at_work && !k->stopping;
	if (free_now) {
		k->job = *job;
		k->why[0] = '\0';
		k->at_work = true;
		pthread_cond_signal(&k->wake);
	}
	pthread_mutex_unlock(&k->lock);
	return free_now;
}

enum keeper_state
keeper_look(
    struct register_keeper *k, const struct uuid *id, char why[KEEPER_TEXT])
{
	enum keeper_state state = KEEPER_UNKNOWN;

	why[0] = '\0';
	pthread_mutex_lock(&k->lock);
	if (uuid_compare(&k->job.id, id) == 0) {
		snprintf(why, KEEPER_TEXT, "%s", k->why);
		state = k->why[0] != '\0' ? KEEPER_FAILED
			: k->at_work      ? KEEPER_AT_WORK
					  : KEEPER_UNKNOWN;
	}
	pthread_mutex_unlock(&k->lock);
	return state;
}

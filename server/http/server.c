/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads and who owns what:
 *
 *   loop     (http.c)  owns every exchange that is not on its way; the current
 *                      catalogue; one reading connection
 *   readers  (pool.c)  run slow handlers, each with a reading connection
 *   doorman  (pool.c)  checks passwords, one after the other (login_queue.c)
 *   writer   (writer.c) commits
 *
 * An exchange goes from hand to hand: loop -> reader -> writer -> loop. Who
 * holds it may touch it; nobody else. What the loop has for the writer gathers
 * until the loop's turn is over, and goes there as one list with one signal.
 * Finished ones gather in a list under a mutex, and one write to an eventfd
 * wakes the loop, once a batch.
 *
 * The catalogue is shared and never changed; the loop holds the newest and each
 * exchange holds the one it began with. Its count of holders is touched by the
 * loop only.
 */
#include "server/http/server.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "server/http/auth.h"
#include "server/core/catalogue/catalogue.h"
#include "server/secret/phone_seal.h"
#include "server/secret/token.h"
#include "server/http/login_queue.h"
#include "server/store/catalogue.h"
#include "server/store/erasure.h"
#include "server/http/long_poll.h"
#include "server/pages/pages.h"
#include "server/http/pool.h"
#include "server/store/generation.h"
#include "server/store/phone_keys.h"
#include "server/http/problem.h"
#include "server/http/failed_logins.h"
#include "server/settings.h"
#include "server/cache/fragment_cache.h"
#include "server/cache/tally_cache.h"
#include "server/store/kiosk_calls.h"
#include "server/store/sessions.h"
#include "shared/clock.h"
#include "shared/log.h"

/* How old the newest catalogue may be. Short, because it also tells which
 * devices are revoked; under load it spares a query on nearly every request. */
#define CATALOGUE_CHECK_MS 2

/* Exchanges kept with their memory, a few kB each: to make one anew costs a
 * dozen calls of malloc and free, a tenth of all that a small request costs. */
#define EXCHANGES_KEPT 128
#define BODY_KEPT      4096 /* bytes; a larger body's memory is not kept */

#define ERASE_MS (3600 * 1000LL)       /* between two erasures */
#define DISK_LOW (256 * 1024 * 1024LL) /* bytes; less is warned of */

struct shared_catalogue {
	struct catalogue *catalogue;
	int holders;
};

struct server {
	const struct settings *settings;
	struct db *db; /* the loop's */
	struct shared_catalogue *newest;
	int64_t checked_at;
	struct writer *writer;
	struct pool *pool; /* readers */
	struct pool *doorman;
	struct login_queue door;
	const char *door_key; /* NULL: init has not made one */
	struct seal_keys keys;
	int64_t erase_at;   /* clock_mono: what was kept long enough, next */
	struct arena arena; /* of what lives as long as the server */
	pthread_mutex_t lock;
	struct exchange *finished; /* newest first */
	struct job *ready, **last; /* of this turn, for the writer */
	struct long_poll held;     /* requests that wait for a call */
	struct exchange *kept;     /* ended, to be used again */
	int nkept;
	struct counters figures;
	struct single_flight *snapshots;
	struct single_flight *shelf;
	struct failed_logins *series;
	int64_t started_at;
	int fd;
	int pending;
};

/* -------------------------------------------------------------- catalogue */

static void
release(struct shared_catalogue *shared)
{
	if (shared != NULL && --shared->holders == 0) {
		catalogue_destroy(shared->catalogue);
		free(shared);
	}
}

static bool
load_catalogue(struct server *s)
{
	struct catalogue *c = store_catalogue(s->db);
	struct shared_catalogue *shared;

	if (c == NULL)
		return false;
	shared = calloc(1, sizeof(*shared));
	if (shared == NULL)
		abort();
	shared->catalogue = c;
	shared->holders = 1;
	release(s->newest);
	s->newest = shared;
	return true;
}

/* Reads the catalogue anew when somebody raised its generation. */
static void
refresh_catalogue(struct server *s)
{
	int64_t now = clock_mono();
	int64_t generation;

	if (now < s->checked_at + CATALOGUE_CHECK_MS)
		return;
	s->checked_at = now;
	generation = store_generation(s->db);
	if (generation >= 0 && generation != s->newest->catalogue->generation)
		load_catalogue(s); /* on failure the old one stays */
}

/* --------------------------------------------------------------- finishing */

static void
finish(struct server *s, struct exchange *list)
{
	struct exchange *last = list;
	uint64_t one = 1;

	while (last->next != NULL)
		last = last->next;
	pthread_mutex_lock(&s->lock);
	last->next = s->finished;
	s->finished = list;
	pthread_mutex_unlock(&s->lock);
	if (write(s->fd, &one, sizeof(one)) < 0 && errno != EAGAIN)
		log_error("eventfd: %s", strerror(errno));
}

struct exchange *
server_finished(struct server *s)
{
	struct exchange *list, *ex;
	uint64_t count;

	if (read(s->fd, &count, sizeof(count)) < 0 && errno != EAGAIN)
		log_error("eventfd: %s", strerror(errno));
	pthread_mutex_lock(&s->lock);
	list = s->finished;
	s->finished = NULL;
	pthread_mutex_unlock(&s->lock);
	for (ex = list; ex != NULL; ex = ex->next) {
		struct ctx ctx = {
		    s->db, ex->catalogue->catalogue, s->settings, s, &s->keys};

		s->pending--;
		if (ex->lane != 0)
			login_queue_leave(&s->door, ex->lane - 1);
		if (ex->req.write != NULL) /* it may be what requests go by */
			s->checked_at = 0;
		if (ex->status == HTTP_LATER && ex->job.result == JOB_COMMITTED)
			ex->status = ex->req.reply(&ctx, &ex->req, &ex->res);
		else if (ex->status == HTTP_LATER)
			server_refuse(s, ex, 503);
		if (ex->status >= 400 && ex->res.body.size == 0)
			server_refuse(s, ex, ex->status);
	}
	return list;
}

/* The writer's: a list of jobs, all of them members of exchanges. */
static void
jobs_done(struct job *list, void *context)
{
	struct exchange *first = NULL;

	while (list != NULL) {
		struct job *job = list;
		struct exchange *ex;

		list = list->next;
		if (job->errand) {
			free(job);
			continue;
		}
		ex = (struct exchange *)((char *)job -
					 offsetof(struct exchange, job));
		ex->next = first;
		first = ex;
	}
	if (first != NULL)
		finish(context, first);
}

static bool
run_write(struct db *db, struct tallies *tallies, void *data)
{
	struct exchange *ex = data;

	return ex->req.write(db, tallies, &ex->req);
}

/* The exchange leaves the loop's hands. */
static void
park(struct server *s, struct exchange *ex)
{
	s->pending++;
	if (ex->park != NULL)
		ex->park(ex);
}

static void
hand_over(struct server *s, struct job *job)
{
	*s->last = job;
	s->last = &job->next;
}

struct seen {
	struct job job; /* first: an errand is freed by its job */
	uint8_t session[TOKEN_HASH];
	int64_t at;
};

static bool
run_seen(struct db *db, struct tallies *tallies, void *data)
{
	const struct seen *seen = data;

	(void)tallies;
	return store_session_seen(db, seen->session, seen->at);
}

void
server_session_seen(struct server *s, const char *session, int64_t now)
{
	struct seen *seen = calloc(1, sizeof(*seen));

	if (seen == NULL)
		return;
	token_hash(session, seen->session);
	seen->at = now;
	seen->job.run = run_seen;
	seen->job.data = seen;
	seen->job.errand = true;
	hand_over(s, &seen->job);
}

static void
erase(struct server *s)
{
	struct job *job;

	if (clock_mono() < s->erase_at)
		return;
	s->erase_at = clock_mono() + ERASE_MS;
	job = erasure_job(s->settings->contact_days, s->settings->text_days);
	if (job != NULL)
		hand_over(s, job);
}

static struct job *
job_of(struct exchange *ex)
{
	ex->job.entries = ex->req.entries;
	ex->job.nentries = ex->req.nentries;
	ex->job.run = ex->req.write == NULL ? NULL : run_write;
	ex->job.data = ex;
	ex->job.next = NULL;
	ex->job.result = JOB_WAITING;
	return &ex->job;
}

void
server_submit(struct server *s)
{
	struct job *rest;

	erase(s);
	if (s->ready == NULL)
		return;
	rest = writer_submit(s->writer, s->ready);
	s->ready = NULL;
	s->last = &s->ready;
	if (rest != NULL) /* no room: they wait for nothing, and get a 503 */
		jobs_done(rest, s);
}

/* ---------------------------------------------------------------- handling */

void
server_refuse(struct server *s, struct exchange *ex, int status)
{
	struct ctx ctx = {
	    s->db, s->newest->catalogue, s->settings, s, &s->keys};

	ex->status = status;
	if (status == 303)
		return;
	if (ex->req.path == NULL || strncmp(ex->req.path, "/f/", 3) == 0 ||
	    strncmp(ex->req.path, "/api/", 5) != 0)
		ex->status = error_page(&ctx, &ex->req, &ex->res, status);
	else
		ex->status = problem_usual(&ex->res, status);
}

/* A handler's end: an error status without a body gets one. */
static void
complete(struct server *s, struct exchange *ex, int status)
{
	ex->status = status;
	if (status >= 400 && ex->res.body.size == 0)
		server_refuse(s, ex, status);
}

/* Runs on a reader thread. */
static void
run_slow(struct ctx *ctx, struct exchange *ex)
{
	struct server *s = ex->server;
	int status;

	ctx->catalogue = ex->catalogue->catalogue;
	ctx->settings = ex->settings;
	ctx->keys = &s->keys;
	status = ex->route->handler(ctx, &ex->req, &ex->res);
	ex->status = status;
	ex->next = NULL;
	if (status == HTTP_LATER &&
	    writer_submit(s->writer, job_of(ex)) == NULL)
		return;
	finish(s, ex); /* LATER but refused: job.result is not committed */
}

/* To other threads; false: nobody can take it, and it is refused. */
static bool
give(struct server *s, struct pool *pool, struct exchange *ex, bool first)
{
	park(s, ex);
	if (pool_submit(pool, ex, first))
		return true;
	s->pending--;
	server_refuse(s, ex, 503);
	return false;
}

/* To the door, if there is room in the login's lane. */
static bool
enter(struct server *s, struct exchange *ex)
{
	const char *login = ex->req.caller.login != NULL
				? ex->req.caller.login
				: pairs_get(&ex->req.form, "login");
	bool known = login != NULL &&
		     login_queue_knows(s->door_key, login, ex->req.known);
	int lane =
	    login_queue_enter(&s->door, login == NULL ? "" : login, known);

	if (lane < 0) {
		ex->res.retry_after = 5;
		server_refuse(s, ex, 429);
		return false;
	}
	ex->lane = lane + 1;
	if (give(s, s->doorman, ex, known))
		return true;
	login_queue_leave(&s->door, lane);
	return false;
}

bool
server_handle(struct server *s, struct exchange *ex)
{
	struct ctx ctx = {s->db, NULL, s->settings, s, &s->keys};
	int status;

	refresh_catalogue(s);
	ex->catalogue = s->newest;
	ex->catalogue->holders++;
	ctx.catalogue = ex->catalogue->catalogue;
	ex->settings = s->settings;
	ex->req.now = clock_now();
	ex->route = routes_find(&ex->req, &status);
	if (ex->route == NULL) {
		server_refuse(s, ex, status);
		return true;
	}
	status = auth_check(&ctx, &ex->req, &ex->res, ex->route->who);
	if (status != 0) {
		server_refuse(s, ex, status);
		return true;
	}
	if (ex->route->place == ON_READER)
		return !give(s, s->pool, ex, false);
	if (ex->route->place == IN_LOGIN_QUEUE)
		return !enter(s, ex);
	status = ex->route->handler(&ctx, &ex->req, &ex->res);
	if (status == HTTP_LATER) {
		ex->status = HTTP_LATER;
		park(s, ex);
		hand_over(s, job_of(ex));
		return false;
	}
	if (status == HTTP_HELD) {
		park(s, ex);
		long_poll_add(&s->held, ex, clock_mono());
		return false;
	}
	complete(s, ex, status);
	return true;
}

/* ------------------------------------------------------------------ holding */

/* True when it waits no longer. */
static bool
ask_again(struct exchange *ex, bool over, void *context)
{
	struct server *s = context;
	struct ctx ctx = {
	    s->db, ex->catalogue->catalogue, ex->settings, s, &s->keys};
	int status;

	ex->req.held_over = over;
	status = ex->route->handler(&ctx, &ex->req, &ex->res);
	if (status != HTTP_HELD)
		ex->status = status;
	return status != HTTP_HELD;
}

int
server_wait(const struct server *s)
{
	return long_poll_wait(&s->held, clock_mono());
}

void
server_look(struct server *s, bool stopping)
{
	int64_t now = clock_mono();
	struct exchange *done;

	if (s->held.first == NULL ||
	    (long_poll_wait(&s->held, now) > 0 && !stopping))
		return;
	done = long_poll_look(
	    &s->held, now, store_call_total(s->db), stopping, ask_again, s);
	if (done != NULL)
		finish(s, done);
}

/* ------------------------------------------------------------ life and death
 */

struct exchange *
exchange_create(struct server *s)
{
	struct exchange *ex = s->kept;

	if (ex != NULL) {
		s->kept = ex->next;
		s->nkept--;
		ex->next = NULL;
		return ex;
	}
	ex = calloc(1, sizeof(*ex));
	if (ex == NULL)
		return NULL;
	arena_init(&ex->req.arena);
	buf_init(&ex->body);
	buf_init(&ex->res.body);
	ex->server = s;
	return ex;
}

static void
keep_body(struct buf *body)
{
	if (body->room > BODY_KEPT)
		buf_finish(body);
	else
		buf_clear(body);
}

/* Zeroed but for the memory it brings along. */
static void
keep(struct server *s, struct exchange *ex)
{
	struct exchange clean = {.server = s, .next = s->kept};

	arena_reset(&ex->req.arena);
	keep_body(&ex->body);
	keep_body(&ex->res.body);
	clean.req.arena = ex->req.arena;
	clean.body = ex->body;
	clean.res.body = ex->res.body;
	*ex = clean;
	s->kept = ex;
	s->nkept++;
}

static void
exchange_free(struct exchange *ex)
{
	buf_finish(&ex->body);
	buf_finish(&ex->res.body);
	arena_finish(&ex->req.arena);
	free(ex);
}

void
exchange_destroy(struct exchange *ex)
{
	if (ex == NULL)
		return;
	release(ex->catalogue);
	if (ex->server->nkept < EXCHANGES_KEPT)
		keep(ex->server, ex);
	else
		exchange_free(ex);
}

struct server *
server_create(const struct settings *settings)
{
	struct server *s = calloc(1, sizeof(*s));
	char error[700];

	if (s == NULL)
		abort();
	s->settings = settings;
	s->last = &s->ready;
	s->started_at = clock_now();
	s->erase_at = clock_mono() + ERASE_MS / 10;
	pthread_mutex_init(&s->lock, NULL);
	s->snapshots = tally_cache_create();
	s->shelf = fragment_cache_create();
	s->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	s->db = db_open(settings->database, DB_READ);
	if (s->fd < 0 || s->db == NULL || !load_catalogue(s))
		goto fail;
	if (!phone_keys_read(
		s->db, settings->key_file, &s->keys, error, sizeof(error))) {
		log_error("%s", error);
		goto fail;
	}
	s->writer = writer_start(settings->database, jobs_done, s);
	if (s->writer == NULL)
		goto fail;
	s->series = failed_logins_create(s->writer);
	s->door_key = store_meta(s->db, &s->arena, "door_key");
	/* two readers: one slow report must not hold up the next, and more
	 * would take the processor from the writer */
	s->pool = pool_start(settings, s, run_slow, 2);
	s->doorman = pool_start(settings, s, run_slow, 1);
	if (s->pool == NULL || s->doorman == NULL)
		goto fail;
	return s;
fail:
	server_destroy(s);
	return NULL;
}

void
server_destroy(struct server *s)
{
	if (s == NULL)
		return;
	pool_stop(s->pool); /* first: its handlers may still write */
	pool_stop(s->doorman);
	while (s->kept != NULL) {
		struct exchange *next = s->kept->next;

		exchange_free(s->kept);
		s->kept = next;
	}
	single_flight_destroy(s->snapshots);
	single_flight_destroy(s->shelf);
	failed_logins_destroy(s->series);
	release(s->newest);
	db_close(s->db);
	writer_stop(s->writer); /* last: who writes tidies the file up */
	if (s->fd >= 0)
		close(s->fd);
	pthread_mutex_destroy(&s->lock);
	arena_finish(&s->arena);
	free(s);
}

int
server_fd(const struct server *s)
{
	return s->fd;
}

int
server_pending(const struct server *s)
{
	return s->pending;
}

struct single_flight *
server_tally_cache(struct server *s)
{
	return s->snapshots;
}

struct single_flight *
server_fragment_cache(struct server *s)
{
	return s->shelf;
}

struct failed_logins *
server_failed_logins(struct server *s)
{
	return s->series;
}

struct counters *
server_counters(struct server *s)
{
	return &s->figures;
}

void
server_settings(struct server *s, const struct settings *settings)
{
	s->settings = settings;
}

bool
server_alive(struct server *s, int64_t ms)
{
	struct writer_figures figures;

	writer_figures(s->writer, &figures);
	return figures.busy_since == 0 ||
	       clock_mono() - figures.busy_since <= ms;
}

/* Bytes that may still be written beside an SQLite file; PostgreSQL's disk is
 * not ours to see. */
static int64_t
disk_left(const char *database)
{
	struct statvfs disk;

	if (strncmp(database, "sqlite:", 7) != 0 ||
	    statvfs(database + 7, &disk) != 0)
		return -1;
	return (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

void
server_health(struct server *s, struct db *db, struct server_health *out)
{
	writer_figures(s->writer, &out->writer);
	out->started_at = s->started_at;
	out->disk_bytes = disk_left(s->settings->database);
	out->warning = NULL;
	if (out->disk_bytes >= 0 && out->disk_bytes < DISK_LOW)
		out->warning = "the database's disk is nearly full (less than "
			       "256 MiB are free)";
	out->reason = NULL;
	if (!out->writer.healthy)
		out->reason = "the last write failed; see the log (disk full, "
			      "read-only or broken?)";
	else if (store_generation(db) < 0)
		out->reason = "the database does not answer";
	out->ok = out->reason == NULL;
}

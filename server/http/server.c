/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads and who owns what:
 *
 *   loop     (http.c)  owns every exchange that is not on its way; the current
 *                      catalogue; one reading connection that waits for a
 *                      moment only, and not twice for the same trouble
 *   readers  (pool.c)  run slow handlers, each with a reading connection
 *   doorman  (pool.c)  checks passwords, one after the other (login_queue.c)
 *   writer   (writer.c) commits
 *
 * An exchange goes from hand to hand: loop -> reader -> writer -> loop. Who
 * holds it may touch it, no other thread. What the loop has for the writer
 * gathers until the loop's turn is over, and goes there as one list with one
 * signal. Finished ones gather in a list under a mutex, and one write to an
 * eventfd wakes the loop, once a batch.
 */
#include "server/http/server.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include "server/cache/fragment_cache.h"
#include "server/cache/tally_cache.h"
#include "server/core/burst/word_limit.h"
#include "server/core/catalogue/catalogue.h"
#include "server/core/device/enrol_gate.h"
#include "server/core/text/person_name.h"
#include "server/db/db.h"
#include "server/http/auth.h"
#include "server/http/counters.h"
#include "server/http/current_catalogue.h"
#include "server/http/exchange.h"
#include "server/http/failed_logins.h"
#include "server/http/login_queue.h"
#include "server/http/long_poll.h"
#include "server/http/pool.h"
#include "server/http/refusals.h"
#include "server/http/routes.h"
#include "server/secret/phone_seal.h"
#include "server/secret/source.h"
#include "server/secret/token.h"
#include "server/settings.h"
#include "server/store/house_keys.h"
#include "server/register/keeper.h"
#include "server/store/soundness.h"
#include "server/store/period/prepare.h"
#include "server/store/timekeeping.h"
#include "server/store/devices/kiosk_calls.h"
#include "server/store/messages/phone_keys.h"
#include "shared/clock.h"
#include "shared/log.h"

#define LOOK_MS 1000 /* between two looks at what is on its way */

struct server {
	struct ctx ctx; /* the loop's, but for the catalogue */
	struct current_catalogue current;
	struct pool *pool; /* readers */
	struct pool *doorman;
	struct login_queue door;
	const char *door_key;         /* NULL: init has not made one */
	char process_key[TOKEN_TEXT]; /* of addresses; never leaves memory */
	struct seal_keys keys;
	struct timekeeping time;
	struct preparing preparing;
	struct arena arena; /* of what lives as long as the server */
	pthread_mutex_t lock;
	struct exchange *finished; /* newest first */
	struct job_list ready;     /* of this turn, for the writer */
	struct long_poll held;     /* requests that wait for a call */
	struct kept_exchanges kept;
	struct counters counters;
	struct refusals *refusals;
	int fd;
	int pending;
	struct db_pulse *pulse;
};

/* What handlers on the loop have at hand, with one catalogue. */
static struct ctx
ctx_with(const struct server *s, const struct shared_catalogue *shared)
{
	struct ctx ctx = s->ctx;

	ctx.catalogue = shared->catalogue;
	return ctx;
}

/* --------------------------------------------------------------- finishing */

static void
finish_exchanges(struct server *s, struct exchange *list)
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
		struct ctx ctx = ctx_with(s, ex->catalogue);

		s->pending--;
		if (ex->lane != 0)
			login_queue_leave(&s->door, ex->lane - 1);
		if (ex->req.write != NULL) /* it may be what requests go by */
			s->current.checked_at = 0;
		if (ex->status == HTTP_LATER && ex->job.result == JOB_COMMITTED)
			ex->status = ex->req.reply(&ctx, &ex->req, &ex->res);
		else if (ex->status == HTTP_LATER)
			server_refuse(s, ex, 503);
		if (ex->status >= 400 && ex->res.body.size == 0)
			server_refuse(s, ex, ex->status);
	}
	return list;
}

/* An errand comes back: it is over, or one step of more. */
static void
pass_errand(struct server *s, struct job *job)
{
	job->next = NULL;
	if (job->again && job->result == JOB_COMMITTED)
		job = writer_submit(s->ctx.writer, job);
	free(job);
}

/* The writer's: a list of jobs, members of exchanges, and errands. */
static void
jobs_done(struct job *list, void *context)
{
	struct exchange *first = NULL;

	while (list != NULL) {
		struct job *job = list;
		struct exchange *ex;

		list = list->next;
		if (job->errand) {
			pass_errand(context, job);
			continue;
		}
		ex = (struct exchange *)((char *)job -
					 offsetof(struct exchange, job));
		ex->next = first;
		first = ex;
	}
	if (first != NULL)
		finish_exchanges(context, first);
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

/* Looks at the clock, has erased what is old, and prepared what is due. */
static void
mind_time(struct server *s)
{
	const struct keeping keeping = {s->ctx.settings->contact_days,
	    s->ctx.settings->text_days,
	    catalogue_setting(
		s->current.newest->catalogue, SETTING_SESSION_MINUTES) *
		60000};

	timekeeping_turn(&s->time, s->ctx.db, &keeping, &s->ready);
	preparing_turn(&s->preparing, s->ctx.db, s->current.newest->catalogue,
	    s->time.off == 0, &s->ready);
}

/* Whether nothing tells who asks. */
static bool
is_stranger(const struct request *req)
{
	return !req->vouched && req->caller.login == NULL &&
	       (req->caller.device == NULL || *req->caller.device == '\0');
}

static struct job *
job_of(struct exchange *ex)
{
	ex->job.entries = ex->req.entries;
	ex->job.nentries = ex->req.nentries;
	ex->job.run = ex->req.write == NULL ? NULL : run_write;
	ex->job.data = ex;
	ex->job.stranger = is_stranger(&ex->req);
	ex->job.place.source = ex->req.from;
	ex->job.next = NULL;
	ex->job.result = JOB_WAITING;
	return &ex->job;
}

/* What a reader finds damaged, the writer must not write to. */
static void
mind_damage(struct server *s, const struct db *db)
{
	if (db_damaged(db))
		writer_refuse(s->ctx.writer, WRITER_DAMAGED);
}

/* A list of jobs; from any thread. */
static void
submit_job(struct server *s, struct job *list)
{
	struct job *rest = writer_submit(s->ctx.writer, list);

	if (rest != NULL) /* no room: they wait for nothing, and get a 503 */
		jobs_done(rest, s);
}

void
server_submit(struct server *s)
{
	mind_time(s);
	if (s->ready.first == NULL)
		return;
	mind_damage(s, s->ctx.db);
	submit_job(s, job_list_take(&s->ready));
}

/* ---------------------------------------------------------------- handling */

void
server_refuse(struct server *s, struct exchange *ex, int status)
{
	struct ctx ctx = ctx_with(s, s->current.newest);

	ex->status = status;
	if (status == 303)
		return;
	ex->status = routes_error(&ctx, &ex->req, &ex->res, status);
}

void
server_answered(struct server *s, const struct exchange *ex)
{
	job_list_add(&s->ready, refusals_note(s->refusals, &ex->req,
				    ex->route == NULL ? NULL : ex->route->path,
				    ex->status, clock_now()));
}

/* A handler's end: an error status without a body gets one. */
static void
complete_exchange(struct server *s, struct exchange *ex, int status)
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
	status = db_interrupted(ctx->db)
		     ? 503
		     : ex->route->handler(ctx, &ex->req, &ex->res);
	if (db_interrupted(ctx->db) && status >= 500) {
		status = 503;
		ex->req.broken_off = true;
		buf_clear(&ex->res.body);
	}
	mind_damage(s, ctx->db);
	ex->status = status;
	ex->next = NULL;
	if (status == HTTP_LATER)
		submit_job(s, job_of(ex));
	else
		finish_exchanges(s, ex);
}

/* To other threads; false: no thread can take it, and it is refused. */
static bool
give_to_pool(
    struct server *s, struct pool *pool, struct exchange *ex, bool first)
{
	park(s, ex);
	if (pool_submit(pool, ex, ex->route->path, first))
		return true;
	s->pending--;
	server_refuse(s, ex, 503);
	return false;
}

/* Whether the browser is one in which this login is, or was, signed in. */
static bool
knows_browser(
    const struct server *s, const struct exchange *ex, const char *login)
{
	const struct known_person *person =
	    catalogue_person(ex->catalogue->catalogue, login);

	return ex->req.caller.login != NULL ||
	       (person != NULL &&
		   login_queue_knows(s->door_key, login, person->password,
		       ex->req.now, ex->req.known));
}

/* To the door, if there is room in the login's lane. */
static bool
enter_login_queue(struct server *s, struct exchange *ex)
{
	const char *login = ex->req.caller.login != NULL
				? ex->req.caller.login
				: pairs_get(&ex->req.form, "login");
	char meant[LOGIN_TEXT];
	bool known;
	int lane;

	if (ex->req.caller.login == NULL && login_read(login, meant))
		login = meant;
	known = login != NULL && knows_browser(s, ex, login);
	lane = login_queue_enter(&s->door, login == NULL ? "" : login, known);

	if (lane < 0) {
		ex->res.retry_after = 5;
		server_refuse(s, ex, 429);
		return false;
	}
	ex->lane = lane + 1;
	if (give_to_pool(s, s->doorman, ex, known))
		return true;
	login_queue_leave(&s->door, lane);
	return false;
}

bool
server_knows(struct server *s, struct exchange *ex)
{
	struct ctx ctx;

	current_catalogue_refresh(&s->current, s->ctx.db);
	ctx = ctx_with(s, s->current.newest);
	ex->req.now = clock_now();
	auth_cookies(ctx.settings, &ex->req);
	return auth_known(&ctx, &ex->req);
}

bool
server_handle(struct server *s, struct exchange *ex)
{
	struct ctx ctx;
	int status;

	current_catalogue_refresh(&s->current, s->ctx.db);
	ex->catalogue = current_catalogue_hold(&s->current);
	ctx = ctx_with(s, ex->catalogue);
	ex->settings = ctx.settings;
	ex->req.now = clock_now();
	ex->req.from = source_hash(s->process_key, ex->req.source);
	auth_cookies(ctx.settings, &ex->req);
	ex->route = routes_find(&ex->req, &status);
	if (ex->route == NULL) {
		/* only who asks, for the words of the page */
		if (strncmp(ex->req.path, "/staff/", 7) == 0)
			auth_check(&ctx, &ex->req, &ex->res, WHO_STAFF);
		ex->res.location = NULL;
		server_refuse(s, ex, status);
		return true;
	}
	status = auth_check(&ctx, &ex->req, &ex->res, ex->route->who);
	if (status != 0) {
		server_refuse(s, ex, status);
		return true;
	}
	if (ex->route->place == ON_READER)
		return !give_to_pool(s, s->pool, ex, false);
	if (ex->route->place == IN_LOGIN_QUEUE)
		return !enter_login_queue(s, ex);
	status = ex->route->handler(&ctx, &ex->req, &ex->res);
	if (status == HTTP_LATER) {
		ex->status = HTTP_LATER;
		park(s, ex);
		job_list_add(&s->ready, job_of(ex));
		return false;
	}
	if (status == HTTP_HELD) {
		park(s, ex);
		long_poll_add(&s->held, ex, clock_mono());
		return false;
	}
	complete_exchange(s, ex, status);
	return true;
}

/* ------------------------------------------------------------------ holding */

/* True when it waits no longer. */
static bool
ask_again(struct exchange *ex, bool over, void *context)
{
	struct server *s = context;
	struct ctx ctx = ctx_with(s, ex->catalogue);
	int status;

	ctx.settings = ex->settings;
	ex->req.held_over = over;
	status = ex->route->handler(&ctx, &ex->req, &ex->res);
	if (status != HTTP_HELD)
		ex->status = status;
	return status != HTTP_HELD;
}

/* Ms that a database is waited for. */
static int64_t
server_patience(const struct server *s)
{
	return s->ctx.settings->patience * 1000LL;
}

int
server_wait(const struct server *s)
{
	int held = long_poll_wait(&s->held, clock_mono());

	return s->pending == 0 || (held >= 0 && held < LOOK_MS) ? held
								: LOOK_MS;
}

void
server_look(struct server *s, bool stopping)
{
	int64_t now = clock_mono();
	struct exchange *done;

	pool_look(s->pool, now, server_patience(s), stopping);
	pool_look(s->doorman, now, server_patience(s), stopping);
	if (s->held.first == NULL ||
	    (long_poll_wait(&s->held, now) > 0 && !stopping))
		return;
	done = long_poll_look(
	    &s->held, now, store_call_total(s->ctx.db), stopping, ask_again, s);
	if (done != NULL)
		finish_exchanges(s, done);
}

/* ---------------------------------------------------------- life and death */

struct exchange *
server_exchange(struct server *s)
{
	return exchange_create(&s->kept, s);
}

struct server *
server_create(const struct settings *settings)
{
	struct server *s = calloc(1, sizeof(*s));
	char error[700];

	if (s == NULL)
		abort();
	job_list_take(&s->ready);
	s->ctx = (struct ctx){.settings = settings,
	    .keys = &s->keys,
	    .counters = &s->counters,
	    .errands = &s->ready,
	    .tallies = tally_cache_create(),
	    .fragments = fragment_cache_create(),
	    .started_at = clock_now()};
	pthread_mutex_init(&s->lock, NULL);
	s->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	db_patience(settings->patience * 1000);
	s->ctx.db = db_open(settings->database, DB_QUICK);
	if (s->fd < 0 || s->ctx.db == NULL ||
	    !current_catalogue_load(&s->current, s->ctx.db))
		goto fail;
	if (!phone_keys_read(s->ctx.db, settings->key_file, &s->keys, error,
		sizeof(error))) {
		log_error("%s", error);
		goto fail;
	}
	s->ctx.writer = writer_start(settings->database, jobs_done, s);
	if (s->ctx.writer == NULL)
		goto fail;
	s->ctx.clock_off = &s->time.off;
	if (!timekeeping_begin(&s->time, s->ctx.db))
		goto fail;
	s->ctx.soundness = soundness_start(settings->database, s->ctx.writer);
	if (s->ctx.soundness == NULL)
		goto fail;
	s->ctx.registers = keeper_start(settings, &s->keys);
	if (s->ctx.registers == NULL)
		goto fail;
	s->ctx.failed_logins = failed_logins_create(s->ctx.writer);
	s->refusals = refusals_create();
	s->door_key = house_key(s->ctx.db, &s->arena, &s->keys, HOUSE_KEY_DOOR);
	token_new(s->process_key);
	s->ctx.more_secret = s->door_key == NULL ? s->process_key : s->door_key;
	s->ctx.words = word_limit_create();
	s->ctx.gate = enrol_gate_create();
	/* two readers: one slow report must not hold up the next, and more
	 * would take the processor from the writer */
	s->pool = pool_start(&s->ctx, run_slow, 2);
	s->doorman = pool_start(&s->ctx, run_slow, 1);
	s->pulse = db_pulse_start(settings->database);
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
	db_pulse_stop(s->pulse);
	exchange_forget(&s->kept);
	single_flight_destroy(s->ctx.tallies);
	single_flight_destroy(s->ctx.fragments);
	failed_logins_destroy(s->ctx.failed_logins);
	refusals_destroy(s->refusals);
	word_limit_destroy(s->ctx.words);
	enrol_gate_destroy(s->ctx.gate);
	shared_catalogue_release(s->current.newest);
	db_close(s->ctx.db);
	keeper_stop(s->ctx.registers);
	soundness_stop(s->ctx.soundness);
	writer_stop(s->ctx.writer); /* last: who writes tidies the file up */
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

struct counters *
server_counters(struct server *s)
{
	return &s->counters;
}

void
server_settings(struct server *s, const struct settings *settings)
{
	s->ctx.settings = settings;
}

bool
server_alive(struct server *s, int64_t ms)
{
	struct writer_figures figures;

	int64_t now = clock_mono();

	writer_figures(s->ctx.writer, &figures);
	return (figures.busy_since == 0 || now - figures.busy_since <= ms) &&
	       pool_alive(s->pool, now, server_patience(s), ms) &&
	       pool_alive(s->doorman, now, server_patience(s), ms);
}

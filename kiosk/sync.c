/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One thread, one rhythm: when they are due, fetch the settings and send a
 * heartbeat; then wait at the collector (a long poll) until a call comes or
 * half a minute has passed, and again. While the collector is away the pauses
 * are longer, with jitter, so that many kiosks do not come back at the same
 * moment.
 *
 * New settings are made and kept on disk here and picked up by the screen's
 * thread while no answer is under way (session.c).
 */
#include "kiosk/sync.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "kiosk/heartbeat.h"
#include "kiosk/durable_file.h"
#include "kiosk/damaged_outbox.h"
#include "kiosk/identity.h"
#include "kiosk/replies.h"
#include "kiosk/settings.h"
#include "shared/arena.h"
#include "shared/clock.h"
#include "shared/http_client.h"
#include "shared/log.h"
#include "shared/outbox.h"

#define EVERY_MS (5 * 60 * 1000)
#define AGAIN_MS (20 * 1000) /* after a failure */
#define SLICE_MS 5000        /* a sign of life at least so often */
#define HELD_S   40          /* the collector keeps us 25 s at most */
#define LOOK_MS  1000        /* between looks for calls, at least */

struct sync {
	struct arena arena; /* of the strings of settings */
	struct sync_settings settings;
	char etag[HTTP_CLIENT_ETAG_BYTES];
	int64_t due;      /* clock_mono of the next settings and heartbeat */
	long long number; /* of the last call, -1: any will do */
	bool no_calls;    /* the collector knows none */
	pthread_t thread;
	atomic_bool stopping, online;
	_Atomic int64_t heard, alive, seq;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t bell;
	struct settings *fresh;
	struct flow_call call;
	struct heartbeat note;
};

static struct http_client_call
call_to(struct sync *s, const char *path)
{
	struct identity *id = s->settings.identity;

	return (struct http_client_call){.url = s->settings.url,
	    .token = s->settings.token,
	    .path = path,
	    .key = id->own_key ? &id->key : NULL,
	    .clock = true,
	    .give_up = &s->stopping,
	    .alive = &s->alive};
}

/* A call and what came of it; the caller frees *text. */
static struct reply
ask_sync(struct http_client_call *call, char type[HTTP_CLIENT_TYPE_BYTES],
    char **text)
{
	struct reply reply = {.type = type};

	call->reply_type = type;
	reply.status = http_client_do(call, text);
	reply.body = *text;
	return reply;
}

static void
pause_slice(struct sync *s, int64_t ms)
{
	struct timespec at;
	int rc = 0;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += (time_t)(ms / 1000);
	pthread_mutex_lock(&s->lock);
	while (!atomic_load(&s->stopping) && rc == 0)
		rc = pthread_cond_timedwait(&s->bell, &s->lock, &at);
	pthread_mutex_unlock(&s->lock);
	atomic_store(&s->alive, clock_mono());
}

/* ----------------------------------------------------------------- settings */

static void
keep_fresh(struct sync *s, struct settings *fresh)
{
	pthread_mutex_lock(&s->lock);
	settings_free(s->fresh);
	s->fresh = fresh;
	pthread_mutex_unlock(&s->lock);
}

/* Settings must be signed by the collector we know; while none is known, the
 * first one met that signs with the key it names becomes it. */
static bool
genuine(struct sync *s, const char *json, const struct settings *fresh)
{
	struct identity *id = s->settings.identity;
	uint8_t theirs[KEY_PUBLIC];

	if (!id->knows_collector && *fresh->key &&
	    key_public_read(fresh->key, theirs) &&
	    key_verify_json(theirs, json))
		identity_meet(id, s->settings.outbox, fresh->key);
	if (id->knows_collector ? key_verify_json(id->collector, json)
				: *fresh->key == '\0')
		return true;
	log_error("the settings are not signed by the collector we know; the "
		  "last good ones stay. If it was set up anew, enrol this "
		  "kiosk again");
	return false;
}

/* False when the collector was not reached or had no settings to give. */
static bool
fetch_settings(struct sync *s)
{
	struct http_client_call call = call_to(s, "/api/v1/kiosk");
	char type[HTTP_CLIENT_TYPE_BYTES], etag[HTTP_CLIENT_ETAG_BYTES], *text;
	struct settings *fresh;
	struct reply reply;
	bool ok;

	strcpy(etag, s->etag);
	call.etag = etag;
	reply = ask_sync(&call, type, &text);
	fresh = reply_settings(&reply, s->settings.lang);
	ok = fresh && genuine(s, text, fresh);
	if (ok) {
		durable_file_write(s->settings.keep, text);
		keep_fresh(s, fresh);
		strcpy(s->etag, etag); /* only now it is known whose it is */
	} else {
		settings_free(fresh);
	}
	free(text);
	return ok || (reply.status == 304 && *s->etag);
}

/* ---------------------------------------------------------------- heartbeat */

/* The office wants to have again what was refused; the courier finds it when
 * it looks next. */
static void
hear_kiosk_wish(struct sync *s, int64_t wish)
{
	struct outbox *o = wish > 0 ? outbox_open(s->settings.outbox) : NULL;
	int64_t n = o ? outbox_resend(o, wish) : 0;

	outbox_close(o);
	if (n > 0)
		log_info("%lld refused answer(s) are sent again, as the office "
			 "wishes",
		    (long long)n);
}

static bool
send_heartbeat(struct sync *s)
{
	struct http_client_call call = call_to(s, "/api/v1/kiosk/heartbeat");
	struct heartbeat note;
	struct heartbeat_reply news;
	char type[HTTP_CLIENT_TYPE_BYTES], *body, *text = NULL;
	bool ok = false;

	pthread_mutex_lock(&s->lock);
	note = s->note;
	s->note.slowest_ms = 0;
	pthread_mutex_unlock(&s->lock);
	body = heartbeat_text(s->settings.outbox, s->settings.url, &note);
	if (body) {
		struct reply reply;

		call.body = body;
		reply = ask_sync(&call, type, &text);
		ok = heartbeat_read(&reply, &news);
	}
	if (ok) {
		atomic_store(&s->seq, news.seq);
		hear_kiosk_wish(s, news.resend);
	}
	free(text);
	free(body);
	return ok;
}

/* -------------------------------------------------------------------- calls */

static void
take_call(struct sync *s, const struct reply_call *said)
{
	struct flow_call call = {.until = clock_mono() + said->lasts_ms,
	    .knows_field = said->knows_field};

	s->number = said->number;
	if (said->lasts_ms == 0)
		return;
	strcpy(call.token, said->token);
	pthread_mutex_lock(&s->lock);
	s->call = call;
	pthread_mutex_unlock(&s->lock);
}

/* Waits at the collector. False when it cannot be waited there. */
static bool
stand_by(struct sync *s)
{
	char type[HTTP_CLIENT_TYPE_BYTES], *text;
	int64_t began = clock_mono();
	struct http_client_call call;
	struct reply_call said;
	struct reply reply;
	struct arena a;
	bool called;

	arena_init(&a);
	call = call_to(
	    s, arena_printf(&a, "/api/v1/kiosk/call?after=%lld", s->number));
	call.seconds = HELD_S;
	reply = ask_sync(&call, type, &text);
	called = reply_call_read(&reply, s->number, &said);
	if (called) {
		take_call(s, &said);
		reply_call_finish(&said);
	}
	s->no_calls = reply.status == 404 || reply.status == 405;
	free(text);
	arena_finish(&a);
	/* the collector holds us; what lets go at once is not asked at once */
	if (!atomic_load(&s->stopping) && clock_mono() - began < LOOK_MS)
		pause_slice(s, LOOK_MS);
	return called || reply.status == 204;
}

/* ------------------------------------------------------------------- rhythm */

/* ms, less up to a fifth. */
static int64_t
jittered(int64_t ms)
{
	return ms - ms * (int64_t)(random() % 200) / 1000;
}

static void
pause_for(struct sync *s, int64_t ms)
{
	for (; ms > 0 && !atomic_load(&s->stopping); ms -= SLICE_MS)
		pause_slice(s, ms < SLICE_MS ? ms : SLICE_MS);
}

/* What is due every five minutes. */
static bool
exchange_news(struct sync *s)
{
	struct http_client_call wreck = call_to(s, NULL);
	bool ok = fetch_settings(s) && send_heartbeat(s);

	s->due = clock_mono() + jittered(ok ? EVERY_MS : AGAIN_MS);
	if (ok)
		atomic_store(&s->heard, clock_now());
	s->no_calls = false; /* a proxy may have said so */
	while (ok && !atomic_load(&s->stopping) &&
	       damaged_outbox_bring(s->settings.outbox, &wreck))
		;
	return ok;
}

static void *
run_sync(void *arg)
{
	struct sync *s = arg;
	bool ok = true;

	while (!atomic_load(&s->stopping)) {
		atomic_store(&s->alive, clock_mono());
		log_catch_up();
		if (clock_mono() >= s->due)
			ok = exchange_news(s);
		else if (ok && !s->no_calls)
			ok = stand_by(s) || s->no_calls;
		else
			pause_for(s, SLICE_MS);
		atomic_store(&s->online, ok);
		if (!ok && s->due > clock_mono() + AGAIN_MS)
			s->due = clock_mono() + jittered(AGAIN_MS);
	}
	return NULL;
}

/* ------------------------------------------------------------- from outside */

static void
destroy_sync(struct sync *s)
{
	settings_free(s->fresh);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->bell);
	arena_finish(&s->arena);
	free(s);
}

struct sync *
sync_start(const struct sync_settings *settings)
{
	struct sync *s = calloc(1, sizeof(*s));
	pthread_condattr_t attr;

	if (!s)
		return NULL;
	arena_init(&s->arena);
	s->settings = *settings;
	s->settings.url = arena_strdup(&s->arena, settings->url);
	s->settings.token = arena_strdup(&s->arena, settings->token);
	s->settings.outbox = arena_strdup(&s->arena, settings->outbox);
	s->settings.keep = arena_strdup(&s->arena, settings->keep);
	s->number = -1;
	s->alive = clock_mono();
	srandom((unsigned)clock_micro());
	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->bell, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&s->thread, NULL, run_sync, s) != 0) {
		log_error("settings cannot be fetched: no thread");
		destroy_sync(s);
		return NULL;
	}
	return s;
}

struct settings *
sync_take(struct sync *s)
{
	struct settings *fresh;

	pthread_mutex_lock(&s->lock);
	fresh = s->fresh;
	s->fresh = NULL;
	pthread_mutex_unlock(&s->lock);
	return fresh;
}

bool
sync_call(struct sync *s, struct flow_call *call)
{
	pthread_mutex_lock(&s->lock);
	*call = s->call;
	memset(&s->call, 0, sizeof(s->call));
	pthread_mutex_unlock(&s->lock);
	return *call->token != '\0';
}

void
sync_tell(struct sync *s, const struct heartbeat *note)
{
	int64_t slowest;

	pthread_mutex_lock(&s->lock);
	slowest = s->note.slowest_ms;
	s->note = *note;
	if (slowest > note->slowest_ms)
		s->note.slowest_ms = slowest;
	pthread_mutex_unlock(&s->lock);
}

int64_t
sync_seq(const struct sync *s)
{
	return atomic_load(&s->seq);
}

int64_t
sync_heard(const struct sync *s)
{
	return atomic_load(&s->heard);
}

bool
sync_online(const struct sync *s)
{
	return atomic_load(&s->online);
}

int64_t
sync_alive(const struct sync *s)
{
	return atomic_load(&s->alive);
}

void
sync_stop(struct sync *s)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	atomic_store(&s->stopping, true);
	pthread_cond_signal(&s->bell);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	destroy_sync(s);
}

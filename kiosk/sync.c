/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * New settings are made and kept on disk here and picked up by the screen's
 * thread when nobody is answering (session.c). The heartbeat carries nothing
 * about citizens. Its reply tells the collector's time: a clock that is wrong
 * is said in the log, setting it is the system's work (systemd-timesyncd).
 */
#include "kiosk/sync.h"

#include <jansson.h>
#include <libgen.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/courier.h"
#include "shared/log.h"
#include "shared/outbox.h"

#define EVERY_MS       (5 * 60 * 1000)
#define AGAIN_MS       (30 * 1000)     /* after a failure */
#define CLOCK_WRONG_MS (2 * 60 * 1000) /* then it is worth a line */

struct sync {
	struct arena arena; /* of the strings of settings */
	struct sync_settings settings;
	char etag[COURIER_ETAG_BYTES];
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t bell;
	bool stopping;
	struct settings *fresh;
};

static void
hand_over(struct sync *s, struct settings *fresh)
{
	pthread_mutex_lock(&s->lock);
	settings_free(s->fresh);
	s->fresh = fresh;
	pthread_mutex_unlock(&s->lock);
}

/* False when the collector was not reached or had no settings to give. */
static bool
fetch(struct sync *s)
{
	struct settings *fresh;
	char *reply;
	int status = courier_fetch(s->settings.url, s->settings.token,
	    "/api/v1/kiosk", s->etag, &reply);

	if (status == 200) {
		fresh = settings_read(reply, s->settings.lang);
		if (fresh) {
			settings_keep(s->settings.keep, reply);
			hand_over(s, fresh);
		}
	}
	free(reply);
	return status == 200 || status == 304;
}

static json_int_t
free_bytes(struct arena *a, const char *path)
{
	struct statvfs fs;

	if (statvfs(dirname(arena_strdup(a, path)), &fs) != 0)
		return 0;
	return (json_int_t)(fs.f_bavail * fs.f_frsize);
}

static char *
heartbeat_text(struct sync *s)
{
	struct outbox *o = outbox_open(s->settings.outbox);
	int64_t rows = 0, oldest = 0, now = clock_now();
	char clock[CIVIL_TIME_TEXT], *text;
	struct arena a;
	json_t *body;

	if (o)
		outbox_depth(o, &rows, &oldest);
	outbox_close(o);
	arena_init(&a);
	civil_format_time(now, civil_offset(now), clock);
	body = json_pack("{s:s,s:I,s:I,s:I,s:s}", "version", HAILONG_VERSION,
	    "outbox", (json_int_t)rows, "oldest_ms", (json_int_t)oldest,
	    "free_bytes", free_bytes(&a, s->settings.outbox), "clock", clock);
	text = json_dumps(body, JSON_COMPACT);
	json_decref(body);
	arena_finish(&a);
	return text;
}

static void
compare_clocks(const char *reply)
{
	json_t *in = json_loads(reply, 0, NULL);
	const char *time = json_string_value(json_object_get(in, "time"));
	int64_t theirs, off;
	int offset;

	if (time && civil_parse_time(time, &theirs, &offset)) {
		off = clock_now() - theirs;
		if (off > CLOCK_WRONG_MS || off < -CLOCK_WRONG_MS)
			log_warn("this machine's clock is %lld s %s the "
				 "collector's; set it, answers bear its time",
			    (long long)(off > 0 ? off : -off) / 1000,
			    off > 0 ? "ahead of" : "behind");
	}
	json_decref(in);
}

static bool
beat(struct sync *s)
{
	char *body = heartbeat_text(s), *reply = NULL;
	int status = 0;

	if (body)
		status = courier_request(s->settings.url, s->settings.token,
		    "POST", "/api/v1/kiosk/heartbeat", body, &reply);
	if (status == 200)
		compare_clocks(reply);
	free(reply);
	free(body);
	return status == 200;
}

/* False when it is time to end. */
static bool
pause_for(struct sync *s, int64_t ms)
{
	struct timespec at;
	int rc = 0;
	bool go_on;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += (time_t)(ms / 1000);
	pthread_mutex_lock(&s->lock);
	while (!s->stopping && rc == 0)
		rc = pthread_cond_timedwait(&s->bell, &s->lock, &at);
	go_on = !s->stopping;
	pthread_mutex_unlock(&s->lock);
	return go_on;
}

static void *
run(void *arg)
{
	struct sync *s = arg;
	bool fetched, beaten;

	do {
		fetched = fetch(s);
		beaten = fetched && beat(s);
	} while (pause_for(s, fetched && beaten ? EVERY_MS : AGAIN_MS));
	return NULL;
}

static void
destroy(struct sync *s)
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
	s->settings.url = arena_strdup(&s->arena, settings->url);
	s->settings.token = arena_strdup(&s->arena, settings->token);
	s->settings.outbox = arena_strdup(&s->arena, settings->outbox);
	s->settings.keep = arena_strdup(&s->arena, settings->keep);
	s->settings.lang = settings->lang;
	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->bell, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&s->thread, NULL, run, s) != 0) {
		log_error("settings cannot be fetched: no thread");
		destroy(s);
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

void
sync_stop(struct sync *s)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_signal(&s->bell);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	destroy(s);
}

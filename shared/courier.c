/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The courier's thread: read what is due, post it, act on each row's own
 * word, sleep. What a reply proves is shared/reply_verdict.c's to say, which
 * rows go next shared/offer.c's. A row leaves the outbox for two reasons only:
 * the collector named its id as stored (or duplicate), or it refused that very
 * row for good and the row is set aside with the reason, from where it can be
 * sent again.
 *
 * Anything else, a 503, a wrong token, a captive portal's page, leaves every
 * row where it is. What the collector says about a row may be kept, but is
 * never logged.
 */
#include "shared/courier.h"

#include <jansson.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "shared/clock.h"
#include "shared/http_client.h"
#include "shared/limits.h"
#include "shared/log.h"
#include "shared/offer.h"
#include "shared/outbox.h"
#include "shared/reply_verdict.h"

#define POLL_MS  5000 /* a hold may have ended by itself */
#define SLICE_MS 5000 /* a sign of life at least so often */

enum outcome { IDLE, SENT, AGAIN, FAILED };

struct courier {
	char *url, *token, *path, *list;
	struct outbox *outbox;
	struct http_client *client;
	pthread_t thread;
	pthread_mutex_t lock; /* of woken */
	pthread_cond_t bell;
	bool woken;
	bool clock;
	const struct key *key;
	atomic_bool stopping, online;
	_Atomic int64_t delivered, alive;
	struct offer offer;    /* which rows go into the next request */
	int64_t failing_since; /* clock_mono; 0: not failing */
	int last_status;       /* logged already; a new one is logged again */
};

int64_t
courier_pause(int64_t failing_ms, uint32_t random)
{
	/* In proportion to the time it has lasted, which makes the pauses grow
	 * geometrically; an outage of minutes costs at most 10 s more. */
	int64_t least = 1000, most = 10 * 1000, pause = failing_ms / 2;

	if (failing_ms >= 10 * 60 * 1000) {
		least = 10 * 1000;
		most = 5 * 60 * 1000;
		pause = failing_ms / 30;
	}
	if (pause < least)
		pause = least;
	if (pause > most)
		pause = most;
	return pause - pause * (random % 200) / 1000;
}

/* True when the body is a JSON object that bears the row's own id. */
static bool
sendable(const struct outbox_row *row)
{
	json_t *body = json_loads(row->body, 0, NULL);
	const char *text = json_string_value(json_object_get(body, "id"));
	struct uuid id;
	bool ok =
	    text && uuid_parse(text, &id) && uuid_compare(&id, &row->id) == 0;

	json_decref(body);
	return ok;
}

/* Sets aside what no collector could answer. IDLE: there is nothing such;
 * AGAIN: it was done. */
static enum outcome
sort_out(struct courier *c, const struct outbox_row *rows, size_t n)
{
	enum outcome outcome = IDLE;
	size_t i;

	for (i = 0; i < n && outcome != FAILED; i++) {
		if (sendable(&rows[i]))
			continue;
		log_warn("an unsent answer is no JSON object with its id, set "
			 "aside");
		outcome =
		    outbox_refused(c->outbox, &rows[i].id, "no JSON object")
			? AGAIN
			: FAILED;
	}
	return outcome;
}

/* {"answers":[body, …]}, the caller frees it. */
static char *
batch_of(struct courier *c, const struct outbox_row *rows, size_t n)
{
	json_t *list = json_array(), *batch;
	char *text;
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(list, json_loads(rows[i].body, 0, NULL));
	batch = json_pack("{s:o}", c->list, list);
	text = json_dumps(batch, JSON_COMPACT);
	json_decref(batch);
	return text;
}

/* Acts on the words of all rows in one commit; false: the disk refused. */
static bool
settle_courier(struct courier *c, const struct outbox_row *rows, size_t n,
    const struct row_verdict *words)
{
	size_t i;

	if (!outbox_begin(c->outbox))
		return false;
	for (i = 0; i < n; i++) {
		if (row_kept(words[i].word)) {
			outbox_done(c->outbox, &rows[i].id);
			continue;
		}
		log_warn("the collector refused an answer (%s), it is set "
			 "aside",
		    words[i].word == ROW_CONFLICT ? "conflict" : "invalid");
		outbox_refused(c->outbox, &rows[i].id, words[i].reason);
	}
	return outbox_commit(c->outbox);
}

/* The collector cannot take these rows together. */
static enum outcome
split_courier(struct courier *c, const struct outbox_row *rows, size_t n,
    const char *id, int status)
{
	char reason[64];

	switch (offer_split(&c->offer, id, n)) {
	case OFFER_AGAIN:
		return AGAIN;
	case OFFER_WAIT:
		return FAILED;
	default:
		break;
	}
	snprintf(
	    reason, sizeof(reason), "the request was refused: HTTP %d", status);
	log_warn("the collector refused an answer (HTTP %d), it is set aside",
	    status);
	return outbox_refused(c->outbox, &rows[0].id, reason) ? AGAIN : FAILED;
}

static void
tell_failure(struct courier *c, int status)
{
	if (c->failing_since && status == c->last_status)
		return;
	c->last_status = status;
	if (status == 0)
		log_warn(
		    "%s is not reached; answers wait in the outbox", c->url);
	else if (status == 401 || status == 403)
		log_error("%s does not accept this device's token (HTTP %d); "
			  "answers wait: see hailong-server device list",
		    c->url, status);
	else
		log_warn("%s does not take answers now (HTTP %d); they wait",
		    c->url, status);
}

static enum outcome
judge_courier(struct courier *c, const struct outbox_row *rows, size_t n,
    const struct reply *reply)
{
	char texts[LIMIT_COURIER_BATCH][UUID_TEXT];
	const char *ids[LIMIT_COURIER_BATCH];
	struct row_verdict words[LIMIT_COURIER_BATCH];
	size_t i;

	for (i = 0; i < n; i++) {
		uuid_format(&rows[i].id, texts[i]);
		ids[i] = texts[i];
	}
	switch (reply_verdict(reply, ids, n, words)) {
	case REPLY_SPLIT:
		return split_courier(c, rows, n, ids[0], reply->status);
	case REPLY_WAIT:
		return FAILED;
	default:
		break;
	}
	if (!settle_courier(c, rows, n, words))
		return FAILED;
	offer_taken(&c->offer);
	atomic_store(&c->delivered, clock_now());
	return SENT;
}

static enum outcome
courier_post(struct courier *c, const struct outbox_row *rows, size_t n)
{
	char type[HTTP_CLIENT_TYPE_BYTES], *text = NULL;
	struct http_client_call call = {.url = c->url,
	    .path = c->path,
	    .token = c->token,
	    .clock = c->clock,
	    .key = c->key,
	    .reply_type = type,
	    .give_up = &c->stopping,
	    .alive = &c->alive};
	struct reply reply = {.type = type};
	enum outcome outcome = FAILED;
	char *body = batch_of(c, rows, n);

	call.body = body;
	if (body) {
		reply.status = http_client_perform(c->client, &call, &text);
		reply.body = text;
		atomic_store(&c->online, reply.status != 0);
		outcome = judge_courier(c, rows, n, &reply);
		if (outcome == FAILED && !atomic_load(&c->stopping))
			tell_failure(c, reply.status);
	}
	free(text);
	free(body);
	return outcome;
}

static enum outcome
attempt(struct courier *c)
{
	size_t n;
	struct outbox_row *rows =
	    outbox_due(c->outbox, c->offer.skip, c->offer.count, &n);
	enum outcome outcome;

	if (!rows)
		outcome = offer_end(&c->offer) ? FAILED : IDLE;
	else if ((outcome = sort_out(c, rows, n)) == IDLE)
		outcome = courier_post(c, rows, n);
	outbox_rows_free(rows, n);
	return outcome;
}

/* What to wait for after an attempt that began at `began`, in ms. */
static int64_t
pause_after(struct courier *c, enum outcome outcome, int64_t began)
{
	int64_t now = clock_mono(), wait = 0;

	if (outcome == FAILED) {
		if (!c->failing_since)
			c->failing_since = began;
		wait = courier_pause(
			   now - c->failing_since, randombytes_random()) -
		       (now - began);
	} else if (outcome == SENT) {
		if (c->failing_since)
			log_info("%s takes answers again", c->url);
		c->failing_since = 0;
	} else if (outcome == IDLE) {
		wait = POLL_MS;
	}
	return wait > 0 ? wait : 0;
}

/* True when woken. */
static bool
sleep_slice(struct courier *c, int64_t ms)
{
	struct timespec at;
	int rc = 0;
	bool woken;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += (time_t)(ms / 1000);
	at.tv_nsec += (long)(ms % 1000) * 1000000;
	if (at.tv_nsec >= 1000000000) {
		at.tv_sec++;
		at.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&c->lock);
	while (!c->woken && rc == 0)
		rc = pthread_cond_timedwait(&c->bell, &c->lock, &at);
	woken = c->woken;
	c->woken = false;
	pthread_mutex_unlock(&c->lock);
	return woken;
}

static void
sleep_until_woken(struct courier *c, int64_t ms)
{
	int64_t slice;
	bool woken = false;

	for (; ms > 0 && !woken; ms -= slice) {
		slice = ms < SLICE_MS ? ms : SLICE_MS;
		woken = sleep_slice(c, slice);
		atomic_store(&c->alive, clock_mono());
	}
}

static void *
run_courier_row(void *arg)
{
	struct courier *c = arg;
	int64_t began, wait;

	while (!atomic_load(&c->stopping)) {
		began = clock_mono();
		atomic_store(&c->alive, began);
		wait = pause_after(c, attempt(c), began);
		if (wait > 0 && !atomic_load(&c->stopping))
			sleep_until_woken(c, wait);
	}
	return NULL;
}

static void
destroy_courier(struct courier *c)
{
	outbox_close(c->outbox);
	http_client_destroy(c->client);
	pthread_mutex_destroy(&c->lock);
	pthread_cond_destroy(&c->bell);
	free(c->url);
	free(c->token);
	free(c->path);
	free(c->list);
	free(c);
}

static void
init_bell(struct courier *c)
{
	pthread_condattr_t attr;

	pthread_mutex_init(&c->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&c->bell, &attr);
	pthread_condattr_destroy(&attr);
}

struct courier *
courier_start(const struct courier_settings *settings)
{
	struct courier *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	init_bell(c);
	c->url = strdup(settings->url);
	c->token = strdup(settings->token);
	c->path = strdup(settings->path);
	c->list = strdup(settings->list);
	offer_init(&c->offer, LIMIT_COURIER_BATCH);
	c->clock = settings->clock;
	c->key = settings->key;
	c->alive = clock_mono();
	c->client = http_client_create();
	c->outbox = outbox_open(settings->outbox);
	if (!c->url || !c->token || !c->path || !c->list || !c->client ||
	    !c->outbox || sodium_init() < 0 ||
	    pthread_create(&c->thread, NULL, run_courier_row, c) != 0) {
		log_error("the courier cannot start; answers stay in %s",
		    settings->outbox);
		destroy_courier(c);
		return NULL;
	}
	return c;
}

void
courier_wake(struct courier *c)
{
	pthread_mutex_lock(&c->lock);
	c->woken = true;
	pthread_cond_signal(&c->bell);
	pthread_mutex_unlock(&c->lock);
}

bool
courier_online(const struct courier *c)
{
	return atomic_load(&c->online);
}

int64_t
courier_delivered(const struct courier *c)
{
	return atomic_load(&c->delivered);
}

int64_t
courier_alive(const struct courier *c)
{
	return atomic_load(&c->alive);
}

void
courier_stop(struct courier *c)
{
	if (!c)
		return;
	atomic_store(&c->stopping, true);
	courier_wake(c);
	pthread_join(c->thread, NULL);
	destroy_courier(c);
}

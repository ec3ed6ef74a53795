/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each request carries code and public key and is signed with the private key,
 * so no other device can collect this one's token; the token comes sealed and
 * can only be read with the same key.
 */
#include "kiosk/enrol.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "kiosk/replies.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/clock.h"
#include "shared/http_client.h"
#include "shared/log.h"

#define ASK_MS 3000

struct enrol {
	struct arena arena;
	const char *url, *outbox;
	struct identity *identity;
	pthread_t thread;
	atomic_bool stopping;
	_Atomic int64_t alive;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t bell;
	int64_t until; /* clock_mono; the code's end */
	struct enrol_view view;
};

void
enrol_code(char out[LIMIT_ENROL_CODE + 1])
{
	static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
	uint8_t random[LIMIT_ENROL_CODE];

	_Static_assert(sizeof(letters) - 1 == 32, "five bits each");
	key_random(random, sizeof(random));
	for (size_t i = 0; i < LIMIT_ENROL_CODE; i++)
		out[i] = letters[random[i] & 31];
	out[LIMIT_ENROL_CODE] = '\0';
}

static void
new_code(struct enrol *e)
{
	pthread_mutex_lock(&e->lock);
	enrol_code(e->view.code);
	snprintf(e->view.address, sizeof(e->view.address),
	    "%s/staff/devices?code=%s", e->url, e->view.code);
	e->until = clock_mono() + LIMIT_ENROL_MS;
	pthread_mutex_unlock(&e->lock);
}

static void
set_state(struct enrol *e, enum enrol_state state, const char *address)
{
	pthread_mutex_lock(&e->lock);
	e->view.state = state;
	if (address && strlen(address) < sizeof(e->view.address))
		strcpy(e->view.address, address);
	pthread_mutex_unlock(&e->lock);
}

/* Body and signature; the caller frees. */
static void
write_request(const struct enrol *e, struct buf *out)
{
	char key[KEY_TEXT], *text;
	json_t *json;

	key_public_text(e->identity->key.public, key);
	json = json_pack("{s:s, s:s, s:s}", "code", e->view.code, "key", key,
	    "version", HAILONG_VERSION);
	text = json_dumps(json, JSON_COMPACT);
	json_decref(json);
	buf_puts(out, text ? text : "{}");
	free(text);
	key_sign_json(&e->identity->key, out);
}

static void
copy_reply(const json_t *json, const char *name, char *out, size_t size)
{
	const char *text = json_string_value(json_object_get(json, name));

	*out = '\0';
	if (text && strlen(text) < size)
		strcpy(out, text);
}

static bool
take_approval(struct enrol *e, const json_t *reply)
{
	struct identity *id = e->identity;
	char sealed[SEALED_MAX], collector[KEY_TEXT], token[sizeof(id->token)];

	copy_reply(reply, "token", sealed, sizeof(sealed));
	copy_reply(reply, "key", collector, sizeof(collector));
	if (!key_open(&id->key, sealed, token, sizeof(token))) {
		log_error("the collector's token is not sealed for this "
			  "device; a new code is made");
		return false;
	}
	strcpy(id->token, token);
	copy_reply(reply, "device", id->device, sizeof(id->device));
	copy_reply(reply, "desk", id->desk, sizeof(id->desk));
	id->knows_collector = key_public_read(collector, id->collector);
	if (!identity_keep(id, e->outbox))
		return false;
	log_info("approved as %s for desk %s", id->device, id->desk);
	return true;
}

static void
judge_reply(struct enrol *e, const struct reply *reply)
{
	json_t *json;

	switch (reply_enrolment(reply, &json)) {
	case REPLY_ENROL_APPROVED:
		if (take_approval(e, json))
			set_state(e, ENROL_APPROVED, NULL);
		else
			new_code(e);
		break;
	case REPLY_ENROL_WAITING:
		set_state(e, ENROL_WAITING,
		    json_string_value(json_object_get(json, "address")));
		break;
	case REPLY_ENROL_TAKEN:
		new_code(e);
		break;
	default:
		set_state(e, ENROL_OFFLINE, NULL);
	}
	json_decref(json);
}

static void
ask_collector(struct enrol *e)
{
	struct http_client_call call = {.url = e->url,
	    .path = "/api/v1/kiosk/enrol",
	    .give_up = &e->stopping,
	    .alive = &e->alive};
	char type[HTTP_CLIENT_TYPE_BYTES], *text;
	struct reply reply = {.type = type};
	struct buf body;

	call.reply_type = type;
	if (clock_mono() >= e->until)
		new_code(e);
	buf_init(&body);
	write_request(e, &body);
	call.body = buf_text(&body);
	reply.status = http_client_do(&call, &text);
	reply.body = text;
	judge_reply(e, &reply);
	free(text);
	buf_finish(&body);
}

static void
rest_enrol(struct enrol *e)
{
	struct timespec at;
	int rc = 0;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += ASK_MS / 1000;
	pthread_mutex_lock(&e->lock);
	while (!atomic_load(&e->stopping) && rc == 0)
		rc = pthread_cond_timedwait(&e->bell, &e->lock, &at);
	pthread_mutex_unlock(&e->lock);
}

static void *
run_enrol(void *arg)
{
	struct enrol *e = arg;
	bool done = false;

	while (!atomic_load(&e->stopping)) {
		atomic_store(&e->alive, clock_mono());
		if (!done)
			ask_collector(e);
		done = e->view.state == ENROL_APPROVED;
		rest_enrol(e);
	}
	return NULL;
}

static void
destroy_enrol(struct enrol *e)
{
	pthread_mutex_destroy(&e->lock);
	pthread_cond_destroy(&e->bell);
	arena_finish(&e->arena);
	free(e);
}

struct enrol *
enrol_start(const char *url, const char *outbox, struct identity *identity)
{
	struct enrol *e = calloc(1, sizeof(*e));
	pthread_condattr_t attr;

	if (!e)
		return NULL;
	arena_init(&e->arena);
	e->url = arena_strdup(&e->arena, url);
	e->outbox = arena_strdup(&e->arena, outbox);
	e->identity = identity;
	e->alive = clock_mono();
	pthread_mutex_init(&e->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&e->bell, &attr);
	pthread_condattr_destroy(&attr);
	new_code(e);
	if (pthread_create(&e->thread, NULL, run_enrol, e) != 0) {
		log_error("enrolment cannot start: no thread");
		destroy_enrol(e);
		return NULL;
	}
	return e;
}

void
enrol_look(struct enrol *e, struct enrol_view *out)
{
	int64_t left;

	pthread_mutex_lock(&e->lock);
	*out = e->view;
	left = e->until - clock_mono();
	pthread_mutex_unlock(&e->lock);
	out->minutes = left > 0 ? (int)((left + 59999) / 60000) : 0;
}

int64_t
enrol_alive(const struct enrol *e)
{
	return atomic_load(&e->alive);
}

void
enrol_stop(struct enrol *e)
{
	if (!e)
		return;
	pthread_mutex_lock(&e->lock);
	atomic_store(&e->stopping, true);
	pthread_cond_signal(&e->bell);
	pthread_mutex_unlock(&e->lock);
	pthread_join(e->thread, NULL);
	destroy_enrol(e);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An answer's score follows from its id, so that a changed one is seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/clients.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST    400000 /* answers of one client */
#define REQUEST 12000
#define BATCH   50

struct client {
	pthread_t thread;
	struct clients *all;
	unsigned chance;
	int fd;
	struct uuid ids[MOST];
	atomic_size_t sent;         /* ids that were sent at least once */
	atomic_size_t acknowledged; /* from the first on: in order */
	size_t judged;
	atomic_size_t refused, with_retry_after;
	atomic_bool wrong; /* an acknowledged one was not known again */
};

struct clients {
	const struct rig *rig;
	const char *token;
	size_t count, most;
	atomic_bool stop;
	bool running;
	struct client list[];
};

size_t
clients_request(
    const char *token, const struct uuid *ids, size_t n, char *out, size_t size)
{
	char body[REQUEST], text[UUID_TEXT];
	int length = snprintf(body, sizeof(body), "{\"answers\":[");

	for (size_t i = 0; i < n; i++) {
		uuid_format(&ids[i], text);
		length += snprintf(body + length, sizeof(body) - (size_t)length,
		    "%s{\"id\":\"%s\",\"desk\":\"LH1\","
		    "\"answered_at\":\"2026-11-20T09:15:03+07:00\","
		    "\"scores\":{\"overall\":%d}}",
		    i == 0 ? "" : ",", text, ids[i].bytes[15] % 5 + 1);
	}
	length += snprintf(body + length, sizeof(body) - (size_t)length, "]}");
	return (size_t)snprintf(out, size,
	    "POST /api/v1/answers HTTP/1.1\r\nHost: x\r\n"
	    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
	    "Content-Length: %d\r\n\r\n%s",
	    token, length, body);
}

static size_t
occurrences(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)) != NULL; text++)
		n++;
	return n;
}

bool
clients_confirmed(const struct reply *reply, size_t n)
{
	return reply->status == 200 &&
	       occurrences(reply->body, "\"stored\"") +
		       occurrences(reply->body, "\"duplicate\"") ==
		   n;
}

/* One batch, once; false when no reply came. */
static bool
send_once(
    struct client *c, const struct uuid *ids, size_t n, struct reply *reply)
{
	char request[REQUEST + 400];
	size_t size =
	    clients_request(c->all->token, ids, n, request, sizeof(request));
	char *later;

	if (c->fd < 0)
		c->fd = rig_connect(c->all->rig);
	if (c->fd < 0 || !rig_send(c->fd, request, size) ||
	    !rig_read(c->fd, reply)) {
		if (c->fd >= 0)
			close(c->fd);
		c->fd = -1;
		return false;
	}
	if (reply->status == 503) {
		later = reply_header(reply, "Retry-After");
		c->refused++;
		c->with_retry_after += later != NULL;
		free(later);
	}
	return true;
}

/* One batch until it is acknowledged or the client shall stop. */
static bool
deliver(struct client *c, const struct uuid *ids, size_t n)
{
	struct reply reply = {0};
	bool known = false;

	while (!known) {
		known = send_once(c, ids, n, &reply) &&
			clients_confirmed(&reply, n);
		if (!known && atomic_load(&c->all->stop))
			break;
		if (!known)
			usleep(2000);
	}
	reply_finish(&reply);
	return known;
}

/* What was acknowledged is known when it comes again. */
static void
repeat(struct client *c, const struct uuid *ids, size_t n)
{
	struct reply reply = {0};

	if (send_once(c, ids, n, &reply) && reply.status == 200 &&
	    occurrences(reply.body, "\"duplicate\"") != n)
		c->wrong = true;
	reply_finish(&reply);
}

static void *
run(void *arg)
{
	struct client *c = arg;

	while (!atomic_load(&c->all->stop) && c->sent + BATCH < MOST) {
		size_t n = 1 + (size_t)rand_r(&c->chance) % c->all->most;
		struct uuid *ids = &c->ids[c->sent];

		for (size_t i = 0; i < n; i++)
			uuid_new(&ids[i]);
		c->sent += n;
		if (!deliver(c, ids, n))
			break;
		c->acknowledged += n;
		if (rand_r(&c->chance) % 8 == 0)
			repeat(c, ids, n);
	}
	if (c->fd >= 0)
		close(c->fd);
	return NULL;
}

struct clients *
clients_start(
    const struct rig *rig, const char *token, size_t count, size_t most)
{
	struct clients *c = calloc(1, sizeof(*c) + count * sizeof(c->list[0]));

	assert_non_null(c);
	assert_true(most <= BATCH);
	c->rig = rig;
	c->token = token;
	c->count = count;
	c->most = most;
	c->running = true;
	for (size_t i = 0; i < count; i++) {
		c->list[i].all = c;
		c->list[i].fd = -1;
		c->list[i].chance = (unsigned)i;
		pthread_create(&c->list[i].thread, NULL, run, &c->list[i]);
	}
	return c;
}

size_t
clients_acknowledged(struct clients *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->count; i++)
		n += c->list[i].acknowledged;
	return n;
}

size_t
clients_sent(struct clients *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->count; i++)
		n += c->list[i].sent;
	return n;
}

size_t
clients_refused(struct clients *c, size_t *with_retry_after)
{
	size_t n = 0;

	*with_retry_after = 0;
	for (size_t i = 0; i < c->count; i++) {
		*with_retry_after += c->list[i].with_retry_after;
		n += c->list[i].refused;
	}
	return n;
}

void
clients_wait(struct clients *c, size_t more)
{
	size_t goal = clients_acknowledged(c) + more;

	for (int i = 0; i < RIG_PATIENCE * 1000; i++) {
		if (clients_acknowledged(c) >= goal)
			return;
		usleep(1000);
	}
	fail_msg("the collector stopped to acknowledge");
}

void
clients_stop(struct clients *c)
{
	atomic_store(&c->stop, true);
	for (size_t i = 0; i < c->count && c->running; i++)
		pthread_join(c->list[i].thread, NULL);
	c->running = false;
}

void
clients_free(struct clients *c)
{
	clients_stop(c);
	free(c);
}

/* Answers whose score is not the one that follows from their id. */
#define DIGIT(place)                                                           \
	"(instr('0123456789ABCDEF', substr(hex(id), " place ", 1)) - 1)"

static const char changed_in_sqlite[] =
    "SELECT count(*) FROM answer WHERE desk <> 'LH1' OR scores <> 'overall=' "
    "|| ((16 * " DIGIT("31") " + " DIGIT("32") ") % 5 + 1)";

static const char changed_in_postgres[] =
    "SELECT count(*) FROM answer WHERE desk <> 'LH1' OR scores <> 'overall=' "
    "|| (get_byte(id, 15) % 5 + 1)";

void
clients_judge(struct clients *c, struct rig *rig, bool tallies)
{
	for (size_t i = 0; i < c->count; i++) {
		struct client *one = &c->list[i];
		size_t known = one->acknowledged;

		assert_int_equal(rig_missing(rig, one->ids + one->judged,
				     known - one->judged),
		    0);
		assert_false(one->wrong);
		one->judged = known;
	}
	if (!tallies)
		return;
	for (size_t i = 0; i < c->count; i++)
		c->list[i].judged = 0; /* at the end, all of them again */
	assert_string_equal(
	    rig_sql(rig, rig->postgres == NULL ? changed_in_sqlite
					       : changed_in_postgres),
	    "0");
	rig_check(rig);
}

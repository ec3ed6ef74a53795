/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector's end and its beginnings: stopped or killed while citizens
 * answer, nothing that was acknowledged is missing, and whoever was not
 * acknowledged sends again and is counted once. And where it listens.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/server/rig.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "shared/uuid.h"

#define CLIENTS 24
#define ROUNDS  5
#define MOST    4000 /* answers of one client */

/* A client with a connection that it keeps, sending answers one after the
 * other; what is not acknowledged it sends again. */
struct client {
	pthread_t thread;
	const struct rig *rig;
	const char *token;
	atomic_bool stop;
	struct uuid ids[MOST];
	size_t sent;                /* ids that were sent at least once */
	struct uuid known[MOST];    /* acknowledged */
	atomic_size_t acknowledged; /* how many */
};

static int
setup(void **state)
{
	struct rig *rig = calloc(1, sizeof(*rig));

	rig_make(rig, "");
	*state = rig;
	return 0;
}

static int
teardown(void **state)
{
	struct rig *rig = *state;

	rig_remove(rig);
	free(rig);
	return 0;
}

/* ------------------------------------------------------------------ clients */

/* The whole request that brings one answer. */
static int
write_request(const char *token, const struct uuid *id, char *out, size_t size)
{
	char text[UUID_TEXT], body[300];

	uuid_format(id, text);
	snprintf(body, sizeof(body),
	    "{\"answers\":[{\"id\":\"%s\",\"desk\":\"LH1\","
	    "\"answered_at\":\"2026-11-20T09:15:03+07:00\","
	    "\"scores\":{\"overall\":%d}}]}",
	    text, id->bytes[15] % 5 + 1);
	return snprintf(out, size,
	    "POST /api/v1/answers HTTP/1.1\r\nHost: x\r\n"
	    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    token, strlen(body), body);
}

static bool
acknowledges(const struct reply *reply)
{
	return reply->status == 200 &&
	       (strstr(reply->body, "\"stored\"") != NULL ||
		   strstr(reply->body, "\"duplicate\"") != NULL);
}

static bool
send_answer(struct client *c, int fd, const struct uuid *id, struct reply *got)
{
	char request[800];
	int n = write_request(c->token, id, request, sizeof(request));

	return rig_send(fd, request, (size_t)n) && rig_read(fd, got);
}

/* One answer until it is acknowledged or the client shall stop. */
static bool
deliver(struct client *c, int *fd, const struct uuid *id)
{
	struct reply got = {0};
	bool known = false;

	while (!known) {
		if (*fd < 0)
			*fd = rig_connect(c->rig);
		if (*fd < 0 || !send_answer(c, *fd, id, &got)) {
			if (*fd >= 0)
				close(*fd);
			*fd = -1;
			if (atomic_load(&c->stop))
				break;
			usleep(2000);
			continue;
		}

		known = acknowledges(&got);
		if (!known && atomic_load(&c->stop))
			break;
	}
	reply_finish(&got);
	return known;
}

static void *
run(void *arg)
{
	struct client *c = arg;
	int fd = -1;

	while (!atomic_load(&c->stop) && c->sent < MOST) {
		struct uuid *id = &c->ids[c->sent++];
		size_t n = atomic_load(&c->acknowledged);

		uuid_new(id);
		if (deliver(c, &fd, id)) {
			c->known[n] = *id;
			atomic_store(&c->acknowledged, n + 1);
		}
	}
	if (fd >= 0)
		close(fd);
	return NULL;
}

static struct client *
start_clients(const struct rig *rig, const char *token)
{
	struct client *clients = calloc(CLIENTS, sizeof(*clients));

	assert_non_null(clients);
	for (size_t i = 0; i < CLIENTS; i++) {
		clients[i].rig = rig;
		clients[i].token = token;
		pthread_create(&clients[i].thread, NULL, run, &clients[i]);
	}
	return clients;
}

static size_t
acknowledged(struct client *clients)
{
	size_t n = 0;

	for (size_t i = 0; i < CLIENTS; i++)
		n += atomic_load(&clients[i].acknowledged);
	return n;
}

/* Waits until so many more answers were acknowledged. */
static void
wait_for_more(struct client *clients, size_t more)
{
	size_t goal = acknowledged(clients) + more;

	for (int i = 0; i < RIG_PATIENCE * 1000; i++) {
		if (acknowledged(clients) >= goal)
			return;
		usleep(1000);
	}
	fail_msg("the collector stopped to acknowledge");
}

static void
stop_clients(struct client *clients)
{
	for (size_t i = 0; i < CLIENTS; i++)
		atomic_store(&clients[i].stop, true);
	for (size_t i = 0; i < CLIENTS; i++)
		pthread_join(clients[i].thread, NULL);
}

static void
assert_nothing_lost(struct rig *rig, struct client *clients)
{
	for (size_t i = 0; i < CLIENTS; i++)
		assert_int_equal(rig_missing(rig, clients[i].known,
				     atomic_load(&clients[i].acknowledged)),
		    0);
	rig_check(rig);
}

/* ------------------------------------------------------------------- the end
 */

/* SIGTERM while many clients keep asking on connections they keep: it ends,
 * with status 0. */
static void
test_stopped_under_load(void **state)
{
	struct rig *rig = *state;
	char *token = rig_device(rig, "import", NULL);
	struct client *clients;
	int status;

	rig_serve(rig);
	clients = start_clients(rig, token);
	wait_for_more(clients, 100);
	status = rig_stop(rig);
	stop_clients(clients);
	assert_int_equal(status, 0);
	assert_nothing_lost(rig, clients);
	free(clients);
	free(token);
}

/* A request that is on its way when SIGTERM comes is answered: a password
 * takes long enough to be sure of it. */
static void
test_on_its_way(void **state)
{
	static const char request[] =
	    "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 31\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
	    "login=nobody&password=something";
	struct rig *rig = *state;
	struct reply reply = {0};
	int fd;

	rig_serve(rig);
	fd = rig_connect(rig);
	assert_true(rig_send(fd, request, sizeof(request) - 1));
	assert_status(get(rig, "/healthz"), 200); /* the loop has seen it */
	assert_int_equal(rig_stop(rig), 0);
	assert_true(rig_read(fd, &reply));
	assert_int_equal(reply.status, 403);
	reply_finish(&reply);
	close(fd);
}

#define PIPELINED 200

/* A client that sends ahead without waiting: what it was told is true, also
 * when SIGTERM comes in the middle; the rest is refused or not answered. */
static void
test_stopped_in_a_pipeline(void **state)
{
	struct rig *rig = *state;
	char *token = rig_device(rig, "import", NULL);
	char *requests = calloc(PIPELINED, 800), *end = requests;
	struct uuid ids[PIPELINED];
	struct reply reply = {0};
	size_t known = 0;
	int fd;

	for (size_t i = 0; i < PIPELINED; i++) {
		uuid_new(&ids[i]);
		end += write_request(token, &ids[i], end, 800);
	}
	rig_serve(rig);
	fd = rig_connect(rig);
	assert_true(rig_send(fd, requests, (size_t)(end - requests)));
	assert_true(rig_read(fd, &reply));
	assert_true(acknowledges(&reply));
	assert_int_equal(rig_stop(rig), 0);
	do
		known += acknowledges(&reply);
	while (rig_read(fd, &reply));
	assert_int_equal(rig_missing(rig, ids, known), 0);
	rig_check(rig);
	reply_finish(&reply);
	close(fd);
	free(requests);
	free(token);
}

/* Killed again and again: acknowledged answers are there, the others are sent
 * again and counted once. */
static void
test_killed_under_load(void **state)
{
	struct rig *rig = *state;
	char *token = rig_device(rig, "import", NULL);
	struct client *clients = NULL;
	size_t sent = 0;
	char count[24];

	for (int round = 0; round < ROUNDS; round++) {
		rig_serve(rig);
		if (clients == NULL)
			clients = start_clients(rig, token);
		wait_for_more(clients, 60);
		rig_kill(rig);
		assert_nothing_lost(rig, clients);
	}
	rig_serve(rig);
	wait_for_more(clients, 20);
	stop_clients(clients);
	assert_nothing_lost(rig, clients);
	for (size_t i = 0; i < CLIENTS; i++)
		sent += clients[i].sent;
	assert_int_equal(acknowledged(clients), sent);
	snprintf(count, sizeof(count), "%zu", sent);
	assert_string_equal(rig_sql(rig, "SELECT count(*) FROM answer"), count);
	assert_string_equal(
	    rig_sql(rig, "SELECT sum(n1+n2+n3+n4+n5) FROM tally"), count);
	free(clients);
	free(token);
}

/* ----------------------------------------------------------- the connections
 */

static void
test_kept_connection(void **state)
{
	static const char two[] = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
				  "GET /f/LH1 HTTP/1.1\r\nHost: x\r\n\r\n";
	struct rig *rig = *state;
	struct reply reply = {0};
	int fd;

	rig_serve(rig);
	fd = rig_connect(rig);
	for (int i = 0; i < 3; i++) {
		assert_true(rig_send(fd, two, sizeof(two) - 1));
		assert_true(rig_read(fd, &reply));
		assert_string_equal(reply.body, "ok\n");
		assert_true(rig_read(fd, &reply));
		assert_non_null(strstr(reply.body, "</html>"));
	}
	reply_finish(&reply);
	close(fd);
	assert_int_equal(rig_stop(rig), 0);
}

/* Clients that go while their answer is being made. */
static void
test_clients_that_go(void **state)
{
	static const char request[] =
	    "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 31\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
	    "login=nobody&password=something";
	struct rig *rig = *state;

	rig_serve(rig);
	for (int i = 0; i < 10; i++) {
		int fd = rig_connect(rig);

		assert_true(rig_send(fd, request, sizeof(request) - 1));
		close(fd);
	}
	assert_status(get(rig, "/healthz"), 200);
	assert_int_equal(rig_stop(rig), 0);
}

/* ----------------------------------------------------------------- listening
 */

static void
test_unix_socket(void **state)
{
	struct rig *rig = *state;
	char listen[100];

	snprintf(listen, sizeof(listen), "unix:%s/socket", rig->folder);
	rig_config(rig, listen, "");
	rig_serve(rig);
	assert_status(post_form(rig, "/f/LH1", "overall=5"), 200);
	assert_int_equal(rig_run(rig, "", "serve", NULL), 1); /* a second one */
	assert_non_null(strstr(rig->said, "another collector"));
	assert_status(get(rig, "/healthz"), 200);
	rig_kill(rig);
	assert_int_equal(access(listen + 5, F_OK), 0); /* it is left */
	rig_serve(rig);                                /* and does not matter */
	assert_status(get(rig, "/healthz"), 200);
	assert_int_equal(rig_stop(rig), 0);
	assert_int_not_equal(access(listen + 5, F_OK), 0);
	assert_string_equal(rig_sql(rig, "SELECT count(*) FROM answer"), "1");
}

static void
test_public_addresses(void **state)
{
	static const char *const public[] = {
	    "0.0.0.0:18080", "192.0.2.1:80", "[::]:8080", ":8080", "*:8080"};
	struct rig *rig = *state;
	char port[80];

	for (size_t i = 0; i < sizeof(public) / sizeof(public[0]); i++) {
		rig_config(rig, public[i], "");
		assert_int_equal(rig_run(rig, "", "serve", NULL), 1);
		assert_non_null(strstr(rig->said, "behind_proxy"));
		assert_non_null(strstr(rig->said, public[i]));
	}
	rig_config(rig, NULL, ""); /* for its free port */
	snprintf(
	    port, sizeof(port), "0.0.0.0:%s", strrchr(rig->listen, ':') + 1);
	rig_config(rig, port, "[server]\nbehind_proxy = yes\n");
	rig_serve(rig);
	assert_status(get(rig, "/healthz"), 200);
	assert_int_equal(rig_stop(rig), 0);
}

static void
test_cannot_start(void **state)
{
	struct rig *rig = *state, other = *rig;

	rig_serve(rig);
	other.server = 0;
	assert_int_equal(rig_run(&other, "", "serve", NULL), 1); /* the port */
	assert_non_null(strstr(other.said, "listen"));
	assert_status(get(rig, "/healthz"), 200);
	assert_int_equal(rig_stop(rig), 0);
	rig_config(rig, "127.0.0.1:99999", "");
	assert_int_equal(rig_run(rig, "", "serve", NULL), 1);
	rig_config(rig, "nowhere", "");
	assert_int_equal(rig_run(rig, "", "serve", NULL), 1);
	rig_config(rig, NULL, "[database]\nurl = sqlite:/nonexistent/db\n");
	assert_int_equal(rig_run(rig, "", "serve", NULL), 1);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_stopped_under_load),
	    TEST(test_stopped_in_a_pipeline),
	    TEST(test_on_its_way),
	    TEST(test_killed_under_load),
	    TEST(test_kept_connection),
	    TEST(test_clients_that_go),
	    TEST(test_unix_socket),
	    TEST(test_public_addresses),
	    TEST(test_cannot_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector's end and its beginnings: stopped while citizens answer,
 * nothing that was acknowledged is missing (killed: tests/rigs). And where it
 * listens.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/clients.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/uuid.h"

#define CLIENTS 24

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

/* ------------------------------------------------------------------ the end */

/* SIGTERM while many clients keep asking on connections they keep: it ends,
 * with status 0. */
static void
test_stopped_under_load(void **state)
{
	struct rig *rig = *state;
	char *token = rig_device(rig, "import", NULL);
	struct clients *clients;
	int status;

	rig_serve(rig);
	clients = clients_start(rig, token, CLIENTS, 1);
	clients_wait(clients, 100);
	status = rig_stop(rig);
	clients_stop(clients);
	assert_int_equal(status, 0);
	clients_judge(clients, rig, true);
	clients_free(clients);
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
		end += clients_request(token, &ids[i], 1, end, 800);
	}
	rig_serve(rig);
	fd = rig_connect(rig);
	assert_true(rig_send(fd, requests, (size_t)(end - requests)));
	assert_true(rig_read(fd, &reply));
	assert_true(clients_confirmed(&reply, 1));
	assert_int_equal(rig_stop(rig), 0);
	do
		known += clients_confirmed(&reply, 1);
	while (rig_read(fd, &reply));
	assert_int_equal(rig_missing(rig, ids, known), 0);
	rig_check(rig);
	reply_finish(&reply);
	close(fd);
	free(requests);
	free(token);
}

/* ---------------------------------------------------------- the connections */

static void
test_kept_connection(void **state)
{
	static const char two[] =
	    "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
	    "GET /f/LH1?id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8a77 HTTP/1.1\r\n"
	    "Host: x\r\n\r\n";
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

/* ---------------------------------------------------------------- listening */

static void
test_unix_socket(void **state)
{
	struct rig *rig = *state;
	char listen[100];

	snprintf(listen, sizeof(listen), "unix:%s/socket", rig->folder);
	rig_config(rig, listen, "");
	rig_serve(rig);
	assert_status(rig_post(rig, "/f/LH1", "overall=5"), 200);
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
	static struct rig other;
	struct rig *rig = *state;
	char listen[sizeof(rig->listen)];

	rig_serve(rig);
	rig_make(&other, "");
	rig_config(&other, rig->listen, "");
	assert_int_equal(rig_run(&other, "", "serve", NULL), 1); /* the port */
	assert_non_null(strstr(other.said, "listen"));
	rig_remove(&other);
	assert_status(get(rig, "/healthz"), 200);
	snprintf(listen, sizeof(listen), "%s", rig->listen);
	rig_config(rig, NULL, ""); /* another port, the same database */
	assert_int_equal(rig_run(rig, "", "serve", NULL), 1);
	assert_non_null(strstr(rig->said, "another collector"));
	snprintf(rig->listen, sizeof(rig->listen), "%s", listen);
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
	    TEST(test_kept_connection),
	    TEST(test_clients_that_go),
	    TEST(test_unix_socket),
	    TEST(test_public_addresses),
	    TEST(test_cannot_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

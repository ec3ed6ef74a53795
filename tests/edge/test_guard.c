/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector without a proxy: the second line. Ambiguous requests, clients
 * that send a byte now and then, too many connections, a head that is too
 * large.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/edge/attacks.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "shared/clock.h"

/* of a form that is shown again and again */
#define FORM_ID "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a77"

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
	rig_remove(*state);
	free(*state);
	return 0;
}

static void
test_smuggling(void **state)
{
	struct rig *rig = *state;

	rig_serve(rig);
	attacks_send(rig, "direct",
	    (int)strtol(strrchr(rig->listen, ':') + 1, NULL, 10));
}

/* ---------------------------------------------------------------- deadlines */

/* One byte every 100 ms until the peer ends it. */
static bool
drip_until_cut(int fd, const char *bytes)
{
	struct pollfd peer = {fd, POLLIN, 0};
	int64_t end = clock_mono() + RIG_PATIENCE * 1000LL;
	char byte;

	while (clock_mono() < end) {
		if (*bytes != '\0')
			send(fd, bytes++, 1, MSG_NOSIGNAL);
		if (poll(&peer, 1, 100) > 0)
			return recv(fd, &byte, 1, 0) <= 0;
	}
	return false;
}

/* It never stops sending, and is cut all the same, while others are served:
 * in the first line, in the headers, in the body. */
static void
test_dripping(void **state)
{
	static const char *const firsts[] = {"",
	    "GET /f/LH1 HTTP/1.1\r\nHost: x\r\n",
	    "POST /f/LH1 HTTP/1.1\r\nHost: x\r\nContent-Length: 8000\r\n\r\n"};
	struct rig *rig = *state;
	char slow[RIG_PATIENCE * 10 + 1];

	memset(slow, 'a', sizeof(slow) - 1);
	slow[sizeof(slow) - 1] = '\0';
	rig_config(rig, NULL,
	    "[limits]\nconnection_seconds = 1\nrequest_seconds = 1\n");
	rig_serve(rig);
	for (size_t i = 0; i < sizeof(firsts) / sizeof(firsts[0]); i++) {
		int fd = rig_connect(rig);

		assert_true(rig_send(fd, firsts[i], strlen(firsts[i])));
		assert_true(drip_until_cut(fd, slow));
		assert_status(get(rig, "/healthz"), 200);
		close(fd);
	}
}

/* A response that nobody takes holds no connection for ever: the requests of a
 * client that only sends are answered until its socket is full. */
static void
test_never_reading(void **state)
{
	/* the page itself, not the redirect to it, which is soon sent */
	static const char request[] =
	    "GET /f/LH1?id=" FORM_ID " HTTP/1.1\r\nHost: x\r\n\r\n";
	struct rig *rig = *state;
	struct pollfd peer;
	int64_t end = clock_mono() + RIG_PATIENCE * 1000LL;
	bool cut = false;

	rig_config(rig, NULL, "[limits]\nconnection_seconds = 1\n");
	rig_serve(rig);
	peer = (struct pollfd){rig_connect(rig), 0, 0}; /* only the end */
	while (!cut && clock_mono() < end) {
		send(peer.fd, request, sizeof(request) - 1,
		    MSG_NOSIGNAL | MSG_DONTWAIT);
		cut = poll(&peer, 1, 1) > 0;
	}
	close(peer.fd);
	assert_true(cut);
	assert_status(get(rig, "/healthz"), 200);
}

/* ------------------------------------------------------------------- limits */

/* True when the connection is served. */
static bool
served(int fd)
{
	static const char request[] =
	    "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
	struct timeval patience = {0, 300000};
	struct reply reply = {0};
	bool ok;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	ok = fd >= 0 && rig_send(fd, request, sizeof(request) - 1) &&
	     rig_read(fd, &reply);
	reply_finish(&reply);
	return ok;
}

/* So many connections and no more; when one goes there is room again. */
static void
try_limit(struct rig *rig, const char *settings, int limit)
{
	int fds[16];

	rig_config(rig, NULL, settings);
	rig_serve(rig);
	for (int i = 0; i < limit; i++)
		while (!served(fds[i] = rig_connect(rig)))
			close(fds[i]); /* the rig's own is not gone yet */
	fds[limit] = rig_connect(rig);
	assert_false(served(fds[limit]));
	for (int i = 0; i <= limit; i++)
		close(fds[i]);
	for (int i = 0; get(rig, "/healthz")->status != 200; i++)
		assert_true(i < 1000);
	assert_int_equal(rig_stop(rig), 0);
}

static void
test_connections(void **state)
{
	try_limit(*state, "[limits]\nconnections = 8\n", 8);
	try_limit(*state, "[limits]\naddress_connections = 3\n", 3);
}

static void
test_head_too_large(void **state)
{
	struct rig *rig = *state;
	char headers[12000] = "X: ";

	rig_serve(rig);
	memset(headers + 3, 'a', sizeof(headers) - 6);
	strcpy(headers + sizeof(headers) - 3, "\r\n");
	assert_status(ask(rig, "GET", "/f/LH1", headers, NULL, 0), 431);
	assert_status(get(rig, "/healthz"), 200);
}

/* What a client says about addresses is neither believed nor kept. */

static void
test_forwarded_is_ignored(void **state)
{
	struct rig *rig = *state;
	char command[256];

	rig_serve(rig);
	assert_status(ask(rig, "GET", "/f/LH1?id=" FORM_ID,
			  "X-Forwarded-For: 203.0.113.77\r\nX-Real-IP: "
			  "203.0.113.77\r\nForwarded: for=203.0.113.77\r\n"
			  "X-Forwarded-Host: evil.example\r\n",
			  NULL, 0),
	    200);
	assert_status(get(rig, "/healthz"), 200);
	assert_int_equal(rig_stop(rig), 0);
	snprintf(command, sizeof(command),
	    "grep -rqF -e 203.0.113.77 -e evil.example %s", rig->folder);
	assert_int_not_equal(system(command), 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_smuggling),
	    TEST(test_dripping),
	    TEST(test_never_reading),
	    TEST(test_connections),
	    TEST(test_head_too_large),
	    TEST(test_forwarded_is_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

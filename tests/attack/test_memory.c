/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory has owners. Odd requests by the thousand leave nothing behind: under
 * sanitizers the collector's end tells of each byte that was lost, without them
 * its size is measured. Bodies of strangers are small, one by one and all
 * together, and take nothing from devices.
 *
 * HAILONG_ODD=N odd requests (1,500; the rig of the issue: 100,000).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "shared/limits.h"

#define ROUND  15   /* odd requests of each turn, one of a kind */
#define GROWTH 4096 /* KiB that a collector may grow by, however many came */

static struct rig rig;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	return 0;
}

/* It must end well: with sanitizers that means without a leak. */
static int
teardown(void **state)
{
	(void)state;
	rig_remove(&rig);
	return 0;
}

/* KiB of memory that the collector has; 0 where sanitizers keep what is freed.
 */
static long
size_of_collector(void)
{
	long kib = 0;
#ifndef __SANITIZE_ADDRESS__
	char path[40], line[200];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)rig.server);
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "VmRSS:", 6) == 0)
			kib = strtol(line + 6, NULL, 10);
	fclose(f);
#endif
	return kib;
}

/* ------------------------------------------------------------- odd requests */

static char *
many(const char *first, const char *again, int times, const char *last)
{
	char *text = malloc(
	    strlen(first) + strlen(again) * (size_t)times + strlen(last) + 1);
	char *at;

	assert_non_null(text);
	at = stpcpy(text, first);
	for (int i = 0; i < times; i++)
		at = stpcpy(at, again);
	strcpy(at, last);
	return text;
}

/* Closed by us at once, or when the collector has begun to answer. */
static void
send_odd(const char *bytes, bool hear)
{
	static const struct timeval patience = {0, 20000};
	char heard[4096];
	int fd = rig_connect(&rig);

	assert_true(fd >= 0);
	rig_send(fd, bytes, strlen(bytes));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (hear && recv(fd, heard, sizeof(heard), 0) > 0)
		shutdown(fd, SHUT_WR);
	close(fd);
}

static void
send_round(int turn)
{
	static char *odd[ROUND];
	static const char host[] = " HTTP/1.1\r\nHost: x\r\n";
	char end[64];

	snprintf(end, sizeof(end), "%s\r\n", host);
	if (odd[0] == NULL) {
		odd[0] = many("GET /healthz?a", "&a", 109, end);
		odd[1] = many("GET /healthz?a", "&a=b", 400, end);
		odd[2] = many("GET /f/LH1?", "abcdefgh", 900, end);
		odd[3] = many("GET /healthz HTTP/1.1\r\nHost: x\r\n",
		    "A: b\r\n", 300, "\r\n");
		odd[4] = many("GET /healthz HTTP/1.1\r\nHost: x\r\nCookie: ",
		    "hailong=aaaaaaaa; ", 600, "\r\n\r\n");
		odd[5] = many("", "G", 7000, "");
		odd[6] = many("GET /%00", "%00", 20, end);
		odd[7] = many("POST /f/LH1 HTTP/1.1\r\nHost: x\r\n"
			      "Content-Length: 9000\r\n\r\n",
		    "overall=5&", 300, "");
		odd[8] = many("POST /login HTTP/1.1\r\nHost: x\r\n"
			      "Transfer-Encoding: chunked\r\n\r\n",
		    "5\r\naaaaa\r\n", 200, "zz\r\n");
		odd[9] = many("", "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", 9,
		    "GET /healthz?a HTTP/1.");
		odd[10] = many("POST /f/LH1?a", "&a", 109,
		    " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc");
		odd[11] =
		    many("GET /healthz HTTP/9.9\r\n", "x", 10, "\r\n\r\n");
		odd[12] = many("BREW", "ING", 40, " /pot HTTP/1.1\r\n\r\n");
		odd[13] = many("POST /f/LH1 HTTP/1.1\r\nHost: x\r\n"
			       "Content-Length: 2\r\nContent-Length: 3\r\n\r\n",
		    "a", 3, "");
		odd[14] = many("GET /healthz HTTP/1.1\r\nHost: x\r\n"
			       "Expect: ",
		    "200-never ", 30, "\r\nContent-Length: 7\r\n\r\n");
	}
	for (int i = 0; i < ROUND; i++)
		send_odd(odd[i], turn % 4 != 0);
}

static void
test_odd_requests(void **state)
{
	const char *asked = getenv("HAILONG_ODD");
	long left = asked == NULL ? 1500 : strtol(asked, NULL, 10);
	long before;
	int turn = 0;

	(void)state;
	rig_serve(&rig);
	/* what it keeps for later, it has then: pools grow for some thousands
	 */
	for (; turn < (left > 50000 ? 20000 / ROUND : 40); turn++)
		send_round(turn);
	before = size_of_collector();
	for (; left > 0; left -= ROUND)
		send_round(turn++);
	printf("%d odd requests: from %ld to %ld KiB\n", turn * ROUND, before,
	    size_of_collector());
	assert_true(size_of_collector() - before <= GROWTH);
	assert_status(get(&rig, "/healthz"), 200);
}

/* ------------------------------------------------------------------- bodies */

static const char invented[] =
    "Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789\r\n"
    "Content-Type: application/json\r\n";

/* Begins a body of so many bytes, and sends all but the last. */
static int
begin_body(const char *path, const char *headers, size_t size)
{
	char *body = malloc(size), head[400];
	int fd = rig_connect(&rig);

	assert_non_null(body);
	assert_true(fd >= 0);
	memset(body, ' ', size);
	snprintf(head, sizeof(head),
	    "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
	    "Content-Length: %zu\r\n%s\r\n",
	    path, size, headers);
	assert_true(rig_send(fd, head, strlen(head)));
	assert_true(rig_send(fd, body, size - 1));
	free(body);
	return fd;
}

static int
end_body(int fd)
{
	struct reply reply = {0};
	int status = 0;

	if (rig_send(fd, " ", 1) && rig_read(fd, &reply))
		status = reply.status;
	reply_finish(&reply);
	close(fd);
	return status;
}

/* A large body is only a device's or a person's: others are told so, and not a
 * byte of it is kept. */
static void
test_large_bodies_of_strangers(void **state)
{
	static const struct {
		const char *path, *headers;
		size_t size;
		int status;
	} tries[] = {
	    {"/api/v1/answers", "", LIMIT_FORM_BYTES + 1, 401},
	    {"/api/v1/answers", invented, LIMIT_BODY_BYTES, 401},
	    {"/api/v1/dossiers", invented, LIMIT_BODY_BYTES, 401},
	    {"/api/v1/kiosk/enrol", "", LIMIT_BODY_BYTES, 401},
	    {"/api/v1/answers", invented, LIMIT_BODY_BYTES + 1, 413},
	    {"/staff/admin/import", "", LIMIT_BODY_BYTES, 413},
	    {"/staff/admin/import", "Cookie: hailong=abc\r\n", 500000, 413},
	    {"/login", "", LIMIT_FORM_BYTES + 1, 413},
	    {"/nowhere", "", LIMIT_BODY_BYTES, 413},
	    {"/f/LH1", "", LIMIT_FORM_BYTES + 1, 413},
	    {"/f/LH1", "", LIMIT_BODY_BYTES, 413},
	    {"/f/LH1", "", 8 * LIMIT_BODY_BYTES, 413},
	};
	int fds[200];
	long before;

	(void)state;
	rig_config(&rig, NULL,
	    "[limits]\nconnections = 900\naddress_connections = 900\n");
	rig_serve(&rig);
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		int fd =
		    begin_body(tries[i].path, tries[i].headers, tries[i].size);

		assert_int_equal(end_body(fd), tries[i].status);
	}
	before = size_of_collector();
	for (int i = 0; i < 200; i++)
		fds[i] =
		    begin_body("/api/v1/answers", invented, LIMIT_BODY_BYTES);
	printf("200 bodies of 1 MiB: from %ld to %ld KiB\n", before,
	    size_of_collector());
	assert_true(size_of_collector() - before <= 16 * 1024);
	for (int i = 0; i < 200; i++)
		assert_int_equal(end_body(fds[i]), 401);
}

/* What strangers hold together is limited; devices have room of their own, and
 * when strangers go there is room again. */
static void
test_all_bodies_together(void **state)
{
	char *token;
	int fds[700], n = 0;
	char header[200];

	(void)state;
	rig_config(&rig, NULL,
	    "[limits]\nconnections = 900\naddress_connections = 900\n");
	token = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	while (n < 700)
		fds[n++] = begin_body("/login", "", 60000);
	/* once it has read what they sent */
	for (int i = 0; end_body(begin_body("/login", "", 60000)) != 503; i++)
		assert_true(i < 1000);
	snprintf(header, sizeof(header),
	    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n",
	    token);
	assert_int_equal(
	    end_body(begin_body("/api/v1/answers", header, LIMIT_BODY_BYTES)),
	    400); /* read whole: it is no JSON */
	while (n > 0)
		close(fds[--n]);
	for (int i = 0; end_body(begin_body("/login", "", 60000)) == 503; i++)
		assert_true(i < 1000);
	free(token);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_odd_requests),
	    TEST(test_large_bodies_of_strangers),
	    TEST(test_all_bodies_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

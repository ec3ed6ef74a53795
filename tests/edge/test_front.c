/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Real nginx and real haproxy with the configurations that we ship: honest
 * requests pass, what is too much is refused, nothing is smuggled through, and
 * 1,500 slow connections keep nobody from answering.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/edge/attacks.h"
#include "tests/edge/front.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include "shared/clock.h"
#include "shared/limits.h"

#define SLOW         1500 /* connections */
#define SLOW_SECONDS 4
#define BOUND_MS     1000  /* wanted */
#define PATIENCE_MS  60000 /* else the test fails */
#define MOST_TIMES   1000

/* ------------------------------------------------------------------- honest */

static void
assert_stored(struct rig *rig, size_t n)
{
	char count[24];

	snprintf(count, sizeof(count), "%zu", n);
	assert_string_equal(rig_sql(rig, "SELECT count(*) FROM answer"), count);
}

static void
test_honest(void **state)
{
	struct fronts *e = *state;
	char *token = rig_device(&e->rig, "import", NULL);

	for (int i = 0; i < e->count; i++) {
		const struct rig *via = &e->fronts[i].via;
		json_t *list = json_array();
		char *header;

		for (int k = 0; k < 1000; k++)
			json_array_append_new(list, new_answer(""));
		json_decref(post_answers(via, token, list));
		assert_status(get(via, "/f/LH1"), 200);
		assert_status(rig_post(via, "/f/LH1", "overall=5"), 200);
		assert_status(get(via, "/nowhere"), 404);
		header = reply_header(
		    get(via, "/healthz"), "Strict-Transport-Security");
		assert_non_null(header);
		free(header);
		assert_stored(&e->rig, (size_t)(i + 1) * 1001);
	}
	free(token);
}

/* What curl, asked this way, says of the protocol and the status. */
static const char *
curl(const struct front *f, const char *options, const char *path)
{
	static char said[32];
	char command[400];
	FILE *pipe;

	snprintf(command, sizeof(command),
	    "curl -sk -m 10 -o %s/said -w '%%{http_version} %%{http_code}' %s "
	    "https://127.0.0.1:%d%s",
	    f->folder, options, f->tls, path);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	if (fgets(said, sizeof(said), pipe) == NULL)
		said[0] = '\0';
	pclose(pipe);
	return said;
}

/* As a telephone comes: TLS, and HTTP/2 where it offers that; nothing below TLS
 * 1.2. */
static void
test_tls(void **state)
{
	struct fronts *e = *state;

	for (int i = 0; i < e->count; i++) {
		const struct front *f = &e->fronts[i];

		assert_string_equal(curl(f, "--http2 -L", "/f/LH1"), "2 200");
		assert_string_equal(
		    curl(f, "--http2 -d overall=5", "/f/LH1"), "2 200");
		assert_string_equal(
		    curl(f, "--http1.1 -d overall=4", "/f/LH1"), "1.1 200");
		assert_string_equal(
		    curl(f, "--http2 -d overall=9", "/f/LH1"), "2 422");
		assert_string_equal(curl(f, "--http2", "/nowhere"), "2 404");
		assert_string_equal(
		    curl(f, "--tlsv1.3 --http2", "/healthz"), "2 200");
		assert_string_equal(
		    curl(f, "--tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0",
			"/healthz"),
		    "0 000");
		assert_stored(&e->rig, (size_t)(i + 1) * 2);
	}
}

/* 1 MiB passes, one byte more does not; the 21st sign-in in a row waits. */
static void
test_too_much(void **state)
{
	struct fronts *e = *state;
	char *body = malloc(LIMIT_BODY_BYTES + 1);

	memset(body, ' ', LIMIT_BODY_BYTES + 1);
	for (int i = 0; i < e->count; i++) {
		const struct rig *via = &e->fronts[i].via;
		int refused = 0, seen = 0;

		assert_status(ask(via, "POST", "/api/v1/answers", "", body,
				  LIMIT_BODY_BYTES),
		    401);
		assert_status(ask(via, "POST", "/api/v1/answers", "", body,
				  LIMIT_BODY_BYTES + 1),
		    413);
		for (int k = 0; k < 40; k++) {
			int status = rig_post(via, "/login", "login=x")->status;

			seen += status == 422; /* no password */
			refused += status == 429;
		}
		assert_int_equal(seen + refused, 40);
		assert_in_range(seen, 15, 25);
		assert_status(get(via, "/f/LH1"), 200);
	}
	free(body);
}

/* This machine may read the figures; another is refused. */
static void
test_metrics_stay_here(void **state)
{
	struct fronts *e = *state;
	int fd;

	for (int i = 0; i < e->count; i++) {
		struct sockaddr_in other = {.sin_family = AF_INET},
				   front = other;
		static const char request[] =
		    "GET /metrics HTTP/1.1\r\nHost: x\r\n"
		    "X-Forwarded-For: 127.0.0.1\r\n\r\n";
		struct reply reply = {0};

		assert_status(get(&e->fronts[i].via, "/metrics"), 200);
		other.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
		front.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		front.sin_port = htons((uint16_t)e->fronts[i].port);
		fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		assert_int_equal(bind(fd, (void *)&other, sizeof(other)), 0);
		assert_int_equal(connect(fd, (void *)&front, sizeof(front)), 0);
		assert_true(rig_send(fd, request, sizeof(request) - 1));
		assert_true(rig_read(fd, &reply));
		assert_int_equal(reply.status, 403);
		reply_finish(&reply);
		close(fd);
	}
}

static void
smuggle_through(struct fronts *e, const char *name)
{
	for (int i = 0; i < e->count; i++)
		if (strcmp(e->fronts[i].name, name) == 0) {
			attacks_send(&e->rig, name, e->fronts[i].port);
			return;
		}
	skip();
}

static void
test_smuggling_nginx(void **state)
{
	smuggle_through(*state, "nginx");
}

static void
test_smuggling_haproxy(void **state)
{
	smuggle_through(*state, "haproxy");
}

/* --------------------------------------------------------------------- slow */

/* slowhttptest, in one of its ways: -H heads, -B bodies, -X slow reading. */
static pid_t
attack(const char *way, const char *method, int port, const char *log)
{
	char url[64], connections[16], seconds[16];
	struct rlimit files;
	pid_t pid = fork();
	int fd;

	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/f/LH1", port);
	snprintf(connections, sizeof(connections), "%d", SLOW);
	snprintf(seconds, sizeof(seconds), "%d", SLOW_SECONDS);
	fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 ||
	    dup2(fd, STDERR_FILENO) < 0)
		_exit(126);
	execlp("slowhttptest", "slowhttptest", way, "-c", connections, "-r",
	    connections, "-l", seconds, "-i", "1", "-p", "3", "-t", method,
	    "-u", url, NULL);
	_exit(127);
}

/* The n-th citizen, elsewhere (each at another address, the next one at the
 * next desk), asks for the form and answers; ms it took, -1: not served. */
static int
citizen(int port, int n)
{
	static const char *const desks[] = {"TP1", "TPD1", "TPX1", "TPT1",
	    "LH1", "PRC1", "PD1", "PP1", "VH1", "VT1", "PL1", "PT1", "HM1",
	    "CC1", "BT1"};
	const char *desk = desks[n % (int)(sizeof(desks) / sizeof(desks[0]))];
	char requests[512];
	struct sockaddr_in own = {.sin_family = AF_INET}, front = own;
	struct timeval patience = {PATIENCE_MS / 1000, 0};
	struct reply reply = {0};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int64_t began = clock_mono();
	bool ok;

	snprintf(requests, sizeof(requests),
	    "GET /f/%s?id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11 HTTP/1.1\r\n"
	    "Host: x\r\n\r\n"
	    "POST /f/%s HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n\r\noverall=5",
	    desk, desk);
	own.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (uint32_t)n);
	front.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	front.sin_port = htons((uint16_t)port);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	ok = bind(fd, (void *)&own, sizeof(own)) == 0 &&
	     connect(fd, (void *)&front, sizeof(front)) == 0 &&
	     rig_send(fd, requests, strlen(requests)) && rig_read(fd, &reply) &&
	     reply.status == 200 && rig_read(fd, &reply) && reply.status == 200;
	reply_finish(&reply);
	close(fd);
	return ok ? (int)(clock_mono() - began) : -1;
}

static int
by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* How many connections slowhttptest says it held at most. */
static int
held(const char *log)
{
	char line[256];
	FILE *f = fopen(log, "r");
	int n = 0, most = 0;
	char *at;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		at = strstr(line, "connected:");
		/* colours stand between the words */
		while (at != NULL && *at != '\0' && (*at < '0' || *at > '9'))
			at = at[0] == '\033' ? strchr(at, 'm') : at + 1;
		n = at == NULL ? 0 : (int)strtol(at, NULL, 10);
		most = n > most ? n : most;
	}
	if (f != NULL)
		fclose(f);
	return most;
}

/* Citizens come while the attack lasts; each is served. */
static void
try_slow(struct fronts *e, const char *front, int port, const char *way,
    const char *method)
{
	char log[128];
	int times[MOST_TIMES], n = 0, status;
	pid_t pid;

	snprintf(log, sizeof(log), "%.90s/slow", e->rig.folder);
	pid = attack(way, method, port, log);
	usleep(500000); /* until it holds what it can get */
	while (waitpid(pid, &status, WNOHANG) == 0 && n < MOST_TIMES) {
		times[n] = citizen(port, n);
		if (times[n++] < 0) {
			kill(pid, SIGKILL);
			waitpid(pid, &status, 0);
			fail_msg("%s: a citizen was not served", front);
		}
		usleep(20000);
	}
	assert_true(n > 0 && n < MOST_TIMES);
	qsort(times, (size_t)n, sizeof(times[0]), by_size);
	print_message("%-8s %s %d slow (%d held): %d citizens, median %d ms, "
		      "slowest %d ms%s\n",
	    front, way, SLOW, held(log), n, times[n / 2], times[n - 1],
	    times[n - 1] > BOUND_MS ? "  ABOVE 1 s" : "");
	assert_true(times[n - 1] <= PATIENCE_MS);
}

static void
test_slow(void **state)
{
	static const char *const ways[][2] = {{"-H", "GET"}, {"-B", "POST"}};
	struct fronts *e = *state;

	if (!front_is_there("slowhttptest"))
		skip();
	for (int i = 0; i < e->count; i++)
		for (size_t k = 0; k < 2; k++)
			try_slow(e, e->fronts[i].name, e->fronts[i].port,
			    ways[k][0], ways[k][1]);
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, fronts_setup, fronts_teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_honest),
	    TEST(test_tls),
	    TEST(test_too_much),
	    TEST(test_metrics_stay_here),
	    TEST(test_smuggling_nginx),
	    TEST(test_smuggling_haproxy),
	    TEST(test_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The courier against a collector of 100 lines: a thread that reads one
 * request a connection and answers as the case demands. What a case looks at
 * is the outbox afterwards, and the bodies that arrived.
 */
#include "shared/courier.h"
#include "shared/http_client.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <pthread.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "shared/buf.h"
#include "shared/outbox.h"
#include "tests/shared/reply_cases.h"

enum mood {
	KIND,      /* 200; a body's "want" is its status, else "stored" */
	BUSY,      /* 503 */
	DENY,      /* 401 */
	PORTAL,    /* 200 with a page that is not ours */
	PROXY,     /* 400 with a page that is not ours */
	STRICT,    /* 400 in our words if any body has "poison" */
	FORGETFUL, /* 200, but the first row is not named */
	FILTER,    /* 400 {"error":"…"}, as a filter on the line */
	OF_TABLE   /* as `now` says */
};

static char folder[64], path[96], url[64];
static int listener = -1;
static pthread_t server;
static atomic_int mood, requests, arrived;
static char last_request[8192];

static void
reply(int fd, int status, const char *headers, const char *body)
{
	char head[400];
	int n = snprintf(head, sizeof(head),
	    "HTTP/1.1 %d X\r\nContent-Length: %zu\r\nConnection: close\r\n"
	    "%s\r\n",
	    status, strlen(body), headers);

	if (write(fd, head, (size_t)n) < 0 || write(fd, body, strlen(body)) < 0)
		perror("reply");
}

static char *
results_for(const json_t *list)
{
	json_t *results = json_array(), *body, *want, *root;
	char *text;
	size_t i;

	json_array_foreach (list, i, body) {
		want = json_object_get(body, "want");
		atomic_fetch_add(&arrived, 1);
		if (i == 0 && mood == FORGETFUL)
			continue;
		json_array_append_new(
		    results, json_pack("{s:O,s:s,s:s}", "id",
				 json_object_get(body, "id"), "status",
				 want ? json_string_value(want) : "stored",
				 "error", "as the case wants"));
	}
	root = json_pack("{s:o}", "results", results);
	text = json_dumps(root, 0);
	json_decref(root);
	return text;
}

static const struct reply_case *now;

static void
reply_of_table(int fd, const json_t *root)
{
	const json_t *list = json_object_get(root, "answers");
	const char *ids[2];
	char type[100] = "", *text;

	for (size_t i = 0; i < 2; i++) {
		ids[i] = json_string_value(
		    json_object_get(json_array_get(list, i), "id"));
		ids[i] = ids[i] ? ids[i] : "none";
	}
	if (now->type)
		snprintf(type, sizeof(type), "Content-Type: %s\r\n", now->type);
	text = reply_case_body(now, ids[0], ids[1]);
	reply(fd, now->status, type, text);
	free(text);
}

static void
answer(int fd, const char *body)
{
	json_t *root = json_loads(body, 0, NULL);
	char *text;

	if (mood == BUSY) {
		reply(fd, 503, "Retry-After: 1\r\n",
		    "{\"error\":{\"code\":\"busy\"}}");
	} else if (mood == DENY) {
		reply(fd, 401, "", "{\"error\":{\"code\":\"token\"}}");
	} else if (mood == PORTAL || mood == PROXY) {
		reply(
		    fd, mood == PORTAL ? 200 : 400, "", "<html>log in</html>");
	} else if (mood == STRICT && strstr(body, "poison")) {
		reply(fd, 400, "", "{\"error\":{\"code\":\"bad_shape\"}}");
	} else if (mood == FILTER) {
		reply(fd, 400, "Content-Type: application/json\r\n",
		    "{\"error\":{\"code\":\"blocked\",\"message\":\"no\"}}");
	} else if (mood == OF_TABLE) {
		reply_of_table(fd, root);
	} else {
		text = results_for(json_object_get(root, "answers"));
		reply(fd, 200, "", text);
		free(text);
	}
	json_decref(root);
}

/* Reads one request whole and answers it. */
static void
serve_one(int fd)
{
	static char buffer[1 << 20];
	size_t n = 0, length = 0;
	ssize_t got;
	char *body = NULL, *at;

	while (n + 1 < sizeof(buffer) &&
	       (got = read(fd, buffer + n, sizeof(buffer) - 1 - n)) > 0) {
		n += (size_t)got;
		buffer[n] = '\0';
		if (!body && (at = strstr(buffer, "\r\n\r\n"))) {
			body = at + 4;
			at = strcasestr(buffer, "Content-Length:");
			length = at ? strtoul(at + 15, NULL, 10) : 0;
		}
		if (body && n >= (size_t)(body - buffer) + length)
			break;
	}
	if (!body)
		return;
	snprintf(last_request, sizeof(last_request), "%.8000s", buffer);
	if (strncmp(buffer, "GET", 3) != 0)
		answer(fd, body);
	else if (strstr(buffer, "If-None-Match: \"7\""))
		reply(fd, 304, "", "");
	else
		reply(fd, 200, "ETag: \"7\"\r\n", "{\"version\":\"7\"}");
	/* Counted last: who waits for it may look at the outcome. */
	atomic_fetch_add(&requests, 1);
}

static void *
serve(void *arg)
{
	int fd;

	(void)arg;
	while ((fd = accept(listener, NULL, NULL)) >= 0) {
		serve_one(fd);
		close(fd);
	}
	return NULL;
}

/* Opens the port of url again, or a new one when there is none. */
static void
start_server(void)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	int on = 1;

	if (*url)
		address.sin_port = htons((uint16_t)atoi(strrchr(url, ':') + 1));
	listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	assert_int_equal(bind(listener, (struct sockaddr *)&address, size), 0);
	assert_int_equal(listen(listener, 8), 0);
	getsockname(listener, (struct sockaddr *)&address, &size);
	snprintf(
	    url, sizeof(url), "http://127.0.0.1:%d", ntohs(address.sin_port));
	assert_int_equal(pthread_create(&server, NULL, serve, NULL), 0);
}

static void
stop_server(void)
{
	if (listener < 0)
		return;
	shutdown(listener, SHUT_RDWR);
	pthread_join(server, NULL);
	close(listener);
	listener = -1;
}

static int
setup(void **state)
{
	(void)state;
	*url = '\0';
	mood = KIND;
	requests = arrived = 0;
	strcpy(folder, "/tmp/hailong-courier-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/outbox.db", folder);
	start_server();
	return 0;
}

static int
teardown(void **state)
{
	char command[96];

	(void)state;
	stop_server();
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

static struct courier *
start_courier(void)
{
	const struct courier_settings settings = {.url = url,
	    .token = "token-of-the-test",
	    .outbox = path,
	    .path = "/api/v1/answers",
	    .list = "answers"};
	struct courier *c = courier_start(&settings);

	assert_non_null(c);
	return c;
}

/* Puts a body; extra is more JSON such as ",\"want\":\"conflict\"". */
static void
put(struct outbox *o, const char *extra)
{
	struct uuid id;
	char text[UUID_TEXT], body[200];

	uuid_new(&id);
	uuid_format(&id, text);
	snprintf(body, sizeof(body), "{\"id\":\"%s\"%s}", text, extra);
	assert_true(outbox_put(o, &id, body, 0));
}

static int64_t
depth(struct outbox *o)
{
	int64_t rows, oldest;

	assert_true(outbox_depth(o, &rows, &oldest));
	return rows;
}

/* Waits, a minute at most, until the outbox holds so many rows. */
static bool
wait_depth(struct outbox *o, int64_t rows)
{
	int i;

	for (i = 0; i < 3000 && depth(o) != rows; i++)
		usleep(20000);
	return depth(o) == rows;
}

static void
wait_requests(int n)
{
	int i;

	for (i = 0; i < 3000 && atomic_load(&requests) < n; i++)
		usleep(20000);
	assert_true(atomic_load(&requests) >= n);
}

static int
refused_count(void)
{
	sqlite3 *db;
	sqlite3_stmt *s;
	int n;

	sqlite3_open(path, &db);
	sqlite3_prepare_v2(db, "SELECT count(*) FROM refused", -1, &s, NULL);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return n;
}

static void
test_delivers(void **state)
{
	struct outbox *o = outbox_open(path);
	struct courier *c;
	int i;

	(void)state;
	for (i = 0; i < 120; i++)
		put(o, i % 3 ? "" : ",\"want\":\"duplicate\"");
	c = start_courier();
	assert_true(wait_depth(o, 0));
	assert_int_equal(arrived, 120);
	assert_int_equal(refused_count(), 0);
	assert_true(courier_online(c));
	assert_non_null(strstr(last_request, "POST /api/v1/answers "));
	assert_non_null(strstr(last_request, "Bearer token-of-the-test"));
	put(o, "");
	courier_wake(c);
	assert_true(wait_depth(o, 0));
	courier_stop(c);
	outbox_close(o);
}

static void
test_refused(void **state)
{
	struct outbox *o = outbox_open(path);
	struct courier *c;
	struct uuid id;

	(void)state;
	put(o, "");
	put(o, ",\"want\":\"conflict\"");
	put(o, ",\"want\":\"invalid\"");
	uuid_new(&id);
	assert_true(outbox_put(o, &id, "no JSON", 0));
	put(o, "");
	c = start_courier();
	assert_true(wait_depth(o, 0));
	courier_stop(c);
	assert_int_equal(refused_count(), 3);
	outbox_close(o);
}

/* One body spoils the request; its neighbours must arrive, each once. */
static void
test_poison(void **state)
{
	struct outbox *o = outbox_open(path);
	struct courier *c;
	int i;

	(void)state;
	for (i = 0; i < 60; i++)
		put(o, i == 33 ? ",\"poison\":1" : "");
	mood = STRICT;
	c = start_courier();
	assert_true(wait_depth(o, 0));
	courier_stop(c);
	assert_int_equal(refused_count(), 1);
	assert_int_equal(arrived, 59);
	outbox_close(o);
}

/* Nothing of these may cost an answer; the next good reply takes it. */
static void
test_patience(void **state)
{
	static const enum mood moods[] = {BUSY, DENY, PORTAL, PROXY, FORGETFUL};
	struct outbox *o = outbox_open(path);
	struct courier *c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(moods) / sizeof(*moods); i++) {
		put(o, "");
		mood = moods[i];
		requests = 0;
		c = start_courier();
		wait_requests(2);
		assert_int_equal(depth(o), 1);
		mood = KIND;
		courier_wake(c);
		assert_true(wait_depth(o, 0));
		courier_stop(c);
	}
	assert_int_equal(refused_count(), 0);
	outbox_close(o);
}

/* Each reply of the table that kiosk and gateway have in common: what leaves
 * the outbox, and that the rest arrives afterwards. */
static void
test_table(void **state)
{
	struct outbox *o = outbox_open(path);
	struct courier *c;
	size_t i;
	int before;

	(void)state;
	for (i = 0; i < reply_case_count; i++) {
		now = &reply_cases[i];
		before = refused_count();
		put(o, "");
		put(o, "");
		mood = OF_TABLE;
		requests = 0;
		c = start_courier();
		wait_requests(strcmp(now->expect, "split") == 0 ? 3 : 1);
		if (!wait_depth(o, 2 - (int64_t)reply_case_leave(now)))
			fail_msg("%s: wrong rows left", now->name);
		mood = KIND;
		courier_wake(c);
		assert_true(wait_depth(o, 0));
		courier_stop(c);
		if (refused_count() != before + (int)reply_case_refused(now))
			fail_msg("%s: wrong rows set aside", now->name);
	}
	outbox_close(o);
}

/* A filter on the line says 400 to everything for six seconds, then it is gone:
 * everything arrives, nothing is set aside. */
static void
test_filter(void **state)
{
	struct outbox *o = outbox_open(path);
	struct courier *c;
	int i;

	(void)state;
	mood = FILTER;
	for (i = 0; i < 130; i++)
		put(o, "");
	c = start_courier();
	for (i = 0; i < 12; i++) {
		usleep(500000);
		courier_wake(c);
		assert_int_equal(depth(o), 130);
		assert_int_equal(refused_count(), 0);
	}
	assert_true(atomic_load(&requests) > 5);
	mood = KIND;
	courier_wake(c);
	assert_true(wait_depth(o, 0));
	courier_stop(c);
	assert_int_equal(arrived, 130);
	assert_int_equal(refused_count(), 0);
	outbox_close(o);
}

static void
test_offline_then_online(void **state)
{
	struct outbox *o = outbox_open(path);
	struct courier *c;

	(void)state;
	stop_server();
	put(o, "");
	c = start_courier();
	usleep(300000);
	assert_false(courier_online(c));
	assert_int_equal(depth(o), 1);
	start_server();
	assert_true(wait_depth(o, 0)); /* by itself, nobody wakes it */
	assert_true(courier_online(c));
	courier_stop(c);
	outbox_close(o);
}

static void
test_hold(void **state)
{
	struct outbox *o = outbox_open(path);
	struct courier *c;
	struct uuid id;
	char text[UUID_TEXT], body[100];

	(void)state;
	uuid_new(&id);
	uuid_format(&id, text);
	snprintf(body, sizeof(body), "{\"id\":\"%s\"}", text);
	assert_true(outbox_put(o, &id, body, 3600 * 1000));
	c = start_courier();
	put(o, "");
	courier_wake(c);
	assert_true(wait_depth(o, 1));
	assert_int_equal(arrived, 1);
	assert_true(outbox_release(o, &id));
	courier_wake(c);
	assert_true(wait_depth(o, 0));
	courier_stop(c);
	outbox_close(o);
}

static void
test_requests(void **state)
{
	char etag[HTTP_CLIENT_ETAG_BYTES] = "", *text;

	(void)state;
	assert_int_equal(
	    http_client_fetch(url, "t", "/api/v1/kiosk", etag, &text), 200);
	assert_string_equal(text, "{\"version\":\"7\"}");
	assert_string_equal(etag, "\"7\"");
	free(text);
	assert_int_equal(
	    http_client_fetch(url, "t", "/api/v1/kiosk", etag, &text), 304);
	assert_string_equal(etag, "\"7\"");
	free(text);
	assert_int_equal(http_client_request(
			     url, "t", "POST", "/x", "{\"answers\":[]}", &text),
	    200);
	assert_string_equal(text, "{\"results\": []}");
	free(text);
	stop_server();
	assert_int_equal(
	    http_client_request(url, "t", "GET", "/x", NULL, &text), 0);
	assert_string_equal(text, "");
	free(text);
	assert_int_equal(http_client_request(
			     "file:///etc", "t", "GET", "/passwd", NULL, &text),
	    0);
	free(text);
}

static void
test_pause(void **state)
{
	static const struct {
		int64_t failing, least, most;
	} cases[] = {
	    {0, 800, 1000},
	    {10000, 4000, 5000},
	    {60000, 8000, 10000},
	    {599999, 8000, 10000},
	    {600000, 16000, 20000},
	    {9000000, 240000, 300000},
	    {86400000, 240000, 300000},
	};
	static const uint32_t randoms[] = {0, 1, 199, 200, 77777, UINT32_MAX};
	size_t i, r;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (r = 0; r < sizeof(randoms) / sizeof(*randoms); r++)
			assert_in_range(
			    courier_pause(cases[i].failing, randoms[r]),
			    cases[i].least, cases[i].most);
}

static bool
try_token(const char *text, mode_t mode, char *out, size_t size)
{
	char file[96];
	FILE *f;

	snprintf(file, sizeof(file), "%s/token", folder);
	f = fopen(file, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	chmod(file, mode);
	return http_client_token(file, out, size);
}

static void
test_token(void **state)
{
	char out[65];

	(void)state;
	assert_true(try_token("abc-DEF_1\nmore\n", 0600, out, sizeof(out)));
	assert_string_equal(out, "abc-DEF_1");
	assert_true(try_token("abc", 0640, out, sizeof(out)));
	assert_true(try_token("abc", 0644, out, sizeof(out)));
	assert_false(try_token("", 0600, out, sizeof(out)));
	assert_false(try_token("\n", 0600, out, sizeof(out)));
	assert_false(try_token("too-long", 0600, out, 5));
	assert_false(http_client_token("/nowhere/token", out, sizeof(out)));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_delivers),
	    CASE(test_refused),
	    CASE(test_poison),
	    CASE(test_patience),
	    CASE(test_table),
	    CASE(test_filter),
	    CASE(test_offline_then_online),
	    CASE(test_hold),
	    CASE(test_requests),
	    CASE(test_pause),
	    CASE(test_token),
	};

	return cmocka_run_group_tests_name("courier", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The client's side of the rig: sockets, requests, responses, answers. Used by
 * several threads at once; what a call returns belongs to its thread. Nothing
 * here asserts while it talks: an answer that does not come is status 0.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/uuid.h"

static _Thread_local struct reply last;

/* --------------------------------------------------------------- connection */

static int
connect_unix(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (fd >= 0 && connect(fd, (void *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
connect_tcp(const char *port)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address.sin_port = htons((uint16_t)strtol(port, NULL, 10));
	if (fd >= 0 && connect(fd, (void *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

int
rig_connect(const struct rig *r)
{
	struct timeval patience = {RIG_PATIENCE, 0};
	int fd = strncmp(r->listen, "unix:", 5) == 0
		     ? connect_unix(r->listen + 5)
		     : connect_tcp(strrchr(r->listen, ':') + 1);

	if (fd >= 0) {
		setsockopt(
		    fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
		setsockopt(
		    fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	}
	return fd;
}

bool
rig_send(int fd, const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t n = send(fd, at, size, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		at += n;
		size -= (size_t)n;
	}
	return true;
}

/* ----------------------------------------------------------------- response */

void
reply_finish(struct reply *reply)
{
	free(reply->body);
	memset(reply, 0, sizeof(*reply));
}

char *
reply_header(const struct reply *reply, const char *name)
{
	size_t n = strlen(name);

	for (const char *line = strstr(reply->head, "\r\n"); line != NULL;
	     line = strstr(line, "\r\n")) {
		line += 2;
		if (strncasecmp(line, name, n) != 0 || line[n] != ':')
			continue;
		line += n + 1;
		line += strspn(line, " ");
		return strndup(line, strcspn(line, "\r"));
	}
	return NULL;
}

/* Byte by byte up to the empty line: heads are short, and what follows stays
 * in the socket. */
static bool
read_head(int fd, struct reply *reply)
{
	size_t n = 0;

	while (n < sizeof(reply->head) - 1 &&
	       recv(fd, reply->head + n, 1, 0) == 1) {
		n++;
		if (n >= 4 && memcmp(reply->head + n - 4, "\r\n\r\n", 4) == 0) {
			reply->head[n] = '\0';
			return sscanf(reply->head, "HTTP/1.1 %d",
				   &reply->status) == 1;
		}
	}
	return false;
}

bool
rig_read(int fd, struct reply *reply)
{
	char *length;
	ssize_t n;

	reply_finish(reply);
	if (!read_head(fd, reply))
		return false;
	length = reply_header(reply, "Content-Length");
	reply->size = length == NULL ? 0 : strtoul(length, NULL, 10);
	free(length);
	reply->body = calloc(1, reply->size + 1);
	for (size_t have = 0; have < reply->size; have += (size_t)n) {
		n = recv(fd, reply->body + have, reply->size - have, 0);
		if (n <= 0)
			return false;
	}
	return true;
}

/* ------------------------------------------------------------------ request */

const struct reply *
ask(const struct rig *r, const char *method, const char *path,
    const char *headers, const char *body, size_t size)
{
	int fd = rig_connect(r);
	char *head;
	int n;

	reply_finish(&last);
	if (fd < 0)
		return &last;
	n = body == NULL
		? asprintf(&head,
		      "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		      "%s\r\n",
		      method, path, headers)
		: asprintf(&head,
		      "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		      "Content-Length: %zu\r\n%s\r\n",
		      method, path, size, headers);
	/* a body that is too long may be answered before it is whole */
	if (n > 0 && rig_send(fd, head, (size_t)n) && size > 0)
		rig_send(fd, body, size);
	if (n > 0 && !rig_read(fd, &last))
		last.status = 0;
	free(head);
	close(fd);
	return &last;
}

const struct reply *
get(const struct rig *r, const char *path)
{
	const struct reply *reply = ask(r, "GET", path, "", NULL, 0);
	char *on =
	    reply->status == 303 ? reply_header(reply, "Location") : NULL;

	if (on != NULL && strncmp(on, "/f/", 3) == 0)
		reply = ask(r, "GET", on, "", NULL, 0);
	free(on);
	return reply;
}

const struct reply *
rig_post(const struct rig *r, const char *path, const char *body)
{
	return ask(r, "POST", path,
	    "Content-Type: application/x-www-form-urlencoded\r\n", body,
	    strlen(body));
}

const struct reply *
device_ask(
    const struct rig *r, const char *token, const char *path, json_t *json)
{
	char headers[256];
	char *body = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);

	snprintf(headers, sizeof(headers), "Authorization: Bearer %s\r\n%s",
	    token, body == NULL ? "" : "Content-Type: application/json\r\n");
	ask(r, body == NULL ? "GET" : "POST", path, headers, body,
	    body == NULL ? 0 : strlen(body));
	free(body);
	json_decref(json);
	return &last;
}

json_t *
reply_json(const struct reply *reply)
{
	json_t *json = json_loads(reply->body == NULL ? "" : reply->body,
	    JSON_REJECT_DUPLICATES, NULL);

	if (json == NULL)
		fail_msg("status %d, no JSON: %s", reply->status, reply->body);
	return json;
}

void
assert_status(const struct reply *reply, int status)
{
	if (reply->status != status)
		fail_msg("status %d instead of %d: %.2000s", reply->status,
		    status, reply->body == NULL ? "" : reply->body);
}

void
assert_problem(const struct reply *reply, int status, const char *code)
{
	json_t *json, *error;

	assert_status(reply, status);
	json = reply_json(reply);
	error = json_object_get(json, "error");
	assert_string_equal(
	    json_string_value(json_object_get(error, "code")), code);
	assert_true(json_string_length(json_object_get(error, "message")) > 10);
	json_decref(json);
}

/* ------------------------------------------------------------------ answers */

const char *
time_from_now(int64_t ms)
{
	static _Thread_local char text[CIVIL_TIME_TEXT];

	civil_format_time(clock_now() + ms, 420, text);
	return text;
}

json_t *
new_answer(const char *members)
{
	json_t *answer, *over, *value;
	char id[UUID_TEXT];
	struct uuid uuid;
	const char *key;
	void *tmp;

	uuid_new(&uuid);
	uuid_format(&uuid, id);
	answer = json_pack("{s:s, s:s, s:s, s:{s:i}}", "id", id, "desk", "LH1",
	    "answered_at", time_from_now(0), "scores", "overall", 5);
	if (members[0] == '\0')
		return answer;
	over = json_loads(members, JSON_ALLOW_NUL, NULL);
	if (over == NULL)
		fail_msg("not JSON: %s", members);
	json_object_update(answer, over);
	json_object_foreach_safe(over, tmp, key, value)
	{
		if (json_is_null(value))
			json_object_del(answer, key);
	}
	json_decref(over);
	return answer;
}

json_t *
post_answers(const struct rig *r, const char *token, json_t *answers)
{
	json_t *json, *results;

	device_ask(r, token, "/api/v1/answers",
	    json_pack("{s:o}", "answers", answers));
	assert_status(&last, 200);
	json = reply_json(&last);
	results = json_incref(json_object_get(json, "results"));
	json_decref(json);
	assert_true(json_is_array(results));
	return results;
}

const char *
result(json_t *results, size_t i, const char *member)
{
	const char *text = json_string_value(
	    json_object_get(json_array_get(results, i), member));

	return text == NULL ? "" : text;
}

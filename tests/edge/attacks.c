/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table, and the sending of all of it at once: whoever waits for more of a
 * body is not waited for. In a head, H stands for the bytes of the hidden
 * request, C for the bytes of a last chunk and the hidden request.
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

#define QUIET_MS 700 /* nothing more is said */

/* What lies between the head and the hidden request. */
enum body {
	PLAIN, /* nothing: the hidden request is the body */
	LAST,  /* a last chunk: the hidden one stands behind it */
	INSIDE /* the hidden one is the content of a chunk */
};

#define POST "POST /f/LH1 HTTP/1.1\r\nHost: x\r\n"
#define TEXT(s)                                                                \
	{                                                                      \
		s, sizeof(s) - 1                                               \
	}

static const struct attack {
	const char *name;
	struct {
		const char *bytes;
		size_t size;
	} head; /* without the empty line */
	enum body body;
} attacks[] = {
    {"length twice, 0 first",
	TEXT(POST "Content-Length: 0\r\nContent-Length: H\r\n"), PLAIN},
    {"length twice, 0 last",
	TEXT(POST "Content-Length: H\r\nContent-Length: 0\r\n"), PLAIN},
    {"length a list", TEXT(POST "Content-Length: 0, H\r\n"), PLAIN},
    {"length +0", TEXT(POST "Content-Length: +0\r\n"), PLAIN},
    {"length 0x0", TEXT(POST "Content-Length: 0x0\r\n"), PLAIN},
    {"length and chunked",
	TEXT(POST "Content-Length: C\r\nTransfer-Encoding: chunked\r\n"), LAST},
    {"chunked and length",
	TEXT(POST "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"),
	INSIDE},
    {"chunked folded",
	TEXT(POST "Content-Length: C\r\nTransfer-Encoding:\r\n chunked\r\n"),
	LAST},
    {"chunked folded by a tab",
	TEXT(POST "Content-Length: C\r\nTransfer-Encoding:\r\n\tchunked\r\n"),
	LAST},
    {"chunked in a fold",
	TEXT(POST "X-A: b\r\n Transfer-Encoding: chunked\r\n"
		  "Content-Length: C\r\n"),
	LAST},
    {"length in a fold",
	TEXT(POST "X-A: b\r\n Content-Length: 0\r\nContent-Length: H\r\n"),
	PLAIN},
    {"space before the colon",
	TEXT(POST "Transfer-Encoding : chunked\r\nContent-Length: C\r\n"),
	LAST},
    {"xchunked",
	TEXT(POST "Transfer-Encoding: xchunked\r\nContent-Length: C\r\n"),
	LAST},
    {"chunked, identity",
	TEXT(POST "Transfer-Encoding: chunked, identity\r\n"
		  "Content-Length: C\r\n"),
	LAST},
    {"encoding twice",
	TEXT(POST "Transfer-Encoding: identity\r\n"
		  "Transfer-Encoding: chunked\r\nContent-Length: C\r\n"),
	LAST},
    {"chunked with a VT",
	TEXT(POST "Transfer-Encoding: \vchunked\r\nContent-Length: C\r\n"),
	LAST},
    {"bare LF, length",
	TEXT(POST "X-A: b\nContent-Length: 0\r\nContent-Length: H\r\n"), PLAIN},
    {"bare LF, chunked",
	TEXT(POST "X-A: b\nTransfer-Encoding: chunked\r\n"
		  "Content-Length: C\r\n"),
	LAST},
    {"bare CR, length",
	TEXT(POST "X-A: b\rContent-Length: 0\r\nContent-Length: H\r\n"), PLAIN},
    {"bare CR, chunked",
	TEXT(POST "X-A: b\rTransfer-Encoding: chunked\r\n"
		  "Content-Length: C\r\n"),
	LAST},
    {"NUL in a value",
	TEXT(POST "X-A: b\0\r\nTransfer-Encoding: chunked\r\n"
		  "Content-Length: C\r\n"),
	LAST},
    {"NUL in the length",
	TEXT(POST "Content-Length: 0\0"
		  "9\r\nContent-Length: H\r\n"),
	PLAIN},
    {"NUL behind length 0", TEXT(POST "Content-Length: 0\0\r\n"), PLAIN},
    {"NUL in a name", TEXT(POST "Content-Length\0: 0\r\nContent-Length: H\r\n"),
	PLAIN},
    {"NUL and chunked",
	TEXT(POST "Transfer-Encoding: chunked\0\r\nContent-Length: C\r\n"),
	LAST},
    {"HTTP/1.0 and chunked",
	TEXT("POST /f/LH1 HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n"
	     "Transfer-Encoding: chunked\r\nContent-Length: C\r\n"),
	LAST},
    {"two hosts", TEXT(POST "Host: y\r\nContent-Length: H\r\n"), PLAIN},
    {"GET with a body",
	TEXT("GET /f/LH1 HTTP/1.1\r\nHost: x\r\nContent-Length: H\r\n"), PLAIN},
    {"HEAD with a body",
	TEXT("HEAD /f/LH1 HTTP/1.1\r\nHost: x\r\nContent-Length: H\r\n"),
	PLAIN},
    {"no name", TEXT(POST ": b\r\nContent-Length: H\r\n"), PLAIN},
};

#define ATTACKS (sizeof(attacks) / sizeof(attacks[0]))

/* The second request; its comment is its number. */
static size_t
hidden(size_t i, char *out, size_t size)
{
	char form[64];
	int n = snprintf(form, sizeof(form), "overall=1&comment=hidden-%zu", i);

	return (size_t)snprintf(out, size,
	    "POST /f/LH1 HTTP/1.1\r\nHost: x\r\nContent-Type: "
	    "application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
	    n, form);
}

/* Copies the head with H and C filled in; NULs are bytes like others. */
static size_t
fill_head(const struct attack *a, size_t h, size_t c, char *out)
{
	char *at = out;

	for (size_t i = 0; i < a->head.size; i++) {
		const char *b = a->head.bytes + i;
		bool alone = i > 0 && b[-1] == ' ' && b[1] == '\r';

		if (alone && *b == 'H')
			at += sprintf(at, "%zu", h);
		else if (alone && *b == 'C')
			at += sprintf(at, "%zu", c);
		else
			*at++ = *b;
	}
	return (size_t)(at - out) + (size_t)sprintf(at, "\r\n");
}

static size_t
write_attack(size_t i, char *out)
{
	static const char last[] = "0\r\n\r\n";
	const struct attack *a = &attacks[i];
	char second[512];
	size_t h = hidden(i, second, sizeof(second)), n;

	n = fill_head(a, h, h + sizeof(last) - 1, out);
	if (a->body == LAST)
		n += (size_t)sprintf(out + n, "%s", last);
	if (a->body == INSIDE)
		n += (size_t)sprintf(out + n, "%zx\r\n", h);
	memcpy(out + n, second, h);
	n += h;
	if (a->body == INSIDE)
		n += (size_t)sprintf(out + n, "\r\n%s", last);
	return n;
}

/* ------------------------------------------------------------------ sending */

/* Notes the statuses in what came. */
static void
note(struct outcome *o, const char *bytes, ssize_t size)
{
	const char *mark = "HTTP/1.1 ";

	for (ssize_t i = 0; i + 12 <= size; i++) {
		size_t have = strlen(o->statuses);

		if (memcmp(bytes + i, mark, 9) == 0 &&
		    have + 5 < sizeof(o->statuses))
			sprintf(o->statuses + have, "%s%.3s",
			    have > 0 ? " " : "", bytes + i + 9);
	}
}

static void
take(struct pollfd *fd, struct outcome *o)
{
	static char bytes[65536];
	ssize_t n = recv(fd->fd, bytes, sizeof(bytes), MSG_DONTWAIT);

	if (n > 0) {
		note(o, bytes, n);
		return;
	}
	o->closed = true;
	close(fd->fd);
	fd->fd = -1;
}

/* Reads until all have closed or nobody says anything more. */
static void
listen_to(struct pollfd *fds, struct outcome *outcomes, size_t n)
{
	while (poll(fds, n, QUIET_MS) > 0)
		for (size_t i = 0; i < n; i++)
			if (fds[i].revents != 0)
				take(&fds[i], &outcomes[i]);
	for (size_t i = 0; i < n; i++)
		if (fds[i].fd >= 0)
			close(fds[i].fd);
}

static void
assert_none_handled(struct rig *rig)
{
	char sql[128];

	for (size_t i = 0; i < ATTACKS; i++) {
		snprintf(sql, sizeof(sql),
		    "SELECT count(*) FROM remark WHERE comment = 'hidden-%zu'",
		    i);
		if (strcmp(rig_sql(rig, sql), "0") != 0)
			fail_msg("handled as two: %s", attacks[i].name);
	}
}

/* Two honest requests sent at once are two: what this test looks for can be
 * seen. The comments are those of no attack. */
static void
honest(struct rig *rig, int port)
{
	struct rig front = *rig;
	struct reply reply = {0};
	char both[1024];
	size_t n = hidden(ATTACKS, both, 512);
	int fd;

	n += hidden(ATTACKS + 1, both + n, 512);
	snprintf(front.listen, sizeof(front.listen), "127.0.0.1:%d", port);
	fd = rig_connect(&front);
	assert_true(fd >= 0 && rig_send(fd, both, n));
	for (int i = 0; i < 2; i++) {
		assert_true(rig_read(fd, &reply));
		assert_status(&reply, 200);
	}
	reply_finish(&reply);
	close(fd);
	assert_string_equal(
	    rig_sql(rig, "SELECT count(*) FROM remark WHERE comment LIKE "
			 "'hidden-%'"),
	    "2");
}

void
attacks_send(struct rig *rig, const char *front, int port)
{
	struct pollfd fds[ATTACKS];
	struct outcome outcomes[ATTACKS] = {0};
	struct rig target = *rig;
	char bytes[2048];

	snprintf(target.listen, sizeof(target.listen), "127.0.0.1:%d", port);
	for (size_t i = 0; i < ATTACKS; i++) {
		fds[i] = (struct pollfd){rig_connect(&target), POLLIN, 0};
		assert_true(fds[i].fd >= 0);
		assert_true(rig_send(fds[i].fd, bytes, write_attack(i, bytes)));
	}
	listen_to(fds, outcomes, ATTACKS);
	for (size_t i = 0; i < ATTACKS; i++)
		print_message("%-8s %-26s %-8s %s\n", front, attacks[i].name,
		    outcomes[i].statuses[0] == '\0' ? "-"
						    : outcomes[i].statuses,
		    outcomes[i].closed ? "closed" : "left open");
	assert_none_handled(rig);
	honest(rig, port);
}

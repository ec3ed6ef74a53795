/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One thread and a poll() over pairs of sockets. */
#include "tests/attack/swallower.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define PAIRS_MOST 200
#define SOCKET     ".s.PGSQL.5432"

struct swallower {
	pthread_t thread;
	atomic_bool hold, stopping;
	char folder[64], server[64];
	int fd;
	struct pollfd ends[2 * PAIRS_MOST]; /* collector, server, collector … */
	bool swallowed[PAIRS_MOST];
	int pairs;
};

static struct sockaddr_un
address_of(const char *folder)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(
	    address.sun_path, sizeof(address.sun_path), "%s/" SOCKET, folder);
	return address;
}

static void
swallower_fail(const char *what)
{
	perror(what);
	abort();
}

static void
add_pair(struct swallower *s)
{
	struct sockaddr_un address = address_of(s->server);
	int near = accept(s->fd, NULL, NULL);
	int far = socket(AF_UNIX, SOCK_STREAM, 0);

	if (near < 0 || s->pairs == PAIRS_MOST ||
	    connect(far, (struct sockaddr *)&address, sizeof(address)) != 0) {
		close(near);
		close(far);
		return;
	}
	s->swallowed[s->pairs] = false;
	s->ends[2 * s->pairs] = (struct pollfd){near, POLLIN, 0};
	s->ends[2 * s->pairs + 1] = (struct pollfd){far, POLLIN, 0};
	s->pairs++;
}

static void
cut_pair(struct swallower *s, int pair)
{
	int last = --s->pairs;

	close(s->ends[2 * pair].fd);
	close(s->ends[2 * pair + 1].fd);
	s->ends[2 * pair] = s->ends[2 * last];
	s->ends[2 * pair + 1] = s->ends[2 * last + 1];
	s->swallowed[pair] = s->swallowed[last];
}

/* From one end to the other; false: the pair is over. */
static bool
forward(struct swallower *s, int end)
{
	char bytes[65536];
	ssize_t n = read(s->ends[end].fd, bytes, sizeof(bytes)), sent = 0, k;

	if (n <= 0)
		return false;
	if (atomic_load(&s->hold)) {
		s->swallowed[end / 2] = true;
		return true;
	}
	for (; sent < n; sent += k) {
		k = send(s->ends[end ^ 1].fd, bytes + sent, (size_t)(n - sent),
		    MSG_NOSIGNAL);
		if (k <= 0)
			return false;
	}
	return true;
}

static bool
serve_pair(struct swallower *s, int pair)
{
	for (int end = 2 * pair; end < 2 * pair + 2; end++)
		if (s->ends[end].revents != 0 && !forward(s, end))
			return false;
	return !s->swallowed[pair] || atomic_load(&s->hold);
}

static void *
run_swallower(void *arg)
{
	struct swallower *s = arg;
	struct pollfd listening = {s->fd, POLLIN, 0};

	while (!atomic_load(&s->stopping)) {
		poll(s->ends, (nfds_t)(2 * s->pairs), 1);
		for (int pair = s->pairs - 1; pair >= 0; pair--)
			if (!serve_pair(s, pair))
				cut_pair(s, pair);
		if (poll(&listening, 1, 0) > 0)
			add_pair(s);
	}
	return NULL;
}

struct swallower *
swallower_start(const char *folder)
{
	struct swallower *s = calloc(1, sizeof(*s));
	struct sockaddr_un address;

	if (s == NULL)
		abort();
	snprintf(s->server, sizeof(s->server), "%s", folder);
	strcpy(s->folder, "/tmp/hailong-swallower-XXXXXX");
	if (mkdtemp(s->folder) == NULL)
		swallower_fail(s->folder);
	address = address_of(s->folder);
	s->fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (bind(s->fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(s->fd, 64) != 0 ||
	    pthread_create(&s->thread, NULL, run_swallower, s) != 0)
		swallower_fail(address.sun_path);
	return s;
}

const char *
swallower_folder(const struct swallower *s)
{
	return s->folder;
}

void
swallower_hold(struct swallower *s, bool hold)
{
	atomic_store(&s->hold, hold);
}

void
swallower_stop(struct swallower *s)
{
	struct sockaddr_un address;

	if (s == NULL)
		return;
	atomic_store(&s->stopping, true);
	pthread_join(s->thread, NULL);
	while (s->pairs > 0)
		cut_pair(s, 0);
	close(s->fd);
	address = address_of(s->folder);
	unlink(address.sun_path);
	rmdir(s->folder);
	free(s);
}

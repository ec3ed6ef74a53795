/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * [server] listen in an open socket: "unix:PATH", reachable for the group that
 * the proxy belongs to, or ADDRESS:PORT. Non-blocking and closed on exec; what
 * fails is logged in the words of the setting.
 */
#include "server/http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "shared/log.h"

#define BACKLOG 1024

/* True when another collector, still running, answers there. */
static bool
alive(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool answers = fd >= 0 && connect(fd, (const void *)address,
				      sizeof(*address)) == 0;

	if (fd >= 0)
		close(fd);
	return answers;
}

static int
listen_unix(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) {
		log_error("[server] listen: the socket's path is too long");
		return -1;
	}
	strcpy(address.sun_path, path);
	if (alive(&address)) {
		log_error("[server] listen: unix:%s: another collector "
			  "listens there",
		    path);
		return -1;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	unlink(path); /* left by a killed process */
	if (fd < 0 || bind(fd, (void *)&address, sizeof(address)) != 0 ||
	    chmod(path, 0660) != 0 || listen(fd, BACKLOG) != 0) {
		log_error(
		    "[server] listen: unix:%s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}

static int
bind_one(const struct addrinfo *a)
{
	int one = 1, fd = socket(a->ai_family,
			 SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 &&
	    listen(fd, BACKLOG) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
listen_tcp(const char *address)
{
	struct addrinfo hints = {
	    .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
	struct addrinfo *list = NULL;
	const char *colon = strrchr(address, ':');
	char host[256];
	size_t n = colon == NULL ? 0 : (size_t)(colon - address);
	int fd = -1;

	errno = EINVAL;
	if (n > 1 && address[0] == '[' && address[n - 1] == ']') {
		address++; /* [::1]:8080 */
		n -= 2;
	}
	/* getaddrinfo would take 99999 and mean 34463 */
	if (colon != NULL && strlen(colon + 1) <= 5 &&
	    strtol(colon + 1, NULL, 10) <= 65535 && n < sizeof(host)) {
		memcpy(host, address, n);
		host[n] = '\0';
		if (getaddrinfo(
			n == 0 ? NULL : host, colon + 1, &hints, &list) == 0)
			for (struct addrinfo *a = list; a != NULL && fd < 0;
			     a = a->ai_next)
				fd = bind_one(a);
	}
	if (list != NULL)
		freeaddrinfo(list);
	if (fd < 0)
		log_error("[server] listen: cannot listen on %s (is the port "
			  "taken?): %s",
		    address, strerror(errno));
	return fd;
}

int
listen_open(const char *address)
{
	return strncmp(address, "unix:", 5) == 0 ? listen_unix(address + 5)
						 : listen_tcp(address);
}

void
listen_remove(const char *address)
{
	if (strncmp(address, "unix:", 5) == 0)
		unlink(address + 5);
}

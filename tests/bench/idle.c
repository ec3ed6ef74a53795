/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Connections that have asked once and stay: says "ready" when all of them have
 * their answer, and keeps them until it is ended.
 *
 *   bench-idle PORT CONNECTIONS
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static int
ask(const struct sockaddr_in *address)
{
	static const char question[] =
	    "GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n";
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char answer[4096];

	return fd >= 0 &&
	       connect(fd, (const void *)address, sizeof(*address)) == 0 &&
	       send(fd, question, sizeof(question) - 1, MSG_NOSIGNAL) > 0 &&
	       recv(fd, answer, sizeof(answer), 0) > 0;
}

int
main(int argc, char **argv)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	struct rlimit files;

	if (argc != 3)
		return 2;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	address.sin_port = htons((uint16_t)atoi(argv[1]));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (int i = 0; i < atoi(argv[2]); i++)
		if (!ask(&address)) {
			perror("bench-idle");
			return 1;
		}
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long a collector takes to be ready: from exec to the first 200 of
 * /healthz, in ms; the median of some starts. Ends it each time.
 *
 *   bench-ready PORT PROGRAM ARGUMENTS…
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "shared/clock.h"

#define TIMES    7
#define PATIENCE 60000000 /* us */

static bool
healthy(int port)
{
	static const char question[] =
	    "GET /healthz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n";
	struct sockaddr_in address = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char answer[16] = "";

	address.sin_port = htons((uint16_t)port);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(fd, (void *)&address, sizeof(address)) == 0 &&
	    send(fd, question, sizeof(question) - 1, MSG_NOSIGNAL) > 0 &&
	    recv(fd, answer, sizeof(answer) - 1, MSG_WAITALL) < 0)
		answer[0] = '\0';
	close(fd);
	return strncmp(answer, "HTTP/1.1 200", 12) == 0;
}

/* -1: it never was. */
static int64_t
start(int port, char **program)
{
	int64_t began = clock_micro(), took = -1;
	pid_t pid = fork();

	if (pid == 0) {
		int nowhere = open("/dev/null", O_WRONLY);

		dup2(nowhere, STDERR_FILENO);
		execv(program[0], program);
		_exit(127);
	}
	while (took < 0 && clock_micro() - began < PATIENCE &&
	       waitpid(pid, NULL, WNOHANG) == 0)
		if (healthy(port))
			took = clock_micro() - began;
		else
			usleep(300);
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	return took;
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
	int64_t took[TIMES];

	if (argc < 3)
		return 2;
	for (int i = 0; i < TIMES; i++) {
		took[i] = start(atoi(argv[1]), argv + 2);
		if (took[i] < 0)
			return 1;
	}
	qsort(took, TIMES, sizeof(took[0]), compare);
	printf("%.1f\n", (double)took[TIMES / 2] / 1000);
	return 0;
}

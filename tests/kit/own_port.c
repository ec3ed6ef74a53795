/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A port that the kernel chose is free again as soon as the probe is closed:
 * the next probe, another test or an outgoing connection may get it before
 * the program under test listens. So ports come from below the kernel's own
 * range (32768 on Linux), above the one of the shell rigs, and each is
 * reserved by a name: an abstract unix socket, which the kernel takes back
 * with the process and which no child inherits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/own_port.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST_PORT 28000
#define PORTS      4700

/* Stays open on purpose: it is the reservation. */
static bool
reserve_port(int port)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	/* the name begins behind a zero byte */
	int length = snprintf(name.sun_path + 1, sizeof(name.sun_path) - 1,
	    "hailong-test-port-%d", port);
	socklen_t size =
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1) +
	    (socklen_t)length;

	assert_true(fd >= 0);
	if (bind(fd, (void *)&name, size) == 0)
		return true;
	close(fd);
	return false;
}

static bool
port_is_free(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool is_free;

	assert_true(fd >= 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address.sin_port = htons((uint16_t)port);
	is_free = bind(fd, (void *)&address, sizeof(address)) == 0;
	close(fd);
	return is_free;
}

int
own_port(void)
{
	static int next;

	for (int i = 0; i < PORTS; i++) {
		int port = FIRST_PORT + (getpid() * 7 + next++) % PORTS;

		if (reserve_port(port) && port_is_free(port))
			return port;
	}
	fail_msg("every test port is taken");
	return -1;
}

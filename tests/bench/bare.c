/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The yardstick: libmicrohttpd with the collector's own loop and options, which
 * reads a POST's body and answers at once. No parsing, no store.
 *
 *   bench-bare PORT
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char reply[] =
    "{\"results\":[{\"id\":\"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11\","
    "\"status\":\"stored\"}]}";

static enum MHD_Result
handle(void *cls, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **con_cls)
{
	struct MHD_Response *response;
	enum MHD_Result queued;

	(void)cls;
	(void)url;
	(void)method;
	(void)version;
	(void)data;
	if (*con_cls == NULL) {
		*con_cls = (void *)(uintptr_t)reply; /* seen */
		return MHD_YES;
	}
	if (*size > 0) {
		*size = 0;
		return MHD_YES;
	}
	response = MHD_create_response_from_buffer(sizeof(reply) - 1,
	    (void *)(uintptr_t)reply, MHD_RESPMEM_PERSISTENT);
	MHD_add_response_header(response, "Content-Type", "application/json");
	queued = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return queued;
}

int
main(int argc, char **argv)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	struct MHD_Daemon *daemon;
	struct pollfd fd = {.events = POLLIN};
	MHD_UNSIGNED_LONG_LONG ms;

	address.sin_port = htons((uint16_t)(argc > 1 ? atoi(argv[1]) : 8080));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TURBO, 0, NULL, NULL,
	    handle, NULL, MHD_OPTION_SOCK_ADDR, &address,
	    MHD_OPTION_CONNECTION_LIMIT, 2000u,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)8192, MHD_OPTION_END);
	if (daemon == NULL)
		return 1;
	fd.fd = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	for (;;) {
		poll(&fd, 1,
		    MHD_get_timeout(daemon, &ms) == MHD_YES ? (int)ms : -1);
		MHD_run(daemon);
	}
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The open connections and how long each may take for what it is doing. A
 * timeout that begins anew with every byte, as libmicrohttpd's does, never
 * ends with a client that sends one byte a second; these are measured from the
 * beginning. Belongs to the loop.
 */
#ifndef HAILONG_SHARED_CONNECTIONS_H
#define HAILONG_SHARED_CONNECTIONS_H

#include <stdint.h>

enum connection_state {
	CONNECTION_IDLE, /* nothing of a request, or not yet its first line */
	CONNECTION_ARRIVING, /* from its first line until it is whole */
	CONNECTION_HELD,     /* the request is ours; no limit */
	CONNECTION_LEAVING,  /* the response is being sent */
	CONNECTION_STATES
};

/* One connection. */
struct connection {
	struct connection *next, **to_me;
	int fd;
	enum connection_state state;
	int64_t since;  /* of the state, ms */
	void *exchange; /* of the request at hand, which goes with it; NULL */
};

struct connections {
	struct connection *first;
	int count;
	int64_t cut; /* connections ended by connections_sweep */
	int64_t patience[CONNECTION_STATES]; /* ms; 0: for ever */
	int64_t swept;                       /* when, ms */
};

/* A new connection, idle. Owned by links until connection_close. */
struct connection *connection_open(
    struct connections *links, int fd, int64_t now);
/* Takes it off the list and frees it; its socket is the caller's to close. */
void connection_close(struct connections *links, struct connection *link);
/* Notes the state it is in from now on, and since when (ms). */
void connection_enter(
    struct connection *link, enum connection_state state, int64_t now);
/* Ends the connections that took too long, by shutting their sockets: their
 * owner sees the end and closes. At most once a second. */
void connections_sweep(struct connections *links, int64_t now);
/* Ms until connections_sweep has something to look at, -1: nothing is open. */
int connections_wait(const struct connections *links, int64_t now);

#endif

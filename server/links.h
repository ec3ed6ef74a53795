/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The open connections and how long each may take for what it is doing. A
 * timeout that begins anew with every byte, as libmicrohttpd's does, never
 * ends with a client that sends one byte a second; these are measured from the
 * beginning. Belongs to the loop.
 */
#ifndef HAILONG_SERVER_LINKS_H
#define HAILONG_SERVER_LINKS_H

#include <stdint.h>

enum link_state {
	LINK_IDLE,     /* nothing of a request, or not yet its first line */
	LINK_ARRIVING, /* from its first line until it is whole */
	LINK_HELD,     /* the request is ours; no limit */
	LINK_LEAVING,  /* the response is being sent */
	LINK_STATES
};

/* One connection. */
struct link {
	struct link *next, **to_me;
	int fd;
	enum link_state state;
	int64_t since; /* of the state, ms */
};

struct links {
	struct link *first;
	int count;
	int64_t cut;                   /* connections ended by links_sweep */
	int64_t patience[LINK_STATES]; /* ms; 0: for ever */
	int64_t swept;                 /* when, ms */
};

/* A new connection, idle. Owned by links until link_close. */
struct link *link_open(struct links *links, int fd, int64_t now);
void link_close(struct links *links, struct link *link);
void link_enter(struct link *link, enum link_state state, int64_t now);
/* Ends the connections that took too long, by shutting their sockets: whoever
 * owns them sees the end and closes. At most once a second. */
void links_sweep(struct links *links, int64_t now);
/* Ms until links_sweep has something to look at, -1: nothing is open. */
int links_wait(const struct links *links, int64_t now);

#endif

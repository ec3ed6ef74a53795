/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One list in no order; a thousand of them are looked through in microseconds,
 * once a second. */
#include "shared/connections.h"

#include <stdlib.h>
#include <sys/socket.h>

#define SWEEP_MS 1000

struct connection *
connection_open(struct connections *links, int fd, int64_t now)
{
	struct connection *link = calloc(1, sizeof(*link));

	if (link == NULL)
		abort();
	link->fd = fd;
	link->since = now;
	link->next = links->first;
	link->to_me = &links->first;
	if (link->next != NULL)
		link->next->to_me = &link->next;
	links->first = link;
	links->count++;
	return link;
}

void
connection_close(struct connections *links, struct connection *link)
{
	*link->to_me = link->next;
	if (link->next != NULL)
		link->next->to_me = link->to_me;
	links->count--;
	free(link);
}

void
connection_enter(
    struct connection *link, enum connection_state state, int64_t now)
{
	link->state = state;
	link->since = now;
}

void
connections_sweep(struct connections *links, int64_t now)
{
	if (now - links->swept < SWEEP_MS)
		return;
	links->swept = now;
	for (struct connection *l = links->first; l != NULL; l = l->next) {
		int64_t patience = links->patience[l->state];

		if (patience == 0 || now - l->since <= patience)
			continue;
		if (shutdown(l->fd, SHUT_RDWR) == 0)
			links->cut++;
		l->since = now;
	}
}

int
connections_wait(const struct connections *links, int64_t now)
{
	int64_t rest = links->swept + SWEEP_MS - now;

	if (links->count == 0)
		return -1;
	return rest < 0 ? 0 : (int)rest;
}

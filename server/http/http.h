/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes in, struct request out, and back. */
#ifndef HAILONG_SERVER_HTTP_HTTP_H
#define HAILONG_SERVER_HTTP_HTTP_H

#include <stdbool.h>

struct server;
struct settings;

/* What the loop tells its caller. */
struct http_events {
	void (*ready)(void);    /* connections are accepted */
	void (*stopping)(void); /* no new ones are */
	/* Every beat_ms (0: never) while the loop turns and the writer does not
	 * hang. */
	void (*beat)(void);
	int beat_ms;
	/* SIGHUP: the settings that hold from now on; they must outlive the
	 * server, the former ones too. */
	const struct settings *(*reload)(void);
};

/* Listens and runs the loop until SIGTERM or SIGINT, then answers what is on
 * its way and returns. False, logged, when it cannot listen. */
bool http_run(const struct settings *settings, struct server *server,
    const struct http_events *events);

#endif

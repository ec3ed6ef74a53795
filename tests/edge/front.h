/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A real proxy in front of a collector that listens on a socket, with the
 * configuration that we ship (the script "plain" adds a port without TLS).
 */
#ifndef HAILONG_TESTS_EDGE_FRONT_H
#define HAILONG_TESTS_EDGE_FRONT_H

#include "tests/kit/rig.h"

struct front {
	const char *name; /* "nginx", "haproxy" */
	char folder[96];
	int port; /* plain HTTP */
	int tls;  /* as shipped, with a certificate of its own making */
	int far;  /* for who comes from afar (front_from) */
	pid_t pid;
	struct rig via; /* for the rig's clients: through the front */
};

/* Whether the program is installed; said if not. */
bool front_is_there(const char *name);
/* Makes the rig listen on a socket and serve. */
void front_serve(struct rig *rig);
/* Starts a front of this name and waits until it passes /healthz on. */
void front_start(struct front *f, const char *name, const struct rig *rig);
/* One request of somebody at this address (IPv4 or IPv6), as the front sees it;
 * the status, 0: no reply. Free the reply with reply_finish. */
int front_from(const struct front *f, const char *source, const char *request,
    struct reply *reply);
void front_stop(struct front *f);

/* A collector behind each of the two that is installed. */
struct fronts {
	struct rig rig;
	struct front fronts[2];
	int count;
};

/* Around a test (cmocka): make and end one, *state is its struct fronts. */
int fronts_setup(void **state);
int fronts_teardown(void **state);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Requests that two readers take apart differently. Each bears a second request
 * inside what an honest reader takes for its body: a form with the worst answer
 * and a comment of its own, so that the database tells which one got through.
 * Sent to the collector or to a proxy in front of it.
 */
#ifndef HAILONG_TESTS_EDGE_ATTACKS_H
#define HAILONG_TESTS_EDGE_ATTACKS_H

#include "tests/kit/rig.h"

struct outcome {
	char statuses[32]; /* of what came back: "400", "422 200", "-" */
	bool closed;       /* the peer ended the connection */
};

/* Sends every attack to this port of 127.0.0.1 and prints what came back.
 * Fails when a second request was handled, or when an honest client that sends
 * two requests at once is not served twice. */
void attacks_send(struct rig *rig, const char *front, int port);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes in, struct request out, and back. */
#ifndef HAILONG_SERVER_HTTP_H
#define HAILONG_SERVER_HTTP_H

#include "server/server.h"
#include "server/settings.h"

/* Listens and runs the loop until SIGTERM or SIGINT, then answers what is on
 * its way and returns. ready (unless NULL) is called once when connections are
 * accepted. False, logged, when it cannot listen. */
bool http_run(const struct settings *settings, struct server *server,
    void (*ready)(void));

#endif

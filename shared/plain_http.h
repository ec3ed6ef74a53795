/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plain http to a collector that is not on this machine shows every answer, and
 * the device's token, to whoever stands on the way. It is refused unless the
 * settings say insecure = yes in [collector]; a device that used it before that
 * was asked goes on, and gets the line.
 */
#ifndef HAILONG_SHARED_PLAIN_HTTP_H
#define HAILONG_SHARED_PLAIN_HTTP_H

#include <stdbool.h>
#include <stddef.h>

/* Whether this URL is plain http to another machine. Loopback is "localhost",
 * 127.0.0.0/8 and [::1], written as such and without a user; anything that is
 * not https:// and not that is plain. Pure. */
bool plain_http(const char *url);

struct plain_http_wish {
	const char *settings; /* path of the INI file */
	const char *url;      /* [collector] url */
	const char *insecure; /* [collector] insecure, "" not said */
	const char *kept;     /* the outbox or spool: where it is, this device
				 has run before; beside it stands what it used */
};

/* Whether the collector may be asked at this URL; false with one sentence in
 * error. May write "insecure = yes" into the settings and notes beside the
 * outbox, with a line in the log; once, at the start of the program. */
bool plain_http_allowed(
    const struct plain_http_wish *wish, char *error, size_t error_size);

#endif

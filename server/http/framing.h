/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether another program could read a request as two. The proxy in front
 * is the first line; this is the second, because Debian 12's libmicrohttpd
 * (0.9.75) lets much pass: two Content-Length, folded lines, ends of lines
 * without CR, spaces before the colon, NUL.
 *
 * What the library no longer shows can still be measured: a header block that
 * is not exactly as long as its lines written plainly ("Name: value", CR, LF)
 * held something else. Such a request may be honest, so it is answered; but the
 * connection is closed behind it, and nothing that follows is read.
 */
#ifndef HAILONG_SERVER_HTTP_FRAMING_H
#define HAILONG_SERVER_HTTP_FRAMING_H

#include <stdbool.h>
#include <stddef.h>

enum framing_verdict {
	FRAMING_PLAIN, /* the connection may be kept */
	FRAMING_LAST,  /* answer it, then close */
	FRAMING_REFUSE /* 400, then close */
};

/* Zeroed, then filled header by header. */
struct framing {
	int hosts, lengths, encodings;
	bool chunked; /* the encoding is "chunked" and nothing else */
	bool odd;     /* a name or value that no plain header has */
	size_t size;  /* of the lines, written plainly */
	size_t body;  /* bytes announced by Content-Length, 0: not said */
};

/* Takes one header as the library gives it; value may be NULL. */
void framing_header(struct framing *f, const char *name, size_t name_size,
    const char *value, size_t value_size);
/* What is to be done with the request whose first line was METHOD ADDRESS
 * VERSION (bytes of method and address) and whose head, with the empty line,
 * had so many bytes. */
enum framing_verdict framing_judge(const struct framing *f, size_t method,
    size_t address, const char *version, size_t head);

#endif

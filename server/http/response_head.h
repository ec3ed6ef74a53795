/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The head of a response, line by line, from what its exchange holds. */
#ifndef HAILONG_SERVER_HTTP_RESPONSE_HEAD_H
#define HAILONG_SERVER_HTTP_RESPONSE_HEAD_H

#include <stdbool.h>

struct exchange;

/* Takes one line; both texts live until the exchange is over. */
typedef void response_header(void *to, const char *name, const char *value);

/* Gives the lines of the exchange's response to add; last: the connection is
 * closed behind it. Status and length are the transport's. */
void response_head(
    struct exchange *ex, bool last, response_header *add, void *to);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one table of routes: method, path, who may, where it runs, handler.
 * URLs are compared nowhere else. */
#ifndef HAILONG_SERVER_HTTP_ROUTES_H
#define HAILONG_SERVER_HTTP_ROUTES_H

#include "server/http/request.h"

typedef int handler(struct ctx *ctx, struct request *req, struct response *res);

/* Quick handlers run on the loop thread itself; those that read much on a
 * reader thread, so that no citizen waits for a report; those that hash a
 * password one after the other at the door, so that guessing passwords
 * does not keep others from reading. */
enum place { ON_LOOP, ON_READER, IN_LOGIN_QUEUE };

struct route {
	enum method method;
	const char *path; /* a part "{}" matches one segment */
	unsigned who;     /* bits of enum who; WHO_ANYONE: all */
	enum place place;
	handler *handler;
};

extern const struct route routes[]; /* closed by a NULL path */

/* Finds the row for a request and fills req->part. NULL: none; *status then
 * tells 404 or 405. */
const struct route *routes_find(struct request *req, int *status);
/* Fills in the response of an error status: a page for people, a problem
 * (RFC 9457) for programs. Returns the status. */
int routes_error(
    struct ctx *ctx, struct request *req, struct response *res, int status);

#endif

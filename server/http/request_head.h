/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The head of a request, piece by piece as it comes off the wire, into struct
 * request. What is not named in request_head.c is not read. */
#ifndef HAILONG_SERVER_HTTP_REQUEST_HEAD_H
#define HAILONG_SERVER_HTTP_REQUEST_HEAD_H

#include "server/http/request.h"

/* Method and decoded path; false when the path is no text, and then it stands
 * as "/", so that it is never shown. */
bool request_head_first(
    struct request *req, const char *method, const char *path);
/* One header; value may be NULL. */
void request_head_header(
    struct request *req, const char *name, const char *value);
/* The value of a cookie, into the request's arena; NULL: it has none. */
const char *request_head_cookie(struct request *req, const char *name);
/* One decoded argument of the query; false when it is refused. */
bool request_head_argument(
    struct request *req, const char *name, const char *value);
/* After all of them, and again after a form: the language of what will be
 * shown. */
void request_head_language(struct request *req);

#endif

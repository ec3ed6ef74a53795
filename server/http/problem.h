/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Error responses, JSON for programs: {"error":{"code":…,"message":…}}. */
#ifndef HAILONG_SERVER_HTTP_PROBLEM_H
#define HAILONG_SERVER_HTTP_PROBLEM_H

#include <jansson.h>
#include "server/http/request.h"
#include "shared/json.h"

/* Fills the response with an error a person can act on; returns status, so
 * that a handler ends with `return problem(…)`. */
int problem(
    struct response *res, int status, const char *code, const char *message);
/* The same with the usual code and message of a status. */
int problem_usual(struct response *res, int status);
/* Writes a JSON value as the response and frees it; returns status. */
int respond_json(struct response *res, int status, json_t *json);

/* Reads the request's JSON body: application/json, within the limits, an object
 * whose only key `list` has a list of 1 to most values. That list, of the
 * request's arena; NULL with *status and the response set. */
const struct node *request_list(struct request *req, struct response *res,
    const char *list, size_t most, int *status);

#endif

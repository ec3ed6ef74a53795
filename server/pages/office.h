/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the pages on which staff work have in common: who may act on which unit,
 * and the deed that stands in the audit log afterwards. */
#ifndef HAILONG_SERVER_PAGES_OFFICE_H
#define HAILONG_SERVER_PAGES_OFFICE_H

#include <jansson.h>
#include <stdbool.h>
#include "server/http/request.h"
#include "server/store/audit.h"

/* The pages there are for this person: [{href, title, here}]; the caller owns
 * it. Nobody signed in: an empty list. */
json_t *office_ways(const struct request *req);
/* Gives one of them another address, that keeps what was chosen. */
void office_way(json_t *ways, const char *path, const char *address);
/* True when the caller's role is one of these bits of enum who. */
bool office_may(const struct request *req, unsigned who);
/* True when there is such a unit and it is the caller's own or below it;
 * otherwise the answer is 404, whether it exists or not. */
bool office_unit(
    const struct ctx *ctx, const struct request *req, const char *unit);
/* A deed of the caller's, at the time of the request, with an id of its own:
 * made once by the handler, so that a write that is run again adds it once. */
struct deed office_deed(const struct request *req, const char *act,
    const char *unit, const char *object);
/* The JSON of a deed's before or after: compact, keys sorted, in the request's
 * arena; frees json. */
const char *office_json(struct request *req, json_t *json);

#endif

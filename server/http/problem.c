/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every JSON resource does alike: errors in one shape, bodies in one
 * check. */
#include "server/http/problem.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/json.h"
#include "shared/limits.h"

static const struct {
	int status;
	const char *code, *message;
} usual[] = {
    {400, "bad_request", "The request cannot be read."},
    {401, "unauthorized",
	"Send a valid token: Authorization: Bearer TOKEN (hailong-server "
	"device add)."},
    {403, "forbidden", "This token or person may not do this."},
    {404, "not_found", "There is nothing at this address."},
    {405, "method_not_allowed", "This address has no such method."},
    {413, "too_large", "The body is longer than 1 MiB; send fewer answers."},
    {415, "unsupported_type", "Send Content-Type: application/json."},
    {429, "too_many", "Too many tries at once; try again in a few seconds."},
    {503, "busy",
	"Not stored; nothing is lost when you send the same again later."},
    {500, "internal", "The collector made a mistake; it is in its log."},
};

int
respond_json(struct response *res, int status, json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(12));

	if (text == NULL)
		abort();
	res->type = "application/json";
	buf_clear(&res->body);
	buf_puts(&res->body, text);
	free(text);
	json_decref(json);
	return status;
}

int
problem(struct response *res, int status, const char *code, const char *message)
{
	if (status == 503 && res->retry_after == 0)
		res->retry_after = 2;
	return respond_json(res, status,
	    json_pack(
		"{s:{s:s, s:s}}", "error", "code", code, "message", message));
}

int
problem_usual(struct response *res, int status)
{
	size_t last = sizeof(usual) / sizeof(usual[0]) - 1, i = 0;

	while (i < last && usual[i].status != status)
		i++;
	return problem(res, status, usual[i].code, usual[i].message);
}

static bool
is_json(const char *type)
{
	const char *want = "application/json";
	size_t n = strlen(want);

	return type != NULL && strncasecmp(type, want, n) == 0 &&
	       (type[n] == '\0' || type[n] == ';' || type[n] == ' ');
}

const struct node *
request_list(struct request *req, struct response *res, const char *list,
    size_t most, int *status)
{
	const struct node *body, *values;
	char why[200];

	if (!is_json(req->content_type)) {
		*status = problem_usual(res, 415);
		return NULL;
	}
	body = json_read_apart(
	    &req->arena, req->body, req->body_size, why, sizeof(why));
	if (body == NULL) {
		*status = problem(res, 400, "not_json", why);
		return NULL;
	}
	values = node_get(body, list);
	if (!node_is(values, NODE_LIST) || body->size != 1)
		snprintf(why, sizeof(why),
		    "The body must be {\"%s\":[…]} and nothing else.", list);
	else if (values->size == 0 || values->size > most)
		snprintf(why, sizeof(why),
		    "%s: 1 to %zu values, this body has %zu.", list, most,
		    values->size);
	else
		return values;
	*status = problem(res, 400, "bad_shape", why);
	return NULL;
}

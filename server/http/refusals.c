/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One place: every response passes it on its way out, whoever refused. What it
 * was is read off request and status by one table of rules. The series are a
 * small table in memory, keyed by what is ours alone (a login of a session, a
 * device's id, a route), so that a stranger makes no more than one of each kind
 * and route; when it is full the oldest series ends.
 */
#include "server/http/refusals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/http/request.h"
#include "server/secret/token.h"
#include "server/store/people/audit.h"
#include "server/store/people/audit_job.h"
#include "shared/limits.h"
#include "shared/log.h"

#define REFUSAL_SERIES 256
#define REFUSAL_GAP_MS (3600 * 1000LL) /* then a series begins anew */

/* As the log and the audit log name it; the first count that is told. */
static const struct {
	const char *act;
	int first;
} refusal_kinds[REFUSAL_KINDS] = {
    [REFUSAL_TOKEN] = {"refusal.token", 1},
    [REFUSAL_SIGNATURE] = {"refusal.signature", 1},
    [REFUSAL_KIND] = {"refusal.kind", 1},
    [REFUSAL_ELSEWHERE] = {"refusal.elsewhere", 1},
    [REFUSAL_CSRF] = {"refusal.csrf", 1},
    [REFUSAL_ROLE] = {"refusal.role", 1},
    [REFUSAL_UNIT] = {"refusal.unit", 1},
    [REFUSAL_GUESS] = {"refusal.guess", 5},
    [REFUSAL_HASTE] = {"refusal.haste", 1},
};

struct refusal_series {
	enum refusal kind; /* REFUSAL_NONE: free */
	char who[LIMIT_NAME_BYTES + 1];
	const char *route; /* of the table of routes; "" none */
	int64_t count, last_at;
};

struct refusals {
	struct refusal_series series[REFUSAL_SERIES];
};

/* ------------------------------------------------------------------- what it
 * is */

static enum refusal
refusal_of_person(const struct request *req, const char *route, int status)
{
	const char *csrf = pairs_get(&req->form, "csrf");

	if (status == 404)
		return route != NULL && req->caller.unit != NULL ? REFUSAL_UNIT
								 : REFUSAL_NONE;
	if (status != 403)
		return REFUSAL_NONE;
	if (req->method == METHOD_POST && req->caller.csrf != NULL &&
	    (csrf == NULL || !token_same(csrf, req->caller.csrf)))
		return REFUSAL_CSRF;
	return REFUSAL_ROLE;
}

enum refusal
refusal_of(const struct request *req, const char *route, int status)
{
	bool device = req->caller.device != NULL && *req->caller.device != '\0';

	if (req->path != NULL && (strcmp(req->path, "/login") == 0 ||
				     strcmp(req->path, "/login/code") == 0))
		return status == 403 && req->elsewhere ? REFUSAL_ELSEWHERE
		       : status == 403                 ? REFUSAL_GUESS
		       : status == 429                 ? REFUSAL_HASTE
						       : REFUSAL_NONE;
	if (req->bearer != NULL)
		return status == 401 && !device ? REFUSAL_TOKEN
		       : status == 401          ? REFUSAL_SIGNATURE
		       : status == 403          ? REFUSAL_KIND
						: REFUSAL_NONE;
	if (status == 403 && req->method == METHOD_POST && req->elsewhere)
		return REFUSAL_ELSEWHERE;
	return req->caller.login == NULL
		   ? REFUSAL_NONE
		   : refusal_of_person(req, route, status);
}

/* ---------------------------------------------------------------------
 * counting */

struct refusals *
refusals_create(void)
{
	return calloc(1, sizeof(struct refusals));
}

void
refusals_destroy(struct refusals *r)
{
	free(r);
}

/* Whose it is, as far as it is known for sure. */
static const char *
refusal_who(const struct request *req)
{
	if (req->caller.login != NULL)
		return req->caller.login;
	return req->caller.device == NULL ? "" : req->caller.device;
}

static struct refusal_series *
find_refusals(struct refusals *r, enum refusal kind, const char *who,
    const char *route, int64_t now)
{
	struct refusal_series *s, *oldest = &r->series[0];

	for (s = r->series; s < r->series + REFUSAL_SERIES; s++) {
		if (s->kind == kind && strcmp(s->who, who) == 0 &&
		    strcmp(s->route, route) == 0)
			break;
		if (s->last_at < oldest->last_at)
			oldest = s;
	}
	if (s == r->series + REFUSAL_SERIES) {
		s = oldest;
		s->kind = kind;
		snprintf(s->who, sizeof(s->who), "%s", who);
		s->route = route;
		s->count = 0;
	}
	if (now - s->last_at >= REFUSAL_GAP_MS || now < s->last_at)
		s->count = 0;
	s->last_at = now;
	return s;
}

static bool
refusal_is_told(int64_t count, int first)
{
	while (count % 10 == 0)
		count /= 10;
	return count == first;
}

struct job *
refusals_note(struct refusals *r, const struct request *req, const char *route,
    int status, int64_t now)
{
	enum refusal kind = refusal_of(req, route, status);
	const char *who = refusal_who(req);
	struct refusal_series *s;
	char after[60];

	if (kind == REFUSAL_NONE)
		return NULL;
	if (route == NULL) /* refused before its route was sought */
		route = kind == REFUSAL_HASTE ? "/login" : "";
	s = find_refusals(r, kind, who, route, now);
	s->count++;
	if (!refusal_is_told(s->count, refusal_kinds[kind].first))
		return NULL;
	log_warn("%s: %lld in a row at %s, by %s", refusal_kinds[kind].act,
	    (long long)s->count, *s->route == '\0' ? "no address" : s->route,
	    req->caller.login != NULL ? "somebody signed in"
	    : *who != '\0'            ? who
				      : "a stranger");
	snprintf(
	    after, sizeof(after), "{\"failed\":%lld}", (long long)s->count);
	return audit_job(&(struct deed){.at = now,
	    .login = req->caller.login == NULL ? "" : req->caller.login,
	    .role = req->caller.role,
	    .place = req->bearer == NULL ? "pages" : "api",
	    .act = refusal_kinds[kind].act,
	    .unit = req->caller.unit,
	    .object =
		req->caller.login == NULL && *who != '\0' ? who : s->route,
	    .after = after});
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The session's token is always new, never one that the browser brought along;
 * the cookie is set only after it is on disk. A second cookie remembers,
 * without opening anything, that this browser was here: it goes first at the
 * door (server/http/login_queue.h).
 */
#include "server/pages/account/session.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/core/catalogue/catalogue.h"
#include "server/http/login_queue.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/http/failed_logins.h"
#include "server/settings.h"
#include "server/store/generation.h"
#include "server/store/sessions.h"
#include "server/store/staff.h"
#include "shared/limits.h"

#define KNOWN_SECONDS (90LL * 24 * 3600)

const char *
new_session_next(const struct request *req)
{
	const char *next = pairs_get(
	    req->method == METHOD_POST ? &req->form : &req->query, "next");

	if (next == NULL || strncmp(next, "/staff/", 7) != 0 ||
	    strlen(next) > LIMIT_ADDRESS_BYTES)
		return NULL;
	for (const char *c = next; *c != '\0'; c++)
		if (*c <= ' ' || *c >= 0x7f || *c == '\\')
			return NULL;
	return next;
}

struct new_session *
new_session_make(struct ctx *ctx, struct request *req,
    const struct staff *staff, const char *how)
{
	struct new_session *s = arena_alloc(&req->arena, sizeof(*s));
	const char *key = store_meta(ctx->db, &req->arena, "door_key");
	int failed = failed_logins_count(ctx, staff->login);
	json_t *after = json_object();

	s->login = staff->login;
	s->life =
	    catalogue_setting(ctx->catalogue, SETTING_SESSION_HOURS) * 3600000;
	s->known = key == NULL
		       ? NULL
		       : login_queue_cookie(&req->arena, key, staff->login);
	s->to = new_session_next(req);
	if (s->to == NULL)
		s->to = req->lang == LANG_VI ? "/staff/" : "/staff/?lang=en";
	if (how != NULL)
		json_object_set_new(after, "second_factor", json_string(how));
	if (failed > 0)
		json_object_set_new(
		    after, "failed_before", json_integer(failed));
	s->life =
	    catalogue_setting(ctx->catalogue, SETTING_SESSION_HOURS) * 3600000;
	s->deed = office_deed(req, "session.begin", staff->unit, staff->login);
	s->deed.login = staff->login;
	s->deed.role = staff->role;
	s->deed.after = office_json(req, after);
	return s;
}

bool
new_session_write(struct db *db, struct request *req, struct new_session *s)
{
	token_new(s->token);
	token_new(s->csrf);
	return (req->session == NULL ||
		   strlen(req->session) > LIMIT_TOKEN_BYTES ||
		   store_session_end(db, req->session)) &&
	       store_session_add(db, s->token, s->login, s->csrf, req->now,
		   req->now + s->life) &&
	       store_audit(db, &s->deed);
}

static const char *
cookie(struct ctx *ctx, struct request *req, const char *name, const char *path,
    const char *value, long long seconds)
{
	bool tls = strncmp(ctx->settings->public_url, "https:", 6) == 0;

	return arena_printf(&req->arena,
	    "%s=%s; Path=%s; Max-Age=%lld; HttpOnly; SameSite=Strict%s", name,
	    value, path, seconds, tls ? "; Secure" : "");
}

int
new_session_reply(struct ctx *ctx, struct request *req, struct response *res,
    const struct new_session *s)
{
	failed_logins_end(ctx, s->login);
	res->cookie =
	    cookie(ctx, req, SESSION_COOKIE, "/", s->token, s->life / 1000);
	if (s->known != NULL)
		res->known = cookie(
		    ctx, req, KNOWN_COOKIE, "/login", s->known, KNOWN_SECONDS);
	return document_go(res, s->to);
}

void
session_out(struct ctx *ctx, struct request *req, struct response *res)
{
	res->cookie = cookie(ctx, req, SESSION_COOKIE, "/", "", 0);
}

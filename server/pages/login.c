/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signing in and out. The password is checked on a reader thread (Argon2id
 * takes 0.1 s); the session is written like any other write, and the cookie is
 * set only after it is on disk. An unknown login takes as long as a wrong
 * password and gets the same words. Whoever signs in comes to the page that was
 * asked for, which must be one of ours, in the language that was read.
 *
 * A second cookie remembers, without opening anything, that this browser was
 * here: it goes first at the door (server/door.h).
 */
#include "server/pages/pages.h"

#include <stdio.h>
#include <string.h>
#include "server/auth.h"
#include "server/core/catalogue.h"
#include "server/door.h"
#include "server/pages/document.h"
#include "server/settings.h"
#include "server/store/store.h"
#include "shared/limits.h"

#define KNOWN_SECONDS (90LL * 24 * 3600)

struct signing_in {
	const char *login, *known;
	char token[TOKEN_TEXT];
	char csrf[TOKEN_TEXT];
	int64_t life; /* of the session, ms */
};

/* The page to go to after signing in; NULL: the board. Only an address of ours
 * that is plain ASCII: never another host, never a second header. */
static const char *
wanted(const struct pairs *pairs)
{
	const char *next = pairs_get(pairs, "next");

	if (next == NULL || strncmp(next, "/staff/", 7) != 0 ||
	    strlen(next) > LIMIT_ADDRESS_BYTES)
		return NULL;
	for (const char *c = next; *c != '\0'; c++)
		if (*c <= ' ' || *c >= 0x7f || *c == '\\')
			return NULL;
	return next;
}

static int
show(struct ctx *ctx, struct request *req, struct response *res, int status,
    const char *login, const char *problem_key)
{
	json_t *doc = document_staff(ctx, req);
	const char *next =
	    wanted(req->method == METHOD_POST ? &req->form : &req->query);

	json_object_set_new(
	    doc, "next", next == NULL ? json_null() : json_string(next));
	json_object_set_new(doc, "login", json_string(login));
	json_object_set_new(doc, "problem",
	    problem_key == NULL ? json_null()
				: json_string(text(req->lang, problem_key)));
	return document_show(req, res, status, "login", doc);
}

int
page_login(struct ctx *ctx, struct request *req, struct response *res)
{
	return show(ctx, req, res, 200, "", NULL);
}

static bool
write_session(struct db *db, struct tallies *tallies, struct request *req)
{
	struct signing_in *s = req->data;

	(void)tallies;
	token_new(s->token); /* never a value the browser brought along */
	token_new(s->csrf);
	return store_session_add(
	    db, s->token, s->login, s->csrf, req->now, req->now + s->life);
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

static int
reply_session(struct ctx *ctx, struct request *req, struct response *res)
{
	struct signing_in *s = req->data;
	const char *next = wanted(&req->form);

	res->cookie =
	    cookie(ctx, req, SESSION_COOKIE, "/", s->token, s->life / 1000);
	if (s->known != NULL)
		res->known = cookie(
		    ctx, req, KNOWN_COOKIE, "/login", s->known, KNOWN_SECONDS);
	return document_go(res, next != NULL           ? next
				: req->lang == LANG_VI ? "/staff/"
						       : "/staff/?lang=en");
}

int
page_login_post(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *login = pairs_get(&req->form, "login");
	const char *password = pairs_get(&req->form, "password");
	struct signing_in *s = arena_alloc(&req->arena, sizeof(*s));
	struct staff staff;
	const char *key;
	enum step step;

	if (login == NULL || password == NULL ||
	    strlen(login) > LIMIT_CODE_BYTES ||
	    strlen(password) > LIMIT_PASSWORD_MAX * 4)
		return show(ctx, req, res, 422, "", "staff.login.failed");
	step = store_staff(ctx->db, &req->arena, login, &staff);
	if (step == STEP_FAIL)
		return 503;
	if (!password_check(password, step == STEP_ROW && staff.disabled_at == 0
					  ? staff.password
					  : NULL))
		return show(ctx, req, res, 403, login, "staff.login.failed");
	s->login = staff.login;
	s->life =
	    catalogue_setting(ctx->catalogue, SETTING_SESSION_HOURS) * 3600000;
	key = store_meta(ctx->db, &req->arena, "door_key");
	s->known =
	    key == NULL ? NULL : door_cookie(&req->arena, key, staff.login);
	req->data = s;
	req->write = write_session;
	req->reply = reply_session;
	return HTTP_LATER;
}

static bool
write_logout(struct db *db, struct tallies *tallies, struct request *req)
{
	(void)tallies;
	return store_session_end(db, req->session);
}

static int
reply_logout(struct ctx *ctx, struct request *req, struct response *res)
{
	res->cookie = cookie(ctx, req, SESSION_COOKIE, "/", "", 0);
	return document_go(res, "/login");
}

int
page_logout(struct ctx *ctx, struct request *req, struct response *res)
{
	(void)ctx;
	(void)res;
	req->write = write_logout;
	req->reply = reply_logout;
	return HTTP_LATER;
}

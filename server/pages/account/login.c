/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signing in and out. The password is checked at the door (Argon2id takes 0.1
 * s). An unknown login takes as long as a wrong password and gets the same
 * words. Whoever has a second factor is then asked for its code (login_code.c);
 * whoever signs in comes to the page that was asked for, in the language that
 * was read.
 */
#include "server/pages/account/login.h"

#include <string.h>
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/pages.h"
#include "server/pages/account/session.h"
#include "server/http/failed_logins.h"
#include "server/store/sessions.h"
#include "server/store/staff.h"
#include "shared/limits.h"

int
login_show(struct ctx *ctx, struct request *req, struct response *res,
    int status, const char *login, const char *problem)
{
	json_t *doc = document_staff(ctx, req);
	const char *next = new_session_next(req);

	json_object_set_new(
	    doc, "next", next == NULL ? json_null() : json_string(next));
	json_object_set_new(doc, "login", json_string(login));
	json_object_set_new(doc, "problem",
	    problem == NULL ? json_null()
			    : json_string(text(req->lang, problem)));
	return document_show(req, res, status, "account/login", doc);
}

int
get_login(struct ctx *ctx, struct request *req, struct response *res)
{
	return login_show(ctx, req, res, 200, "", NULL);
}

static bool
write_session(struct db *db, struct tallies *tallies, struct request *req)
{
	(void)tallies;
	return new_session_write(db, req, req->data);
}

static int
reply_session(struct ctx *ctx, struct request *req, struct response *res)
{
	return new_session_reply(ctx, req, res, req->data);
}

int
post_login(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *login = pairs_get(&req->form, "login");
	const char *password = pairs_get(&req->form, "password");
	struct staff staff;
	enum step step;
	bool right;

	if (login == NULL || password == NULL ||
	    strlen(login) > LIMIT_CODE_BYTES ||
	    strlen(password) > LIMIT_PASSWORD_MAX * 4)
		return login_show(ctx, req, res, 422, "", "staff.login.failed");
	step = store_staff(ctx->db, &req->arena, login, &staff);
	if (step == STEP_FAIL)
		return 503;
	right = password_check(password,
	    step == STEP_ROW && staff.disabled_at == 0 ? staff.password : NULL);
	if (!right && step == STEP_ROW)
		failed_logins_note(ctx, &staff, req->now);
	if (!right)
		return login_show(
		    ctx, req, res, 403, login, "staff.login.failed");
	if (staff.factor[0] != '\0')
		return login_ask_code(ctx, req, res, &staff);
	req->data = new_session_make(ctx, req, &staff, NULL);
	req->write = write_session;
	req->reply = reply_session;
	return HTTP_LATER;
}

static bool
write_logout(struct db *db, struct tallies *tallies, struct request *req)
{
	(void)tallies;
	return store_session_end(db, req->session) &&
	       store_audit(db, req->data);
}

static int
reply_logout(struct ctx *ctx, struct request *req, struct response *res)
{
	session_out(ctx, req, res);
	return document_go(res, "/login");
}

int
post_logout(struct ctx *ctx, struct request *req, struct response *res)
{
	struct deed *deed = arena_alloc(&req->arena, sizeof(*deed));

	(void)ctx;
	(void)res;
	*deed = office_deed(
	    req, "session.end", req->caller.unit, req->caller.login);
	req->data = deed;
	req->write = write_logout;
	req->reply = reply_logout;
	return HTTP_LATER;
}

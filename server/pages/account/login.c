/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /login, POST /logout: signing in and out. The password is
 * checked at the door (Argon2id takes 0.1 s). An unknown login takes as long as
 * a wrong password and gets the same words. A person with a second factor is
 * then asked for its code (login_code.c); who is signed in comes to the page
 * that was asked for, in the language that was read.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/http/failed_logins.h"
#include "server/pages/account/login_steps.h"
#include "server/pages/account/session.h"
#include "server/pages/page.h"
#include "server/secret/password.h"
#include "server/store/people/sessions.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"

int
get_login(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return login_steps_password(&page, 200, "", NULL);
}

static bool
write_session(struct db *db, struct tallies *tallies, struct request *req)
{
	(void)tallies;
	return session_write(db, req, req->data);
}

static int
reply_session(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);

	return session_begin(&page, req->data);
}

int
post_login(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *login = pairs_get(&req->form, "login");
	const char *password = pairs_get(&req->form, "password");
	struct staff staff;
	enum step step;
	bool right;

	if (login == NULL || password == NULL ||
	    strlen(login) > LIMIT_NAME_BYTES ||
	    strlen(password) > LIMIT_PASSWORD_MAX * 4)
		return login_steps_password(
		    &page, 422, "", "staff.login.failed");
	step = store_staff_meant(ctx->db, &req->arena, login, &staff);
	if (step == STEP_FAIL)
		return 503;
	right = password_check(password,
	    step == STEP_ROW && staff.disabled_at == 0 ? staff.password : NULL);
	if (!right && step == STEP_ROW)
		failed_logins_note(ctx, &staff, req->now);
	if (!right)
		return login_steps_password(
		    &page, 403, login, "staff.login.failed");
	if (staff_start_over(&staff, req->now))
		return login_steps_password(
		    &page, 403, login, "staff.login.start_over");
	if (staff.factor[0] != '\0')
		return login_steps_code(&page, 200, staff.login,
		    login_steps_close(&page, &staff), NULL);
	req->vouched = true;
	return page_write(&page, session_make(&page, &staff, NULL),
	    write_session, reply_session);
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
	struct page page = page_of(ctx, req, res);

	session_out(&page);
	return page_go(&page, "/login");
}

int
post_logout(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct deed *deed = arena_alloc(&req->arena, sizeof(*deed));

	*deed = page_deed(
	    &page, "session.end", req->caller.unit, req->caller.login);
	return page_write(&page, deed, write_logout, reply_logout);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /login/code: the second step of signing in, for those who have a second
 * factor.
 *
 * The code is checked where it is written, on the writer thread: a try is
 * counted, by person and by envelope, and a code taken in one transaction, so
 * that many at once are no way around the brake, and no code works twice. A
 * recovery code does as well.
 * Whatever was wrong (the code, one that was used, an envelope that is too
 * old), the words are the same.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/http/failed_logins.h"
#include "server/http/login_queue.h"
#include "server/pages/account/code_try.h"
#include "server/pages/account/login_steps.h"
#include "server/pages/account/session.h"
#include "server/pages/page.h"
#include "server/store/house_keys.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"

struct second_step {
	struct staff staff;
	struct new_session *by_code, *by_recovery; /* one of them will begin */
	uint8_t envelope[SIGN_IN_NUMBER];
	struct code_try try;
};

static bool
write_code(struct db *db, struct tallies *tallies, struct request *req)
{
	struct second_step *s = req->data;

	(void)tallies;
	if (!code_try_run(db, &s->try))
		return false;
	switch (s->try.found) {
	case CODE_TRY_RIGHT:
		return session_write(db, req, s->by_code);
	case CODE_TRY_RECOVERED:
		return session_write(db, req, s->by_recovery);
	default:
		return true;
	}
}

static int
reply_code(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct second_step *s = req->data;
	const char *envelope = page_field(&page, "envelope");

	switch (s->try.found) {
	case CODE_TRY_RIGHT:
		return session_begin(&page, s->by_code);
	case CODE_TRY_RECOVERED:
		return session_begin(&page, s->by_recovery);
	case CODE_TRY_WAIT:
		res->retry_after = LIMIT_CODE_WAIT_MS / 1000;
		return login_steps_code(
		    &page, 429, s->staff.login, envelope, "staff.code.wait");
	case CODE_TRY_OVER:
		return login_steps_password(
		    &page, 403, "", "staff.login.failed");
	default:
		failed_logins_note(ctx, &s->staff, req->now);
		return login_steps_code(
		    &page, 403, s->staff.login, envelope, "staff.code.failed");
	}
}

int
post_login_code(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *login = pairs_get(&req->form, "login");
	const char *key =
	    house_key(ctx->db, &req->arena, ctx->keys, HOUSE_KEY_DOOR);
	struct second_step *s = arena_alloc(&req->arena, sizeof(*s));
	enum step step = STEP_DONE;

	if (login == NULL || pairs_get(&req->form, "envelope") == NULL)
		return login_steps_password(
		    &page, 422, "", "staff.login.failed");
	if (strlen(login) <= LIMIT_CODE_BYTES)
		step = store_staff(ctx->db, &req->arena, login, &s->staff);
	if (step == STEP_FAIL)
		return 503;
	if (step == STEP_DONE || s->staff.disabled_at != 0 ||
	    s->staff.factor[0] == '\0' ||
	    !login_steps_opens(&page, &s->staff, s->envelope))
		return login_steps_password(
		    &page, 403, "", "staff.login.failed");
	if (!code_try_read(&page, &s->staff,
		login_queue_knows(key, login,
		    password_generation(s->staff.password), req->now,
		    req->known),
		&s->try))
		return 503;
	s->try.envelope = s->envelope;
	s->by_code = session_make(&page, &s->staff, "code");
	s->by_recovery = session_make(&page, &s->staff, "recovery");
	req->vouched = true; /* the envelope says that the password was right */
	return page_write(&page, s, write_code, reply_code);
}

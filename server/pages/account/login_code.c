/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /login/code: the second step of signing in, for those who have a second
 * factor. Between the steps nothing is kept here: the form carries an envelope
 * that says when the password was right, and which password, so that it is
 * worth nothing after LIMIT_SIGN_IN_MS or once the password is another.
 *
 * The code is checked where it is written, on the writer thread: a try is
 * counted and a code taken in one transaction, so that many at once are no way
 * around the brake, and no code works twice. A recovery code does as well.
 * Whatever was wrong (the code, one that was used, an envelope that is too
 * old), the words are the same.
 */
#include "server/pages/account/login.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/secret/envelope.h"
#include "server/secret/second_factor.h"
#include "server/http/login_queue.h"
#include "server/pages/document.h"
#include "server/pages/account/code_try.h"
#include "server/pages/pages.h"
#include "server/pages/account/session.h"
#include "server/http/failed_logins.h"
#include "server/store/generation.h"
#include "server/store/staff.h"
#include "shared/limits.h"

/* What the envelope holds. */
struct passed {
	int64_t at;                     /* the password was right */
	uint8_t password[DIGEST_BYTES]; /* digest of what is stored of it */
};

struct second {
	struct staff staff;
	struct new_session *by_code, *by_recovery; /* one of them will begin */
	struct code_try try;
};

static const char *
label(struct request *req, const char *login)
{
	return arena_printf(&req->arena, "sign in %s", login);
}

static struct passed
passed_now(const struct request *req, const struct staff *staff)
{
	struct passed p = {.at = req->now};

	digest(staff->password, strlen(staff->password), p.password);
	return p;
}

static int
show(struct ctx *ctx, struct request *req, struct response *res, int status,
    const char *login, const char *envelope, const char *problem)
{
	json_t *doc = document_staff(ctx, req);
	const char *next = new_session_next(req);

	json_object_set_new(
	    doc, "next", next == NULL ? json_null() : json_string(next));
	json_object_set_new(doc, "login", json_string(login));
	json_object_set_new(doc, "envelope", json_string(envelope));
	json_object_set_new(doc, "problem",
	    problem == NULL ? json_null()
			    : json_string(text(req->lang, problem)));
	return document_show(req, res, status, "account/login_code", doc);
}

int
login_ask_code(struct ctx *ctx, struct request *req, struct response *res,
    const struct staff *staff)
{
	const char *secret = auth_secret(ctx);
	struct passed p = passed_now(req, staff);

	return show(ctx, req, res, 200, staff->login,
	    envelope_close(
		&req->arena, secret, label(req, staff->login), &p, sizeof(p)),
	    NULL);
}

/* Whether the form's envelope is of this person's first step. */
static bool
has_passed(struct request *req, const char *secret, const struct staff *staff)
{
	struct passed p, now = passed_now(req, staff);

	return envelope_open(secret, label(req, staff->login),
		   pairs_get(&req->form, "envelope"), &p, sizeof(p)) &&
	       memcmp(p.password, now.password, sizeof(p.password)) == 0 &&
	       p.at <= now.at && now.at - p.at <= LIMIT_SIGN_IN_MS;
}

static bool
write_code(struct db *db, struct tallies *tallies, struct request *req)
{
	struct second *s = req->data;

	(void)tallies;
	if (!code_try_run(db, &s->try))
		return false;
	switch (s->try.found) {
	case CODE_TRY_RIGHT:
		return new_session_write(db, req, s->by_code);
	case CODE_TRY_RECOVERED:
		return new_session_write(db, req, s->by_recovery);
	default:
		return true;
	}
}

static int
reply_code(struct ctx *ctx, struct request *req, struct response *res)
{
	struct second *s = req->data;
	const char *envelope = pairs_get(&req->form, "envelope");

	switch (s->try.found) {
	case CODE_TRY_RIGHT:
		return new_session_reply(ctx, req, res, s->by_code);
	case CODE_TRY_RECOVERED:
		return new_session_reply(ctx, req, res, s->by_recovery);
	case CODE_TRY_WAIT:
		res->retry_after = LIMIT_CODE_WAIT_MS / 1000;
		return show(ctx, req, res, 429, s->staff.login, envelope,
		    "staff.code.wait");
	default:
		failed_logins_note(ctx, &s->staff, req->now);
		return show(ctx, req, res, 403, s->staff.login, envelope,
		    "staff.code.failed");
	}
}

int
post_login_code(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *login = pairs_get(&req->form, "login");
	const char *key = store_meta(ctx->db, &req->arena, "door_key");
	const char *secret = auth_secret(ctx);
	struct second *s = arena_alloc(&req->arena, sizeof(*s));
	enum step step = STEP_DONE;

	if (login == NULL || pairs_get(&req->form, "envelope") == NULL)
		return login_show(ctx, req, res, 422, "", "staff.login.failed");
	if (strlen(login) <= LIMIT_CODE_BYTES)
		step = store_staff(ctx->db, &req->arena, login, &s->staff);
	if (step == STEP_FAIL)
		return 503;
	if (step == STEP_DONE || s->staff.disabled_at != 0 ||
	    s->staff.factor[0] == '\0' || !has_passed(req, secret, &s->staff))
		return login_show(ctx, req, res, 403, "", "staff.login.failed");
	if (!code_try_read(req, secret, &s->staff,
		key != NULL && login_queue_knows(key, login, req->known),
		&s->try))
		return 503;
	s->by_code = new_session_make(ctx, req, &s->staff, "code");
	s->by_recovery = new_session_make(ctx, req, &s->staff, "recovery");
	req->data = s;
	req->write = write_code;
	req->reply = reply_code;
	return HTTP_LATER;
}

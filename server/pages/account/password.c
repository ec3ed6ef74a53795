/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/account/password: a password of one's own, which is known
 * to nobody else. It ends all sessions; the browser that changed it gets a new
 * one at once. Wrong tries of the present one are counted like those at the
 * door, where both are hashed.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/secret/password.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/office_words.h"
#include "server/pages/account/session.h"
#include "server/http/failed_logins.h"
#include "server/store/staff.h"
#include "shared/limits.h"

struct changing {
	char hash[PASSWORD_TEXT];
	struct deed deed;
	struct new_session *signing;
};

static int
show(struct ctx *ctx, struct request *req, struct response *res, int status,
    const char *problem)
{
	json_t *doc = document_staff(ctx, req);
	const char *least = arena_printf(&req->arena, "%d", LIMIT_PASSWORD_MIN);
	const char *most = arena_printf(&req->arena, "%d", LIMIT_PASSWORD_MAX);

	json_object_update_new(doc,
	    json_pack("{s:b, s:o, s:s}", "start", req->caller.start, "problem",
		office_text(problem == NULL
				? NULL
				: text_fill(&req->arena, req->lang, problem,
				      "least", least, "most", most, NULL)),
		"least", least));
	return document_show(req, res, status, "account/password", doc);
}

int
get_account_password(struct ctx *ctx, struct request *req, struct response *res)
{
	return show(ctx, req, res, 200, NULL);
}

/* The key of the sentence that says why the new password is refused. */
static const char *
refusal(
    const char *password, const char *new, const char *again, const char *login)
{
	static const char *const keys[] = {
	    [PASSWORD_GOOD] = NULL,
	    [PASSWORD_SHORT] = "account.password.short",
	    [PASSWORD_LONG] = "account.password.long",
	    [PASSWORD_COMMON] = "account.password.common",
	    [PASSWORD_LOGIN] = "account.password.login",
	};

	if (strcmp(new, again) != 0)
		return "account.password.differ";
	if (strcmp(new, password) == 0)
		return "account.password.same";
	return keys[password_judge(new, login)];
}

static bool
write_password(struct db *db, struct tallies *tallies, struct request *req)
{
	struct changing *c = req->data;
	bool found;

	(void)tallies;
	return store_staff_password(
		   db, req->caller.login, c->hash, false, &found) &&
	       store_audit(db, &c->deed) &&
	       new_session_write(db, req, c->signing);
}

static int
reply_password(struct ctx *ctx, struct request *req, struct response *res)
{
	struct changing *c = req->data;

	c->signing->to = office_address(req, ACCOUNT_PATH, "done", "password");
	return new_session_reply(ctx, req, res, c->signing);
}

int
post_account_password(
    struct ctx *ctx, struct request *req, struct response *res)
{
	const char *password = pairs_get(&req->form, "password");
	const char *new = pairs_get(&req->form, "new");
	const char *again = pairs_get(&req->form, "again");
	struct changing *c = arena_alloc(&req->arena, sizeof(*c));
	struct staff staff;
	const char *problem;

	if (password == NULL || new == NULL || again == NULL ||
	    strlen(password) > LIMIT_PASSWORD_MAX * 4)
		return show(ctx, req, res, 422, "account.password.fill");
	problem = refusal(password, new, again, req->caller.login);
	if (problem != NULL)
		return show(ctx, req, res, 422, problem);
	if (store_staff(ctx->db, &req->arena, req->caller.login, &staff) !=
	    STEP_ROW)
		return 503;
	if (!password_check(password, staff.password)) {
		failed_logins_note(ctx, &staff, req->now);
		return show(ctx, req, res, 422, "account.password.wrong");
	}
	if (!password_hash(new, c->hash))
		return 503;
	c->deed = office_deed(req, "user.password", staff.unit, staff.login);
	c->signing = new_session_make(ctx, req, &staff, NULL);
	req->data = c;
	req->write = write_password;
	req->reply = reply_password;
	return HTTP_LATER;
}

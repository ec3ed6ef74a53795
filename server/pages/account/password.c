/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/account/password: a password of one's own instead of the
 * one that an admin gave. It ends all sessions; the browser that changed it
 * gets a new one at once. Wrong tries of the present one are counted like those
 * at the door, where both are hashed.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/secret/password.h"
#include "server/pages/page.h"
#include "server/pages/account/session.h"
#include "server/http/failed_logins.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"

struct password_change {
	char hash[PASSWORD_TEXT];
	struct deed deed;
	struct new_session *session;
};

static int
show_password(const struct page *page, int status, const char *problem)
{
	json_t *doc = page_document(page);
	const char *least = arena_printf(page->arena, "%d", LIMIT_PASSWORD_MIN);
	const char *most = arena_printf(page->arena, "%d", LIMIT_PASSWORD_MAX);

	put_flag(doc, "start", page->req->caller.start);
	if (problem != NULL)
		problem =
		    page_fill(page, problem, "least", least, "most", most);
	put_text(doc, "problem", problem);
	put_text(doc, "least", least);
	return page_show(page, status, "account/password", doc);
}

int
get_account_password(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	return show_password(&page, 200, NULL);
}

/* The key of the sentence that says why the new password is refused. */
static const char *
password_refusal(
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
	struct password_change *c = req->data;
	bool found;

	(void)tallies;
	return store_staff_password(
		   db, req->caller.login, c->hash, false, req->now, &found) &&
	       store_audit(db, &c->deed) && session_write(db, req, c->session);
}

static int
reply_password(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct password_change *c = req->data;

	return session_begin(&page, c->session);
}

int
post_account_password(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *password = pairs_get(&req->form, "password");
	const char *new = pairs_get(&req->form, "new");
	const char *again = pairs_get(&req->form, "again");
	struct password_change *c = arena_alloc(&req->arena, sizeof(*c));
	struct staff staff;
	const char *problem;

	if (password == NULL || new == NULL || again == NULL ||
	    strlen(password) > LIMIT_PASSWORD_MAX * 4)
		return show_password(&page, 422, "account.password.fill");
	problem = password_refusal(password, new, again, req->caller.login);
	if (problem != NULL)
		return show_password(&page, 422, problem);
	if (store_staff(ctx->db, &req->arena, req->caller.login, &staff) !=
	    STEP_ROW)
		return 503;
	if (!password_check(password, staff.password)) {
		failed_logins_note(ctx, &staff, req->now);
		return show_password(&page, 422, "account.password.wrong");
	}
	if (!password_hash(new, c->hash))
		return 503;
	c->deed = page_deed(&page, "user.password", staff.unit, staff.login);
	staff.password = c->hash; /* what the browser will be known by */
	c->session = session_make(&page, &staff, NULL);
	c->session->to =
	    page_address(&page, ACCOUNT_PATH, "done", "password", NULL);
	return page_write(&page, c, write_password, reply_password);
}

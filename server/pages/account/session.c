/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The session's token is always new, never one that the browser brought along;
 * the cookie is set only after it is on disk. A second cookie remembers,
 * without opening anything, that this browser was here: it goes first at the
 * door (server/http/login_queue.h).
 */
#include "server/pages/account/session.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/http/auth.h"
#include "server/http/failed_logins.h"
#include "server/http/login_queue.h"
#include "server/pages/account/kept.h"
#include "server/pages/page.h"
#include "server/settings.h"
#include "server/store/house_keys.h"
#include "server/store/people/sessions.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"

const char *
session_next(const struct page *page)
{
	const char *next = page->req->method == METHOD_POST
			       ? page_field(page, "next")
			       : page_asked(page, "next");

	return page_office_address(next);
}

struct new_session *
session_make(
    const struct page *page, const struct staff *staff, const char *how)
{
	struct new_session *s = arena_alloc(page->arena, sizeof(*s));
	const char *key = house_key(
	    page->ctx->db, page->arena, page->ctx->keys, HOUSE_KEY_DOOR);
	int failed = failed_logins_count(page->ctx, staff->login);
	json_t *after = json_object();

	s->login = staff->login;
	s->life =
	    catalogue_setting(page->ctx->catalogue, SETTING_SESSION_HOURS) *
	    3600000;
	s->idle =
	    catalogue_setting(page->ctx->catalogue, SETTING_SESSION_MINUTES) *
	    60000;
	s->known =
	    key == NULL
		? NULL
		: login_queue_cookie(page->arena, key, staff->login,
		      password_generation(staff->password), page->req->now);
	s->to = session_next(page);
	if (s->to == NULL)
		s->to = page_address(page, "/staff/", NULL);
	if (how != NULL)
		put_text(after, "second_factor", how);
	if (failed > 0)
		put_number(after, "failed_before", failed);
	s->deed = page_deed(page, "session.begin", staff->unit, staff->login);
	s->deed.login = staff->login;
	s->deed.role = staff->role;
	s->deed.after = page_json(page, after);
	return s;
}

bool
session_write(struct db *db, struct request *req, struct new_session *s)
{
	token_new(s->token);
	token_new(s->csrf);
	return (req->session == NULL ||
		   strlen(req->session) > LIMIT_TOKEN_BYTES ||
		   store_session_end(db, req->session)) &&
	       store_session_expire(db, req->now, s->idle) &&
	       store_session_add(db, s->token, s->login, s->csrf, req->now,
		   req->now + s->life) &&
	       store_audit(db, &s->deed);
}

static const char *
cookie_of(const struct page *page, const char *name, const char *value,
    int64_t seconds)
{
	const struct settings *settings = page->ctx->settings;

	return arena_printf(page->arena,
	    "%s=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s",
	    auth_cookie_name(page->arena, settings, name), value,
	    (long long)seconds, settings_secure(settings) ? "; Secure" : "");
}

int
session_begin(const struct page *page, const struct new_session *s)
{
	failed_logins_end(page->ctx, s->login);
	page->res->cookie =
	    cookie_of(page, SESSION_COOKIE, s->token, s->life / 1000);
	if (s->known != NULL)
		page->res->known = cookie_of(
		    page, KNOWN_COOKIE, s->known, LIMIT_KNOWN_MS / 1000);
	/* what was sent without a session: never sent on without a press */
	if (kept_any(page))
		return kept_show(page, 200, s->csrf, "kept.signed_in");
	return page_go(page, s->to);
}

void
session_out(const struct page *page)
{
	page->res->cookie = cookie_of(page, SESSION_COOKIE, "", 0);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tokens are looked up by their hash in the catalogue, which is read anew
 * within 2 ms of any change; sessions in the database. So a revoked device or a
 * disabled person is out at once. A POST by a person must
 * carry the session's csrf value as a form field; programs do not use cookies,
 * so their requests need none.
 *
 * A person who has signed in with a start password, or lacks a second factor
 * that is required, is admitted to the own account only, until that is seen to.
 */
#include "server/http/auth.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/http/request_head.h"
#include "server/secret/phone_seal.h"
#include "server/settings.h"
#include "server/store/people/session_seen.h"
#include "server/store/people/sessions.h"
#include "server/store/writer.h"
#include "shared/limits.h"

struct word_bit {
	const char *word;
	enum who bit;
};

static const struct word_bit kinds[] = {{"kiosk", WHO_KIOSK}, {"sms", WHO_SMS},
    {"import", WHO_IMPORT}, {"viewer", WHO_VIEWER}, {NULL, WHO_ANYONE}};
static const struct word_bit roles[] = {{"viewer", WHO_READER},
    {"manager", WHO_MANAGER}, {"caseworker", WHO_CASEWORKER},
    {"admin", WHO_ADMIN}, {"auditor", WHO_AUDITOR}, {NULL, WHO_ANYONE}};

/* WHO_ANYONE, which is no bit at all, for an unknown word. */
static enum who
bit_of(const struct word_bit *list, const char *word)
{
	while (list->word != NULL && strcmp(list->word, word) != 0)
		list++;
	return list->bit;
}

enum who
auth_role(const char *role)
{
	return bit_of(roles, role);
}

static int
check_device(struct ctx *ctx, struct request *req, unsigned admitted)
{
	const struct known_device *device;
	uint8_t hash[TOKEN_HASH];

	if (strlen(req->bearer) > LIMIT_TOKEN_BYTES)
		return 401;
	token_hash(req->bearer, hash);
	device = catalogue_device(ctx->catalogue, hash);
	if (device == NULL)
		return 401;
	req->caller.who = bit_of(kinds, device->kind);
	req->caller.device = device->id;
	req->caller.device_kind = device->kind;
	req->caller.desk = device->desk;
	req->caller.former = device->former;
	req->caller.nformer = device->nformer;
	return (req->caller.who & admitted) != 0 ? 0 : 403;
}

static int
check_session(struct ctx *ctx, struct request *req, unsigned admitted)
{
	struct session session;
	const char *csrf = pairs_get(&req->form, "csrf");

	if (req->session == NULL || strlen(req->session) > LIMIT_TOKEN_BYTES)
		return 401;
	switch (store_session(ctx->db, &req->arena, req->session, req->now,
	    catalogue_setting(ctx->catalogue, SETTING_SESSION_MINUTES) * 60000,
	    &session)) {
	case STEP_ROW:
		break;
	case STEP_DONE:
		return 401;
	default:
		return 503;
	}
	req->caller.who = bit_of(roles, session.role);
	req->caller.login = session.login;
	req->caller.role = session.role;
	req->caller.unit = session.unit;
	req->caller.csrf = session.csrf;
	req->caller.start = session.start;
	req->caller.factor = session.factor;
	/* a page that looks for news by itself does not use the session */
	if (req->now - session.seen_at >= LIMIT_SESSION_SEEN_MS &&
	    pairs_get(&req->query, "live") == NULL)
		job_list_add(
		    ctx->errands, session_seen_job(req->session, req->now));
	if ((admitted & req->caller.who) == 0)
		return 403;
	if (req->method == METHOD_POST &&
	    (csrf == NULL || !token_same(csrf, session.csrf))) {
		req->caller.stale =
		    csrf != NULL && strlen(csrf) == TOKEN_TEXT - 1;
		return 403;
	}
	return 0;
}

const char *
auth_cookie_name(
    struct arena *a, const struct settings *settings, const char *name)
{
	return settings_secure(settings) ? arena_printf(a, "__Host-%s", name)
					 : name;
}

void
auth_cookies(const struct settings *settings, struct request *req)
{
	struct arena *a = &req->arena;

	if (req->cookies == NULL)
		return;
	req->session = request_head_cookie(
	    req, auth_cookie_name(a, settings, SESSION_COOKIE));
	req->known = request_head_cookie(
	    req, auth_cookie_name(a, settings, KNOWN_COOKIE));
}

bool
auth_known(struct ctx *ctx, struct request *req)
{
	int status = req->bearer != NULL ? check_device(ctx, req, ~0u)
					 : check_session(ctx, req, WHO_STAFF);

	/* 403: known, but the form with its csrf value is still to come */
	return status == 0 || status == 403;
}

bool
auth_factor_required(const struct ctx *ctx)
{
	return catalogue_setting(ctx->catalogue, SETTING_SECOND_FACTOR) != 0;
}

const char *
auth_secret(const struct ctx *ctx)
{
	return ctx->keys->hash;
}

/* Where the person must go first; NULL: nowhere. */
static const char *
owed(const struct ctx *ctx, struct request *req)
{
	if (strncmp(req->path, ACCOUNT_PATH, strlen(ACCOUNT_PATH)) == 0 ||
	    strcmp(req->path, "/logout") == 0)
		return NULL;
	if (req->caller.start)
		return ACCOUNT_PATH "/password";
	if ((req->caller.who & (WHO_ADMIN | WHO_AUDITOR)) != 0 &&
	    !req->caller.factor && auth_factor_required(ctx))
		return ACCOUNT_PATH "/factor";
	return NULL;
}

/* The way to sign in and come back to what was asked for, in its language. */
static const char *
login_address(struct request *req)
{
	struct buf wanted, address;
	const char *kept;

	if (strcmp(req->path, "/staff/") == 0 && req->query.count == 0)
		return "/login";
	buf_init(&wanted);
	buf_init(&address);
	urlencoded_put(&wanted, req->path, true);
	pairs_put(&wanted, &req->query);
	buf_printf(&address, "/login?lang=%s&next=", lang_code(req->lang));
	urlencoded_put(&address, buf_text(&wanted), false);
	kept = arena_strdup(&req->arena, buf_text(&address));
	buf_finish(&wanted);
	buf_finish(&address);
	return kept;
}

int
auth_check(struct ctx *ctx, struct request *req, struct response *res,
    unsigned admitted)
{
	const char *first;
	int status;

	req->caller.device = "";
	/* a form of ours is sent by a page of ours, or by no page at all */
	if (req->method == METHOD_POST && req->elsewhere && req->bearer == NULL)
		return 403;
	if (admitted == WHO_ANYONE)
		return 0;
	if (req->bearer != NULL)
		return check_device(ctx, req, admitted);
	if ((admitted & WHO_STAFF) == 0)
		return 401;
	status = check_session(ctx, req, admitted);
	first = status == 0 ? owed(ctx, req) : NULL;
	if (first != NULL)
		status = 403;
	if (req->method != METHOD_GET || strncmp(req->path, "/api/", 5) == 0)
		return status;
	if (status == 401)
		res->location = login_address(req);
	else if (first != NULL)
		res->location = arena_printf(
		    &req->arena, "%s?lang=%s", first, lang_code(req->lang));
	else
		return status;
	return 303;
}

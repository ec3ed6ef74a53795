/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/account/factor: a second factor set up, taken away, given
 * new recovery codes. While it is set up its secret travels in the form, in the
 * envelope in which it will be stored: nothing is kept of one that is never
 * confirmed. To set one up wants the password, all else a code: neither can be
 * done with a session alone. Setting one up ends the sessions elsewhere, which
 * began without; so does taking it away: no session outlives a lock.
 */
#include "server/pages/account/second_factor.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/secret/envelope.h"
#include "server/pages/page.h"
#include "server/pages/pages.h"
#include "server/pages/account/code_try.h"
#include "server/http/failed_logins.h"
#include "server/store/people/audit.h"
#include "server/store/people/factors.h"
#include "server/store/people/sessions.h"
#include "server/store/people/staff.h"
#include "server/view/qr.h"
#include "shared/limits.h"

#define ISSUER "Hai long" /* what the phone lists it under */

enum factor_act { ACT_ON, ACT_OFF, ACT_CODES };

struct factor_doing {
	enum factor_act act;
	struct staff staff;
	const char *envelope; /* ACT_ON: the secret's */
	int64_t step;         /* of the code that confirmed it */
	struct code_try try;  /* otherwise */
	bool refused;         /* it is on already, elsewhere */
	struct deed deed;
	char codes[LIMIT_RECOVERY_CODES][SECOND_FACTOR_RECOVERY];
	uint8_t hashes[LIMIT_RECOVERY_CODES][TOKEN_HASH];
};

/* ----------------------------------------------------------------- showing */

/* A secret to be set up: a new one, or that of an envelope (NULL: none). */
static json_t *
setup_part(const struct page *page, const char *envelope)
{
	const char *login = page->req->caller.login;
	const char *label = code_try_label(page->arena, login);
	const char *secret = auth_secret(page->ctx);
	uint8_t bytes[SECOND_FACTOR_SECRET];
	char typed[SECOND_FACTOR_SECRET_TEXT];
	struct buf path;
	json_t *part = json_object();
	int edge;

	if (!envelope_open(secret, label, envelope, bytes, sizeof(bytes))) {
		second_factor_new(bytes);
		envelope = envelope_close(
		    page->arena, secret, label, bytes, sizeof(bytes));
	}
	buf_init(&path);
	edge = qr_path(second_factor_address(page->arena, ISSUER, login, bytes),
	    QR_CLEAN, &path);
	second_factor_text(bytes, typed);
	put_text(part, "secret", typed);
	put_text(part, "envelope", envelope);
	put_number(part, "edge", edge);
	put_text(part, "path", buf_text(&path));
	buf_finish(&path);
	return part;
}

json_t *
second_factor_part(const struct page *page, const struct staff *staff)
{
	json_t *part;

	if (staff->factor[0] == '\0')
		return NULL;
	part = json_object();
	put_text(part, "since", page_moment(page, staff->factor_at));
	put_number(
	    part, "left", store_recovery_left(page->ctx->db, staff->login));
	return part;
}

static int
show_factor(const struct page *page, int status, const char *problem)
{
	struct staff staff;
	json_t *doc;
	bool has;

	if (store_staff(page->ctx->db, page->arena, page->req->caller.login,
		&staff) != STEP_ROW)
		return 503;
	has = staff.factor[0] != '\0';
	doc = page_document(page);
	put_text(doc, "problem", page_problem(page, problem));
	put_flag(doc, "required",
	    !has && page_may(page, WHO_ADMIN | WHO_AUDITOR) &&
		auth_factor_required(page->ctx));
	put_part(doc, "setup",
	    has ? NULL : setup_part(page, page_field(page, "envelope")));
	put_part(doc, "factor", second_factor_part(page, &staff));
	return page_show(page, status, "account/second_factor", doc);
}

int
get_account_factor(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	return show_factor(&page, 200, NULL);
}

/* -------------------------------------------------------------------- doing */

static bool
make_recovery_codes(const struct page *page, struct factor_doing *d)
{
	uint8_t plain[TOKEN_HASH];

	for (int i = 0; i < LIMIT_RECOVERY_CODES; i++) {
		second_factor_recovery_new(d->codes[i]);
		if (!second_factor_recovery_read(d->codes[i], plain) ||
		    !code_try_hash(page, d->staff.login, plain, d->hashes[i]))
			return false;
	}
	return true;
}

static bool
write_factor_on(struct db *db, struct request *req, struct factor_doing *d)
{
	struct staff now;

	if (store_staff(db, &req->arena, d->staff.login, &now) != STEP_ROW)
		return false;
	d->refused = now.factor[0] != '\0';
	if (d->refused)
		return true;
	return store_factor_set(
		   db, now.login, d->envelope, req->now, d->step) &&
	       store_recovery_put(
		   db, now.login, d->hashes, LIMIT_RECOVERY_CODES) &&
	       store_session_end_others(db, now.login, req->session, NULL) &&
	       store_audit(db, &d->deed);
}

static bool
write_factor(struct db *db, struct tallies *tallies, struct request *req)
{
	struct factor_doing *d = req->data;
	bool found;

	(void)tallies;
	if (d->act == ACT_ON)
		return write_factor_on(db, req, d);
	if (!code_try_run(db, &d->try))
		return false;
	if (d->try.found < CODE_TRY_RIGHT)
		return true;
	if (d->act == ACT_OFF)
		return store_factor_clear(
			   db, d->staff.login, req->session, &found) &&
		       store_audit(db, &d->deed);
	return store_recovery_put(
		   db, d->staff.login, d->hashes, LIMIT_RECOVERY_CODES) &&
	       store_audit(db, &d->deed);
}

static int
show_recovery_codes(const struct page *page, const struct factor_doing *d)
{
	json_t *doc = page_document(page), *codes = json_array();

	for (int i = 0; i < LIMIT_RECOVERY_CODES; i++)
		json_array_append_new(
		    codes, json_pack("{s:s}", "code", d->codes[i]));
	put_part(doc, "codes", codes);
	put_text(doc, "done",
	    page_text(page,
		d->act == ACT_ON ? "second.on.done" : "second.codes.done"));
	return page_show(page, 200, "account/recovery_codes", doc);
}

static int
reply_factor(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct factor_doing *d = req->data;

	if (d->act == ACT_ON) {
		req->caller.factor = true;
		return d->refused ? show_factor(&page, 409, "second.already")
				  : show_recovery_codes(&page, d);
	}
	if (d->try.found == CODE_TRY_WAIT)
		return show_factor(&page, 429, "staff.code.wait");
	if (d->try.found == CODE_TRY_WRONG)
		return show_factor(&page, 422, "staff.code.failed");
	if (d->act == ACT_OFF)
		return page_go(&page,
		    page_address(&page, ACCOUNT_PATH, "done", "factor", NULL));
	return show_recovery_codes(&page, d);
}

/* Checks a new secret's code and the password; NULL, or the key of what is
 * wrong. */
static const char *
read_factor_on(const struct page *page, struct factor_doing *d)
{
	const char *code = page_field(page, "code");
	const char *password = page_field(page, "password");
	uint8_t bytes[SECOND_FACTOR_SECRET];

	d->envelope = pairs_get(&page->req->form, "envelope");
	if (!envelope_open(auth_secret(page->ctx),
		code_try_label(page->arena, d->staff.login), d->envelope, bytes,
		sizeof(bytes)))
		return "second.lost";
	if (!second_factor_check(bytes, code, page->req->now, &d->step))
		return "second.on.code";
	if (strlen(password) > LIMIT_PASSWORD_MAX * 4 ||
	    !password_check(password, d->staff.password)) {
		failed_logins_note(page->ctx, &d->staff, page->req->now);
		return "account.password.wrong";
	}
	return NULL;
}

static bool
read_factor_act(
    const struct page *page, enum factor_act *act, const char **word)
{
	static const char *const words[] = {
	    [ACT_ON] = "on", [ACT_OFF] = "off", [ACT_CODES] = "codes"};
	static const char *const deeds[] = {[ACT_ON] = "factor.on",
	    [ACT_OFF] = "factor.off",
	    [ACT_CODES] = "factor.codes"};
	const char *asked = page_field(page, "act");

	for (int i = ACT_ON; i <= ACT_CODES; i++)
		if (strcmp(asked, words[i]) == 0) {
			*act = (enum factor_act)i;
			*word = deeds[i];
			return true;
		}
	return false;
}

int
post_account_factor(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const char *problem, *word;
	struct factor_doing *d = arena_alloc(&req->arena, sizeof(*d));

	if (!read_factor_act(&page, &d->act, &word))
		return show_factor(&page, 422, "second.choose");
	if (store_staff(ctx->db, &req->arena, req->caller.login, &d->staff) !=
	    STEP_ROW)
		return 503;
	if ((d->act == ACT_ON) == (d->staff.factor[0] != '\0'))
		return show_factor(&page, 409,
		    d->act == ACT_ON ? "second.already" : "second.lost");
	problem = d->act == ACT_ON ? read_factor_on(&page, d) : NULL;
	if (problem != NULL)
		return show_factor(&page, 422, problem);
	if (d->act != ACT_ON &&
	    !code_try_read(&page, &d->staff, false, &d->try))
		return 503;
	if (d->act != ACT_OFF && !make_recovery_codes(&page, d))
		return 503;
	d->deed = page_deed(&page, word, d->staff.unit, d->staff.login);
	return page_write(&page, d, write_factor, reply_factor);
}

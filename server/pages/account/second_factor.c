/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/account/factor: a second factor set up, taken away, given
 * new recovery codes. While it is set up its secret travels in the form, in the
 * envelope in which it will be stored: nothing is kept of one that is never
 * confirmed. To set one up wants the password, all else a code: neither can be
 * done with a session alone. Setting one up ends the sessions elsewhere, which
 * began without.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/secret/envelope.h"
#include "server/pages/document.h"
#include "server/pages/account/code_try.h"
#include "server/pages/office.h"
#include "server/pages/office_words.h"
#include "server/http/failed_logins.h"
#include "server/store/audit.h"
#include "server/store/factors.h"
#include "server/store/sessions.h"
#include "server/store/staff.h"
#include "server/view/qr.h"
#include "shared/limits.h"

#define ISSUER "Hai long" /* what the phone lists it under */

enum act { ACT_ON, ACT_OFF, ACT_CODES };

struct doing {
	enum act act;
	struct staff staff;
	const char *envelope; /* ACT_ON: the secret's */
	int64_t step;         /* of the code that confirmed it */
	struct code_try try;  /* otherwise */
	bool refused;         /* it is on already, elsewhere */
	struct deed deed;
	char codes[LIMIT_RECOVERY_CODES][SECOND_FACTOR_RECOVERY];
	uint8_t hashes[LIMIT_RECOVERY_CODES][TOKEN_HASH];
};

/* ------------------------------------------------------------------- showing
 */

/* A secret to be set up: a new one, or that of an envelope (NULL: none). */
static json_t *
setup(struct request *req, const char *secret, const char *envelope)
{
	const char *login = req->caller.login, *label;
	uint8_t bytes[SECOND_FACTOR_SECRET];
	char typed[SECOND_FACTOR_SECRET_TEXT];
	struct buf path;
	json_t *doc;
	int edge;

	label = code_try_label(req, login);
	if (!envelope_open(secret, label, envelope, bytes, sizeof(bytes))) {
		second_factor_new(bytes);
		envelope = envelope_close(
		    &req->arena, secret, label, bytes, sizeof(bytes));
	}
	buf_init(&path);
	edge = qr_path(second_factor_address(&req->arena, ISSUER, login, bytes),
	    QR_CLEAN, &path);
	second_factor_text(bytes, typed);
	doc = json_pack("{s:s, s:s, s:i, s:s}", "secret", typed, "envelope",
	    envelope, "edge", edge, "path", buf_text(&path));
	buf_finish(&path);
	return doc;
}

static int
show(struct ctx *ctx, struct request *req, struct response *res, int status,
    const char *problem)
{
	const char *secret = auth_secret(ctx);
	struct staff staff;
	json_t *doc;
	bool has;

	if (store_staff(ctx->db, &req->arena, req->caller.login, &staff) !=
	    STEP_ROW)
		return 503;
	has = staff.factor[0] != '\0';
	doc = document_staff(ctx, req);
	json_object_update_new(doc,
	    json_pack("{s:o, s:b, s:o, s:o}", "problem",
		office_text(problem == NULL ? NULL : text(req->lang, problem)),
		"required",
		!has && office_may(req, WHO_ADMIN | WHO_AUDITOR) &&
		    auth_factor_required(ctx),
		"setup",
		has ? json_null()
		    : setup(req, secret, pairs_get(&req->form, "envelope")),
		"factor",
		!has ? json_null()
		     : json_pack("{s:s, s:I}", "since",
			   office_moment(req, staff.factor_at), "left",
			   (json_int_t)store_recovery_left(
			       ctx->db, staff.login))));
	return document_show(req, res, status, "account/second_factor", doc);
}

int
get_account_factor(struct ctx *ctx, struct request *req, struct response *res)
{
	return show(ctx, req, res, 200, NULL);
}

/* -------------------------------------------------------------------- doing */

static void
make_codes(struct doing *d)
{
	for (int i = 0; i < LIMIT_RECOVERY_CODES; i++) {
		second_factor_recovery_new(d->codes[i]);
		second_factor_recovery_hash(d->codes[i], d->hashes[i]);
	}
}

static bool
write_on(struct db *db, struct request *req, struct doing *d)
{
	struct staff now;

	d->refused = false;
	if (store_staff(db, &req->arena, d->staff.login, &now) != STEP_ROW)
		return false;
	if (now.factor[0] != '\0') {
		d->refused = true;
		return true;
	}
	return store_factor_set(
		   db, now.login, d->envelope, req->now, d->step) &&
	       store_recovery_put(
		   db, now.login, d->hashes, LIMIT_RECOVERY_CODES) &&
	       store_session_end_others(db, now.login, req->session, NULL) &&
	       store_audit(db, &d->deed);
}

static bool
write_doing(struct db *db, struct tallies *tallies, struct request *req)
{
	struct doing *d = req->data;
	bool found;

	(void)tallies;
	if (d->act == ACT_ON)
		return write_on(db, req, d);
	if (!code_try_run(db, &d->try))
		return false;
	if (d->try.found < CODE_TRY_RIGHT)
		return true;
	if (d->act == ACT_OFF)
		return store_factor_clear(db, d->staff.login, &found) &&
		       store_audit(db, &d->deed);
	return store_recovery_put(
		   db, d->staff.login, d->hashes, LIMIT_RECOVERY_CODES) &&
	       store_audit(db, &d->deed);
}

static int
show_codes(struct ctx *ctx, struct request *req, struct response *res,
    const struct doing *d)
{
	json_t *doc = document_staff(ctx, req), *codes = json_array();

	for (int i = 0; i < LIMIT_RECOVERY_CODES; i++)
		json_array_append_new(
		    codes, json_pack("{s:s}", "code", d->codes[i]));
	json_object_update_new(
	    doc, json_pack("{s:o, s:s}", "codes", codes, "done",
		     text(req->lang, d->act == ACT_ON ? "second.on.done"
						      : "second.codes.done")));
	return document_show(req, res, 200, "account/recovery_codes", doc);
}

static int
reply_doing(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct doing *d = req->data;

	if (d->act == ACT_ON) {
		req->caller.factor = true;
		return d->refused ? show(ctx, req, res, 409, "second.already")
				  : show_codes(ctx, req, res, d);
	}
	if (d->try.found == CODE_TRY_WAIT)
		return show(ctx, req, res, 429, "staff.code.wait");
	if (d->try.found == CODE_TRY_WRONG)
		return show(ctx, req, res, 422, "staff.code.failed");
	if (d->act == ACT_OFF)
		return document_go(
		    res, office_address(req, ACCOUNT_PATH, "done", "factor"));
	return show_codes(ctx, req, res, d);
}

/* Looks a new secret's code and the password over; NULL, or the key of what is
 * wrong. */
static const char *
confirm(
    struct ctx *ctx, struct request *req, const char *secret, struct doing *d)
{
	const char *code = pairs_get(&req->form, "code");
	const char *password = pairs_get(&req->form, "password");
	uint8_t bytes[SECOND_FACTOR_SECRET];

	d->envelope = pairs_get(&req->form, "envelope");
	if (!envelope_open(secret, code_try_label(req, d->staff.login),
		d->envelope, bytes, sizeof(bytes)))
		return "second.lost";
	if (code == NULL ||
	    !second_factor_check(bytes, code, req->now, &d->step))
		return "second.on.code";
	if (password == NULL || strlen(password) > LIMIT_PASSWORD_MAX * 4 ||
	    !password_check(password, d->staff.password)) {
		failed_logins_note(ctx, &d->staff, req->now);
		return "account.password.wrong";
	}
	return NULL;
}

static bool
read_act(struct request *req, enum act *act, const char **word)
{
	static const char *const words[] = {
	    [ACT_ON] = "on", [ACT_OFF] = "off", [ACT_CODES] = "codes"};
	static const char *const deeds[] = {[ACT_ON] = "factor.on",
	    [ACT_OFF] = "factor.off",
	    [ACT_CODES] = "factor.codes"};
	const char *asked = pairs_get(&req->form, "act");

	for (int i = ACT_ON; asked != NULL && i <= ACT_CODES; i++)
		if (strcmp(asked, words[i]) == 0) {
			*act = (enum act)i;
			*word = deeds[i];
			return true;
		}
	return false;
}

int
post_account_factor(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *secret = auth_secret(ctx), *problem, *word;
	struct doing *d = arena_alloc(&req->arena, sizeof(*d));

	if (!read_act(req, &d->act, &word))
		return show(ctx, req, res, 422, "second.choose");
	if (store_staff(ctx->db, &req->arena, req->caller.login, &d->staff) !=
	    STEP_ROW)
		return 503;
	if ((d->act == ACT_ON) == (d->staff.factor[0] != '\0'))
		return show(ctx, req, res, 409,
		    d->act == ACT_ON ? "second.already" : "second.lost");
	problem = d->act == ACT_ON ? confirm(ctx, req, secret, d) : NULL;
	if (problem != NULL)
		return show(ctx, req, res, 422, problem);
	if (d->act != ACT_ON &&
	    !code_try_read(req, secret, &d->staff, false, &d->try))
		return 503;
	make_codes(d);
	d->deed = office_deed(req, word, d->staff.unit, d->staff.login);
	req->data = d;
	req->write = write_doing;
	req->reply = reply_doing;
	return HTTP_LATER;
}

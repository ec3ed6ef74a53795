/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/account, POST /staff/account/sessions: what everybody sees to for
 * himself. A session is told by the first bytes of its token's hash, which say
 * nothing of the token; only the person's own are looked through for it.
 */
#include "server/pages/pages.h"

#include <stdio.h>
#include <string.h>
#include "server/http/auth.h"
#include "server/core/catalogue/catalogue.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/pages/office_words.h"
#include "server/pages/account/session.h"
#include "server/store/factors.h"
#include "server/store/sessions.h"
#include "server/store/staff.h"
#include "shared/limits.h"

#define ID_BYTES 8 /* of a hash, in hexadecimal */

static void
write_id(const uint8_t hash[TOKEN_HASH], char out[2 * ID_BYTES + 1])
{
	for (int i = 0; i < ID_BYTES; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

static bool
is_here(const struct request *req, const struct session_row *row)
{
	uint8_t hash[TOKEN_HASH];

	token_hash(req->session, hash);
	return memcmp(hash, row->hash, sizeof(hash)) == 0;
}

static json_t *
sessions(struct request *req, const struct session_row *list, size_t n)
{
	json_t *rows = json_array();
	char id[2 * ID_BYTES + 1];

	for (size_t i = 0; i < n; i++) {
		write_id(list[i].hash, id);
		json_array_append_new(
		    rows, json_pack("{s:s, s:s, s:s, s:b}", "id", id, "began",
			      office_moment(req, list[i].created_at), "seen",
			      office_moment(req, list[i].seen_at), "here",
			      is_here(req, &list[i])));
	}
	return rows;
}

static json_t *
factor(struct ctx *ctx, struct request *req, const struct staff *staff)
{
	if (staff->factor[0] == '\0')
		return json_null();
	return json_pack("{s:s, s:I}", "since",
	    office_moment(req, staff->factor_at), "left",
	    (json_int_t)store_recovery_left(ctx->db, staff->login));
}

/* After how long without use a session is over, ms. */
static int64_t
idle_of(const struct ctx *ctx)
{
	return catalogue_setting(ctx->catalogue, SETTING_SESSION_MINUTES) *
	       60000;
}

int
get_account(struct ctx *ctx, struct request *req, struct response *res)
{
	struct session_row *list;
	struct staff staff;
	json_t *doc;
	size_t n;

	if (store_staff(ctx->db, &req->arena, req->caller.login, &staff) !=
		STEP_ROW ||
	    !store_session_list(ctx->db, &req->arena, staff.login, req->now,
		idle_of(ctx), &list, &n))
		return 503;
	doc = document_staff(ctx, req);
	json_object_update_new(
	    doc, json_pack("{s:o, s:s, s:s, s:o, s:b, s:o, s:b}", "done",
		     office_done(req, "account.done"), "role",
		     text(req->lang,
			 arena_printf(&req->arena, "role.%s", staff.role)),
		     "unit", office_unit_name(ctx, req, staff.unit), "factor",
		     factor(ctx, req, &staff), "wanted",
		     office_may(req, WHO_ADMIN | WHO_AUDITOR), "sessions",
		     sessions(req, list, n), "others", n > 1));
	return document_show(req, res, 200, "account/account", doc);
}

/* ----------------------------------------------------------- ending sessions
 */

struct ending {
	struct deed deed;
	bool others;
	uint8_t hash[TOKEN_HASH]; /* unless others */
};

static bool
write_end(struct db *db, struct tallies *tallies, struct request *req)
{
	struct ending *e = req->data;

	(void)tallies;
	return (e->others ? store_session_end_others(
				db, req->caller.login, req->session, NULL)
			  : store_session_end_hash(db, e->hash)) &&
	       store_audit(db, &e->deed);
}

static int
reply_end(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct ending *e = req->data;

	(void)ctx;
	return document_go(res, office_address(req, ACCOUNT_PATH, "done",
				    e->others ? "others" : "session"));
}

/* One's own session of this id. */
static bool
find(struct request *req, const struct session_row *list, size_t n,
    uint8_t hash[TOKEN_HASH])
{
	const char *wanted = pairs_get(&req->form, "id");
	char id[2 * ID_BYTES + 1];

	for (size_t i = 0; wanted != NULL && i < n; i++) {
		write_id(list[i].hash, id);
		if (strcmp(id, wanted) == 0) {
			memcpy(hash, list[i].hash, TOKEN_HASH);
			return true;
		}
	}
	return false;
}

int
post_account_sessions(
    struct ctx *ctx, struct request *req, struct response *res)
{
	struct ending *e = arena_alloc(&req->arena, sizeof(*e));
	struct session_row *list;
	size_t n;

	e->others = pairs_get(&req->form, "others") != NULL;
	if (!e->others &&
	    !store_session_list(ctx->db, &req->arena, req->caller.login,
		req->now, idle_of(ctx), &list, &n))
		return 503;
	if (!e->others && !find(req, list, n, e->hash)) /* over already */
		return document_go(
		    res, office_address(req, ACCOUNT_PATH, "done", "session"));
	e->deed = office_deed(
	    req, "session.end", req->caller.unit, req->caller.login);
	e->deed.after =
	    e->others ? "{\"sessions\":\"others\"}" : "{\"sessions\":\"one\"}";
	req->data = e;
	req->write = write_end;
	req->reply = reply_end;
	return HTTP_LATER;
}

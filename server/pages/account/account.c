/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/account, POST /staff/account/sessions: the reader's own
 * account and sessions. A session is named by the first bytes of its token's
 * hash, which say nothing of the token; only the person's own are searched for
 * it.
 */
#include "server/pages/pages.h"

#include <stdio.h>
#include <string.h>
#include "server/http/auth.h"
#include "server/core/catalogue/catalogue.h"
#include "server/pages/account/second_factor.h"
#include "server/pages/page.h"
#include "server/secret/token.h"
#include "server/store/people/audit.h"
#include "server/store/people/sessions.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"

#define ID_BYTES 8 /* of a hash, in hexadecimal */

static void
session_id(const uint8_t hash[TOKEN_HASH], char out[2 * ID_BYTES + 1])
{
	for (int i = 0; i < ID_BYTES; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

static bool
is_this_session(const struct page *page, const struct session_row *row)
{
	uint8_t hash[TOKEN_HASH];

	token_hash(page->req->session, hash);
	return memcmp(hash, row->hash, sizeof(hash)) == 0;
}

static json_t *
session_rows(const struct page *page, const struct session_row *list, size_t n)
{
	json_t *rows = json_array();
	char id[2 * ID_BYTES + 1];

	for (size_t i = 0; i < n; i++) {
		json_t *row = json_object();

		session_id(list[i].hash, id);
		put_text(row, "id", id);
		put_text(row, "began", page_moment(page, list[i].created_at));
		put_text(row, "seen", page_moment(page, list[i].seen_at));
		put_flag(row, "here", is_this_session(page, &list[i]));
		json_array_append_new(rows, row);
	}
	return rows;
}

/* The person's sessions that are not over; false when the database does not
 * answer. */
static bool
own_sessions(const struct page *page, struct session_row **list, size_t *n)
{
	int64_t idle =
	    catalogue_setting(page->ctx->catalogue, SETTING_SESSION_MINUTES) *
	    60000; /* ms without use */

	return store_session_list(page->ctx->db, page->arena,
	    page->req->caller.login, page->req->now, idle, list, n);
}

int
get_account(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct session_row *list;
	struct staff staff;
	json_t *doc;
	size_t n;

	if (store_staff(ctx->db, &req->arena, req->caller.login, &staff) !=
		STEP_ROW ||
	    !own_sessions(&page, &list, &n))
		return 503;
	doc = page_document(&page);
	put_text(doc, "done", page_done(&page, "account.done"));
	put_text(doc, "role", page_text_of(&page, "role.%s", staff.role));
	put_text(doc, "unit", page_unit_name(&page, staff.unit));
	put_part(doc, "factor", second_factor_part(&page, &staff));
	put_flag(doc, "wanted", page_may(&page, WHO_ADMIN | WHO_AUDITOR));
	put_part(doc, "sessions", session_rows(&page, list, n));
	put_flag(doc, "others", n > 1);
	return page_show(&page, 200, "account/account", doc);
}

/* --------------------------------------------------------- ending sessions */

struct session_ending {
	struct deed deed;
	bool others;
	uint8_t hash[TOKEN_HASH]; /* unless others */
};

static bool
write_session_end(struct db *db, struct tallies *tallies, struct request *req)
{
	struct session_ending *e = req->data;

	(void)tallies;
	return (e->others ? store_session_end_others(
				db, req->caller.login, req->session, NULL)
			  : store_session_end_hash(db, e->hash)) &&
	       store_audit(db, &e->deed);
}

static int
reply_session_end(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct session_ending *e = req->data;

	return page_go(&page, page_address(&page, ACCOUNT_PATH, "done",
				  e->others ? "others" : "session", NULL));
}

/* One's own session of this id. */
static bool
find_session(const struct page *page, const struct session_row *list, size_t n,
    uint8_t hash[TOKEN_HASH])
{
	const char *wanted = page_field(page, "id");
	char id[2 * ID_BYTES + 1];

	for (size_t i = 0; i < n; i++) {
		session_id(list[i].hash, id);
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
	struct page page = page_of(ctx, req, res);
	struct session_ending *e = arena_alloc(&req->arena, sizeof(*e));
	struct session_row *list;
	size_t n;

	e->others = pairs_get(&req->form, "others") != NULL;
	if (!e->others && !own_sessions(&page, &list, &n))
		return 503;
	if (!e->others &&
	    !find_session(&page, list, n, e->hash)) /* over already */
		return page_go(&page,
		    page_address(&page, ACCOUNT_PATH, "done", "session", NULL));
	e->deed = page_deed(
	    &page, "session.end", req->caller.unit, req->caller.login);
	e->deed.after =
	    e->others ? "{\"sessions\":\"others\"}" : "{\"sessions\":\"one\"}";
	return page_write(&page, e, write_session_end, reply_session_end);
}

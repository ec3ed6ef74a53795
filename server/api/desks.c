/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /api/v1/desks/DESK/serve: the desk's software has served a citizen; that
 * desk's kiosk asks at once, and the answer is tied to the dossier (or to a
 * ticket of the queue). The kiosk itself stands at GET /api/v1/kiosk/call until
 * this happens. The call ends after one answer, 90 s or the next call; the
 * kiosk never learns the dossier's code, only a token.
 */
#include "server/api/api.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier.h"
#include "server/http/problem.h"
#include "server/secret/token.h"
#include "server/store/dossier/dossier_links.h"
#include "server/store/devices/kiosk_calls.h"
#include "shared/answer.h"
#include "shared/clock.h"
#include "shared/json.h"
#include "shared/limits.h"

struct serving {
	const struct desk *desk;
	const struct seal_keys *seal; /* the collector's */
	const char *dossier;          /* key, "" for a ticket */
	const char *ticket;           /* "" for a dossier */
	const char *field;            /* "": not given */
	bool known, answered;
	int64_t number;
	bool ready; /* the token could be made */
};

/* ----------------------------------------------------------------- the call */

static bool
read_desk_field(struct ctx *ctx, const struct node *node, struct serving *s)
{
	const char *code = node_text(node);

	s->field = "";
	if (node == NULL || node_is(node, NODE_NULL))
		return true;
	if (code == NULL || catalogue_field(ctx->catalogue, code) == NULL)
		return false;
	s->field = catalogue_field(ctx->catalogue, code)->code;
	return true;
}

static const char *
read_dossier(struct request *req, const struct node *node, struct serving *s)
{
	char code[DOSSIER_CODE], key[DOSSIER_CODE];
	const char *text = node_text(node);

	if (text == NULL || !dossier_code(text, code, key))
		return "dossier: not a dossier's code (H08.35-230411-0004)";
	s->dossier = arena_strdup(&req->arena, key);
	return NULL;
}

/* NULL, or what is wrong with the body. */
static const char *
read_body(struct ctx *ctx, struct request *req, struct serving *s)
{
	char why[200];
	const struct node *body =
	    json_read(&req->arena, req->body, req->body_size, why, sizeof(why));
	const struct node *dossier = node_get(body, "dossier");
	const struct node *ticket = node_get(body, "ticket");

	s->dossier = s->ticket = "";
	if (!node_is(body, NODE_OBJECT))
		return "The body must be {\"dossier\":CODE} or "
		       "{\"ticket\":NUMBER}.";
	if ((dossier == NULL) == (ticket == NULL))
		return "Name a dossier or a ticket, one of the two.";
	if (!read_desk_field(ctx, node_get(body, "field"), s))
		return "field: no such field";
	if (dossier != NULL)
		return read_dossier(req, dossier, s);
	s->ticket = node_text(ticket);
	return s->ticket == NULL || !code_valid(s->ticket)
		   ? "ticket: 1 to 40 letters, digits, - and _"
		   : NULL;
}

static bool
tie(struct db *db, struct request *req, const struct serving *s)
{
	struct link_row link = {.kind = "call",
	    .dossier = s->dossier,
	    .ticket = s->ticket,
	    .desk = s->desk->code,
	    .field = s->field,
	    .created_at = req->now,
	    .expires_at = req->now + LIMIT_CALL_MS};
	char token[LINK_TOKEN];

	if (!store_call_token(
		db, &req->arena, s->seal, s->desk->code, s->number, token))
		return false;
	token_hash(token, link.token_hash);
	return store_link_add(db, &link);
}

static bool
write_call(struct db *db, struct tallies *tallies, struct request *req)
{
	struct serving *s = req->data;

	(void)tallies;
	return store_call(db, s->desk->code, s->dossier, s->field,
		   req->now + LIMIT_CALL_MS, &s->number) &&
	       tie(db, req, s);
}

static int
reply_call(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct serving *s = req->data;

	(void)ctx;
	return respond_json(res, 200,
	    json_pack("{s:s, s:I, s:I}", "status", "called", "number",
		(json_int_t)s->number, "expires_s",
		(json_int_t)(LIMIT_CALL_MS / 1000)));
}

/* The dossier must be known: it says what the answer is about. */
static int
check_dossier(struct ctx *ctx, struct request *req, struct response *res,
    struct serving *s)
{
	switch (store_dossier_rated(ctx->db, s->dossier, &s->answered)) {
	case STEP_ROW:
		break;
	case STEP_DONE:
		return problem(res, 404, "no_dossier",
		    "No such dossier; announce it first: POST "
		    "/api/v1/dossiers.");
	default:
		return problem_usual(res, 503);
	}
	(void)req;
	return s->answered
		   ? problem(res, 409, "already_rated",
			 "This dossier has its answer; nobody is asked again.")
		   : 0;
}

int
api_serve(struct ctx *ctx, struct request *req, struct response *res)
{
	struct serving *s = arena_alloc(&req->arena, sizeof(*s));
	const char *wrong;
	int status = 0;

	s->seal = ctx->keys;
	s->desk = catalogue_desk(ctx->catalogue, req->part[0]);
	if (s->desk == NULL)
		return problem(res, 404, "no_desk", "No such desk.");
	wrong = read_body(ctx, req, s);
	if (wrong != NULL)
		return problem(res, 400, "bad_shape", wrong);
	if (*s->dossier != '\0')
		status = check_dossier(ctx, req, res, s);
	if (status != 0)
		return status;
	req->data = s;
	req->write = write_call;
	req->reply = reply_call;
	return HTTP_LATER;
}

/* ---------------------------------------------------------- the kiosk waits */

static int
desk_give(struct ctx *ctx, struct request *req, struct response *res,
    const struct desk_call *call, int64_t left)
{
	char token[LINK_TOKEN];

	if (!store_call_token(ctx->db, &req->arena, ctx->keys, req->caller.desk,
		call->number, token))
		return problem_usual(res, 503);
	return respond_json(res, 200,
	    json_pack("{s:I, s:s, s:b, s:I}", "number",
		(json_int_t)call->number, "token", token, "knows_field",
		*call->dossier != '\0' || *call->field != '\0', "lasts_ms",
		(json_int_t)left));
}

/* The call of a dossier that has its answer meanwhile is over. */
static bool
stands(struct ctx *ctx, const struct desk_call *call, int64_t now)
{
	bool rated = false;

	return call->expires_at > now &&
	       (*call->dossier == '\0' ||
		   (store_dossier_rated(ctx->db, call->dossier, &rated) ==
			   STEP_ROW &&
		       !rated));
}

/* The number of the last call that the kiosk heard, -1: none yet. */
static int64_t
heard(const struct request *req)
{
	const char *after = pairs_get(&req->query, "after");

	return after == NULL ? -1 : strtoll(after, NULL, 10);
}

int
api_kiosk_call(struct ctx *ctx, struct request *req, struct response *res)
{
	int64_t now = clock_now();
	struct desk_call call;
	enum step step;

	if (req->caller.desk == NULL)
		return problem(res, 404, "no_desk",
		    "This device has no desk; add it again with --desk.");
	step = store_call_get(ctx->db, &req->arena, req->caller.desk, &call);
	if (step == STEP_FAIL)
		return problem_usual(res, 503);
	if (step == STEP_ROW && call.number != heard(req) &&
	    stands(ctx, &call, now))
		return desk_give(ctx, req, res, &call, call.expires_at - now);
	return req->held_over ? 204 : HTTP_HELD;
}

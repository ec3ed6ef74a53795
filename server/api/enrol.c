/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /api/v1/kiosk/enrol: a new kiosk asks to be taken in, again and again,
 * until an administrator has approved its code on the staff page. It proves
 * that it has the key by signing the request; what it gets is sealed for that
 * key, so a reply that another program reads is of no use. Of one source so
 * many new keys may ask and no more, unless an administrator awaits the code.
 */
#include "server/api/api.h"

#include <jansson.h>
#include <string.h>
#include "server/core/device/enrol_gate.h"
#include "server/http/problem.h"
#include "server/settings.h"
#include "server/store/devices/enrolment.h"
#include "server/store/house_keys.h"
#include "shared/answer.h"
#include "shared/hash.h"
#include "shared/json.h"
#include "shared/limits.h"

static bool
code_good(const char *code)
{
	return code != NULL && strlen(code) == LIMIT_ENROL_CODE &&
	       strspn(code, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789") ==
		   LIMIT_ENROL_CODE;
}

static bool
read_request(struct request *req, struct enrolment *e)
{
	char why[200];
	const struct node *json =
	    json_read(&req->arena, req->body, req->body_size, why, sizeof(why));
	const char *key = node_text(node_get(json, "key"));

	e->code = node_text(node_get(json, "code"));
	e->version = node_text(node_get(json, "version"));
	return code_good(e->code) && e->version != NULL &&
	       strlen(e->version) <= LIMIT_CODE_BYTES && key != NULL &&
	       key_public_read(key, e->key) &&
	       key_verify_json(e->key, req->body);
}

static bool
write_enrolment(struct db *db, struct tallies *tallies, struct request *req)
{
	(void)tallies;
	return store_enrol(db, &req->arena, req->data, req->now);
}

static int
approved(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct enrolment *e = req->data;
	const char *secret =
	    house_key(ctx->db, &req->arena, ctx->keys, HOUSE_KEY_SETTINGS);
	char public[KEY_TEXT] = "";
	struct key key;

	if (secret != NULL && key_read(secret, &key)) {
		key_public_text(key.public, public);
		key_wipe(&key);
	}
	return respond_json(res, 200,
	    json_pack("{s:s, s:s, s:s, s:s, s:s}", "status", "approved",
		"device", e->device, "desk", e->desk, "token", e->sealed, "key",
		public));
}

static int
reply_enrolment(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct enrolment *e = req->data;

	switch (e->state) {
	case ENROLLED_APPROVED:
		return approved(ctx, req, res);
	case ENROLLED_TAKEN:
		return problem(res, 409, "code_taken",
		    "Another kiosk shows this code; make a new one.");
	default:
		break;
	}
	return respond_json(res, 200,
	    json_pack("{s:s, s:I, s:s}", "status", "waiting", "expires_s",
		(json_int_t)((e->expires_at - req->now) / 1000), "address",
		arena_printf(&req->arena, "%s/staff/devices?code=%s",
		    ctx->settings->public_url, e->code)));
}

int
api_enrol(struct ctx *ctx, struct request *req, struct response *res)
{
	struct enrolment *e = arena_alloc(&req->arena, sizeof(*e));

	int64_t wait;

	if (req->body_size > 2048 || !read_request(req, e))
		return problem(res, 400, "bad_shape",
		    "The body must be {\"code\",\"key\",\"version\","
		    "\"signature\"}, signed by that key.");
	req->vouched = store_enrol_awaited(ctx->db, e->code);
	wait = req->vouched ? 0
			    : enrol_gate_wait(ctx->gate, req->from,
				  hash_add(HASH_START, e->key, sizeof(e->key)),
				  req->now);
	if (wait > 0) {
		res->retry_after = (int)(wait / 1000) + 1;
		return problem(res, 429, "too_many",
		    "Too many new kiosks ask from this address; wait.");
	}
	req->data = e;
	req->write = write_enrolment;
	req->reply = reply_enrolment;
	return HTTP_LATER;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /api/v1/sms/heartbeat: how a gateway and its modems fare, kept as it is
 * for the pages and metrics; the reply carries our time, by which the gateway
 * judges its clock. Unknown members are kept too: a newer gateway may say more.
 */
#include "server/api/api.h"

#include "server/http/problem.h"
#include "server/store/devices/devices.h"
#include "shared/civil.h"
#include "shared/json.h"
#include "shared/limits.h"

static bool
write_sms_beat(struct db *db, struct tallies *tallies, struct request *req)
{
	(void)tallies;
	return store_device_heard(db, req->caller.device, req->now, req->data);
}

static int
reply_sms_beat(struct ctx *ctx, struct request *req, struct response *res)
{
	char now[CIVIL_TIME_TEXT];

	(void)ctx;
	civil_format_time(req->now, civil_offset(req->now), now);
	return respond_json(res, 200, json_pack("{s:s}", "time", now));
}

int
api_sms_heartbeat(struct ctx *ctx, struct request *req, struct response *res)
{
	char why[LIMIT_ERROR_BYTES];
	const struct node *json =
	    json_read(&req->arena, req->body, req->body_size, why, sizeof(why));

	(void)ctx;
	if (!node_is(json, NODE_OBJECT) ||
	    req->body_size > LIMIT_HEARTBEAT_BYTES)
		return problem(res, 400, "bad_shape",
		    "The body must be a JSON object of at most 16 kB.");
	req->data = arena_strndup(&req->arena, req->body, req->body_size);
	req->write = write_sms_beat;
	req->reply = reply_sms_beat;
	return HTTP_LATER;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /api/v1/sms/heartbeat: how a gateway and its modems fare, kept as it is
 * for the pages and metrics; the reply carries our time, by which the gateway
 * judges its clock, and whether it shall send again what was refused. Unknown
 * members are kept too: a newer gateway may say more.
 */
#include "server/api/api.h"

#include "server/http/problem.h"
#include "server/store/devices/devices.h"
#include "shared/civil.h"
#include "shared/json.h"
#include "shared/limits.h"

struct sms_beat {
	const char *text;
	int64_t resend;
};

static bool
write_sms_beat(struct db *db, struct tallies *tallies, struct request *req)
{
	struct sms_beat *beat = req->data;

	(void)tallies;
	beat->resend = store_device_resend_asked(db, req->caller.device);
	return beat->resend >= 0 &&
	       store_device_heard(db, req->caller.device, req->now, beat->text);
}

static int
reply_sms_beat(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct sms_beat *beat = req->data;
	char now[CIVIL_TIME_TEXT];
	json_t *json;

	(void)ctx;
	civil_format_time(req->now, civil_offset(req->now), now);
	json = json_pack("{s:s}", "time", now);
	if (beat->resend > 0)
		json_object_set_new(json, "resend", json_integer(beat->resend));
	return respond_json(res, 200, json);
}

int
api_sms_heartbeat(struct ctx *ctx, struct request *req, struct response *res)
{
	struct sms_beat *beat = arena_alloc(&req->arena, sizeof(*beat));
	char why[LIMIT_ERROR_BYTES];
	const struct node *json =
	    json_read(&req->arena, req->body, req->body_size, why, sizeof(why));

	(void)ctx;
	if (!node_is(json, NODE_OBJECT) ||
	    req->body_size > LIMIT_HEARTBEAT_BYTES)
		return problem(res, 400, "bad_shape",
		    "The body must be a JSON object of at most 16 kB.");
	beat->text = arena_strndup(&req->arena, req->body, req->body_size);
	req->data = beat;
	req->write = write_sms_beat;
	req->reply = reply_sms_beat;
	return HTTP_LATER;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /api/v1/kiosk: all a kiosk needs to know of its desk, with an ETag, so
 * that the usual answer is 304. POST /api/v1/kiosk/heartbeat: how the kiosk
 * fares; the reply carries our time.
 */
#include "server/api/api.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue.h"
#include "server/core/token.h"
#include "server/problem.h"
#include "server/settings.h"
#include "server/store/store.h"
#include "server/words.h"
#include "shared/civil.h"
#include "shared/json.h"
#include "shared/limits.h"

static json_t *
fields_of(const struct desk *desk)
{
	json_t *list = json_array();

	for (size_t i = 0; i < desk->nfields; i++) {
		const struct field *f = desk->fields[i];

		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:s}", "code", f->code, "vi",
			      f->name, "en", words_field(LANG_EN, f)));
	}
	return list;
}

static json_t *
settings_of(const struct ctx *ctx, const struct desk *desk)
{
	const struct form *form = catalogue_form(ctx->catalogue, "one-stop", 0);

	return json_pack("{s:{s:s, s:s, s:s, s:s}, s:[s, s], s:O, s:o, s:b,"
			 " s:i, s:i, s:i, s:i, s:s, s:s}",
	    "desk", "code", desk->code, "name", desk->name, "unit",
	    desk->unit->code, "unit_name", desk->unit->name, "languages", "vi",
	    "en", "form", form->document, "fields", fields_of(desk),
	    "ask_field", desk->nfields > 1, "lock_ms", 800, "thanks_ms", 4000,
	    "reasons_idle_s", 25, "still_there_s", 20, "sms_number",
	    ctx->settings->sms_number, "public_url", ctx->settings->public_url);
}

int
api_kiosk(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct desk *desk =
	    req->caller.desk == NULL
		? NULL
		: catalogue_desk(ctx->catalogue, req->caller.desk);
	uint8_t hash[DIGEST_BYTES];
	json_t *json;
	char *dump, *etag;

	if (desk == NULL ||
	    catalogue_form(ctx->catalogue, "one-stop", 0) == NULL)
		return problem(res, 404, "no_desk",
		    "This device has no desk; add it again with --desk.");
	json = settings_of(ctx, desk);
	dump = json_dumps(json, JSON_COMPACT);
	digest(dump, strlen(dump), hash);
	free(dump);
	etag = arena_printf(&req->arena, "\"%02x%02x%02x%02x%02x%02x\"",
	    hash[0], hash[1], hash[2], hash[3], hash[4], hash[5]);
	res->etag = etag;
	if (req->if_none_match != NULL &&
	    strcmp(req->if_none_match, etag) == 0) {
		json_decref(json);
		return 304;
	}
	json_object_set_new(
	    json, "version", json_stringn(etag + 1, strlen(etag) - 2));
	return respond_json(res, 200, json);
}

static bool
write_heartbeat(struct db *db, struct tallies *tallies, struct request *req)
{
	(void)tallies;
	return store_device_heard(db, req->caller.device, req->now, req->data);
}

static int
reply_heartbeat(struct ctx *ctx, struct request *req, struct response *res)
{
	char now[CIVIL_TIME_TEXT];

	(void)ctx;
	civil_format_time(req->now, civil_offset(req->now), now);
	return respond_json(res, 200, json_pack("{s:s}", "time", now));
}

int
api_heartbeat(struct ctx *ctx, struct request *req, struct response *res)
{
	char why[200];
	const struct node *json =
	    json_read(&req->arena, req->body, req->body_size, why, sizeof(why));

	(void)ctx;
	if (!node_is(json, NODE_OBJECT) || req->body_size > 4096)
		return problem(res, 400, "bad_shape",
		    "The body must be a JSON object of at most 4 kB.");
	req->data = arena_strndup(&req->arena, req->body, req->body_size);
	req->write = write_heartbeat;
	req->reply = reply_heartbeat;
	return HTTP_LATER;
}

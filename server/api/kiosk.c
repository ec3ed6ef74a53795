/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /api/v1/kiosk: all a kiosk needs to know of its desk, with an ETag, so
 * that the usual answer is 304, and signed, so that a kiosk knows it is ours.
 * POST /api/v1/kiosk/heartbeat: how the kiosk fares; the reply carries our
 * time, how far its counter has come with us, and whether the office wants to
 * have again what was refused.
 */
#include "server/api/api.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/api/signature.h"
#include "server/core/device/kiosk_setting.h"
#include "server/intake/arrival.h"
#include "server/core/catalogue/catalogue.h"
#include "server/secret/more_key.h"
#include "server/secret/token.h"
#include "server/http/problem.h"
#include "server/core/score/period.h"
#include "server/settings.h"
#include "server/store/devices/device_health.h"
#include "server/store/devices/devices.h"
#include "server/store/devices/kiosk_settings.h"
#include "server/store/house_keys.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/json.h"
#include "shared/limits.h"

/* What was rated here most in the last whole month comes first: a month's
 * order stays a month, so that a tile is found where it was yesterday. NULL
 * when the counts cannot be read. */
static json_t *
fields_of(const struct ctx *ctx, struct request *req, const struct desk *desk)
{
	int64_t month = period_month(civil_local_day(req->now)) - 1;
	const char **used, **codes;
	size_t nused, *order;
	json_t *list;

	if (!store_kiosk_fields(ctx->db, &req->arena, month, desk->unit->code,
		desk->code, &used, &nused))
		return NULL;
	codes = arena_alloc(&req->arena, (desk->nfields + 1) * sizeof(*codes));
	order = arena_alloc(&req->arena, (desk->nfields + 1) * sizeof(*order));
	for (size_t i = 0; i < desk->nfields; i++)
		codes[i] = desk->fields[i]->code;
	kiosk_field_order(codes, desk->nfields, used, nused, order);
	list = json_array();
	for (size_t i = 0; i < desk->nfields; i++) {
		const struct field *f = desk->fields[order[i]];

		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:s}", "code", f->code, "vi",
			      f->name, "en", words_field(LANG_EN, f)));
	}
	return list;
}

struct values {
	const struct kiosk_value *list;
	size_t n;
	const char *desk;
};

static const char *
kiosk_value_json(const struct values *v, const char *key)
{
	return kiosk_setting_at(v->list, v->n, v->desk, key);
}

static int
kiosk_number_json(const struct values *v, const char *key)
{
	return kiosk_setting_number(v->list, v->n, v->desk, key);
}

static bool
yes(const struct values *v, const char *key)
{
	return kiosk_setting_yes(v->list, v->n, v->desk, key);
}

static json_t *
languages_of(const struct values *v)
{
	json_t *list = json_array();
	const char *at = kiosk_value_json(v, "languages");

	while (*at != '\0') {
		size_t n = strcspn(at, " ");

		json_array_append_new(list, json_stringn(at, n));
		at += n + (at[n] == ' ');
	}
	return list;
}

/* What the administrator has set for this desk. */
static void
add_values(json_t *json, const struct values *v, const struct desk *desk)
{
	bool ask = desk->nfields > 1 &&
		   strcmp(kiosk_value_json(v, "field"), "no") != 0;
	const char *pin = kiosk_value_json(v, KIOSK_PIN);

	json_object_update_new(json,
	    json_pack("{s:o, s:s, s:b, s:b, s:i, s:b, s:i, s:i, s:i, s:i, s:i,"
		      " s:s, s:b, s:s?}",
		"languages", languages_of(v), "question",
		kiosk_value_json(v, "question"), "ask_field", ask,
		"field_first",
		ask && strcmp(kiosk_value_json(v, "field"), "first") == 0,
		"reasons_to", kiosk_number_json(v, "reasons"), "ask_factors",
		yes(v, "factors"), "lock_ms", kiosk_number_json(v, "lock_ms"),
		"thanks_ms", 1000 * kiosk_number_json(v, "thanks_s"),
		"reasons_idle_s", kiosk_number_json(v, "idle_s"),
		"still_there_s", kiosk_number_json(v, "countdown_s"), "qr_s",
		yes(v, "qr") ? kiosk_number_json(v, "qr_s") : 0, "hours",
		kiosk_value_json(v, "hours"), "voice", yes(v, "voice"), "pin",
		*pin == '\0' ? NULL : pin));
}

static json_t *
settings_of(const struct ctx *ctx, struct request *req, const struct desk *desk)
{
	const struct form *form = catalogue_form(ctx->catalogue, "one-stop", 0);
	const struct values values = {ctx->catalogue->kiosk_values,
	    ctx->catalogue->nkiosk_values, desk->code};
	json_t *fields = fields_of(ctx, req, desk), *json;
	char more[MORE_KEY];

	if (fields == NULL)
		return NULL;
	more_key(ctx->more_secret, MORE_OF_KIOSK, desk->code, more);
	json = json_pack("{s:{s:s, s:s, s:s, s:s}, s:O, s:o, s:s, s:s, s:s}",
	    "desk", "code", desk->code, "name", desk->name, "unit",
	    desk->unit->code, "unit_name", desk->unit->name, "form",
	    form->document, "fields", fields, "sms_number",
	    ctx->settings->sms_number, "public_url", ctx->settings->public_url,
	    "more_key", more);
	add_values(json, &values, desk);
	return json;
}

/* The PIN's hash for this very device: sealed for its key. One without a key,
 * whose token is all there is to it, gets none. */
static void
seal_pin(const struct ctx *ctx, struct request *req, json_t *json)
{
	const char *kept = json_string_value(json_object_get(json, "pin"));
	const char *hash =
	    kept == NULL ? NULL
			 : store_kiosk_pin_open(&req->arena, ctx->keys, kept);
	const struct known_device *device;
	uint8_t token[TOKEN_HASH];
	char sealed[SEALED_MAX];

	token_hash(req->bearer, token);
	device = catalogue_device(ctx->catalogue, token);
	if (hash != NULL && device != NULL && device->has_key &&
	    key_seal(device->key, hash, sealed))
		json_object_set_new(json, "pin", json_string(sealed));
	else
		json_object_set_new(json, "pin", json_null());
}

/* The collector's key, by which kiosks know its settings; false: init has not
 * made one yet. */
static bool
signing_key(struct ctx *ctx, struct request *req, struct key *key)
{
	const char *secret =
	    house_key(ctx->db, &req->arena, ctx->keys, HOUSE_KEY_SETTINGS);

	return secret != NULL && key_read(secret, key);
}

static const char *
etag_of(struct request *req, const json_t *json)
{
	uint8_t hash[DIGEST_BYTES];
	char *dump = json_dumps(json, JSON_COMPACT);

	digest(dump, strlen(dump), hash);
	free(dump);
	return arena_printf(&req->arena, "\"%02x%02x%02x%02x%02x%02x\"",
	    hash[0], hash[1], hash[2], hash[3], hash[4], hash[5]);
}

int
api_kiosk(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct desk *desk =
	    req->caller.desk == NULL
		? NULL
		: catalogue_desk(ctx->catalogue, req->caller.desk);
	char public[KEY_TEXT];
	struct key key;
	bool has_key;
	json_t *json;

	if (desk == NULL ||
	    catalogue_form(ctx->catalogue, "one-stop", 0) == NULL)
		return problem(res, 404, "no_desk",
		    "This device has no desk; add it again with --desk.");
	json = settings_of(ctx, req, desk);
	if (json == NULL)
		return problem_usual(res, 503);
	has_key = signing_key(ctx, req, &key);
	if (has_key) {
		key_public_text(key.public, public);
		json_object_set_new(json, "key", json_string(public));
	}
	res->etag = etag_of(req, json);
	if (req->if_none_match != NULL &&
	    strcmp(req->if_none_match, res->etag) == 0) {
		json_decref(json);
		return 304;
	}
	seal_pin(ctx, req, json); /* each time another text of the same */
	json_object_set_new(json, "version",
	    json_stringn(res->etag + 1, strlen(res->etag) - 2));
	respond_json(res, 200, json);
	if (has_key)
		key_sign_json(&key, &res->body);
	return 200;
}

/* ---------------------------------------------------------------- heartbeat */

struct beat {
	const char *text;
	struct device_clock clock;
	int64_t seq, resend;
};

static bool
write_kiosk_beat(struct db *db, struct tallies *tallies, struct request *req)
{
	struct beat *beat = req->data;

	(void)tallies;
	beat->seq = store_device_seq_highest(db, req->caller.device);
	beat->resend = store_device_resend_asked(db, req->caller.device);
	return beat->seq >= 0 && beat->resend >= 0 &&
	       store_device_heard(
		   db, req->caller.device, req->now, beat->text) &&
	       arrival_note(db, req, &beat->clock, NULL, 0);
}

static int
reply_kiosk_beat(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct beat *beat = req->data;
	char now[CIVIL_TIME_TEXT];
	json_t *json;

	(void)ctx;
	civil_format_time(req->now, civil_offset(req->now), now);
	json =
	    json_pack("{s:s, s:I}", "time", now, "seq", (json_int_t)beat->seq);
	if (beat->resend > 0)
		json_object_set_new(json, "resend", json_integer(beat->resend));
	return respond_json(res, 200, json);
}

int
api_heartbeat(struct ctx *ctx, struct request *req, struct response *res)
{
	struct beat *beat = arena_alloc(&req->arena, sizeof(*beat));
	char why[LIMIT_ERROR_BYTES];
	const struct node *json =
	    json_read(&req->arena, req->body, req->body_size, why, sizeof(why));

	if (!api_signature_holds(ctx, req))
		return problem_usual(res, 401);
	if (!node_is(json, NODE_OBJECT) ||
	    req->body_size > LIMIT_KIOSK_BEAT_BYTES)
		return problem(res, 400, "bad_shape",
		    "The body must be a JSON object of at most 4 kB.");
	beat->text = arena_strndup(&req->arena, req->body, req->body_size);
	beat->clock = arrival_clock(req);
	req->data = beat;
	req->write = write_kiosk_beat;
	req->reply = reply_kiosk_beat;
	return HTTP_LATER;
}

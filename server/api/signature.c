/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The device is looked up once more by its token: who asks was settled before
 * anybody knew that it would matter (server/http/auth.c).
 *
 * Kiosks before 2026-12 signed clock and body only. What they signed is taken
 * where answers are, so that none waits in an outbox until the kiosk is brought
 * up, and nowhere else: it opens no other door.
 */
#include "server/api/signature.h"

#include <string.h>

#include "server/core/catalogue/catalogue.h"
#include "server/http/request.h"
#include "server/secret/token.h"
#include "shared/buf.h"
#include "shared/keys.h"

#define ANSWERS "/api/v1/answers"

static bool
signed_text(const uint8_t *key, const struct request *req, struct buf *text)
{
	bool ok = key_verify(key, buf_text(text), text->size, req->signature);

	buf_finish(text);
	return ok;
}

static const char *
clock_line(const struct request *req)
{
	return req->clock == NULL ? "" : req->clock;
}

static bool
signed_whole(const uint8_t *key, const struct request *req)
{
	struct buf text;

	buf_init(&text);
	key_request_text(&text, "POST", req->target, clock_line(req), req->body,
	    req->body_size);
	return signed_text(key, req, &text);
}

static bool
signed_body(const uint8_t *key, const struct request *req)
{
	struct buf text;

	buf_init(&text);
	buf_printf(&text, "%s\n", clock_line(req));
	buf_add(&text, req->body, req->body_size);
	return signed_text(key, req, &text);
}

bool
api_signature_holds(const struct ctx *ctx, const struct request *req)
{
	const struct known_device *device;
	uint8_t hash[TOKEN_HASH];

	token_hash(req->bearer, hash);
	device = catalogue_device(ctx->catalogue, hash);
	if (device == NULL || !device->has_key)
		return device != NULL;
	return signed_whole(device->key, req) ||
	       (strcmp(req->target, ANSWERS) == 0 &&
		   signed_body(device->key, req));
}

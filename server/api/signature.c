/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The device is looked up once more by its token: who asks was settled before
 * anybody knew that it would matter (server/http/auth.c). */
#include "server/api/signature.h"

#include "server/core/catalogue/catalogue.h"
#include "server/http/request.h"
#include "server/secret/token.h"
#include "shared/buf.h"
#include "shared/keys.h"

bool
api_signature_holds(const struct ctx *ctx, const struct request *req)
{
	const struct known_device *device;
	uint8_t hash[TOKEN_HASH];
	struct buf text;
	bool ok;

	token_hash(req->bearer, hash);
	device = catalogue_device(ctx->catalogue, hash);
	if (device == NULL || !device->has_key)
		return device != NULL;
	buf_init(&text);
	buf_printf(&text, "%s\n", req->clock == NULL ? "" : req->clock);
	buf_add(&text, req->body, req->body_size);
	ok =
	    key_verify(device->key, buf_text(&text), text.size, req->signature);
	buf_finish(&text);
	return ok;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A thousand connections may each hold a body while it arrives, so what one may
 * hold decides what a stranger can take of our memory. Strangers also have a
 * sum of their own, so that they cannot take what kiosks and gateways need.
 */
#include "server/http/body.h"

#include <string.h>
#include <strings.h>
#include "shared/limits.h"

static bool
body_path_begins(const struct request *req, const char *with)
{
	return strncmp(req->path, with, strlen(with)) == 0;
}

size_t
body_limit(const struct request *req)
{
	/* pages that carry a whole catalogue, or the largest form there may be
	 */
	static const char *const large[] = {"/staff/admin/import",
	    "/staff/admin/change/forms", "/staff/admin/draft"};

	if (strcmp(req->path, "/staff/admin/dossiers") == 0)
		return LIMIT_UPLOAD_BYTES;
	for (size_t i = 0; i < sizeof(large) / sizeof(large[0]); i++)
		if (strcmp(req->path, large[i]) == 0)
			return LIMIT_BODY_BYTES;
	return body_path_begins(req, "/api/") ? LIMIT_BODY_BYTES
					      : LIMIT_FORM_BYTES;
}

int
body_refusal(const struct request *req, size_t size,
    bool (*knows)(void *context), void *context)
{
	bool programs = body_path_begins(req, "/api/");
	bool citizens =
	    body_path_begins(req, "/f/") || body_path_begins(req, "/d/");

	if (size <= LIMIT_FORM_BYTES)
		return 0;
	if (citizens)
		return size > LIMIT_FORM_READ_BYTES ? 413 : 0;
	if (size > body_limit(req))
		return 413;
	if (knows(context))
		return 0;
	return programs ? 401 : 413;
}

bool
body_load_add(struct body_load *load, bool stranger, int64_t bytes)
{
	int64_t *mine = stranger ? &load->strangers : &load->known;
	int64_t most = stranger ? LIMIT_STRANGERS_BYTES : LIMIT_FLIGHT_BYTES;

	if (bytes > 0 && *mine + bytes > most)
		return false;
	*mine += bytes;
	return true;
}

bool
body_read_form(struct request *req)
{
	static const char plain[] = "application/x-www-form-urlencoded";
	const char *type = req->content_type;

	if (type != NULL && strncasecmp(type, plain, strlen(plain)) == 0)
		return urlencoded_read(
		    &req->arena, req->body, req->body_size, &req->form);
	return !multipart_is(type) ||
	       multipart_read(&req->arena, type, req->body, req->body_size,
		   &req->form, &req->upload);
}

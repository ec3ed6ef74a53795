/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /api/v1/kiosk/wreck?name=N&at=BYTE: a kiosk brings an outbox that it
 * could not read, piece by piece. The reply tells how much of it is here; a
 * piece that does not follow changes nothing.
 */
#include "server/api/api.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "server/api/signature.h"
#include "server/http/problem.h"
#include "server/store/devices/damaged_outbox.h"
#include "shared/answer.h"

struct piece {
	const char *name;
	int64_t at, bytes;
	bool full;
};

static bool
write_damaged_piece(struct db *db, struct tallies *tallies, struct request *req)
{
	struct piece *p = req->data;

	(void)tallies;
	return store_damaged_outbox(db, req->caller.device, p->name, p->at,
	    req->body, req->body_size, req->now, &p->bytes, &p->full);
}

static int
reply_piece(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct piece *p = req->data;

	(void)ctx;
	if (p->full)
		return problem(res, 413, "too_large",
		    "This kiosk has brought as much as is kept; fetch the file "
		    "from the device itself.");
	return respond_json(
	    res, 200, json_pack("{s:I}", "bytes", (json_int_t)p->bytes));
}

int
api_damaged_outbox(struct ctx *ctx, struct request *req, struct response *res)
{
	struct piece *p = arena_alloc(&req->arena, sizeof(*p));
	const char *at = pairs_get(&req->query, "at");
	char *end = NULL;

	if (!api_signature_holds(ctx, req))
		return problem_usual(res, 401);
	p->name = pairs_get(&req->query, "name");
	errno = 0;
	p->at = at == NULL ? -1 : strtoll(at, &end, 10);
	if (p->name == NULL || !code_valid(p->name) || p->at < 0 ||
	    errno != 0 || *end != '\0')
		return problem(res, 400, "bad_query",
		    "name: a code; at: the piece's first byte.");
	req->data = p;
	req->write = write_damaged_piece;
	req->reply = reply_piece;
	return HTTP_LATER;
}

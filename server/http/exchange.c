/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exchanges are made and ended on the loop; what one has gathered of memory
 * serves the next. */
#include "server/http/exchange.h"

#include <stdlib.h>
#include "server/core/catalogue/catalogue.h"
#include "server/http/current_catalogue.h"

/* Exchanges kept with their memory, a few kB each: to make one anew costs a
 * dozen calls of malloc and free, a tenth of all that a small request costs. */
#define EXCHANGES_KEPT 128
#define BODY_KEPT      4096 /* bytes; a larger body's memory is not kept */

struct exchange *
exchange_create(struct kept_exchanges *kept, struct server *server)
{
	struct exchange *ex = kept->first;

	if (ex != NULL) {
		kept->first = ex->next;
		kept->count--;
		ex->next = NULL;
		return ex;
	}
	ex = calloc(1, sizeof(*ex));
	if (ex == NULL)
		return NULL;
	arena_init(&ex->req.arena);
	buf_init(&ex->body);
	buf_init(&ex->res.body);
	ex->server = server;
	ex->kept = kept;
	return ex;
}

static void
keep_body(struct buf *body)
{
	if (body->room > BODY_KEPT)
		buf_finish(body);
	else
		buf_clear(body);
}

/* Zeroed but for the memory it brings along. */
static void
keep_exchange(struct exchange *ex)
{
	struct kept_exchanges *kept = ex->kept;
	struct exchange clean = {
	    .server = ex->server, .kept = kept, .next = kept->first};

	arena_reset(&ex->req.arena);
	keep_body(&ex->body);
	keep_body(&ex->res.body);
	clean.req.arena = ex->req.arena;
	clean.body = ex->body;
	clean.res.body = ex->res.body;
	*ex = clean;
	kept->first = ex;
	kept->count++;
}

static void
exchange_free(struct exchange *ex)
{
	buf_finish(&ex->body);
	buf_finish(&ex->res.body);
	arena_finish(&ex->req.arena);
	free(ex);
}

void
exchange_destroy(struct exchange *ex)
{
	if (ex == NULL)
		return;
	catalogue_destroy(ex->req.frozen); /* borrows from the other one */
	shared_catalogue_release(ex->catalogue);
	if (ex->kept->count < EXCHANGES_KEPT)
		keep_exchange(ex);
	else
		exchange_free(ex);
}

void
exchange_forget(struct kept_exchanges *kept)
{
	struct exchange *ex;

	while ((ex = kept->first) != NULL) {
		kept->first = ex->next;
		exchange_free(ex);
	}
	kept->count = 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /api/v1/answers: 1 to 1,000 answers. Each is read and checked by itself
 * on the loop; those that pass go to the writer together and are reported
 * stored, duplicate or conflict after the commit. One bad answer never spoils
 * its neighbours; results keep the order. What an answer brings beyond its
 * words (a clock that is wrong, a token, a counter) is arrival.h's.
 */
#include "server/api/api.h"

#include <string.h>
#include "server/api/signature.h"
#include "server/intake/arrival.h"
#include "server/intake/check.h"
#include "server/http/counters.h"
#include "server/http/problem.h"
#include "server/store/answers.h"
#include "shared/json.h"
#include "shared/limits.h"

#define RESULT_BYTES 72 /* of a usual result: id and status */

struct item {
	bool has_id, valid;
	char id[UUID_TEXT];
	const char *error;
	const struct entry *entry; /* when valid */
};

struct batch {
	size_t count;
	struct item *items;
	struct device_clock clock;
	struct arrival *all; /* those that are valid */
	size_t nall;
	struct arrival **tied; /* of them: to dossiers */
	size_t ntied;
	bool noted; /* there is more to write than the answers */
};

static struct sender
sender_of(const struct caller *caller)
{
	static const struct {
		enum who who;
		const char *channel;
	} channels[] = {
	    {WHO_KIOSK, "kiosk"}, {WHO_SMS, "sms"}, {WHO_IMPORT, "api"}};
	struct sender sender = {.channel = "api",
	    .device = caller->device,
	    .desk = caller->desk,
	    .own_desk_only = caller->who == WHO_KIOSK,
	    .former = caller->former,
	    .nformer = caller->nformer};

	for (size_t i = 0; i < sizeof(channels) / sizeof(channels[0]); i++)
		if (channels[i].who == caller->who)
			sender.channel = channels[i].channel;
	return sender;
}

/* A checked answer goes with the others, or, tied to a dossier, its own way. */
static struct entry *
take_in(struct ctx *ctx, struct request *req, struct batch *batch,
    const struct answer *answer, struct entry *entry)
{
	struct arrival *a = &batch->all[batch->nall++];

	*a = (struct arrival){.entry = entry};
	batch->noted |= answer->token != NULL || answer->clock.boot != NULL;
	if (arrival_look(ctx, req, &batch->clock, answer, a)) {
		a->entry = arena_alloc(&req->arena, sizeof(*a->entry));
		*a->entry = *entry;
		batch->tied[batch->ntied++] = a;
	} else {
		req->nentries++;
	}
	if (req->caller.who == WHO_KIOSK)
		arrival_pace(ctx, answer, a->entry);
	return a->entry;
}

static void
read_item(struct ctx *ctx, struct request *req, const struct node *node,
    const struct sender *sender, struct batch *batch, struct answer *answer,
    struct item *item)
{
	struct entry *entry = &req->entries[req->nentries];
	char error[LIMIT_ERROR_BYTES];

	item->valid =
	    answer_read(node, &req->arena, answer, &item->has_id, error) &&
	    check_answer(answer, sender, ctx->catalogue, req->now, &req->arena,
		entry, error);
	if (item->has_id)
		uuid_format(&answer->id, item->id);
	if (item->valid)
		item->entry = take_in(ctx, req, batch, answer, entry);
	else
		item->error = arena_strdup(&req->arena, error);
}

static enum stored
stored_of(const struct item *item)
{
	return item->valid ? item->entry->stored : STORED_FAILED;
}

/* Written straight into the response: this is the one JSON that every kiosk
 * waits for, and a tree would cost as much as reading the answer did. */
static void
put_result(struct buf *out, const struct item *item)
{
	const char *status = "stored", *error = item->error;

	if (!item->valid) {
		status = "invalid";
	} else if (item->entry->stored == STORED_DUPLICATE) {
		status = "duplicate";
	} else if (item->entry->stored == STORED_CONFLICT) {
		status = "conflict";
		error = "id: already stored with another content; the first "
			"one stays";
	}
	buf_puts(out, "{\"id\":");
	if (item->has_id) {
		buf_putc(out, '"');
		buf_add(out, item->id, UUID_TEXT - 1);
		buf_putc(out, '"');
	} else {
		buf_puts(out, "null");
	}
	buf_puts(out, ",\"status\":\"");
	buf_puts(out, status);
	buf_putc(out, '"');
	if (error != NULL) {
		buf_puts(out, ",\"error\":");
		json_put(out, error);
	}
	buf_putc(out, '}');
}

static void
count_received(
    struct ctx *ctx, const struct request *req, const struct batch *batch)
{
	const char *channel = sender_of(&req->caller).channel;

	for (size_t i = 0; i < batch->count; i++)
		counters_answer(
		    ctx->counters, channel, stored_of(&batch->items[i]));
}

static bool
write_more(struct db *db, struct tallies *tallies, struct request *req)
{
	struct batch *batch = req->data;

	for (size_t i = 0; i < batch->ntied; i++)
		if (!arrival_tie(db, tallies, batch->tied[i], req->now))
			return false;
	return arrival_note(db, req, &batch->clock, batch->all, batch->nall);
}

static int
reply_answers(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct batch *batch = req->data;

	count_received(ctx, req, batch);
	res->type = "application/json";
	buf_reserve(&res->body, batch->count * RESULT_BYTES);
	buf_puts(&res->body, "{\"results\":[");
	for (size_t i = 0; i < batch->count; i++) {
		if (i > 0)
			buf_putc(&res->body, ',');
		put_result(&res->body, &batch->items[i]);
	}
	buf_puts(&res->body, "]}");
	return 200;
}

int
api_answers(struct ctx *ctx, struct request *req, struct response *res)
{
	struct sender sender = sender_of(&req->caller);
	struct batch *batch = arena_alloc(&req->arena, sizeof(*batch));
	struct answer *answer = arena_alloc(&req->arena, sizeof(*answer));
	const struct node *list, *node;
	int status;

	if (!api_signature_holds(ctx, req))
		return problem_usual(res, 401);
	list = request_list(req, res, "answers", LIMIT_BATCH_ANSWERS, &status);
	if (list == NULL)
		return status;
	batch->count = list->size;
	batch->items =
	    arena_alloc(&req->arena, batch->count * sizeof(*batch->items));
	batch->all =
	    arena_alloc(&req->arena, batch->count * sizeof(*batch->all));
	batch->tied =
	    arena_alloc(&req->arena, batch->count * sizeof(*batch->tied));
	req->entries =
	    arena_alloc(&req->arena, batch->count * sizeof(*req->entries));
	batch->clock = arrival_clock(req);
	batch->noted = req->caller.who == WHO_KIOSK;
	node = list->first;
	for (size_t i = 0; i < batch->count; i++, node = node->next)
		read_item(
		    ctx, req, node, &sender, batch, answer, &batch->items[i]);
	req->data = batch;
	if (batch->nall == 0)
		return reply_answers(ctx, req, res);
	if (batch->noted)
		req->write = write_more;
	req->reply = reply_answers;
	return HTTP_LATER;
}

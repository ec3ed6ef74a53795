/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gateway's three resources, all safe to repeat:
 *   POST /api/v1/sms/messages  what came in (server/conversation says what
 *                              follows)
 *   GET  /api/v1/sms/outbox    what shall go out and was not reported yet
 *   POST /api/v1/sms/reports   how each of them ended
 * The reading of a text is pure and done on the loop; what follows happens
 * inside the writer's transaction.
 */
#include "server/api/api.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/messages/sms_clock.h"
#include "server/messages/conversation.h"
#include "server/http/counters.h"
#include "server/store/answers.h"
#include "server/store/messages/sms.h"
#include "shared/phone.h"
#include "server/http/problem.h"
#include "server/settings.h"
#include "shared/civil.h"
#include "shared/limits.h"
#include "shared/log.h"
#include "shared/utf8.h"

#define BATCH_MOST 100

struct item {
	char id[UUID_TEXT];
	struct uuid uuid;
	bool has_id;
	const char *error; /* NULL: fit to be stored */
	struct incoming message;
	enum sending state; /* of a report */
	bool changed;       /* it told something new */
	enum stored stored;
};

struct batch {
	struct item *items;
	size_t count;
	const struct catalogue *catalogue;
	const struct settings *settings;
	const struct seal_keys *keys;
	int64_t answers; /* made of the messages */
};

/* ------------------------------------------------------------------ results */

static int
reply_to_gateway(struct ctx *ctx, struct request *req, struct response *res)
{
	const struct batch *batch = req->data;
	json_t *results = json_array(), *one;

	(void)ctx;
	for (size_t i = 0; i < batch->count; i++) {
		const struct item *item = &batch->items[i];

		one = json_pack("{s:o, s:s}", "id",
		    item->has_id ? json_string(item->id) : json_null(),
		    "status",
		    item->error != NULL ? "invalid"
					: counter_results[item->stored]);
		if (item->error != NULL)
			json_object_set_new(
			    one, "error", json_string(item->error));
		else if (item->stored == STORED_CONFLICT)
			json_object_set_new(one, "error",
			    json_string("id: already stored with another "
					"content; the first one stays"));
		json_array_append_new(results, one);
	}
	return respond_json(res, 200, json_pack("{s:o}", "results", results));
}

static const char *
read_message_id(const struct node *node, struct item *item)
{
	const char *text = node_text(node_get(node, "id"));

	item->has_id = text != NULL && uuid_parse(text, &item->uuid);
	if (!item->has_id)
		return "id: not a UUID";
	uuid_format(&item->uuid, item->id);
	return NULL;
}

/* Begins a batch, whose first value goes into *first. NULL with *status when
 * refused. */
static struct batch *
begin_sms(struct ctx *ctx, struct request *req, struct response *res,
    const char *list, const struct node **first, int *status)
{
	struct batch *batch = arena_alloc(&req->arena, sizeof(*batch));
	const struct node *values =
	    request_list(req, res, list, BATCH_MOST, status);

	if (values == NULL)
		return NULL;
	*first = values->first;
	batch->catalogue = ctx->catalogue;
	batch->settings = ctx->settings;
	batch->count = values->size;
	batch->items =
	    arena_alloc(&req->arena, batch->count * sizeof(*batch->items));
	req->data = batch;
	req->reply = reply_to_gateway;
	return batch;
}

/* ----------------------------------------------------------------- messages */

static const char *
read_sms_message(struct request *req, const struct reply_desks *desks,
    const struct node *node, struct item *item)
{
	struct incoming *in = &item->message;
	const char *error = read_message_id(node, item);
	const char *from = node_text(node_get(node, "from"));
	const struct node *said = node_get(node, "text");
	const char *text = node_words(&req->arena, said, NULL);
	const char *received = node_text(node_get(node, "received_at"));
	const char *sent = node_text(node_get(node, "sent_at"));
	char phone[PHONE_TEXT];
	enum phone_kind kind;
	int64_t operator_at = 0;
	const char *all;
	int zone;

	if (error != NULL)
		return error;
	if (node->flaw != NULL)
		return node->flaw;
	if (from == NULL || strlen(from) > 40)
		return "from: missing or too long";
	if (text == NULL || utf8_length(text) > LIMIT_SMS_TEXT_CHARS)
		return "text: missing or too long";
	if (received == NULL ||
	    !civil_parse_time(received, &in->received_at, &in->zone))
		return "received_at: not an RFC 3339 time with offset";
	if (sent != NULL && !civil_parse_time(sent, &operator_at, &zone))
		return "sent_at: not an RFC 3339 time with offset";
	in->sent_at =
	    sms_clock_said_at(in->received_at, operator_at, &in->clock_doubted);
	if (operator_at != 0 && !in->clock_doubted)
		in->zone = zone;
	in->id = item->uuid;
	in->text = text;
	in->partial = node_is(node_get(node, "partial"), NODE_TRUE);
	kind = phone_read(from, phone);
	in->answerable = kind == PHONE_CITIZEN;
	if (kind != PHONE_NOT_A_CITIZEN)
		in->phone = arena_strdup(&req->arena, phone);
	in->unreadable = node_is(node_get(node, "unreadable"), NODE_TRUE);
	if (in->unreadable)
		in->reply = (struct reply){
		    .kind = REPLY_AMBIGUOUS, .reason = "no text"};
	else
		reply_read(&req->arena, in->text, desks, &in->reply);
	all = arena_printf(&req->arena, "%s\n%s\n%d", from,
	    node_sent(&req->arena, said), in->partial);
	digest(all, strlen(all), in->digest);
	return NULL;
}

static bool
write_messages(struct db *db, struct tallies *tallies, struct request *req)
{
	struct batch *batch = req->data;
	struct conversation c = {.db = db,
	    .answers = &batch->answers,
	    .tallies = tallies,
	    .catalogue = batch->catalogue,
	    .settings = batch->settings,
	    .device = req->caller.device,
	    .keys = batch->keys,
	    .arena = &req->arena,
	    .now = req->now};

	batch->answers = 0; /* it may run twice */
	for (size_t i = 0; i < batch->count; i++) {
		struct item *item = &batch->items[i];

		if (item->error != NULL)
			continue;
		item->stored = conversation_take(&c, &item->message);
		if (item->stored == STORED_FAILED)
			return false;
	}
	return true;
}

static int
reply_messages(struct ctx *ctx, struct request *req, struct response *res)
{
	struct counters *figures = ctx->counters;
	const struct batch *batch = req->data;

	for (size_t i = 0; i < batch->count; i++) {
		const struct item *item = &batch->items[i];

		figures->messages[item->error == NULL ? item->stored
						      : STORED_FAILED]++;
	}
	figures->answers[CHANNEL_SMS][STORED] += batch->answers;
	return reply_to_gateway(ctx, req, res);
}

int
api_sms_messages(struct ctx *ctx, struct request *req, struct response *res)
{
	struct reply_desks desks = {ctx->catalogue->desk_codes};
	struct batch *batch;
	const struct node *node;
	int status;

	batch = begin_sms(ctx, req, res, "messages", &node, &status);
	if (batch == NULL)
		return status;
	for (size_t i = 0; i < batch->count; i++, node = node->next)
		batch->items[i].error =
		    read_sms_message(req, &desks, node, &batch->items[i]);
	batch->keys = ctx->keys;
	req->write = write_messages;
	req->reply = reply_messages;
	return HTTP_LATER;
}

/* ------------------------------------------------------------------- outbox */

/* A message for the gateway. Replies go before invitations, which also say when
 * it is too late for them. */
static json_t *
outgoing(const struct ctx *ctx, const struct sms_out *m)
{
	char id[UUID_TEXT], to[PHONE_TEXT], until[CIVIL_TIME_TEXT];
	json_t *json;

	uuid_format(&m->id, id);
	if (!unseal_phone(ctx->keys, m->phone, to))
		log_error(
		    "message %s: its number was sealed by another key", id);
	json =
	    json_pack("{s:s, s:s, s:s}", "id", id, "to", to, "text", m->text);
	if (m->until_at == 0)
		return json;
	civil_format_time(m->until_at, civil_offset(m->until_at), until);
	json_object_set_new(json, "until", json_string(until));
	json_object_set_new(json, "urgent", json_false());
	return json;
}

int
api_sms_outbox(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *asked = pairs_get(&req->query, "max");
	long most = asked == NULL ? 20 : strtol(asked, NULL, 10);
	json_t *list = json_array();
	struct sms_out *rows;
	size_t n;

	if (most < 1 || most > BATCH_MOST)
		most = BATCH_MOST;
	if (!store_sms_queued(
		ctx->db, &req->arena, (size_t)most, req->now, &rows, &n)) {
		json_decref(list);
		return 503;
	}
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, outgoing(ctx, &rows[i]));
	return respond_json(res, 200, json_pack("{s:o}", "messages", list));
}

/* ------------------------------------------------------------------ reports */

static const char *
read_sms_report(const struct node *node, struct item *item)
{
	const char *error = read_message_id(node, item);
	const char *state = node_text(node_get(node, "status"));

	if (error != NULL)
		return error;
	for (int i = 0; state != NULL && i < SENDING_COUNT; i++)
		if (strcmp(state, counter_sendings[i]) == 0) {
			item->state = (enum sending)i;
			return NULL;
		}
	return "status: one of sent, failed, unknown, delivered, undelivered";
}

static bool
write_reports(struct db *db, struct tallies *tallies, struct request *req)
{
	struct batch *batch = req->data;
	bool known;

	(void)tallies;
	for (size_t i = 0; i < batch->count; i++) {
		struct item *item = &batch->items[i];

		if (item->error != NULL)
			continue;
		if (!store_sms_end(db, &item->uuid,
			counter_sendings[item->state], req->now, &known,
			&item->changed))
			return false;
		if (!known)
			item->error = "id: no such message was queued";
		item->stored = STORED;
	}
	return true;
}

static int
reply_reports(struct ctx *ctx, struct request *req, struct response *res)
{
	struct counters *figures = ctx->counters;
	const struct batch *batch = req->data;

	for (size_t i = 0; i < batch->count; i++)
		figures->sent[batch->items[i].state] +=
		    batch->items[i].error == NULL && batch->items[i].changed;
	return reply_to_gateway(ctx, req, res);
}

int
api_sms_reports(struct ctx *ctx, struct request *req, struct response *res)
{
	struct batch *batch;
	const struct node *node;
	int status;

	batch = begin_sms(ctx, req, res, "reports", &node, &status);
	if (batch == NULL)
		return status;
	for (size_t i = 0; i < batch->count; i++, node = node->next)
		batch->items[i].error = read_sms_report(node, &batch->items[i]);
	req->write = write_reports;
	req->reply = reply_reports;
	return HTTP_LATER;
}

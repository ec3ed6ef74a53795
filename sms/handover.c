/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One process does all talk with the collector, so that no modem ever waits for
 * the network. It looks into the spool every 300 ms and into the collector's
 * outbox every 2 s, or at once after something was handed over, since that is
 * when replies are made: a citizen's confirmation leaves within seconds.
 *
 * A row leaves "waiting" only when a reply proves that the collector has read
 * it (shared/reply_verdict.c); what one answer names is one commit, since a
 * commit for each keeps a crowd waiting for the disk. What it refuses for good
 * is kept with its reason and logged: a citizen wrote it, and a person must
 * look and may send it again.
 */
#include "sms/handover.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/utf8.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/limits.h"
#include "shared/log.h"
#include "shared/plain_http.h"
#include "shared/phone.h"
#include "shared/reply_verdict.h"
#include "sms/heartbeat.h"

static json_t *
time_json(int64_t ms, int offset)
{
	char text[CIVIL_TIME_TEXT];

	civil_format_time(ms, offset, text);
	return json_string(text);
}

/* Says once what is wrong, and once that it is right again. */
static void
note_handover(struct handover *h, int status)
{
	int before = h->status;
	bool first = h->failures == 0 || before != status;

	h->status = status;
	if (status == 200) {
		if (h->failures > 0)
			log_info("collector: reached again");
		h->failures = 0;
		return;
	}
	h->failures++;
	if (!first)
		return;
	if (status == 401 || status == 403)
		log_error("collector: refuses this gateway's token (%d): write "
			  "a valid sms token to token_file",
		    status);
	else if (status == 0)
		log_warn("collector: not reached; messages wait in the spool");
	else if (status == HANDOVER_FOREIGN)
		log_warn("collector: something else answers in its place; "
			 "messages wait in the spool");
	else
		log_warn("collector: answers %d; messages wait in the spool",
		    status);
}

/* One request; its reply in *reply, of which type and body are type
 * (HTTP_CLIENT_TYPE_BYTES) and *text, which the caller frees. */
static void
request_handover(struct handover *h, const char *path, json_t *body,
    struct reply *reply, char *type, char **text)
{
	char *sent = body == NULL ? NULL : json_dumps(body, JSON_COMPACT);
	const struct http_client_call call = {.url = h->url,
	    .token = h->token,
	    .path = path,
	    .body = sent,
	    .reply_type = type};

	*type = '\0';
	*text = NULL;
	reply->status = h->request(&call, text);
	reply->type = type;
	reply->body = *text;
	free(sent);
	json_decref(body);
}

/* Posts the rows of a list; what the reply says of them, words as of
 * reply_verdict. */
static enum reply_verdict
post_rows(struct handover *h, const char *path, json_t *body,
    const char *const *ids, size_t n, struct row_verdict *words, int *status)
{
	char type[HTTP_CLIENT_TYPE_BYTES], *text;
	struct reply reply;
	enum reply_verdict verdict;

	request_handover(h, path, body, &reply, type, &text);
	verdict = reply_verdict(&reply, ids, n, words);
	*status = reply.status / 100 == 2 && verdict != REPLY_ROWS
		      ? HANDOVER_FOREIGN
		      : reply.status;
	free(text);
	return verdict;
}

/* GETs (body NULL) or POSTs; NULL unless the collector answers with an object
 * that has this member of this kind (reply_object). */
static json_t *
ask_handover(struct handover *h, const char *path, json_t *body,
    const char *format, const char *member, int *status)
{
	char type[HTTP_CLIENT_TYPE_BYTES], *text;
	struct reply reply;
	json_t *answer;

	request_handover(h, path, body, &reply, type, &text);
	answer = reply_object(&reply, format, member);
	*status = answer == NULL && reply.status / 100 == 2 ? HANDOVER_FOREIGN
							    : reply.status;
	free(text);
	return answer;
}

void
handover_init(struct handover *h)
{
	offer_init(&h->messages.offer, HANDOVER_BATCH);
	offer_init(&h->reports.offer, HANDOVER_BATCH);
	h->messages.again_at = h->reports.again_at = 0;
}

/* The collector cannot take n rows together, the first of which has this id;
 * DONE: try others at once, IDLE: later, FAILED: that one is to be given up. */
static enum handover_result
split_batch(struct handover_queue *q, const char *id, size_t n)
{
	switch (offer_split(&q->offer, id, n)) {
	case OFFER_AGAIN:
		return HANDOVER_DONE;
	case OFFER_WAIT:
		q->again_at = clock_mono() + HANDOVER_MOST_MS;
		return HANDOVER_IDLE;
	default:
		return HANDOVER_FAILED;
	}
}

/* Nothing waits, or only what the collector could not take: the second rests a
 * while, and what else is to be done goes on. */
static enum handover_result
end_of_queue(struct handover_queue *q, const char *what)
{
	if (offer_end(&q->offer)) {
		log_warn("collector: cannot read a %s; it waits", what);
		q->again_at = clock_mono() + HANDOVER_MOST_MS;
	}
	return HANDOVER_IDLE;
}

static json_t *
message_json(const struct spool_message *m)
{
	json_t *j = json_object();

	json_object_set_new(j, "id", json_string(m->id));
	json_object_set_new(j, "modem", json_string(m->modem));
	json_object_set_new(j, "from", json_string(m->from));
	json_object_set_new(j, "text", json_string(m->text));
	json_object_set_new(j, "received_at",
	    time_json(m->received_at, civil_offset(m->received_at)));
	json_object_set_new(j, "sent_at",
	    m->sent_at == 0 ? json_null()
			    : time_json(m->sent_at, m->sent_offset));
	json_object_set_new(j, "partial", json_boolean(m->partial));
	if (m->unreadable)
		json_object_set_new(j, "unreadable", json_true());
	return j;
}

/* Notes what became of one message. */
static bool
settle_handover(struct handover *h, const struct spool_message *m,
    const struct row_verdict *word)
{
	if (row_kept(word->word))
		return spool_handed(h->spool, m->id);
	log_error("message %s: the collector refuses it for good; it is kept "
		  "in the spool with the reason",
	    m->id);
	return spool_refused(h->spool, m->id, word->reason);
}

/* The collector cannot take these messages together. */
static enum handover_result
split_messages(struct handover *h, const struct spool_message *messages,
    size_t n, int status)
{
	enum handover_result r = split_batch(&h->messages, messages[0].id, n);

	if (r != HANDOVER_FAILED)
		return r;
	log_error("message %s: the collector refuses it for good (%d); it is "
		  "kept in the spool",
	    messages[0].id, status);
	return spool_refused(h->spool, messages[0].id, "refused as a whole")
		   ? HANDOVER_DONE
		   : HANDOVER_BROKEN;
}

static enum handover_result
deliver(struct handover *h, const struct spool_message *messages, size_t n)
{
	struct row_verdict words[HANDOVER_BATCH];
	const char *ids[HANDOVER_BATCH];
	json_t *list = json_array();
	enum reply_verdict verdict;
	int status;
	bool ok;

	for (size_t i = 0; i < n; i++) {
		ids[i] = messages[i].id;
		json_array_append_new(list, message_json(&messages[i]));
	}
	verdict = post_rows(h, "/api/v1/sms/messages",
	    json_pack("{s:o}", "messages", list), ids, n, words, &status);
	if (verdict == REPLY_SPLIT)
		return split_messages(h, messages, n, status);
	note_handover(h, status);
	if (verdict == REPLY_WAIT)
		return HANDOVER_FAILED;
	ok = spool_begin(h->spool);
	for (size_t i = 0; i < n && ok; i++)
		ok = settle_handover(h, &messages[i], &words[i]);
	if (!spool_end(h->spool, ok))
		return HANDOVER_BROKEN;
	offer_taken(&h->messages.offer);
	return HANDOVER_DONE;
}

enum handover_result
handover_messages(struct handover *h)
{
	enum handover_result r = HANDOVER_BROKEN;
	struct spool_message *messages;
	struct arena a;
	size_t n;

	if (clock_mono() < h->messages.again_at)
		return HANDOVER_IDLE;
	arena_init(&a);
	if (spool_waiting(h->spool, &a, h->messages.offer.skip,
		h->messages.offer.count, &messages, &n))
		r = n == 0 ? end_of_queue(&h->messages, "message")
			   : deliver(h, messages, n);
	arena_finish(&a);
	return r;
}

static json_t *
report_json(const struct spool_report *r)
{
	json_t *j = json_object();

	json_object_set_new(j, "id", json_string(r->id));
	json_object_set_new(j, "status", json_string(r->status));
	json_object_set_new(j, "at", time_json(r->at, civil_offset(r->at)));
	json_object_set_new(
	    j, "code", r->code < 0 ? json_null() : json_integer(r->code));
	return j;
}

/* The collector cannot take these reports together. One that it can never take
 * is let go: the message itself was sent or not, whatever is known of it. */
static enum handover_result
split_reports(struct handover *h, const struct spool_report *reports, size_t n)
{
	enum handover_result r = split_batch(&h->reports, reports[0].id, n);

	if (r != HANDOVER_FAILED)
		return r;
	log_warn("message %s: the collector refuses the report", reports[0].id);
	return spool_reported(h->spool, &reports[0]) ? HANDOVER_DONE
						     : HANDOVER_BROKEN;
}

static enum handover_result
report(struct handover *h, const struct spool_report *reports, size_t n)
{
	struct row_verdict words[HANDOVER_BATCH];
	const char *ids[HANDOVER_BATCH];
	json_t *list = json_array();
	enum reply_verdict verdict;
	int status;
	bool ok;

	for (size_t i = 0; i < n; i++) {
		ids[i] = reports[i].id;
		json_array_append_new(list, report_json(&reports[i]));
	}
	verdict = post_rows(h, "/api/v1/sms/reports",
	    json_pack("{s:o}", "reports", list), ids, n, words, &status);
	if (verdict == REPLY_SPLIT)
		return split_reports(h, reports, n);
	note_handover(h, status);
	if (verdict == REPLY_WAIT)
		return HANDOVER_FAILED;
	ok = spool_begin(h->spool);
	for (size_t i = 0; i < n && ok; i++) {
		if (!row_kept(words[i].word))
			log_warn("message %s: the collector refuses the report",
			    reports[i].id);
		ok = spool_reported(h->spool, &reports[i]);
	}
	if (!spool_end(h->spool, ok))
		return HANDOVER_BROKEN;
	offer_taken(&h->reports.offer);
	return HANDOVER_DONE;
}

enum handover_result
handover_reports(struct handover *h)
{
	enum handover_result r = HANDOVER_BROKEN;
	struct spool_report *reports;
	struct arena a;
	size_t n;

	if (clock_mono() < h->reports.again_at)
		return HANDOVER_IDLE;
	arena_init(&a);
	if (spool_unreported(h->spool, &a, h->reports.offer.skip,
		h->reports.offer.count, &reports, &n))
		r = n == 0 ? end_of_queue(&h->reports, "report")
			   : report(h, reports, n);
	arena_finish(&a);
	return r;
}

/* Takes one message of the outbox into the spool. An id we cannot read cannot
 * be reported either: it is only logged. */
static bool
take_handover(struct handover *h, const json_t *row)
{
	const char *id = json_string_value(json_object_get(row, "id"));
	const char *to = json_string_value(json_object_get(row, "to"));
	const char *text = json_string_value(json_object_get(row, "text"));
	const char *until = json_string_value(json_object_get(row, "until"));
	struct spool_message_out m = {
	    .urgent = !json_is_false(json_object_get(row, "urgent"))};
	char number[PHONE_TEXT], id_text[UUID_TEXT];
	struct uuid uuid;
	int offset;

	if (id == NULL || !uuid_parse(id, &uuid)) {
		log_error("collector: an outgoing message without a valid id");
		return true;
	}
	uuid_format(&uuid, id_text);
	m.id = id_text;
	m.number = number;
	m.text = text;
	m.sendable =
	    to != NULL && phone_sender(to, number) && text != NULL &&
	    text[0] != '\0' && strlen(text) < SPOOL_TEXT_BYTES &&
	    utf8_valid(text, strlen(text)) &&
	    (until == NULL || civil_parse_time(until, &m.until, &offset));
	if (!m.sendable)
		log_warn("message %s: cannot be sent as it is", id_text);
	return spool_outgoing(h->spool, &m, clock_now());
}

enum handover_result
handover_outbox(struct handover *h)
{
	char path[64];
	json_t *answer, *row;
	size_t i, n;
	int64_t depth = spool_depth(h->spool);
	int status;
	bool ok;

	if (depth < 0)
		return HANDOVER_BROKEN;
	if (depth >= HANDOVER_OUTBOX)
		return HANDOVER_IDLE; /* the modems have enough to do */
	snprintf(
	    path, sizeof(path), "/api/v1/sms/outbox?max=%d", HANDOVER_OUTBOX);
	answer = ask_handover(h, path, NULL, "{s:[]}", "messages", &status);
	note_handover(h, status);
	if (answer == NULL)
		return HANDOVER_FAILED;
	n = json_array_size(json_object_get(answer, "messages"));
	ok = n == 0 || spool_begin(h->spool);
	json_array_foreach (json_object_get(answer, "messages"), i, row)
		ok = ok && take_handover(h, row);
	ok = n == 0 || spool_end(h->spool, ok);
	json_decref(answer);
	return !ok ? HANDOVER_BROKEN : n > 0 ? HANDOVER_DONE : HANDOVER_IDLE;
}

/* The office wants to have again what was refused. False: the spool failed. */
static bool
hear_gateway_wish(struct handover *h, int64_t wish)
{
	int64_t n = wish > 0 ? spool_resend(h->spool, wish) : 0;

	if (n > 0)
		log_info("%lld refused message(s) are sent again, as the "
			 "office wishes",
		    (long long)n);
	return n >= 0;
}

enum handover_result
handover_heartbeat(struct handover *h)
{
	json_t *beat = heartbeat_json(h->spool, clock_now()), *answer;
	int status;
	int64_t by;
	bool ok;

	if (beat == NULL)
		return HANDOVER_BROKEN;
	if (plain_http(h->url))
		json_object_set_new(beat, "insecure", json_true());
	/* a collector of before heartbeats answers 404, which is no trouble */
	answer = ask_handover(
	    h, "/api/v1/sms/heartbeat", beat, "{s:s}", "time", &status);
	if (answer == NULL)
		return HANDOVER_FAILED;
	by = heartbeat_compare(answer, clock_now());
	/* what is forgotten goes by a time that two clocks have reached */
	ok = by == 0 ||
	     (hear_gateway_wish(
		  h, json_integer_value(json_object_get(answer, "resend"))) &&
		 spool_purge(h->spool, by));
	json_decref(answer);
	return !ok ? HANDOVER_BROKEN : by > 0 ? HANDOVER_DONE : HANDOVER_FAILED;
}

/* One round; *outbox_at is when to look into the outbox next: soon after
 * something was handed over, since that is when replies are made, or reported,
 * since then there is room for more. */
static enum handover_result
handover_turn(struct handover *h, int64_t *outbox_at)
{
	enum handover_result r = handover_messages(h), outbox;
	int64_t soon = clock_mono() + HANDOVER_LOOK_MS;

	if (r == HANDOVER_IDLE || r == HANDOVER_DONE) {
		enum handover_result reported = handover_reports(h);

		r = reported == HANDOVER_IDLE ? r : reported;
	}
	if (r == HANDOVER_DONE && *outbox_at > soon)
		*outbox_at = soon;
	if (r > HANDOVER_DONE || clock_mono() < *outbox_at)
		return r;
	*outbox_at = clock_mono() + HANDOVER_POLL_MS;
	outbox = handover_outbox(h);
	/* what lies there until it is sent is no reason to hurry */
	return outbox > HANDOVER_DONE ? outbox : r;
}

/* How long to rest after a round: not at all while there is something to do, a
 * look's length when not, longer the more rounds have failed in a row. */
static int
rest_ms(const struct handover *h, enum handover_result r)
{
	int ms = 1000;

	if (r == HANDOVER_DONE)
		return 0;
	if (r != HANDOVER_FAILED)
		return HANDOVER_LOOK_MS;
	for (unsigned i = 1; i < h->failures && ms < HANDOVER_MOST_MS; i++)
		ms *= 2;
	return ms < HANDOVER_MOST_MS ? ms : HANDOVER_MOST_MS;
}

int
handover_run(struct handover *h, const struct child_link *link)
{
	int64_t outbox_at = 0, chores_at = 0;

	while (!*link->stop) {
		enum handover_result r;

		/* four requests of at most 15 s, and the longest rest */
		child_beat(link, CHILD_NOWHERE, 90);
		log_catch_up();
		if (clock_mono() >= chores_at) {
			chores_at = clock_mono() + HANDOVER_CHORE_MS;
			if (!spool_expire(h->spool, clock_now()) ||
			    handover_heartbeat(h) == HANDOVER_BROKEN)
				return CHILD_TROUBLE;
		}
		r = handover_turn(h, &outbox_at);
		if (r == HANDOVER_BROKEN)
			return CHILD_TROUBLE;
		for (int ms = rest_ms(h, r); ms > 0 && !*link->stop; ms -= 100)
			usleep(100 * 1000);
	}
	return CHILD_DONE;
}

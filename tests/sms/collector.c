/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libmicrohttpd's own thread answers; one mutex guards the memory. */
#include "tests/sms/collector.h"

#include <jansson.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <netinet/in.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/uuid.h"

#define MOST 64

static struct {
	pthread_mutex_t lock;
	struct MHD_Daemon *daemon;
	char url[64];
	int status, delay_ms;
	const char *error; /* body beside another status than 200 */
	json_t *messages;  /* id: message */
	json_t *outbox;    /* id: message, until reported */
	json_t *reports;   /* id: "failed 21" */
} c = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* One result for each row of a list; store says what becomes of a row. */
static json_t *
take_rows(const json_t *body, const char *list,
    const char *(*store)(const char *id, json_t *row))
{
	json_t *results = json_array(), *row;
	size_t i;

	json_array_foreach (json_object_get(body, list), i, row) {
		const char *id = json_string_value(json_object_get(row, "id"));

		json_array_append_new(
		    results, json_pack("{s:s, s:s, s:n}", "id", id, "status",
				 store(id, row), "error"));
	}
	return json_pack("{s:o}", "results", results);
}

static const char *
store_message(const char *id, json_t *row)
{
	if (json_object_get(c.messages, id) != NULL)
		return "duplicate";
	json_object_set(c.messages, id, row);
	return "stored";
}

static const char *
store_report(const char *id, json_t *row)
{
	const json_t *code = json_object_get(row, "code");
	char text[40];

	snprintf(text, sizeof(text), "%s",
	    json_string_value(json_object_get(row, "status")));
	if (json_is_integer(code))
		snprintf(text + strlen(text), 12, " %d",
		    (int)json_integer_value(code));
	json_object_set_new(c.reports, id, json_string(text));
	json_object_del(c.outbox, id);
	return "stored";
}

static json_t *
list_outbox(void)
{
	json_t *list = json_array(), *row;
	const char *id;

	json_object_foreach (c.outbox, id, row)
		json_array_append(list, row);
	return json_pack("{s:o}", "messages", list);
}

static json_t *
resource(const char *method, const char *url, const char *text)
{
	json_t *body = json_loads(text, 0, NULL), *answer = NULL;

	if (strcmp(method, "GET") == 0 &&
	    strcmp(url, "/api/v1/sms/outbox") == 0)
		answer = list_outbox();
	else if (strcmp(url, "/api/v1/sms/messages") == 0)
		answer = take_rows(body, "messages", store_message);
	else if (strcmp(url, "/api/v1/sms/reports") == 0)
		answer = take_rows(body, "reports", store_report);
	else if (strcmp(url, "/api/v1/sms/heartbeat") == 0)
		answer = json_object();
	json_decref(body);
	return answer;
}

static enum MHD_Result
reply(struct MHD_Connection *connection, const char *method, const char *url,
    const char *text)
{
	const char *bearer = MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, "Authorization");
	struct MHD_Response *response;
	enum MHD_Result r;
	json_t *answer = NULL;
	unsigned status;
	char *out;

	usleep((unsigned)c.delay_ms * 1000);
	pthread_mutex_lock(&c.lock);
	status = (unsigned)c.status;
	if (bearer == NULL || strcmp(bearer, "Bearer " COLLECTOR_TOKEN) != 0)
		status = 401;
	if (status == 200 && (answer = resource(method, url, text)) == NULL)
		status = 404;
	pthread_mutex_unlock(&c.lock);
	out = answer == NULL ? strdup(c.error) : json_dumps(answer, 0);
	json_decref(answer);
	response = MHD_create_response_from_buffer(
	    strlen(out), out, MHD_RESPMEM_MUST_FREE);
	r = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return r;
}

static enum MHD_Result
handle(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **state)
{
	struct buf *body = *state;

	(void)context;
	(void)version;
	if (body == NULL) {
		*state = body = calloc(1, sizeof(*body));
		buf_init(body);
		return MHD_YES;
	}
	if (*size > 0) {
		buf_add(body, data, *size);
		*size = 0;
		return MHD_YES;
	}
	return reply(connection, method, url, buf_text(body));
}

static void
completed(void *context, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode code)
{
	(void)context;
	(void)connection;
	(void)code;
	if (*state != NULL)
		buf_finish(*state);
	free(*state);
}

const char *
collector_start(void)
{
	struct sockaddr_in here = {
	    .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	const union MHD_DaemonInfo *info;

	c.status = 200;
	c.error = "{}";
	c.messages = json_object();
	c.outbox = json_object();
	c.reports = json_object();
	c.daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL,
	    NULL, handle, NULL, MHD_OPTION_SOCK_ADDR, &here,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_END);
	if (c.daemon == NULL)
		return NULL;
	info = MHD_get_daemon_info(c.daemon, MHD_DAEMON_INFO_BIND_PORT);
	snprintf(c.url, sizeof(c.url), "http://127.0.0.1:%d", info->port);
	return c.url;
}

void
collector_stop(void)
{
	MHD_stop_daemon(c.daemon);
	json_decref(c.messages);
	json_decref(c.outbox);
	json_decref(c.reports);
}

static int
count(const char *from, const char *text)
{
	const char *id;
	json_t *row;
	int n = 0;

	pthread_mutex_lock(&c.lock);
	json_object_foreach (c.messages, id, row) {
		const char *f = json_string_value(json_object_get(row, "from"));
		const char *t = json_string_value(json_object_get(row, "text"));

		n += strcmp(t, text) == 0 &&
		     (from == NULL || strcmp(f, from) == 0) &&
		     json_is_false(json_object_get(row, "partial"));
	}
	pthread_mutex_unlock(&c.lock);
	return n;
}

int
collector_count(const char *text)
{
	return count(NULL, text);
}

bool
collector_has(const char *from, const char *text)
{
	return count(from, text) > 0;
}

int
collector_begins(const char *text)
{
	const char *id;
	json_t *row;
	int n = 0;

	pthread_mutex_lock(&c.lock);
	json_object_foreach (c.messages, id, row) {
		const char *t = json_string_value(json_object_get(row, "text"));

		n += strncmp(t, text, strlen(text)) == 0;
	}
	pthread_mutex_unlock(&c.lock);
	return n;
}

int
collector_partial(void)
{
	const char *id;
	json_t *row;
	int n = 0;

	pthread_mutex_lock(&c.lock);
	json_object_foreach (c.messages, id, row)
		n += json_is_true(json_object_get(row, "partial"));
	pthread_mutex_unlock(&c.lock);
	return n;
}

const char *
collector_queue(const char *to, const char *text)
{
	static char ids[MOST][UUID_TEXT];
	static int n;
	char *id = ids[n++ % MOST];
	struct uuid uuid;

	uuid_new(&uuid);
	uuid_format(&uuid, id);
	pthread_mutex_lock(&c.lock);
	json_object_set_new(c.outbox, id,
	    json_pack("{s:s, s:s, s:s}", "id", id, "to", to, "text", text));
	pthread_mutex_unlock(&c.lock);
	return id;
}

const char *
collector_report(const char *id)
{
	static char copy[40];
	const char *found;

	pthread_mutex_lock(&c.lock);
	found = json_string_value(json_object_get(c.reports, id));
	snprintf(copy, sizeof(copy), "%s", found == NULL ? "" : found);
	pthread_mutex_unlock(&c.lock);
	return copy;
}

void
collector_answer(int status)
{
	collector_error(status, "{}");
}

void
collector_error(int status, const char *body)
{
	pthread_mutex_lock(&c.lock);
	c.status = status;
	c.error = body;
	pthread_mutex_unlock(&c.lock);
}

void
collector_delay(int ms)
{
	c.delay_ms = ms;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The twin stands where http_client_do does, so that what is tested is all but
 * the network itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/sms/handover_twin.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"
#include "shared/clock.h"
#include "tests/sms/parts.h"

struct spool *spool;
struct handover h;

int answer_status;
const char *answer_text, *answer_type;
const char *poison = "poison"; /* what spoils a batch */
char asked[8000];

/* {"results":[…]}: all rows of the batch are stored. */
static char *
all_stored(const char *body)
{
	json_t *sent = json_loads(body, 0, NULL), *results = json_array();
	json_t *rows, *row;
	json_t *reply = json_pack("{s:o}", "results", results);
	char *text;
	size_t i;

	rows = json_object_get(sent, "messages");
	if (rows == NULL)
		rows = json_object_get(sent, "reports");
	json_array_foreach (rows, i, row)
		json_array_append_new(results,
		    json_pack("{s:O, s:s}", "id", json_object_get(row, "id"),
			"status", "stored"));
	text = json_dumps(reply, 0);
	json_decref(reply);
	json_decref(sent);
	return text;
}

static int
take_or_refuse(const char *body, char **reply)
{
	if (strstr(body, poison) == NULL) {
		*reply = all_stored(body);
		return 200;
	}
	*reply = strdup(
	    "{\"error\":{\"code\":\"not_json\",\"message\":\"line 1\"}}");
	return 400;
}

static int
twin(const struct http_client_call *call, char **reply)
{
	const char *body = call->body;
	const char *id = body == NULL ? NULL : strstr(body, "\"id\":\"");
	struct buf out;

	snprintf(asked, sizeof(asked), "%s %s %s",
	    body == NULL ? "GET" : "POST", call->path,
	    body == NULL ? "" : body);
	strcpy(call->reply_type, answer_type);
	if (answer_text == NULL && answer_status == 200)
		return take_or_refuse(body, reply);
	buf_init(&out);
	for (const char *c = answer_text; c != NULL && *c != '\0'; c++) {
		if (*c == '%' && id != NULL)
			buf_printf(&out, "%.36s", id + 6);
		else
			buf_putc(&out, *c);
	}
	*reply = strdup(buf_text(&out));
	buf_finish(&out);
	return answer_status;
}

int
twin_setup(void **state)
{
	(void)state;
	clock_set(TWIN_NOW);
	spool = fresh_spool();
	h = (struct handover){.spool = spool,
	    .url = "https://collector.example",
	    .request = twin};
	handover_init(&h);
	answer_type = "application/json";
	return 0;
}

int
twin_teardown(void **state)
{
	(void)state;
	spool_close(spool);
	remove_spool();
	return 0;
}

size_t
waiting_messages(void)
{
	struct spool_figures f;

	assert_true(spool_figures(spool, &f));
	return (size_t)f.waiting;
}

size_t
refused_messages(void)
{
	struct spool_figures f;

	assert_true(spool_figures(spool, &f));
	return (size_t)f.refused;
}

void
wrote(int second, const char *text)
{
	struct modem_part part = make_part(TWIN_PHONE, second, 0, 1, 1, text);

	put_part(spool, "gsm1", &part, TWIN_NOW + second);
	spool_join(spool, TWIN_NOW, 1000);
}

void
take_all_turns(int turns)
{
	while (turns-- > 0) {
		h.messages.again_at = 0;
		assert_in_range(
		    handover_messages(&h), HANDOVER_IDLE, HANDOVER_DONE);
	}
}

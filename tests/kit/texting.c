/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages in, replies out, as a gateway sees them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/texting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rig rig;
char *gateway;
static unsigned numbers; /* of citizens invented so far */

json_t *
results_of(const struct reply *reply)
{
	json_t *json, *results;

	assert_status(reply, 200);
	json = reply_json(reply);
	results = json_incref(json_object_get(json, "results"));
	json_decref(json);
	return results;
}

json_t *
message(const char *from, const char *text, const char *id)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "id", id, "from", from, "text",
	    text, "received_at", time_from_now(0));
}

void
text_ago(const char *from, const char *text, int64_t ms)
{
	json_t *results, *one = message(from, text, new_id());

	json_object_set_new(
	    one, "received_at", json_string(time_from_now(-ms)));
	results = results_of(device_ask(
	    &rig, gateway, MESSAGES, json_pack("{s:[o]}", "messages", one)));
	assert_string_equal(result(results, 0, "status"), "stored");
	json_decref(results);
}

void
text_from(const char *from, const char *text)
{
	text_ago(from, text, 0);
}

json_t *
outbox(void)
{
	json_t *json =
	    reply_json(device_ask(&rig, gateway, OUTBOX "?max=100", NULL));
	json_t *list = json_incref(json_object_get(json, "messages"));

	json_decref(json);
	assert_true(json_is_array(list));
	return list;
}

json_t *
report(const char *id, const char *status)
{
	return results_of(device_ask(&rig, gateway, REPORTS,
	    json_pack(
		"{s:[{s:s, s:s}]}", "reports", "id", id, "status", status)));
}

void
assert_answered(const char *to, ...)
{
	json_t *list = outbox(), *one;
	const char *text;
	va_list args;
	size_t i;

	va_start(args, to);
	text = va_arg(args, const char *);
	json_array_foreach (list, i, one) {
		json_t *results;

		if (text == NULL)
			fail_msg("also queued: %s", result(list, i, "text"));
		assert_string_equal(result(list, i, "to"), to);
		if (strncmp(result(list, i, "text"), text, strlen(text)) != 0)
			fail_msg(
			    "%s instead of %s", result(list, i, "text"), text);
		assert_true(strlen(result(list, i, "text")) <= 160);
		results = report(result(list, i, "id"), "sent");
		assert_string_equal(result(results, 0, "status"), "stored");
		json_decref(results);
		text = va_arg(args, const char *);
	}
	va_end(args);
	if (text != NULL)
		fail_msg("not queued: %s", text);
	json_decref(list);
}

const char *
citizen(void)
{
	static char number[16];

	snprintf(number, sizeof(number), "+8491234%04u", ++numbers % 10000);
	return number;
}

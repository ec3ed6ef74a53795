/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each reply has members that no other program's has, and all of them must be
 * there and in range; the settings bear a signature besides (sync.c). */
#include "kiosk/replies.h"

#include <string.h>

struct settings *
reply_settings(const struct reply *reply, enum lang lang)
{
	json_t *json = reply_object(reply, "{s:{}, s:{}}", "desk", "form");
	struct settings *s =
	    json == NULL ? NULL : settings_read(reply->body, lang);

	json_decref(json);
	return s;
}

bool
reply_call_read(
    const struct reply *reply, long long after, struct reply_call *out)
{
	json_t *json = reply_object(
	    reply, "{s:I, s:s, s:I}", "number", "token", "lasts_ms");

	*out = (struct reply_call){
	    .number = json_integer_value(json_object_get(json, "number")),
	    .token = json_string_value(json_object_get(json, "token")),
	    .lasts_ms = json_integer_value(json_object_get(json, "lasts_ms")),
	    .knows_field = json_is_true(json_object_get(json, "knows_field")),
	    .json = json};
	if (json != NULL && out->number != after && out->number >= 0 &&
	    out->lasts_ms >= 0 && strlen(out->token) < FLOW_TOKEN)
		return true;
	reply_call_finish(out);
	return false;
}

void
reply_call_finish(struct reply_call *call)
{
	json_decref(call->json);
	call->json = NULL;
}

long long
reply_piece(const struct reply *reply, long long size)
{
	json_t *json = reply_object(reply, "{s:I}", "bytes");
	long long bytes =
	    json == NULL ? -1
			 : json_integer_value(json_object_get(json, "bytes"));

	json_decref(json);
	return bytes >= 0 && bytes <= size ? bytes : -1;
}

enum reply_enrolment
reply_enrolment(const struct reply *reply, json_t **json)
{
	const char *said;

	*json = reply_object(reply, "{s:s}", "status");
	said = json_string_value(json_object_get(*json, "status"));
	if (said != NULL && strcmp(said, "approved") == 0 &&
	    json_is_string(json_object_get(*json, "token")) &&
	    json_is_string(json_object_get(*json, "key")))
		return REPLY_ENROL_APPROVED;
	if (said != NULL && strcmp(said, "waiting") == 0 &&
	    json_is_string(json_object_get(*json, "address")))
		return REPLY_ENROL_WAITING;
	json_decref(*json);
	*json = NULL;
	return reply_is_error(reply, 409, "code_taken") ? REPLY_ENROL_TAKEN
							: REPLY_ENROL_NONE;
}

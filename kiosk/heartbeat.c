/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts are gathered at the moment of sending. A wrong clock is logged, because
 * answers bear its time; setting it is the system's work (systemd-timesyncd).
 */
#include "kiosk/heartbeat.h"

#include <jansson.h>
#include "kiosk/device.h"
#include "kiosk/damaged_outbox.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/log.h"
#include "shared/outbox.h"
#include "shared/plain_http.h"

#define CLOCK_WRONG_MS (2 * 60 * 1000) /* a clock off by more is logged */

static json_t *
outbox_facts(const char *outbox)
{
	struct outbox *o = outbox_open(outbox);
	int64_t rows = 0, oldest = 0, refused = 0;
	int waiting, damaged;

	if (o) {
		outbox_depth(o, &rows, &oldest);
		refused = outbox_set_aside(o);
	}
	outbox_close(o);
	damaged_outbox_count(outbox, &waiting, &damaged);
	return json_pack("{s:I, s:I, s:I, s:i}", "outbox", (json_int_t)rows,
	    "oldest_ms", (json_int_t)oldest, "refused", (json_int_t)refused,
	    "damaged", damaged);
}

static void
add_note(json_t *body, const struct heartbeat *note)
{
	char touched[CIVIL_TIME_TEXT];

	if (note->touched_at > 0) {
		civil_format_time(note->touched_at / 1000 * 1000,
		    civil_offset(note->touched_at), touched);
		json_object_set_new(body, "touched_at", json_string(touched));
	}
	json_object_set_new(
	    body, "slowest_ms", json_integer((json_int_t)note->slowest_ms));
	if (note->width > 0)
		json_object_set_new(body, "screen",
		    json_sprintf("%dx%d", note->width, note->height));
}

char *
heartbeat_text(
    const char *outbox, const char *url, const struct heartbeat *note)
{
	int64_t now = clock_now();
	int temperature = device_temperature();
	char clock[CIVIL_TIME_TEXT], *text;
	json_t *body = outbox_facts(outbox);

	civil_format_time(now, civil_offset(now), clock);
	json_object_set_new(body, "version", json_string(HAILONG_VERSION));
	json_object_set_new(
	    body, "free_bytes", json_integer((json_int_t)device_disk(outbox)));
	if (temperature > -1000)
		json_object_set_new(
		    body, "temperature", json_integer(temperature));
	json_object_set_new(body, "clock", json_string(clock));
	json_object_set_new(body, "synced", json_boolean(clock_synced()));
	if (plain_http(url))
		json_object_set_new(body, "insecure", json_true());
	add_note(body, note);
	text = json_dumps(body, JSON_COMPACT);
	json_decref(body);
	return text;
}

static void
compare_clocks(int64_t theirs)
{
	int64_t off = clock_now() - theirs;

	if (off > CLOCK_WRONG_MS || off < -CLOCK_WRONG_MS)
		log_warn("this machine's clock is %lld s %s the collector's; "
			 "set it, answers bear its time",
		    (long long)(off > 0 ? off : -off) / 1000,
		    off > 0 ? "ahead of" : "behind");
}

static int64_t
number_of_reply(const json_t *in, const char *key)
{
	int64_t n = json_integer_value(json_object_get(in, key));

	return n > 0 ? n : 0;
}

bool
heartbeat_read(const struct reply *reply, struct heartbeat_reply *out)
{
	json_t *in = reply_object(reply, "{s:s}", "time");
	const char *time = json_string_value(json_object_get(in, "time"));
	int64_t theirs;
	int offset;
	bool ours = time && civil_parse_time(time, &theirs, &offset);

	if (ours)
		compare_clocks(theirs);
	out->seq = number_of_reply(in, "seq");
	out->resend = number_of_reply(in, "resend");
	json_decref(in);
	return ours;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is unknown of a modem is null, so that a page can say so. */
#include "sms/heartbeat.h"

#include <stdlib.h>
#include "shared/civil.h"
#include "shared/log.h"

#define CLOCK_MS (2 * 60 * 1000LL) /* a clock that is further off is wrong */

static json_t *
heartbeat_time_of(int64_t ms)
{
	char text[CIVIL_TIME_TEXT];

	if (ms == 0)
		return json_null();
	civil_format_time(ms, civil_offset(ms), text);
	return json_string(text);
}

static json_t *
heartbeat_known(int value)
{
	return value < 0 ? json_null() : json_integer(value);
}

static json_t *
heartbeat_word(const char *text)
{
	return text[0] == '\0' ? json_null() : json_string(text);
}

static json_t *
modem_json(const struct spool_modem *m)
{
	return json_pack(
	    "{s:s, s:s, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:o,"
	    " s:{s:o, s:o}, s:{s:o, s:o}, s:I, s:I, s:i, s:i}",
	    "name", m->name, "state", m->state, "error",
	    heartbeat_word(m->error), "heard_at",
	    heartbeat_time_of(m->heard_at), "starts", (json_int_t)m->starts,
	    "stuck", (json_int_t)m->stuck, "signal", heartbeat_known(m->signal),
	    "network", heartbeat_word(m->network), "operator",
	    heartbeat_word(m->operator), "model", heartbeat_word(m->model),
	    "imei", heartbeat_word(m->imei), "sim", "used",
	    heartbeat_known(m->sim_used), "size", heartbeat_known(m->sim_size),
	    "own", "used", heartbeat_known(m->own_used), "size",
	    heartbeat_known(m->own_size), "sent_today",
	    (json_int_t)m->sent_today, "sent_minute",
	    (json_int_t)m->sent_minute, "rate", m->rate, "cap", m->cap);
}

json_t *
heartbeat_json(struct spool *s, int64_t now)
{
	int64_t midnight = civil_day_start(civil_local_day(now));
	struct spool_figures f;
	struct spool_modem *modems;
	json_t *list = json_array(), *beat = NULL;
	struct arena a;
	size_t n;

	arena_init(&a);
	if (spool_figures(s, &f) &&
	    spool_modems(s, &a, midnight, now, &modems, &n)) {
		for (size_t i = 0; i < n; i++)
			json_array_append_new(list, modem_json(&modems[i]));
		beat = json_pack(
		    "{s:s, s:o, s:{s:I, s:o, s:I, s:I, s:I, s:I, s:I}, s:O}",
		    "version", HAILONG_VERSION, "time", heartbeat_time_of(now),
		    "spool", "waiting", (json_int_t)f.waiting, "oldest_at",
		    heartbeat_time_of(f.oldest_at), "parts",
		    (json_int_t)f.parts, "queued", (json_int_t)f.queued,
		    "refused", (json_int_t)f.refused, "dropped",
		    (json_int_t)f.dropped, "poison", (json_int_t)f.poison,
		    "modems", list);
	}
	json_decref(list);
	arena_finish(&a);
	return beat;
}

int64_t
heartbeat_compare(const json_t *answer, int64_t now)
{
	const char *time = json_string_value(json_object_get(answer, "time"));
	static bool told;
	int64_t theirs;
	int offset;

	if (time == NULL || !civil_parse_time(time, &theirs, &offset))
		return 0;
	if (llabs(theirs - now) <= CLOCK_MS) {
		told = false;
		return theirs < now ? theirs : now;
	}
	if (!told)
		log_warn("this machine's clock and the collector's differ by "
			 "%lld s; set both by NTP",
		    (long long)(llabs(theirs - now) / 1000));
	told = true;
	return theirs < now ? theirs : now;
}

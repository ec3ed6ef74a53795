/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One family after the other, as the format wants it, each over all gateways.
 * What a heartbeat does not say has no sample. Names of modems come from the
 * gateway's settings; what could break a label is left out.
 */
#include "server/api/metrics_sms.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>
#include "server/store/devices/devices.h"
#include "server/store/messages/sms.h"
#include "server/store/messages/sms_decisions.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "server/core/device/device_alarms.h"

struct beat {
	const char *device;
	int64_t heard_at;
	json_t *json; /* NULL: never heard, or nonsense */
};

/* What is told of each modem. */
static const struct {
	const char *member, *name, *help;
} modem_values[] = {
    {"signal", "hailong_sms_modem_signal_percent",
	"Strength of the radio signal, 0 to 100."},
    {"sent_today", "hailong_sms_modem_sent_today",
	"Parts sent since midnight."},
    {"starts", "hailong_sms_modem_starts", "How often its worker was started."},
};

/* And of each gateway's spool. */
static const struct {
	const char *member, *name, *help;
} spool_values[] = {
    {"waiting", "hailong_sms_spool_waiting",
	"Messages not yet handed over to the collector."},
    {"queued", "hailong_sms_spool_queued", "Messages not yet sent."},
    {"refused", "hailong_sms_spool_refused",
	"Messages that the collector refuses for good; a person must look."},
    {"poison", "hailong_sms_spool_poison",
	"Messages kept aside because they crashed the modem's library."},
};

static const char *
label(struct arena *a, const char *text)
{
	char *copy = arena_strdup(a, text == NULL ? "" : text);

	for (char *c = copy; *c != '\0'; c++)
		if (*c == '"' || *c == '\\' || (unsigned char)*c < ' ')
			*c = '_';
	return copy;
}

static void
head(struct buf *out, const char *name, const char *help)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

static void
put_spool(struct buf *out, const struct beat *beats, size_t n, size_t which)
{
	head(out, spool_values[which].name, spool_values[which].help);
	for (size_t i = 0; i < n; i++) {
		const json_t *value =
		    json_object_get(json_object_get(beats[i].json, "spool"),
			spool_values[which].member);

		if (json_is_integer(value))
			buf_printf(out, "%s{device=\"%s\"} %" PRId64 "\n",
			    spool_values[which].name, beats[i].device,
			    (int64_t)json_integer_value(value));
	}
}

static void
put_modem_metric(struct buf *out, struct arena *a, const char *name,
    const struct beat *beat, const json_t *modem, int64_t value)
{
	buf_printf(out, "%s{device=\"%s\",modem=\"%s\"} %" PRId64 "\n", name,
	    beat->device,
	    label(a, json_string_value(json_object_get(modem, "name"))), value);
}

static void
put_modems(struct buf *out, struct arena *a, const struct beat *beats, size_t n,
    size_t which)
{
	const json_t *modem, *value;
	size_t k;

	head(out, modem_values[which].name, modem_values[which].help);
	for (size_t i = 0; i < n; i++)
		json_array_foreach (
		    json_object_get(beats[i].json, "modems"), k, modem) {
			value =
			    json_object_get(modem, modem_values[which].member);
			if (json_is_integer(value))
				put_modem_metric(out, a,
				    modem_values[which].name, &beats[i], modem,
				    json_integer_value(value));
		}
}

/* Which modems are in a state. */
static void
put_state(struct buf *out, struct arena *a, const struct beat *beats, size_t n,
    const char *wanted, const char *name, const char *help)
{
	const json_t *modem;
	size_t k;

	head(out, name, help);
	for (size_t i = 0; i < n; i++)
		json_array_foreach (
		    json_object_get(beats[i].json, "modems"), k, modem) {
			const char *state =
			    json_string_value(json_object_get(modem, "state"));

			put_modem_metric(out, a, name, &beats[i], modem,
			    state != NULL && strcmp(state, wanted) == 0);
		}
}

static void
put_age(struct buf *out, const struct beat *beats, size_t n, int64_t now)
{
	head(out, "hailong_sms_heartbeat_age_seconds",
	    "Since a gateway was heard last.");
	for (size_t i = 0; i < n; i++)
		if (beats[i].heard_at > 0)
			buf_printf(out,
			    "hailong_sms_heartbeat_age_seconds{device=\"%s\"} "
			    "%" PRId64 "\n",
			    beats[i].device, (now - beats[i].heard_at) / 1000);
}

static void
put_silent(struct buf *out, const struct beat *beats, size_t n, int64_t now)
{
	head(out, "hailong_sms_gateway_silent",
	    "1: a gateway misses its heartbeats, all else of it is old.");
	for (size_t i = 0; i < n; i++)
		buf_printf(out,
		    "hailong_sms_gateway_silent{device=\"%s\"} %d\n",
		    beats[i].device,
		    device_silent("sms", beats[i].heard_at, now));
}

void
metrics_sms(struct buf *out, struct db *db, struct arena *a, int64_t now)
{
	struct heartbeat *list;
	struct beat *beats;
	int64_t waiting = store_sms_count(db, PERSON_MUST, NULL);
	size_t n;

	if (waiting >= 0) {
		head(out, "hailong_sms_for_a_person",
		    "SMS that a person must read.");
		buf_printf(
		    out, "hailong_sms_for_a_person %" PRId64 "\n", waiting);
	}
	if (!store_heartbeats(db, a, "sms", &list, &n) || n == 0)
		return;
	beats = arena_alloc(a, n * sizeof(*beats));
	for (size_t i = 0; i < n; i++)
		beats[i] = (struct beat){label(a, list[i].id), list[i].heard_at,
		    json_loads(list[i].json, 0, NULL)};
	put_age(out, beats, n, now);
	put_silent(out, beats, n, now);
	put_state(out, a, beats, n, "ready", "hailong_sms_modem_ready",
	    "1: the modem works, 0: it is away, in trouble or wants a person.");
	put_state(out, a, beats, n, "attention", "hailong_sms_modem_attention",
	    "1: the modem works and a person must look at it.");
	for (size_t i = 0; i < sizeof(modem_values) / sizeof(*modem_values);
	     i++)
		put_modems(out, a, beats, n, i);
	for (size_t i = 0; i < sizeof(spool_values) / sizeof(*spool_values);
	     i++)
		put_spool(out, beats, n, i);
	for (size_t i = 0; i < n; i++)
		json_decref(beats[i].json);
}

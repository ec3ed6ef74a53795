/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A heartbeat may lack anything: older kiosks say less, sensors are missing. A
 * kiosk's is flat; a gateway's has an object "spool" and a list "modems".
 */
#include "server/core/device/device_alarms.h"

#include <string.h>
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/json.h"
#include "shared/limits.h"

#define MINUTE_MS   (60 * 1000LL)
#define HOUR_MS     (60 * MINUTE_MS)
#define CLOCK_MS    (2 * MINUTE_MS)
#define DISK_BYTES  (200 * 1000 * 1000LL)
#define HOT_DEGREES 80
#define SLOW_MS     500

const char *const device_alarm_names[DEVICE_ALARMS] = {
    [DEVICE_NEVER] = "never",
    [DEVICE_SILENT] = "silent",
    [DEVICE_UNSENT] = "unsent",
    [DEVICE_DAMAGED] = "damaged",
    [DEVICE_REFUSED] = "refused",
    [DEVICE_MISSING] = "missing",
    [DEVICE_TWICE] = "twice",
    [DEVICE_CLOCK] = "clock",
    [DEVICE_DISK] = "disk",
    [DEVICE_HOT] = "hot",
    [DEVICE_UNTOUCHED] = "untouched",
    [DEVICE_SLOW] = "slow",
    [DEVICE_MODEM] = "modem",
    [DEVICE_PLAIN] = "plain",
};

/* A number of the heartbeat, or what stands for "it does not say". */
static int64_t
device_alarm_number(const struct node *beat, const char *key, int64_t unsaid)
{
	int64_t value;

	return node_integer(node_get(beat, key), &value) ? value : unsaid;
}

/* A time of the heartbeat, 0: it does not say. */
static int64_t
device_alarm_time_of(const struct node *beat, const char *key)
{
	const char *text = node_text(node_get(beat, key));
	int64_t at;
	int offset;

	return text != NULL && civil_parse_time(text, &at, &offset) ? at : 0;
}

static void
count_modems(const struct node *list, struct device_facts *facts)
{
	const char *state;

	if (!node_is(list, NODE_LIST))
		return;
	for (const struct node *m = list->first; m != NULL; m = m->next) {
		state = node_text(node_get(m, "state"));
		facts->modems++;
		facts->ready += state != NULL && strcmp(state, "ready") == 0;
	}
}

/* Answers or messages; what a modem could not read is no message to send. */
static int64_t
device_alarm_refused(const struct node *beat)
{
	return device_alarm_number(beat, "refused", 0) +
	       device_alarm_number(node_get(beat, "spool"), "refused", 0);
}

static void
read_facts(const struct device_report *look, const struct node *beat,
    struct device_facts *facts)
{
	const struct node *spool = node_get(beat, "spool");
	const char *version = node_text(node_get(beat, "version"));
	int64_t clock =
	    device_alarm_time_of(beat, spool == NULL ? "clock" : "time");

	memset(facts, 0, sizeof(*facts));
	facts->outbox = spool == NULL
			    ? device_alarm_number(beat, "outbox", -1)
			    : device_alarm_number(spool, "waiting", -1);
	facts->refused = device_alarm_refused(beat);
	facts->touched_at = device_alarm_time_of(beat, "touched_at");
	facts->tells_clock = clock != 0 || node_get(beat, "clock") != NULL;
	if (facts->tells_clock)
		facts->ahead_ms = clock - look->heard_at;
	count_modems(node_get(beat, "modems"), facts);
	if (version != NULL)
		strncpy(facts->version, version, sizeof(facts->version) - 1);
}

static unsigned
raise_alarm(enum device_alarm a, bool on)
{
	return on ? 1u << a : 0;
}

static bool
clock_wrong(const struct device_facts *facts)
{
	return facts->tells_clock &&
	       (facts->ahead_ms > CLOCK_MS || facts->ahead_ms < -CLOCK_MS);
}

/* How long the oldest has waited when it told so. */
static int64_t
oldest_ms(const struct node *beat, int64_t heard_at)
{
	int64_t at = device_alarm_time_of(node_get(beat, "spool"), "oldest_at");

	return at > 0 ? heard_at - at
		      : device_alarm_number(beat, "oldest_ms", 0);
}

static bool
is_gateway(const char *kind)
{
	return kind != NULL && strcmp(kind, "sms") == 0;
}

static bool
has_heartbeat(const char *kind)
{
	return kind == NULL || strcmp(kind, "kiosk") == 0 || is_gateway(kind);
}

bool
device_silent(const char *kind, int64_t heard_at, int64_t now)
{
	int64_t most =
	    is_gateway(kind) ? LIMIT_GATEWAY_SILENT_MS : LIMIT_KIOSK_SILENT_MS;

	return has_heartbeat(kind) && now - heard_at > most;
}

static unsigned
look_at(const struct device_report *look, const struct node *beat, int64_t now,
    const struct device_facts *facts)
{
	bool gaps = look->missing > 0 && facts->outbox == 0;

	return raise_alarm(DEVICE_NEVER, look->heard_at == 0) |
	       raise_alarm(DEVICE_SILENT,
		   look->heard_at != 0 &&
		       device_silent(look->kind, look->heard_at, now)) |
	       raise_alarm(
		   DEVICE_UNSENT, oldest_ms(beat, look->heard_at) > HOUR_MS) |
	       raise_alarm(DEVICE_DAMAGED,
		   device_alarm_number(beat, "damaged", 0) > 0) |
	       raise_alarm(DEVICE_REFUSED,
		   facts->refused > 0 ||
		       device_alarm_number(
			   node_get(beat, "spool"), "poison", 0) > 0) |
	       raise_alarm(DEVICE_MISSING, gaps) |
	       raise_alarm(DEVICE_TWICE, look->twice > 0) |
	       raise_alarm(DEVICE_CLOCK, clock_wrong(facts)) |
	       raise_alarm(DEVICE_DISK, device_alarm_number(beat, "free_bytes",
					    DISK_BYTES) < DISK_BYTES) |
	       raise_alarm(DEVICE_HOT,
		   device_alarm_number(beat, "temperature", 0) >= HOT_DEGREES) |
	       raise_alarm(DEVICE_UNTOUCHED,
		   facts->touched_at != 0 &&
		       now - facts->touched_at > 24 * HOUR_MS) |
	       raise_alarm(DEVICE_SLOW,
		   device_alarm_number(beat, "slowest_ms", 0) > SLOW_MS) |
	       raise_alarm(DEVICE_MODEM, facts->ready < facts->modems) |
	       raise_alarm(DEVICE_PLAIN,
		   node_is(node_get(beat, "insecure"), NODE_TRUE));
}

unsigned
device_alarms_find(
    const struct device_report *look, int64_t now, struct device_facts *facts)
{
	const struct node *beat = NULL;
	unsigned alarms = 0;
	struct arena a;
	char why[200];

	arena_init(&a);
	if (look->heartbeat != NULL)
		beat = json_read(&a, look->heartbeat, strlen(look->heartbeat),
		    why, sizeof(why));
	read_facts(look, beat, facts);
	if (has_heartbeat(look->kind))
		alarms = look_at(look, beat, now, facts);
	arena_finish(&a);
	return alarms;
}

int
device_alarms_rank(unsigned alarms)
{
	if ((alarms & (1u << DEVICE_NEVER | 1u << DEVICE_SILENT)) != 0)
		return 0;
	return alarms != 0 ? 1 : 2;
}

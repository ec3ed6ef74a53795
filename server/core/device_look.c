/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A heartbeat may lack anything: older kiosks say less, sensors are missing. */
#include "server/core/device_look.h"

#include <jansson.h>
#include <string.h>
#include "shared/civil.h"

#define MINUTE_MS   (60 * 1000LL)
#define HOUR_MS     (60 * MINUTE_MS)
#define SILENT_MS   (15 * MINUTE_MS)
#define CLOCK_MS    (2 * MINUTE_MS)
#define DISK_BYTES  (200 * 1000 * 1000LL)
#define HOT_DEGREES 80
#define SLOW_MS     500

const char *const device_alarms[DEVICE_ALARMS] = {
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
};

/* A number of the heartbeat, or what stands for "it does not say". */
static int64_t
number(const json_t *beat, const char *key, int64_t unsaid)
{
	const json_t *value = json_object_get(beat, key);

	return json_is_integer(value) ? json_integer_value(value) : unsaid;
}

static bool
time_of(const json_t *beat, const char *key, int64_t *at)
{
	const char *text = json_string_value(json_object_get(beat, key));
	int offset;

	return text != NULL && civil_parse_time(text, at, &offset);
}

static bool
clock_wrong(const json_t *beat, int64_t heard_at)
{
	int64_t clock;

	return time_of(beat, "clock", &clock) &&
	       (clock > heard_at + CLOCK_MS || clock < heard_at - CLOCK_MS);
}

static unsigned
alarm(enum device_alarm a, bool on)
{
	return on ? 1u << a : 0;
}

unsigned
device_look(
    const struct device_look *look, int64_t now, struct device_facts *facts)
{
	json_t *beat = look->heartbeat == NULL
			   ? NULL
			   : json_loads(look->heartbeat, 0, NULL);
	const char *version =
	    json_string_value(json_object_get(beat, "version"));
	unsigned alarms = 0;

	memset(facts, 0, sizeof(*facts));
	facts->outbox = number(beat, "outbox", -1);
	if (!time_of(beat, "touched_at", &facts->touched_at))
		facts->touched_at = 0;
	if (version != NULL)
		strncpy(facts->version, version, sizeof(facts->version) - 1);
	alarms |= alarm(DEVICE_NEVER, look->heard_at == 0);
	alarms |= alarm(DEVICE_SILENT,
	    look->heard_at != 0 && now - look->heard_at > SILENT_MS);
	alarms |= alarm(DEVICE_UNSENT, number(beat, "oldest_ms", 0) > HOUR_MS);
	alarms |= alarm(DEVICE_DAMAGED, number(beat, "damaged", 0) > 0);
	alarms |= alarm(DEVICE_REFUSED, number(beat, "refused", 0) > 0);
	alarms |=
	    alarm(DEVICE_MISSING, look->missing > 0 && facts->outbox == 0);
	alarms |= alarm(DEVICE_TWICE, look->twice > 0);
	alarms |= alarm(DEVICE_CLOCK, clock_wrong(beat, look->heard_at));
	alarms |= alarm(
	    DEVICE_DISK, number(beat, "free_bytes", DISK_BYTES) < DISK_BYTES);
	alarms |=
	    alarm(DEVICE_HOT, number(beat, "temperature", 0) >= HOT_DEGREES);
	alarms |= alarm(DEVICE_UNTOUCHED,
	    facts->touched_at != 0 && now - facts->touched_at > 24 * HOUR_MS);
	alarms |= alarm(DEVICE_SLOW, number(beat, "slowest_ms", 0) > SLOW_MS);
	json_decref(beat);
	return alarms;
}

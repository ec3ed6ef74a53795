/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is wrong with a kiosk or an SMS gateway, from what it told last and
 * when: silent ones, full ones, untouched ones (a dead panel looks exactly like
 * people without an opinion). Pure. The heartbeats: shared/protocol.md.
 */
#ifndef HAILONG_SERVER_CORE_DEVICE_DEVICE_ALARMS_H
#define HAILONG_SERVER_CORE_DEVICE_DEVICE_ALARMS_H

#include <stdbool.h>
#include <stdint.h>

enum device_alarm {
	DEVICE_NEVER,     /* it was never heard */
	DEVICE_SILENT,    /* three or six heartbeats are missed */
	DEVICE_UNSENT,    /* answers have waited for an hour */
	DEVICE_DAMAGED,   /* an outbox was set aside */
	DEVICE_REFUSED,   /* answers that we refused */
	DEVICE_MISSING,   /* its counter has gaps, and nothing is unsent */
	DEVICE_TWICE,     /* a counter value came twice: copied, or set back */
	DEVICE_CLOCK,     /* its clock is wrong */
	DEVICE_DISK,      /* less than 200 MB are free */
	DEVICE_HOT,       /* 80 °C or more */
	DEVICE_UNTOUCHED, /* not for a day */
	DEVICE_SLOW,      /* a touch was not shown for half a second */
	DEVICE_MODEM,     /* a gateway's modem is not ready */
	DEVICE_PLAIN,     /* it speaks plain http with us, from elsewhere */
	DEVICE_ALARMS
};

/* "never", "silent", … : keys of the words begin with devices.alarm. */
extern const char *const device_alarm_names[DEVICE_ALARMS];

struct device_report {
	int64_t heard_at;       /* 0: never */
	const char *heartbeat;  /* JSON, NULL: none */
	int64_t missing, twice; /* of its counter */
	const char *kind; /* NULL: kiosk; import, viewer have no heartbeat */
};

/* What a heartbeat says, for a table; -1 and 0 where it says nothing. */
struct device_facts {
	int64_t outbox;  /* answers, or messages, that are not delivered */
	int64_t refused; /* of them that we refused, and it keeps */
	int64_t touched_at;
	bool tells_clock;
	int64_t ahead_ms; /* its clock before ours, negative: behind */
	int modems, ready;
	char version[24];
};

/* Whether a device (kind as in device_report), heard last at a time in ms since
 * 1970 (0: never), has been silent for too long (shared/limits.h). False for
 * kinds without a heartbeat. */
bool device_silent(const char *kind, int64_t heard_at, int64_t now);

/* The alarms as bits (1 << enum device_alarm), and the facts. */
unsigned device_alarms_find(
    const struct device_report *look, int64_t now, struct device_facts *facts);

/* In which order people should see them: 0 those that are silent, 1 those with
 * any other alarm, 2 the rest. */
int device_alarms_rank(unsigned alarms);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the collector's replies to a kiosk say, answers and heartbeat apart
 * (shared/reply_verdict.h, heartbeat.h). Whatever is not provably such a reply
 * says nothing: a portal's page, a filter's "{}", a stale copy. Pure.
 */
#ifndef HAILONG_KIOSK_REPLIES_H
#define HAILONG_KIOSK_REPLIES_H

#include <stdbool.h>
#include <stdint.h>
#include "kiosk/settings.h"
#include "shared/reply_verdict.h"

/* A citizen who was called to the desk. */
struct reply_call {
	long long number;
	const char *token; /* the reply's own, until reply_call_finish */
	int64_t lasts_ms;  /* 0: it is over */
	bool knows_field;
	json_t *json;
};

enum reply_enrolment {
	REPLY_ENROL_NONE,     /* not the collector's */
	REPLY_ENROL_WAITING,  /* the code is not approved yet */
	REPLY_ENROL_APPROVED, /* token and key are there */
	REPLY_ENROL_TAKEN,    /* another kiosk shows this code */
};

/* The desk's settings, as of settings_read; NULL for what is none. */
struct settings *reply_settings(const struct reply *reply, enum lang lang);
/* Reads the reply to a look for calls behind number after. False when it is no
 * call, or that one again. Finish it when true. */
bool reply_call_read(
    const struct reply *reply, long long after, struct reply_call *out);
void reply_call_finish(struct reply_call *call);
/* How many bytes of a file of that size the collector has; -1: not said. */
long long reply_piece(const struct reply *reply, long long size);
/* What became of an enrolment; *json, when it is approved or waits, is the
 * reply, to be released. */
enum reply_enrolment reply_enrolment(const struct reply *reply, json_t **json);

#endif

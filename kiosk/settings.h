/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A desk's settings as the collector gives them (GET /api/v1/kiosk): names,
 * languages, questions, hours, time-outs. A struct settings never changes once
 * it is made.
 */
#ifndef HAILONG_KIOSK_SETTINGS_H
#define HAILONG_KIOSK_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include "kiosk/flow.h"
#include "shared/arena.h"
#include "shared/hours.h"
#include "shared/keys.h"
#include "shared/limits.h"
#include "shared/text.h"

#define SETTINGS_FIELDS 96 /* more than any desk has */
#define SETTINGS_BYTES  (256 * 1024)

/* Something to choose or to rate: a reason, a field, a factor. */
struct settings_choice {
	const char *code;
	const char *words[LANG_COUNT];
};

struct settings {
	struct arena arena; /* of all the strings here */
	const char *desk;   /* code; NULL: the collector takes the device's */
	const char *desk_name, *unit_name; /* "" when unknown */
	const char *form;                  /* code */
	int form_version;
	const char *question[LANG_COUNT];
	enum lang langs[LANG_COUNT]; /* offered, the first one first */
	size_t nlangs;
	struct settings_choice reasons[LIMIT_REASONS];
	size_t nreasons;
	struct settings_choice fields[SETTINGS_FIELDS];
	size_t nfields; /* 0: the field is not asked */
	struct settings_choice factors[FLOW_FACTORS];
	size_t nfactors; /* 0: they are not asked */
	const char *sms; /* number to text to; "" when unknown */
	const char *qr;  /* address of the desk's form; "" when unknown */
	struct hours hours;
	bool voice;      /* may read aloud */
	const char *pin; /* hash of the operator's, sealed for this device's
			  * key; "": none is set, or it has no key */
	const char *key; /* the collector's public key, as text; "" none */
	const char *more_key; /* proves the QR's tokens (shared/more_token.h);
			       * "": a collector of a former version */
	struct flow_settings flow;
};

/* Reads the collector's JSON; lang is the first language (kiosk.ini), it is
 * taken from the list only if that does not have it. NULL, logged, for what is
 * no such document; a time-out out of all reason falls back to its default. */
struct settings *settings_read(const char *json, enum lang lang);
/* The settings before any were fetched: the built-in form one-stop, one
 * language, no field, no name. Never NULL; the caller frees. */
struct settings *settings_builtin(enum lang lang);
/* The last good ones of an earlier run; NULL when there are none, or when they
 * are not signed by the collector's key (NULL: any will do). */
struct settings *settings_load(
    const char *path, enum lang lang, const uint8_t *collector);
/* Whether the desk is open at an instant; also true while
 * the clock was never set. */
bool settings_open(const struct settings *s, int64_t now);
/* Frees; NULL is allowed. */
void settings_free(struct settings *s);

#endif

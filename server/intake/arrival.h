/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the collector makes of an answer that a device hands over, beyond the
 * answer's own words: when it was really given, which dossier it is tied to,
 * whether the device's counter has gaps, and whether a comment waits for it.
 */
#ifndef HAILONG_SERVER_INTAKE_ARRIVAL_H
#define HAILONG_SERVER_INTAKE_ARRIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include "server/intake/check.h"
#include "server/http/request.h"

/* The device's clock, as it was when the request was sent. */
struct device_clock {
	const char *boot; /* NULL: it did not say */
	int64_t began_at; /* that boot, by our clock */
};

/* One answer on its way in. */
struct arrival {
	struct entry *entry;
	const char *token;   /* the sender's, NULL: none */
	const char *dossier; /* key it is tied to, NULL: none */
	int64_t said_at; /* by a wrong clock, kept beside; 0: it was right */
};

/* Reads a request's "BOOT MONO"; what cannot be read tells nothing. */
struct device_clock arrival_clock(const struct request *req);
/* Puts the entry's time right, and finds what the answer's token ties it to;
 * reads the database. True: it is tied to a dossier and must be stored by
 * arrival_tie, not with the others. */
bool arrival_look(struct ctx *ctx, struct request *req,
    const struct device_clock *clock, const struct answer *answer,
    struct arrival *a);
/* How fast a kiosk's answers may be, and when by its own clock this one was;
 * after arrival_look. */
void arrival_pace(
    struct ctx *ctx, const struct answer *answer, struct entry *entry);
/* In the writer's transaction: stores one that is tied. The first answer of a
 * dossier counts; one more is kept and set aside. */
bool arrival_tie(
    struct db *db, struct tallies *tallies, struct arrival *a, int64_t now);
/* In the writer's transaction, after all of them are stored: counter, clock,
 * tokens. */
bool arrival_note(struct db *db, struct request *req,
    const struct device_clock *clock, const struct arrival *list, size_t n);

#endif

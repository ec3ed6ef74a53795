/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unusual bursts: which answers come in a way that people do not come. Answers
 * are counted in windows of time, each window against what the desk usually has
 * at that hour. A window that has too many opens, with all that it had so far,
 * and what comes later into it or into the next one belongs to the burst too.
 * Nothing is refused and nothing set aside: a person decides (core/cases).
 *
 * Pure: it keeps counts and the ids of an open question in memory, no address
 * and no word. A collector that is started again begins anew; where several
 * share a database, each sees what came to itself.
 */
#ifndef HAILONG_SERVER_CORE_BURST_BURST_H
#define HAILONG_SERVER_CORE_BURST_BURST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/hours.h"
#include "shared/uuid.h"

/* What is counted, the most telling first. */
enum burst_why {
	BURST_FAST,    /* more from one device than fingers can give */
	BURST_SOURCE,  /* from one source (a keyed hash of the address) */
	BURST_UNASKED, /* web answers whose page was not read before */
	BURST_EQUAL,   /* one and the same answer, without a comment */
	BURST_FLOW,    /* all answers of a desk and channel */
	BURST_NONE
};

/* An answer as the watch sees it. Strings are borrowed for the call. */
struct burst_answer {
	struct uuid id;
	const char *desk, *channel; /* a code; "web", "kiosk" */
	const char *device;         /* "": none */
	int64_t at;                 /* when it was given, ms since 1970 */
	int64_t received_at;        /* our clock, likewise */
	int64_t paced_at; /* ms by a clock of the device that does not jump */
	int pace;         /* what a person can give in a minute; 0: no limit */
	uint64_t said;    /* hash of scores and reasons; 0: it has a comment */
	uint64_t source;  /* 0: not known */
	const struct hours *hours; /* the desk's; NULL: not known */
	bool unasked;              /* no page was read before */
	bool unsure;               /* the time is not known: paced only */
};

/* What a desk usually gets by a channel: mean of the days that had answers, and
 * of those of this weekday; days: how many there were. */
struct burst_usual {
	const char *desk, *channel;
	double mean, weekday;
	int days;
};

struct burst_watch;

/* Makes an empty watch; seed: random, of this process. The caller destroys it.
 */
struct burst_watch *burst_watch_create(uint64_t seed);
/* Frees it. NULL is allowed. */
void burst_watch_destroy(struct burst_watch *w);
/* Replaces what is usual by this list, of the last weeks. */
void burst_learn(
    struct burst_watch *w, const struct burst_usual *list, size_t n);

/* Before an answer is stored: the burst it comes into, or BURST_NONE. */
enum burst_why burst_look(
    const struct burst_watch *w, const struct burst_answer *a);
/* After it was stored: counts it. marked: burst_look put it into a burst.
 * Returns why a burst is recognized now, and in *ids, of the watch until the
 * next call, those that belong to it and were not known to; BURST_NONE and none
 * for a usual answer. */
enum burst_why burst_add(struct burst_watch *w, const struct burst_answer *a,
    bool marked, const struct uuid **ids, size_t *count);
/* What was counted since the last of these two calls is on the disk … */
void burst_keep(struct burst_watch *w);
/* … or is not, and will be counted again. */
void burst_undo(struct burst_watch *w);

/* The flag of an answer in a burst: "unusual_flow", …; "" for BURST_NONE. */
const char *burst_flag(enum burst_why why);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When a desk is open, as one line that a person writes and reads:
 *
 *	Mon-Fri 07:00-11:30 13:30-17:00; Sat 07:30-11:00; closed
 *2027-02-05..2027-02-11
 *
 * Groups are separated by semicolons: days with their times, or days of the
 * calendar on which the desk stays closed. Nothing at all: always open. Pure.
 */
#ifndef HAILONG_SHARED_HOURS_H
#define HAILONG_SHARED_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/arena.h"
#include "shared/limits.h"
#include "shared/text.h"

#define HOURS_GROUPS  8
#define HOURS_SPANS   4 /* of one day */
#define HOURS_CLOSED  32
#define HOURS_MINUTES (24 * 60)

/* Minutes of the day, until exclusive. */
struct hours_span {
	int from, until;
};

/* The days first..last of the week (1 Monday … 7 Sunday) and their times. */
struct hours_group {
	int first, last;
	struct hours_span spans[HOURS_SPANS];
	size_t nspans;
};

struct hours {
	struct hours_group groups[HOURS_GROUPS];
	size_t ngroups; /* 0: always open */
	struct {
		int32_t first, last; /* local days */
	} closed[HOURS_CLOSED];
	size_t nclosed;
};

/* Reads the line; false with one sentence in error. */
bool hours_read(
    const char *text, struct hours *out, char error[LIMIT_ERROR_BYTES]);
/* True when the desk is open on that local day at that minute of it. */
bool hours_open(const struct hours *h, int32_t day, int minute);
/* The times of the week in a language, for the closed screen; "" when always
 * open. */
const char *hours_words(struct arena *a, const struct hours *h, enum lang lang);

#endif

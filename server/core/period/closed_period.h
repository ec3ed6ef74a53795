/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Periods whose figures are frozen, as the catalogue knows them: whoever reads
 * a period by its name learns here which days it had when it was closed, and
 * whose counts to read. Pure.
 */
#ifndef HAILONG_SERVER_CORE_PERIOD_CLOSED_PERIOD_H
#define HAILONG_SERVER_CORE_PERIOD_CLOSED_PERIOD_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/score/period.h"

struct catalogue;

struct closed_period {
	struct period period; /* with the days that it was closed with */
	int64_t snapshot;     /* its counts: store/period/snapshot.h */
	int64_t revision;     /* of the snapshot, from 1 */
	int64_t at;           /* when that was taken, ms */
};

/* The closing of a period of the same name; NULL: it is open. Then p gets the
 * days it was closed with, whatever the house has set since. */
const struct closed_period *closed_period_of(
    const struct catalogue *c, struct period *p);
/* Reads a period as it is written (period_parse), with the days that count:
 * those of its closing, else those of the house's setting. closed may be NULL.
 */
bool closed_period_parse(const struct catalogue *c, const char *text,
    struct period *out, const struct closed_period **closed);

#endif

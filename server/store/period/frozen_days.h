/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts over a time that a closed period is a part of, for the steps of a
 * trend: the period's own days are those of its snapshot, so that no figure of
 * its pages moves; the days around them move.
 */
#ifndef HAILONG_SERVER_STORE_PERIOD_FROZEN_DAYS_H
#define HAILONG_SERVER_STORE_PERIOD_FROZEN_DAYS_H

#include <stdbool.h>
#include <stdint.h>

struct closed_period;
struct db;
struct tallies;

/* The days first..last, day by day. closed may be NULL. */
bool store_period_days(struct db *db, int32_t first, int32_t last,
    const struct closed_period *closed, struct tallies *out);
/* The months from..to (core/score/period.h), month by month; likewise. */
bool store_period_months(struct db *db, int64_t from, int64_t to,
    const struct closed_period *closed, struct tallies *out);

#endif

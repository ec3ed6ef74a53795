/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the days of a quarter may be cut apart: so that whatever lies between
 * two cuts holds no answer, or at least as many as may be shown. Pure.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_SUPPRESS_CUTS_H
#define HAILONG_SERVER_CORE_SCORE_SUPPRESS_CUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True when a row with these answers day by day (n days, the first of them the
 * civil day `first`, a whole quarter) may be cut after the day first + at:
 * months are cut apart before weeks, and weeks before days, so that the longer
 * piece is the one that can be shown. False for a row that has answers, but
 * fewer than `least`. */
bool suppress_may_cut(
    const int64_t *days, size_t n, int32_t first, int64_t least, size_t at);
/* How good a place for a cut the end of a day is: 2 the end of a month, 1 of a
 * week, 0 of another day. */
int suppress_end_rank(int32_t day);

#endif

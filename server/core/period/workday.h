/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Working days of Vietnamese offices: Monday to Friday, without the holidays
 * that have a fixed date (Labour Code 2019, article 112: 1 January, 30 April,
 * 1 May, 2 September; one that falls on a weekend is made up for on the next
 * working day, article 111) and without the days that the house has entered:
 * Tết, the Hùng Kings, the second day of the national day, which go by the moon
 * or are set each year. Pure.
 */
#ifndef HAILONG_SERVER_CORE_PERIOD_WORKDAY_H
#define HAILONG_SERVER_CORE_PERIOD_WORKDAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days that the house has entered: off, or (a weekend that is worked) not. */
struct day_off {
	int32_t day;
	bool off;
	const char *name; /* "Tết Nguyên đán"; not needed to count */
};

/* True when offices work on this civil day. */
bool workday_is(int32_t day, const struct day_off *entered, size_t n);
/* The count-th working day after this day (count >= 0; 0: the day itself). */
int32_t workday_after(
    int32_t day, int count, const struct day_off *entered, size_t n);

#endif

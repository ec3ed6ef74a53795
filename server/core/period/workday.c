/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the house has entered goes before every rule. A holiday on a weekend
 * moves to the first day after it that is neither weekend, holiday nor taken by
 * the holiday before: looked for from each of the year's, in their order.
 */
#include "server/core/period/workday.h"

#include "shared/civil.h"

static const struct {
	int month, day;
} fixed[] = {{1, 1}, {4, 30}, {5, 1}, {9, 2}};

#define NFIXED (sizeof(fixed) / sizeof(*fixed))

static bool
weekend(int32_t day)
{
	return civil_weekday(day) > 5;
}

static bool
fixed_holiday(int32_t day)
{
	struct civil date = civil_from_day(day);

	for (size_t i = 0; i < NFIXED; i++)
		if (fixed[i].month == date.month && fixed[i].day == date.day)
			return true;
	return false;
}

/* The day is off in place of a holiday of its year that fell on a weekend. */
static bool
made_up(int32_t day)
{
	int year = civil_from_day(day).year;
	int32_t taken = 0;

	for (size_t i = 0; i < NFIXED; i++) {
		struct civil date = {year, fixed[i].month, fixed[i].day};
		int32_t next = civil_to_day(date);

		if (!weekend(next))
			continue;
		while (weekend(next) || fixed_holiday(next) || next <= taken)
			next++;
		if (next == day)
			return true;
		taken = next;
	}
	return false;
}

bool
workday_is(int32_t day, const struct day_off *entered, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (entered[i].day == day)
			return !entered[i].off;
	return !weekend(day) && !fixed_holiday(day) && !made_up(day);
}

int32_t
workday_after(int32_t day, int count, const struct day_off *entered, size_t n)
{
	while (count > 0)
		count -= workday_is(++day, entered, n) ? 1 : 0;
	return day;
}

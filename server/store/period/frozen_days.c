/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Before, within, behind: three readings. Months that the period has a day of
 * are made of days; the others come from the table by month.
 */
#include "server/store/period/frozen_days.h"

#include "server/core/period/closed_period.h"
#include "server/core/score/tally.h"
#include "server/store/period/snapshot.h"
#include "server/store/tallies.h"

static int32_t
sooner(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t
later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

bool
store_period_days(struct db *db, int32_t first, int32_t last,
    const struct closed_period *closed, struct tallies *out)
{
	int32_t begin, end;

	if (closed == NULL || closed->period.first > last ||
	    closed->period.last < first)
		return store_tallies_sum(db, first, last, true, out);
	begin = later(first, closed->period.first);
	end = sooner(last, closed->period.last);
	return (first == begin ||
		   store_tallies_sum(db, first, begin - 1, true, out)) &&
	       store_snapshot_tallies(
		   db, closed->snapshot, begin, end, true, out) &&
	       (end == last || store_tallies_sum(db, end + 1, last, true, out));
}

/* The months from..to, made of days. */
static bool
months_of_days(struct db *db, int64_t from, int64_t to,
    const struct closed_period *closed, struct tallies *out)
{
	struct tallies days, months;
	bool ok;

	tallies_init(&days);
	ok = store_period_days(db, period_month_first(from),
	    period_month_first(to + 1) - 1, closed, &days);
	tallies_sort(&days);
	tallies_months(&days, &months);
	for (size_t i = 0; i < months.count; i++)
		tally_add(
		    tallies_row(out, &months.rows[i].key), &months.rows[i]);
	tallies_finish(&months);
	tallies_finish(&days);
	return ok;
}

bool
store_period_months(struct db *db, int64_t from, int64_t to,
    const struct closed_period *closed, struct tallies *out)
{
	int64_t begin, end;

	if (closed == NULL || period_month(closed->period.first) > to ||
	    period_month(closed->period.last) < from)
		return store_tallies_months(db, from, to, out);
	begin = period_month(closed->period.first);
	end = period_month(closed->period.last);
	begin = begin > from ? begin : from;
	end = end < to ? end : to;
	return (from == begin ||
		   store_tallies_months(db, from, begin - 1, out)) &&
	       months_of_days(db, begin, end, closed, out) &&
	       (end == to || store_tallies_months(db, end + 1, to, out));
}

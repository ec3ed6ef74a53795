/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Months of whole quarters always; days only of those quarters in which
 * something is cut within a month. */
#include "server/store/small_numbers.h"

#include "server/store/tallies.h"

#include "server/core/score/period.h"

static bool
read_quarter_days(
    struct db *db, int32_t first, int32_t last, struct small_numbers *out)
{
	struct suppress_days *days = &out->source.days[out->source.ndays];
	struct tallies *tallies = &out->days[out->source.ndays++];

	days->tallies = tallies;
	suppress_quarters(first, last, &days->first, &days->last);
	if (!store_tallies_sum(db, days->first, days->last, true, tallies))
		return false;
	tallies_sort(tallies);
	return true;
}

bool
store_small_numbers(struct db *db, int32_t first, int32_t last, bool by_day,
    int64_t least, struct small_numbers *out)
{
	int32_t from, to;

	*out = (struct small_numbers){
	    .source = {.months = &out->months, .least = least}};
	tallies_init(&out->months);
	tallies_init(&out->days[0]);
	tallies_init(&out->days[1]);
	if (least <= 0)
		return true;
	suppress_quarters(first, last, &from, &to);
	if (!store_tallies_months(
		db, period_month(from), period_month(to), &out->months))
		return false;
	tallies_sort(&out->months);
	if (by_day)
		return read_quarter_days(db, first, last, out);
	return (!suppress_needs_days(first - 1) ||
		   read_quarter_days(db, first, first, out)) &&
	       (!suppress_needs_days(last) ||
		   read_quarter_days(db, last, last, out));
}

void
small_numbers_finish(struct small_numbers *numbers)
{
	tallies_finish(&numbers->months);
	tallies_finish(&numbers->days[0]);
	tallies_finish(&numbers->days[1]);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * period list: every period of the plan from the first answer on, and whatever
 * else was closed, the newest first: name, days, cut-off, state, how often it
 * was frozen, and when last. Two persons close one, in the pages.
 */
#include "server/command/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/plan.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/period/periods.h"
#include "server/store/tallies.h"
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/clock.h"

/* When a period was frozen last, "-" while it is not. */
static void
frozen_at(const struct catalogue *c, struct period p, char out[CIVIL_TIME_TEXT])
{
	const struct closed_period *closed = closed_period_of(c, &p);

	if (closed == NULL)
		snprintf(out, CIVIL_TIME_TEXT, "-");
	else
		civil_format_time(closed->at, civil_offset(closed->at), out);
}

static void
print_period(const struct catalogue *c, const struct period_row *row)
{
	char name[PERIOD_TEXT], first[CIVIL_DATE_TEXT], last[CIVIL_DATE_TEXT],
	    at[CIVIL_TIME_TEXT];

	period_name(&row->period, name);
	civil_format_date(row->period.first, first);
	civil_format_date(row->period.last, last);
	frozen_at(c, row->period, at);
	printf("%-8s %s..%s %-8s %-9s %2" PRId64 " %s\n", name, first, last,
	    period_cut_words[row->period.cut], closing_state_words[row->state],
	    row->revision, at);
}

static int
compare_periods(const void *x, const void *y)
{
	const struct period *a = &((const struct period_row *)x)->period;
	const struct period *b = &((const struct period_row *)y)->period;

	if (a->last != b->last)
		return a->last > b->last ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

/* Adds the plan's periods that nothing was done about yet. */
static void
add_plan(struct db *db, const struct catalogue *c, struct arena *a,
    struct period_row **list, size_t *count)
{
	size_t known = *count, nplan;
	struct period *plan;
	int64_t month;

	if (!store_tallies_begin(db, &month))
		return;
	plan_periods(c, period_month_first(month), civil_local_day(clock_now()),
	    a, &plan, &nplan);
	for (size_t i = 0; i < nplan; i++) {
		struct period_row row = {.period = plan[i]};
		bool there = false;

		for (size_t j = 0; j < known; j++)
			there |= period_same(&(*list)[j].period, &row.period);
		if (!there)
			*(struct period_row *)arena_append(
			    a, list, count, sizeof(row)) = row;
	}
}

static int
list_periods(const struct command *c, struct db *db)
{
	struct catalogue *catalogue = store_catalogue(db);
	struct period_row *list;
	struct arena a;
	size_t count;
	bool ok;

	arena_init(&a);
	ok = catalogue != NULL && store_periods(db, &a, &list, &count);
	if (ok) {
		add_plan(db, catalogue, &a, &list, &count);
		if (count > 1)
			qsort(list, count, sizeof(*list), compare_periods);
		for (size_t i = 0; i < count; i++)
			print_period(catalogue, &list[i]);
	}
	arena_finish(&a);
	catalogue_destroy(catalogue);
	return ok ? 0 : command_fail(c, 1, "cannot be read (see above)");
}

int
command_period(const struct command *c)
{
	const struct option_row options[] = {{NULL, false, NULL}};
	const char *word = "";
	struct db *db;
	int n, status;

	if (!command_options(c, options, &word, 1, &n))
		return 2;
	if (n != 1 || strcmp(word, "list") != 0)
		return command_fail(c, 2,
		    "period list (two persons close a period, in the pages)");
	db = command_db(c, DB_READ);
	if (db == NULL)
		return 1;
	status = list_periods(c, db);
	db_close(db);
	return status;
}

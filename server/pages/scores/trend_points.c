/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each step is a part of counts that are sorted by time, made to a row like any
 * other. Weeks are those of ISO 8601: from Monday to Sunday, and the one with
 * the year's first Thursday is the first.
 */
#include "server/pages/scores/trend_points.h"

#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/limits.h"

/* A step from its part of the counts. */
static void
count_trend_point(const struct scope *scope,
    const struct cached_tallies *counts, int64_t first, int64_t last,
    const char *population, struct trend_point *s)
{
	struct tallies part = tallies_part(&counts->tallies, first, last);
	bool months = counts == scope->months;

	s->row = scope_step(scope, &part,
	    months ? period_month_first(first) : (int32_t)first,
	    months ? period_month_first(last + 1) - 1 : (int32_t)last,
	    population);
}

static size_t
count_months(const struct scope *scope, int64_t first, int64_t last,
    const char *population, struct trend_point *steps)
{
	size_t n = 0;

	for (int64_t month = first; month <= last && n < CHART_POINTS;
	     month++, n++) {
		int year = (int)(month / 12), number = (int)(month % 12) + 1;
		struct trend_point *s = &steps[n];

		count_trend_point(
		    scope, scope->months, month, month, population, s);
		s->label = arena_printf(
		    scope->page->arena, "%d/%02d", number, year % 100);
		s->name =
		    arena_printf(scope->page->arena, "%02d/%d", number, year);
	}
	return n;
}

size_t
trend_points_months(const struct scope *scope, const char *population,
    struct trend_point *steps)
{
	return count_months(scope, scope->months_last - SCOPE_MONTHS + 1,
	    scope->months_last, population, steps);
}

/* Of the week that begins on this Monday. */
static int
iso_week(int32_t first)
{
	int32_t thursday = first + 3;
	struct civil year = {civil_from_day(thursday).year, 1, 1};

	return (thursday - civil_to_day(year)) / 7 + 1;
}

static const char *
day_and_month(const struct scope *scope, int32_t day)
{
	struct civil c = civil_from_day(day);

	return arena_printf(scope->page->arena, "%02d/%02d", c.day, c.month);
}

static size_t
count_weeks(const struct scope *scope, const char *population,
    struct trend_point *steps)
{
	size_t n = 0;

	for (int32_t day = scope->steps_first;
	     day <= scope->steps_last && n < CHART_POINTS; day += 7, n++) {
		const char *number =
		    arena_printf(scope->page->arena, "%d", iso_week(day));
		struct trend_point *s = &steps[n];

		count_trend_point(
		    scope, scope->days, day, day + 6, population, s);
		s->label =
		    page_fill(scope->page, "week.short", "number", number);
		s->name = page_fill(scope->page, "week.long", "number", number,
		    "from", day_and_month(scope, day), "to",
		    day_and_month(scope, day + 6));
	}
	return n;
}

size_t
trend_points_draw(const struct scope *scope, const char *population,
    struct trend_point steps[CHART_POINTS])
{
	if (scope->weekly)
		return count_weeks(scope, population, steps);
	return count_months(scope, period_month(scope->steps_first),
	    scope->months_last, population, steps);
}

void
trend_points_before(const struct scope *scope, const char *population,
    int64_t *satisfied, int64_t *valid)
{
	struct trend_point s;
	int64_t month = period_month(scope->steps_first);

	count_trend_point(scope, scope->months, month - SCOPE_MONTHS_PRIOR,
	    month - 1, population, &s);
	*satisfied = s.row.judgement.satisfied;
	*valid = s.row.judgement.valid;
}

static const char *
step_share(const struct scope *scope, const struct score *row)
{
	return scope_share(scope, row->judgement.satisfied,
	    row->judgement.valid, row->percent4);
}

void
trend_points_chart(const struct scope *scope, const struct trend_point *steps,
    size_t n, struct chart_point *points)
{
	for (size_t i = 0; i < n; i++) {
		const struct score *row = &steps[i].row;
		int64_t valid = row->judgement.valid;
		bool any = valid > 0 && !figure_hidden(row);

		points[i] = (struct chart_point){.has_share = any,
		    .share = any ? 100 * row->judgement.share : 0,
		    .has_interval = any,
		    .lo = any ? 100 * row->judged.lo : 0,
		    .hi = any ? 100 * row->judged.hi : 0,
		    .few = valid < JUDGE_ENOUGH,
		    .label = steps[i].label};
		if (any)
			points[i].title = arena_printf(scope->page->arena,
			    "%s: %s%%", steps[i].name, step_share(scope, row));
	}
}

json_t *
trend_points_table(
    const struct scope *scope, const struct trend_point *steps, size_t n)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < n; i++) {
		json_t *row = json_object();

		put_text(row, "name", steps[i].name);
		figure_put(row, scope, &steps[i].row);
		json_array_append_new(rows, row);
	}
	return rows;
}

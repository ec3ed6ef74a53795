/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each step is a part of counts that are sorted by time, made to a row like any
 * other. Weeks are those of ISO 8601: from Monday to Sunday, and the one with
 * the year's first Thursday is the first.
 */
#include "server/pages/scores/trend_points.h"

#include "server/core/score/formula.h"
#include "server/pages/scores/scope.h"
#include "server/view/number.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/limits.h"

/* A step from its part of the counts. */
static void
count_trend_point(const struct scope *scope,
    const struct cached_tallies *counts, int64_t first, int64_t last,
    const char *population, struct trend_point *s)
{
	struct score_query q = scope_query(scope, BY_POPULATION, population);
	struct tallies part = tallies_part(&counts->tallies, first, last);
	struct score_counts sum = {0};

	scores_count(&part, scope->page->ctx->catalogue, &q, &sum);
	s->satisfied = sum.values[4] + sum.values[5];
	s->valid = formula_valid(sum.values);
	s->percent4 = scores_target(scope->page->ctx->catalogue, &q);
	s->wilson = s->valid == 0 ? interval_none()
				  : interval_wilson(
					(double)s->satisfied / (double)s->valid,
					(double)s->valid, INTERVAL_CONF);
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
	*satisfied = s.satisfied;
	*valid = s.valid;
}

static const char *
step_share(const struct scope *scope, const struct trend_point *s)
{
	return scope_share(scope, s->satisfied, s->valid, s->percent4);
}

void
trend_points_chart(const struct scope *scope, const struct trend_point *steps,
    size_t n, struct chart_point *points)
{
	for (size_t i = 0; i < n; i++) {
		const struct trend_point *s = &steps[i];
		bool any = s->valid >= scope_least(scope);

		points[i] = (struct chart_point){.has_share = any,
		    .share =
			any ? 100 * (double)s->satisfied / (double)s->valid : 0,
		    .has_interval = any,
		    .lo = any ? 100 * s->wilson.lo : 0,
		    .hi = any ? 100 * s->wilson.hi : 0,
		    .few = s->valid < JUDGE_ENOUGH,
		    .label = s->label};
		if (any)
			points[i].title = arena_printf(scope->page->arena,
			    "%s: %s%%", s->name, step_share(scope, s));
	}
}

json_t *
trend_points_table(
    const struct scope *scope, const struct trend_point *steps, size_t n)
{
	json_t *rows = json_array();
	char lo[NUMBER_TEXT], hi[NUMBER_TEXT];

	for (size_t i = 0; i < n; i++) {
		const struct trend_point *s = &steps[i];
		bool any = s->valid >= scope_least(scope);

		number_low(100 * s->wilson.lo, (int)s->percent4,
		    page_mark(scope->page), lo);
		number_high(100 * s->wilson.hi, (int)s->percent4,
		    page_mark(scope->page), hi);
		json_t *row = json_object();

		put_text(row, "name", s->name);
		put_text(row, "valid", scope_few(scope, s->valid));
		put_text(row, "share", any ? step_share(scope, s) : NULL);
		put_text(row, "lo", any ? lo : NULL);
		put_text(row, "hi", any ? hi : NULL);
		json_array_append_new(rows, row);
	}
	return rows;
}

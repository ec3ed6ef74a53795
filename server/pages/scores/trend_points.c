/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each step is a part of counts that are sorted by time, made to a row like any
 * other. Weeks are those of ISO 8601: from Monday to Sunday, and the one with
 * the year's first Thursday is the first.
 */
#include "server/pages/scores/trend_points.h"

#include "server/core/score/formula.h"
#include "server/view/number.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/limits.h"

/* A step from its part of the counts. */
static void
count(const struct scope *l, const struct cached_tallies *counts, int64_t first,
    int64_t last, const char *population, struct trend_point *s)
{
	struct score_query q = scope_query(l, BY_POPULATION, population);
	struct tallies part = tallies_part(&counts->tallies, first, last);
	int64_t values[FORMULA_VALUES] = {0};

	scores_count(&part, l->ctx->catalogue, &q, values);
	s->satisfied = values[4] + values[5];
	s->valid = formula_valid(values);
	s->wilson = s->valid == 0 ? interval_none()
				  : interval_wilson(
					(double)s->satisfied / (double)s->valid,
					(double)s->valid, INTERVAL_CONF);
}

static size_t
count_months(const struct scope *l, int64_t first, int64_t last,
    const char *population, struct trend_point *steps)
{
	size_t n = 0;

	for (int64_t month = first; month <= last && n < CHART_POINTS;
	     month++, n++) {
		int year = (int)(month / 12), number = (int)(month % 12) + 1;
		struct trend_point *s = &steps[n];

		count(l, l->months, month, month, population, s);
		s->label =
		    arena_printf(l->arena, "%d/%02d", number, year % 100);
		s->name = arena_printf(l->arena, "%02d/%d", number, year);
	}
	return n;
}

size_t
trend_points_months(const struct scope *l, const char *population,
    struct trend_point steps[SCOPE_MONTHS])
{
	return count_months(l, l->months_last - SCOPE_MONTHS + 1,
	    l->months_last, population, steps);
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
day_and_month(const struct scope *l, int32_t day)
{
	struct civil c = civil_from_day(day);

	return arena_printf(l->arena, "%02d/%02d", c.day, c.month);
}

static size_t
count_weeks(
    const struct scope *l, const char *population, struct trend_point *steps)
{
	size_t n = 0;

	for (int32_t day = l->steps_first;
	     day <= l->steps_last && n < CHART_POINTS; day += 7, n++) {
		const char *number =
		    arena_printf(l->arena, "%d", iso_week(day));
		struct trend_point *s = &steps[n];

		count(l, l->days, day, day + 6, population, s);
		s->label = scope_fill(l, "week.short", "number", number);
		s->name = scope_fill(l, "week.long", "number", number, "from",
		    day_and_month(l, day), "to", day_and_month(l, day + 6));
	}
	return n;
}

size_t
trend_points_draw(const struct scope *l, const char *population,
    struct trend_point steps[CHART_POINTS])
{
	if (l->weekly)
		return count_weeks(l, population, steps);
	return count_months(
	    l, period_month(l->steps_first), l->months_last, population, steps);
}

void
trend_points_before(const struct scope *l, const char *population,
    int64_t *satisfied, int64_t *valid)
{
	struct trend_point s;
	int64_t month = period_month(l->steps_first);

	count(l, l->months, month - SCOPE_MONTHS_PRIOR, month - 1, population,
	    &s);
	*satisfied = s.satisfied;
	*valid = s.valid;
}

void
trend_points_chart(const struct scope *l, const struct trend_point *steps,
    size_t n, struct chart_point *points)
{
	for (size_t i = 0; i < n; i++) {
		const struct trend_point *s = &steps[i];
		bool any = s->valid >= scope_least(l);

		points[i] = (struct chart_point){.has_share = any,
		    .share =
			any ? 100 * (double)s->satisfied / (double)s->valid : 0,
		    .has_interval = any,
		    .lo = any ? 100 * s->wilson.lo : 0,
		    .hi = any ? 100 * s->wilson.hi : 0,
		    .few = s->valid < JUDGE_ENOUGH,
		    .label = s->label};
		if (any)
			points[i].title = arena_printf(l->arena, "%s: %s%%",
			    s->name, scope_percent(l, s->satisfied, s->valid));
	}
}

json_t *
trend_points_table(
    const struct scope *l, const struct trend_point *steps, size_t n)
{
	json_t *rows = json_array();
	char lo[NUMBER_TEXT], hi[NUMBER_TEXT];

	for (size_t i = 0; i < n; i++) {
		const struct trend_point *s = &steps[i];
		bool any = s->valid >= scope_least(l);

		number_low(100 * s->wilson.lo, l->mark, lo);
		number_high(100 * s->wilson.hi, l->mark, hi);
		json_array_append_new(rows,
		    json_pack("{s:s, s:s, s:o, s:o, s:o}", "name", s->name,
			"valid", scope_few(l, s->valid), "share",
			any ? json_string(
				  scope_percent(l, s->satisfied, s->valid))
			    : json_null(),
			"lo", any ? json_string(lo) : json_null(), "hi",
			any ? json_string(hi) : json_null()));
	}
	return rows;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The weeks of the period (months of a long one) as a band around the share,
 * and three control charts over the same points (core/score/control_chart)
 * against the two quarters before, which do not move while the period runs.
 * Alarms go both ways: a sudden rise is how stuffed answers look.
 */
#include "server/pages/scores/trend.h"

#include <math.h>
#include "server/core/score/control_chart.h"
#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"
#include "server/pages/scores/trend_points.h"
#include "server/view/chart.h"
#include "server/view/number.h"
#include "shared/limits.h"

#define TICK  10 /* percent between two lines of the scale */
#define TICKS 11

/* ------------------------------------------------------------------ picture */

static json_t *
trend_picture(const struct scope *scope, const struct trend_point *steps,
    size_t count, const struct score *whole)
{
	struct chart_point points[CHART_POINTS];
	struct chart_tick ticks[TICKS];
	double target = (double)whole->percent4 / 1e4;
	struct chart_trend c = {.points = points,
	    .count = count,
	    .ticks = ticks,
	    .has_target = true,
	    .target = {target, NULL},
	    .title = page_text(scope->page,
		scope->weekly ? "trend.chart.weeks" : "trend.chart.months")};
	char words[NUMBER_TEXT];
	struct buf svg;

	trend_points_chart(scope, steps, count, points);
	c.from = figure_edge(points, count, target);
	number_target((int)whole->percent4, page_mark(scope->page), words);
	c.target.words = arena_printf(scope->page->arena, "%s%%", words);
	for (int at = (int)c.from; at <= 100; at += TICK)
		ticks[c.nticks++] = (struct chart_tick){
		    at, arena_printf(scope->page->arena, "%d%%", at)};
	buf_init(&svg);
	chart_trend(&c, &svg);
	return figure_picture(&svg);
}

/* ------------------------------------------------------------------ warning */

struct watch {
	const struct scope *scope;
	const char *base; /* p0 in percent, as words */
	const struct trend_point *steps;
	size_t count;
	double p0;
	struct control_point points[CHART_POINTS];
};

/* "nằm ngoài giới hạn, lệch dần": which of the methods say so. */
static const char *
methods(const struct watch *w, const struct control_alarm *alarm)
{
	const struct {
		bool said;
		const char *key;
	} all[] = {{alarm->outside, "warning.outside"},
	    {alarm->drifts, "warning.drifts"}, {alarm->sums, "warning.sums"}};
	const char *words = "";

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].said)
			words = arena_printf(w->scope->page->arena, "%s%s%s",
			    words, words[0] == '\0' ? "" : "; ",
			    page_text(w->scope->page, all[i].key));
	return words;
}

/* One direction; NULL: no alarm. */
static const char *
alarm_words(const struct watch *w, enum control_way way)
{
	struct control_alarm alarm;

	if (!control_alarm(w->points, w->count, way, &alarm))
		return NULL;
	return page_fill(w->scope->page,
	    way == CONTROL_FALL ? "warning.fall" : "warning.rise", "base",
	    w->base, "since", w->steps[alarm.began].name, "methods",
	    methods(w, &alarm));
}

static json_t *
control_table(const struct watch *w)
{
	json_t *rows = json_array();
	char lo[NUMBER_TEXT], hi[NUMBER_TEXT];

	for (size_t i = 0; i < w->count; i++) {
		const struct control_point *p = &w->points[i];
		const struct score *s = &w->steps[i].row;
		const struct judgement *j = &s->judgement;

		if (j->valid == 0 || figure_hidden(s))
			continue;
		number_low(100 * p->limits.lo, (int)s->percent4,
		    page_mark(w->scope->page), lo);
		number_high(100 * p->limits.hi, (int)s->percent4,
		    page_mark(w->scope->page), hi);
		json_t *row = json_object();

		put_text(row, "name", w->steps[i].name);
		put_text(row, "share",
		    scope_share(w->scope, j->satisfied, j->valid, s->percent4));
		put_text(row, "lo", lo);
		put_text(row, "hi", hi);
		put_flag(row, "outside", p->outside);
		put_flag(row, "drifts", p->drifts);
		put_flag(row, "sums", p->falls || p->rises);
		json_array_append_new(rows, row);
	}
	return rows;
}

static json_t *
warning(const struct scope *scope, const struct trend_point *steps,
    size_t count, const struct score *whole)
{
	json_t *out;
	struct watch w = {.scope = scope, .steps = steps, .count = count};
	int64_t x[CHART_POINTS], n[CHART_POINTS], before, all;
	const char *fall, *rise;
	char p0[NUMBER_TEXT];

	trend_points_before(scope, "tthc", &before, &all);
	w.p0 = control_baseline(before, all);
	if (isnan(w.p0))
		return json_pack(
		    "{s:n, s:n, s:n, s:n}", "base", "fall", "rise", "points");
	/* one bad answer of two would be an alarm of its own */
	for (size_t i = 0; i < count; i++) {
		const struct judgement *j = &steps[i].row.judgement;
		bool enough = !figure_hidden(&steps[i].row);

		x[i] = enough ? j->satisfied : 0;
		n[i] = enough ? j->valid : 0;
	}
	control_chart(w.p0, x, n, count, w.points);
	number_percent(
	    100 * w.p0, (int)whole->percent4, page_mark(scope->page), p0);
	w.base = p0;
	fall = alarm_words(&w, CONTROL_FALL);
	rise = alarm_words(&w, CONTROL_RISE);
	out = json_object();
	put_text(out, "base", p0);
	put_words(out, "fall", fall);
	put_words(out, "rise", rise);
	put_text(out, "step",
	    page_text(scope->page,
		scope->weekly ? "warning.weeks" : "warning.months"));
	put_part(out, "points", control_table(&w));
	return out;
}

json_t *
trend_document(const struct scope *scope, const struct score *whole)
{
	json_t *out = json_object();
	struct trend_point steps[CHART_POINTS];
	size_t n = trend_points_draw(scope, "tthc", steps);

	put_flag(out, "weekly", scope->weekly);
	put_part(out, "chart", trend_picture(scope, steps, n, whole));
	put_part(out, "steps", trend_points_table(scope, steps, n));
	put_part(out, "warning", warning(scope, steps, n, whole));
	return out;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The head of board and drill-down. The face goes with the verdict, not with
 * the share: a laughing face beside "not met" would be read first and believed.
 */
#include "server/pages/scores/card.h"

#include <string.h>
#include "server/pages/scores/difference.h"
#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"
#include "server/pages/scores/trend_points.h"
#include "server/view/chart.h"

/* 5 met, 2 not met, 0 none. */
static int
face(const struct score *row)
{
	switch (figure_verdict(row)) {
	case VERDICT_MET:
		return 5;
	case VERDICT_NOT_MET:
		return 2;
	default:
		return 0;
	}
}

static json_t *
card_channels(const struct scope *scope, const struct score *row)
{
	json_t *list = json_array();

	for (int i = 0; channel_names[i] != NULL; i++)
		if (row->channels[i] > 0)
			json_array_append_new(
			    list, json_pack("{s:s, s:s}", "channel",
				      channel_names[i], "percent",
				      scope_percent(scope, row->channels[i],
					  row->judgement.valid)));
	return list;
}

/* The last twelve months as a small line; null where there is none to draw. */
static json_t *
months(const struct scope *scope, const struct score *row, const char *name)
{
	double target = (double)row->percent4 / 1e4;
	struct trend_point steps[SCOPE_MONTHS];
	struct chart_point points[SCOPE_MONTHS];
	size_t n = trend_points_months(scope, row->population, steps), seen = 0;
	struct chart_spark c = {.points = points,
	    .count = n,
	    .has_target = true,
	    .target = target,
	    .title = page_fill(scope->page, "card.months.chart", "name", name)};
	struct buf svg;

	trend_points_chart(scope, steps, n, points);
	for (size_t i = 0; i < n; i++)
		seen += points[i].has_share;
	if (seen < 2)
		return json_null();
	c.from = figure_edge(points, n, target);
	buf_init(&svg);
	chart_spark(&c, &svg);
	return json_pack("{s:o, s:o}", "chart", figure_picture(&svg), "steps",
	    trend_points_table(scope, steps, n));
}

static json_t *
card_document(const struct scope *scope, const struct score *row,
    const struct score *past)
{
	const char *key =
	    arena_printf(scope->page->arena, "population.%s", row->population);
	const char *name = page_text(scope->page, key);
	json_t *doc;
	int level = face(row);
	bool hidden = figure_hidden(row);

	if (row->field != NULL)
		name = scope_field_name(scope, row->field);
	doc = figure_document(scope, row, name, NULL, true);
	put_text(doc, "population", row->population);
	put_part(doc, "level", level == 0 ? NULL : json_integer(level));
	put_text(doc, "sentence", figure_sentence(scope, row));
	put_part(doc, "change", difference_document(scope, row, past));
	put_part(doc, "files", figure_dossiers(scope, row));
	put_part(doc, "channels",
	    hidden || row->hidden_channels ? json_array()
					   : card_channels(scope, row));
	put_part(doc, "months", months(scope, row, name));
	return doc;
}

json_t *
cards_document(const struct scope *scope, bool all)
{
	/* a field has one row of its own, with its own target */
	const char *population = scope->field != NULL ? "tthc" : NULL;
	struct score_rows now, past = {0};
	json_t *list = json_array();

	scope_rows(scope, scope->now, BY_POPULATION, population, &now);
	if (scope->past != NULL)
		scope_rows(
		    scope, scope->past, BY_POPULATION, population, &past);
	for (size_t i = 0; i < now.count; i++) {
		bool shown = all || i == 0 || now.rows[i].judgement.valid > 0;

		if (shown)
			json_array_append_new(
			    list, card_document(scope, &now.rows[i],
				      i < past.count ? &past.rows[i] : NULL));
	}
	return list;
}

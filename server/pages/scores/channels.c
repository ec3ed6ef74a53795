/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kiosk stands under the clerk's eyes; a form or an SMS comes from home. What
 * that does to the answers is shown, not pooled away: each channel against the
 * kiosk, with Newcombe's interval of the difference.
 */
#include "server/pages/scores/channels.h"

#include <math.h>
#include <string.h>
#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"
#include "server/view/chart.h"
#include "server/view/number.h"
#include "shared/limits.h"

#define SPAN 20 /* points to either side; what lies beyond is an arrow */

static json_t *
channel_picture(const struct scope *scope, double points,
    struct interval limits, const char *title)
{
	struct chart_difference c = {.has_difference = true,
	    .difference = points,
	    .has_interval = true,
	    .lo = limits.lo,
	    .hi = limits.hi,
	    .span = SPAN,
	    .title = title};
	struct buf svg;

	(void)scope;
	buf_init(&svg);
	chart_difference(&c, &svg);
	return figure_picture(&svg);
}

/* Against the kiosk; null for the kiosk itself and where either is too small.
 */
static json_t *
channel_difference(const struct scope *scope, const struct score *row,
    const struct score *kiosk)
{
	const struct judgement *a = &row->judgement, *b = &kiosk->judgement;
	struct interval limits;
	char points[NUMBER_TEXT], lo[NUMBER_TEXT], hi[NUMBER_TEXT];
	const char *words;
	double d;

	if (row == kiosk || a->valid == 0 || b->valid == 0 ||
	    figure_hidden(row) || figure_hidden(kiosk))
		return json_null();
	d = 100 * (a->share - b->share);
	limits = interval_newcombe(
	    a->satisfied, a->valid, b->satisfied, b->valid, INTERVAL_CONF);
	limits.lo *= 100;
	limits.hi *= 100;
	number_points(d, page_mark(scope->page), points);
	number_points_low(limits.lo, page_mark(scope->page), lo);
	number_points_high(limits.hi, page_mark(scope->page), hi);
	words = page_fill(scope->page,
	    limits.lo > 0   ? "channels.above"
	    : limits.hi < 0 ? "channels.below"
			    : "channels.alike",
	    "points", points, "lo", lo, "hi", hi);
	return json_pack("{s:s, s:o}", "words", words, "chart",
	    channel_picture(scope, d, limits, words));
}

json_t *
channels_document(const struct scope *scope)
{
	const struct score *kiosk = NULL;
	json_t *list = json_array();
	struct score_rows rows;

	scope_rows(scope, scope->now, BY_CHANNEL, NULL, &rows);
	for (size_t i = 0; i < rows.count; i++)
		if (strcmp(rows.rows[i].name, channel_names[0]) == 0)
			kiosk = &rows.rows[i];
	for (size_t i = 0; i < rows.count; i++) {
		const struct score *row = &rows.rows[i];
		const char *key =
		    arena_printf(scope->page->arena, "channel.%s", row->name);
		json_t *doc;

		if (row->judgement.valid == 0)
			continue;
		doc = figure_document(
		    scope, row, page_text(scope->page, key), NULL, false);
		put_part(doc, "against",
		    kiosk == NULL ? NULL
				  : channel_difference(scope, row, kiosk));
		json_array_append_new(list, doc);
	}
	if (scope->channel == NULL && json_array_size(list) > 1)
		return json_pack("{s:o}", "channels", list);
	json_decref(list);
	return json_null();
}

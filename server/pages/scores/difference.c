/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A figure against the same one of the period before, with Newcombe's interval
 * of the difference: as long as that holds nought, the sentence says that
 * chance alone may have done it. Where the channels' shares of the answers have
 * moved, it says that too, because a kiosk under the clerk's eyes hears kinder
 * answers than an SMS.
 */
#include "server/pages/scores/difference.h"

#include <math.h>
#include <stdlib.h>
#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"
#include "server/view/number.h"
#include "server/core/words.h"
#include "shared/limits.h"

#define MIX_POINTS                                                             \
	10 /* of a channel's share of the answers; less is not said */

/* "Quý III năm 2026 (01/07/2026–30/09/2026, 92 ngày; kỳ này 01/10/2026–…, 51
 * ngày)": two periods need not have as many days, nor this one be over. */
static const char *
periods_compared(const struct scope *scope)
{
	struct arena *a = scope->page->arena;
	bool running = scope->today >= scope->period.first &&
		       scope->today < scope->period.last;

	return page_fill(scope->page, "change.days", "period",
	    words_period(a, scope->page->lang, &scope->before), "from",
	    words_date(a, scope->before.first), "to",
	    words_date(a, scope->before.last), "first",
	    words_date(a, scope->period.first), "last",
	    words_date(a, running ? scope->today : scope->period.last), "past",
	    arena_printf(
		a, "%d", period_days_begun(&scope->before, scope->today)),
	    "days",
	    arena_printf(
		a, "%d", period_days_begun(&scope->period, scope->today)));
}

static const char *
sentence(const struct scope *scope, double difference, struct interval limits)
{
	bool sure = limits.lo > 0 || limits.hi < 0;
	char points[NUMBER_TEXT], lo[NUMBER_TEXT], hi[NUMBER_TEXT];
	const char *key;

	number_percent(
	    100 * fabs(difference), 0, page_mark(scope->page), points);
	number_points_low(100 * limits.lo, page_mark(scope->page), lo);
	number_points_high(100 * limits.hi, page_mark(scope->page), hi);
	if (fabs(difference) < 0.0005)
		key = "change.same";
	else if (difference > 0)
		key = sure ? "change.up.sure" : "change.up.unsure";
	else
		key = sure ? "change.down.sure" : "change.down.unsure";
	return page_fill(scope->page, key, "points", points, "lo", lo, "hi", hi,
	    "period", periods_compared(scope));
}

/* The channel whose share of the answers moved most, and how far in percent. */
static int
moved_most(const struct score *now, const struct score *past, double *moved)
{
	int most = 0;

	*moved = 0;
	for (int i = 0; channel_names[i] != NULL; i++) {
		double by = 100 * ((double)now->channels[i] /
					  (double)now->judgement.valid -
				      (double)past->channels[i] /
					  (double)past->judgement.valid);

		if (fabs(by) > fabs(*moved)) {
			*moved = by;
			most = i;
		}
	}
	return most;
}

static json_t *
mix(const struct scope *scope, const struct score *now,
    const struct score *past)
{
	double moved;
	int i = moved_most(now, past, &moved);
	const char *key;

	if (scope->channel != NULL || now->hidden_channels ||
	    past->hidden_channels || now->judgement.valid < JUDGE_ENOUGH ||
	    past->judgement.valid < JUDGE_ENOUGH || fabs(moved) < MIX_POINTS)
		return json_null();
	key = arena_printf(scope->page->arena, "channel.%s", channel_names[i]);
	return json_string(page_fill(scope->page, "change.mix", "channel",
	    page_text(scope->page, key), "from",
	    scope_percent(scope, past->channels[i], past->judgement.valid),
	    "to",
	    scope_percent(scope, now->channels[i], now->judgement.valid)));
}

json_t *
difference_document(const struct scope *scope, const struct score *now,
    const struct score *past)
{
	json_t *out;
	const struct judgement *a = &now->judgement, *b;
	struct interval limits;
	double difference;

	if (past == NULL || a->valid == 0 || figure_hidden(now))
		return json_null();
	b = &past->judgement;
	if (b->valid == 0 || figure_hidden(past))
		return json_pack("{s:s, s:n, s:s}", "sentence",
		    page_fill(scope->page, "change.none", "period",
			words_period(scope->page->arena, scope->page->lang,
			    &scope->before)),
		    "mix", "way", "none");
	difference = a->share - b->share;
	limits = interval_newcombe(
	    a->satisfied, a->valid, b->satisfied, b->valid, INTERVAL_CONF);
	out = json_object();
	put_text(out, "sentence", sentence(scope, difference, limits));
	put_part(out, "mix", mix(scope, now, past));
	put_text(out, "way",
	    fabs(difference) < 0.0005 ? "same"
	    : difference > 0          ? "up"
				      : "down");
	return out;
}

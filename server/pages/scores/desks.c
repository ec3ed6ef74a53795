/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A desk has too few answers a week for a chart of weeks, so it is watched
 * answer by answer (core/score/cusum): for a fall, three times as many
 * dissatisfied, and for a rise, a third of them. The chart begins at 0 with the
 * trend's first day and compares with the two quarters before. It promises
 * exactly how seldom it is wrong, and the page says so.
 */
#include "server/pages/scores/desks.h"

#include <math.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/control_chart.h"
#include "server/core/score/cusum.h"
#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"
#include "shared/limits.h"

#define FALSE_EVERY 20000.0 /* answers to a false alarm, at least */
#define FALL        3.0     /* times as many dissatisfied */
#define RISE        (1 / 3.0)

/* True when a tally counts for the desks of the scope: general answers of the
 * one-stop forms. */
static bool
desk_counts(
    const struct scope *scope, const struct tally_key *k, const char *desk)
{
	const struct form *form;

	if (strcmp(k->desk, desk) != 0 ||
	    strcmp(k->criterion, "overall") != 0 ||
	    !scope_covers(scope, k->unit, k->field, k->channel))
		return false;
	form = catalogue_form(scope->page->ctx->catalogue, k->form, 0);
	return form != NULL && strcmp(form->population, "tthc") == 0;
}

static void
add_desk(const struct tally *t, int64_t *x, int64_t *n)
{
	*x += t->n[4] + t->n[5];
	for (int i = 1; i <= 5; i++)
		*n += t->n[i];
}

/* The desk's share in the two quarters before the trend; NAN: not known. */
static double
baseline(const struct scope *scope, const char *desk)
{
	int64_t month = period_month(scope->steps_first), x = 0, n = 0;
	struct tallies part = tallies_part(
	    &scope->months->tallies, month - SCOPE_MONTHS_PRIOR, month - 1);

	for (size_t i = 0; i < part.count; i++)
		if (desk_counts(scope, &part.rows[i].key, desk))
			add_desk(&part.rows[i], &x, &n);
	return control_baseline(x, n);
}

/* The desk's answers, day by day, through a chart. */
static struct cusum
desk_run(const struct scope *scope, const char *desk,
    const struct cusum_chart *chart)
{
	const struct tallies part = tallies_part(
	    &scope->days->tallies, scope->steps_first, scope->steps_last);
	const struct tallies *days = &part;
	struct cusum c = {0};

	for (size_t i = 0; i < days->count;) {
		int64_t day = days->rows[i].key.day, x = 0, n = 0;

		for (; i < days->count && days->rows[i].key.day == day; i++)
			if (desk_counts(scope, &days->rows[i].key, desk))
				add_desk(&days->rows[i], &x, &n);
		cusum_add(chart, &c, x, n);
	}
	return c;
}

/* One direction: a sentence, or NULL without an alarm. */
static const char *
desk_alarm(const struct scope *scope, const char *desk, double p0, double times,
    const char *key)
{
	struct cusum_chart chart;
	struct cusum c;

	if (!cusum_plan(p0, cusum_shift(p0, times), FALSE_EVERY, &chart))
		return NULL;
	c = desk_run(scope, desk, &chart);
	if (c.alarm == 0)
		return NULL;
	return page_fill(scope->page, key, "answers",
	    page_count(scope->page, c.seen - c.since), "every",
	    page_count(scope->page,
		(int64_t)(floor(chart.false_every / 1000) * 1000)));
}

/* {base, fall, rise}; null where there is nothing to compare with. */
static json_t *
watch(const struct scope *scope, const char *desk)
{
	json_t *out;
	double p0 = scope->days == NULL ? NAN : baseline(scope, desk);
	const char *fall, *rise;

	if (isnan(p0))
		return json_null();
	fall = desk_alarm(scope, desk, p0, FALL, "desks.fall");
	rise = desk_alarm(scope, desk, p0, RISE, "desks.rise");
	out = json_object();
	put_words(out, "fall", fall);
	put_words(out, "rise", rise);
	put_flag(out, "quiet", fall == NULL && rise == NULL);
	return out;
}

static const char *
desk_name(const struct scope *scope, const char *code)
{
	const struct desk *desk =
	    catalogue_desk(scope->page->ctx->catalogue, code);

	return desk == NULL ? code
			    : arena_printf(scope->page->arena, "%s (%s)",
				  desk->name, code);
}

json_t *
desks_document(const struct scope *scope)
{
	json_t *list = json_array();
	struct score_rows rows;

	scope_rows(scope, scope->now, BY_DESK, NULL, &rows);
	for (size_t i = 0; i < rows.count; i++) {
		const struct score *row = &rows.rows[i];
		json_t *doc;

		if (row->judgement.valid == 0)
			continue;
		doc = figure_document(
		    scope, row, desk_name(scope, row->name), NULL, false);
		put_part(doc, "watch",
		    figure_hidden(row) ? NULL : watch(scope, row->name));
		json_array_append_new(list, doc);
	}
	if (json_array_size(list) > 0)
		return json_pack("{s:o, s:b}", "desks", list, "watched",
		    scope->days != NULL);
	json_decref(list);
	return json_null();
}

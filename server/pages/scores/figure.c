/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every figure says how sure it is: in its interval, in its sentence, and by
 * being without colour as long as its verdict could still turn. The sentences
 * are those of shared/po, one for each way a verdict comes about: certain
 * whatever the others say, with every dossier rated, by the interval, or not
 * yet.
 */
#include "server/pages/scores/figure.h"

#include <math.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/scores/scope.h"
#include "server/view/chart.h"
#include "server/view/number.h"
#include "shared/limits.h"

#define SCALE_FROM 50 /* left edge of the bars; shares below show an arrow */

struct words {
	char share[NUMBER_TEXT], lo[NUMBER_TEXT], hi[NUMBER_TEXT],
	    target[NUMBER_TEXT], more[NUMBER_TEXT], least[NUMBER_TEXT],
	    satisfied[NUMBER_TEXT], dossiers[NUMBER_TEXT], rest[NUMBER_TEXT],
	    bound[NUMBER_TEXT];
};

bool
figure_hidden(const struct score *row)
{
	return row->few;
}

enum verdict
figure_verdict(const struct score *row)
{
	return figure_hidden(row) ? VERDICT_TOO_FEW : row->judgement.verdict;
}

bool
figure_firm(const struct score *row)
{
	double target = (double)row->percent4 / 1e6;

	switch (figure_verdict(row)) {
	case VERDICT_MET:
		return row->anytime.lo >= target;
	case VERDICT_NOT_MET:
		return row->anytime.hi < target;
	default:
		return false;
	}
}

/* -------------------------------------------------------------------- words */

/* The farthest the share can still come, outwards, unless that would write it
 * beyond the target. */
static void
bound_words(const struct scope *scope, const struct score *row, struct words *w)
{
	const struct judgement *j = &row->judgement;
	double target = (double)row->percent4 / 1e4;
	bool met = j->verdict == VERDICT_MET;
	double bound = 100 * (met ? j->bounds.lo : j->bounds.hi);
	double shown = (met ? floor(bound * 10) : ceil(bound * 10)) / 10;

	if (met ? shown < target : shown >= target)
		number_share(
		    met ? j->satisfied : j->satisfied + j->dossiers - j->valid,
		    j->dossiers, (int)row->percent4, page_mark(scope->page),
		    w->bound);
	else if (met)
		number_low(bound, page_mark(scope->page), w->bound);
	else
		number_high(bound, page_mark(scope->page), w->bound);
}

static void
figure_words_of(
    const struct scope *scope, const struct score *row, struct words *w)
{
	const struct judgement *j = &row->judgement;
	struct interval shown = j->wilson;
	int64_t least = JUDGE_ENOUGH;

	/* the pooled interval is not why this one is not yet known */
	if (row->reason != NULL)
		shown = row->clusters.total.wilson;
	if (j->dossiers > 0 && j->dossiers < least)
		least = j->dossiers;
	if (figure_hidden(row) && least < scope_least(scope))
		least = scope_least(scope); /* "fewer than 5, at least 3"? */
	*w = (struct words){.rest = "", .dossiers = "", .bound = ""};
	number_count(j->satisfied, page_mark(scope->page), w->satisfied);
	number_share(j->satisfied, j->valid, (int)row->percent4,
	    page_mark(scope->page), w->share);
	number_low(100 * shown.lo, page_mark(scope->page), w->lo);
	number_high(100 * shown.hi, page_mark(scope->page), w->hi);
	number_target((int)row->percent4, page_mark(scope->page), w->target);
	number_count(j->more_needed < 0 ? 0 : j->more_needed,
	    page_mark(scope->page), w->more);
	number_count(least, page_mark(scope->page), w->least);
	if (j->dossiers <= 0)
		return;
	number_count(j->dossiers, page_mark(scope->page), w->dossiers);
	number_count(j->dossiers - j->valid, page_mark(scope->page), w->rest);
	if (interval_defined(j->bounds))
		bound_words(scope, row, w);
}

/* The key of the sentence: a verdict may have come about in several ways. */
static const char *
sentence_key(const struct score *row)
{
	const struct judgement *j = &row->judgement;
	bool met = j->verdict == VERDICT_MET;

	switch (figure_verdict(row)) {
	case VERDICT_MET:
	case VERDICT_NOT_MET:
		if (j->dossiers == j->valid)
			return met ? "verdict.census.met"
				   : "verdict.census.not_met";
		if (judge_certain(j->satisfied, j->valid, j->dossiers,
			(int)row->percent4))
			return met ? "verdict.certain.met"
				   : "verdict.certain.not_met";
		return met ? "verdict.met" : "verdict.not_met";
	case VERDICT_NOT_YET_KNOWN:
		if (row->reason != NULL)
			return j->more_needed < 0
				   ? "verdict.soft"
				   : "verdict.not_yet_known.desks";
		return j->more_needed < 0 ? "verdict.not_yet_known.equal"
					  : "verdict.not_yet_known";
	case VERDICT_TOO_FEW:
		return "verdict.too_few";
	case VERDICT_INVALID:
		return "verdict.invalid";
	default:
		return "verdict.no_data";
	}
}

const char *
figure_sentence(const struct scope *scope, const struct score *row)
{
	struct words w;

	figure_words_of(scope, row, &w);
	return page_fill(scope->page, sentence_key(row), "target", w.target,
	    "share", w.share, "lo", w.lo, "hi", w.hi, "more", w.more, "n",
	    scope_few(scope, row->judgement.valid), "min", w.least, "x",
	    w.satisfied, "N", w.dossiers, "rest", w.rest, "bound", w.bound);
}

/* ----------------------------------------------------------------- pictures */

double
figure_edge(const struct chart_point *points, size_t count, double target)
{
	double least = target;

	for (size_t i = 0; i < count; i++)
		if (points[i].has_share)
			least = fmin(least, points[i].share);
	return fmax(0, 10 * floor((least - 2) / 10));
}

json_t *
figure_picture(struct buf *svg)
{
	json_t *picture = json_string(buf_text(svg));

	buf_finish(svg);
	return picture;
}

static json_t *
chart(const struct scope *scope, const struct score *row, const char *name,
    bool labels)
{
	const struct judgement *j = &row->judgement;
	bool any = j->valid > 0 && !figure_hidden(row);
	char target[NUMBER_TEXT], share[NUMBER_TEXT], lo[NUMBER_TEXT],
	    hi[NUMBER_TEXT];
	struct chart_interval c = {.has_share = any,
	    .share = any ? 100 * j->share : 0,
	    .has_interval = any && interval_defined(j->wilson),
	    .has_target = true,
	    .target = (double)row->percent4 / 1e4,
	    .from = SCALE_FROM};
	struct buf svg;

	if (c.has_interval) {
		c.lo = 100 * j->wilson.lo;
		c.hi = 100 * j->wilson.hi;
	}
	number_share(j->satisfied, j->valid, (int)row->percent4,
	    page_mark(scope->page), share);
	number_low(c.lo, page_mark(scope->page), lo);
	number_high(c.hi, page_mark(scope->page), hi);
	number_target((int)row->percent4, page_mark(scope->page), target);
	c.title = page_fill(scope->page,
	    any                  ? "board.chart"
	    : figure_hidden(row) ? "board.chart.few"
				 : "board.chart.empty",
	    "name", name, "share", share, "lo", lo, "hi", hi, "target", target);
	if (labels) {
		c.labels = arena_printf(scope->page->arena, "%s%%", target);
		c.left = arena_printf(scope->page->arena, "%d%%", SCALE_FROM);
	}
	buf_init(&svg);
	chart_interval(&c, &svg);
	return figure_picture(&svg);
}

/* ----------------------------------------------------------------- dossiers */

json_t *
figure_dossiers(const struct scope *scope, const struct score *row)
{
	json_t *out;
	int64_t finished = row->dossiers[DOSSIERS_FINISHED];

	if (!row->has_dossiers || finished == 0)
		return json_null();
	out = json_object();
	put_text(out, "finished", page_count(scope->page, finished));
	put_text(out, "late",
	    scope_percent(scope, row->dossiers[DOSSIERS_LATE], finished));
	put_text(out, "refused",
	    scope_percent(scope, row->dossiers[DOSSIERS_REFUSED], finished));
	return out;
}

json_t *
figure_coverage(const struct scope *scope, const struct score *row)
{
	const struct judgement *j = &row->judgement;

	if (!row->has_dossiers || j->dossiers <= 0 || j->valid > j->dossiers ||
	    figure_hidden(row))
		return json_null();
	return json_pack("{s:s, s:s}", "coverage",
	    scope_percent(scope, j->valid, j->dossiers), "dossiers",
	    page_count(scope->page, j->dossiers));
}

/* ------------------------------------------------------------------ the row */

/* In a group whose target is not that of all. */
static bool
marked(const struct scope *scope, const struct score *row)
{
	const struct target *all = catalogue_target(
	    scope->page->ctx->catalogue, "tthc", scope->period.first);

	return row->field != NULL && all != NULL &&
	       all->percent4 != row->percent4;
}

static json_t *
late_percent(const struct scope *scope, const struct score *row)
{
	return row->has_dossiers ? scope_words(scope_percent(scope,
				       row->dossiers[DOSSIERS_LATE],
				       row->dossiers[DOSSIERS_FINISHED]))
				 : json_null();
}

json_t *
figure_document(const struct scope *scope, const struct score *row,
    const char *name, const char *href, bool labels)
{
	bool hidden = figure_hidden(row);
	char share[NUMBER_TEXT], target[NUMBER_TEXT], lo[NUMBER_TEXT],
	    hi[NUMBER_TEXT];
	const struct judgement *j = &row->judgement;
	json_t *doc;

	number_share(j->satisfied, j->valid, (int)row->percent4,
	    page_mark(scope->page), share);
	number_target((int)row->percent4, page_mark(scope->page), target);
	number_low(100 * j->wilson.lo, page_mark(scope->page), lo);
	number_high(100 * j->wilson.hi, page_mark(scope->page), hi);
	doc = json_object();
	put_text(doc, "name", name);
	put_words(doc, "href", href);
	put_text(doc, "valid", scope_few(scope, j->valid));
	put_words(doc, "share", hidden ? NULL : share);
	put_words(doc, "lo", hidden ? NULL : lo);
	put_words(doc, "hi", hidden ? NULL : hi);
	put_text(doc, "target", target);
	put_flag(doc, "marked", marked(scope, row));
	put_part(doc, "chart", chart(scope, row, name, labels));
	put_text(doc, "verdict", verdict_name(figure_verdict(row)));
	put_flag(doc, "firm", figure_firm(row));
	put_flag(doc, "soft", row->reason != NULL);
	/* said for every row, lest the words around it answer in its place */
	put_part(doc, "apart", json_false());
	put_part(doc, "places", NULL);
	put_part(doc, "rated", figure_coverage(scope, row));
	put_part(doc, "late", late_percent(scope, row));
	return doc;
}

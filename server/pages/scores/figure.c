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
#include <string.h>
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

	if (row->unusual.valid > 0)
		return false;
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

static void
figure_limits(const struct scope *scope, const struct score *row,
    char lo[NUMBER_TEXT], char hi[NUMBER_TEXT])
{
	char mark = page_mark(scope->page);

	number_low(100 * row->judged.lo, (int)row->percent4, mark, lo);
	number_high(100 * row->judged.hi, (int)row->percent4, mark, hi);
}

/* The farthest the share can still come. */
static void
bound_words(const struct scope *scope, const struct score *row, struct words *w)
{
	const struct judgement *j = &row->judgement;
	char mark = page_mark(scope->page);

	if (j->verdict == VERDICT_MET)
		number_low(
		    100 * j->bounds.lo, (int)row->percent4, mark, w->bound);
	else
		number_high(
		    100 * j->bounds.hi, (int)row->percent4, mark, w->bound);
}

static void
figure_words_of(
    const struct scope *scope, const struct score *row, struct words *w)
{
	const struct judgement *j = &row->judgement;
	int64_t least = JUDGE_ENOUGH;

	if (j->dossiers > 0 && j->dossiers < least)
		least = j->dossiers;
	if (figure_hidden(row) && least < scope_least(scope))
		least = scope_least(scope); /* "fewer than 5, at least 3"? */
	*w = (struct words){.rest = "", .dossiers = "", .bound = ""};
	number_count(j->satisfied, page_mark(scope->page), w->satisfied);
	number_share(j->satisfied, j->valid, (int)row->percent4,
	    page_mark(scope->page), w->share);
	figure_limits(scope, row, w->lo, w->hi);
	number_target((int)row->percent4, page_mark(scope->page), w->target);
	number_count(j->more_needed < 0 ? 0 : j->more_needed,
	    page_mark(scope->page), w->more);
	number_count(least, page_mark(scope->page), w->least);
	if (!row->has_dossiers)
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
		if (row->lean == LEAN_NONE)
			return "verdict.not_yet_known.equal";
		return score_more_likely(row) ? "verdict.not_yet_known"
					      : "verdict.not_yet_known.range";
	case VERDICT_TOO_FEW:
		return "verdict.too_few";
	case VERDICT_INVALID:
		return "verdict.invalid";
	default:
		return "verdict.no_data";
	}
}

static const char *
filled(const struct scope *scope, const struct score *row, const char *key)
{
	struct words w;

	figure_words_of(scope, row, &w);
	return page_fill(scope->page, key, "target", w.target, "share", w.share,
	    "lo", w.lo, "hi", w.hi, "more", w.more, "n",
	    scope_few(scope, row->judgement.valid), "min", w.least, "x",
	    w.satisfied, "N", w.dossiers, "rest", w.rest, "bound", w.bound);
}

/* Why it is not firm: the desks, or a register that is too short. NULL: there
 * is nothing of the kind to say. */
static const char *
reason_key(const struct score *row)
{
	if (figure_verdict(row) == VERDICT_INVALID)
		return "verdict.register";
	if (row->reason == NULL || figure_hidden(row))
		return NULL;
	return strcmp(row->reason, "desks") == 0 ? "verdict.soft"
						 : "verdict.few_desks";
}

/* What waits in an undecided burst, and the share without it; NULL: nothing,
 * or the row is hidden. */
static const char *
unusual_words(const struct scope *scope, const struct score *row)
{
	const struct judgement *j = &row->without;
	char share[NUMBER_TEXT];

	if (row->unusual.valid == 0 || figure_hidden(row))
		return NULL;
	number_share(j->satisfied, j->valid, (int)row->percent4,
	    page_mark(scope->page), share);
	return page_fill(scope->page,
	    j->valid < scope_least(scope) ? "verdict.unusual.few"
					  : "verdict.unusual",
	    "n", page_count(scope->page, row->unusual.valid), "share", share);
}

/* What a row says below its verdict; NULL: nothing. */
static const char *
why_words(const struct scope *scope, const struct score *row)
{
	const char *key = reason_key(row);
	const char *reason = key == NULL ? NULL : filled(scope, row, key);
	const char *unusual = unusual_words(scope, row);

	if (reason == NULL || unusual == NULL)
		return reason == NULL ? unusual : reason;
	return arena_printf(scope->page->arena, "%s %s", reason, unusual);
}

/* The side first, then how sure it is, why not, and what could still be done
 * about it. */
const char *
figure_sentence(const struct scope *scope, const struct score *row)
{
	bool open = figure_verdict(row) == VERDICT_NOT_YET_KNOWN;
	const char *keys[] = {
	    open && row->lean == LEAN_BELOW   ? "verdict.lean.below"
	    : open && row->lean == LEAN_ABOVE ? "verdict.lean.above"
					      : NULL,
	    sentence_key(row),
	    reason_key(row),
	    open && row->lean != LEAN_NONE && !row->ended &&
		    !score_more_likely(row)
		? "verdict.hard"
		: NULL,
	};
	const char *unusual = unusual_words(scope, row);
	const char *words = "";

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i] != NULL)
			words = arena_printf(scope->page->arena, "%s%s%s",
			    words, words[0] == '\0' ? "" : " ",
			    filled(scope, row, keys[i]));
	if (unusual != NULL)
		words =
		    arena_printf(scope->page->arena, "%s %s", words, unusual);
	return words;
}

const char *
figure_lean(const struct score *row)
{
	return figure_hidden(row) ? NULL : lean_name(row->lean);
}

const char *
figure_said(const struct score *row)
{
	const char *lean = figure_lean(row);

	return lean == NULL ? verdict_name(figure_verdict(row)) : lean;
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
	    .has_interval = any && interval_defined(row->judged),
	    .has_target = true,
	    .target = (double)row->percent4 / 1e4,
	    .from = SCALE_FROM};
	struct buf svg;

	if (c.has_interval) {
		c.lo = 100 * row->judged.lo;
		c.hi = 100 * row->judged.hi;
	}
	number_share(j->satisfied, j->valid, (int)row->percent4,
	    page_mark(scope->page), share);
	figure_limits(scope, row, lo, hi);
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
	return json_pack("{s:s, s:s, s:s}", "coverage",
	    scope_percent(scope, j->valid, j->dossiers), "dossiers",
	    page_count(scope->page, j->dossiers), "tied",
	    page_count(scope->page, row->tied));
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

void
figure_put(json_t *doc, const struct scope *scope, const struct score *row)
{
	bool hidden = figure_hidden(row);
	char share[NUMBER_TEXT], target[NUMBER_TEXT], lo[NUMBER_TEXT],
	    hi[NUMBER_TEXT];
	const struct judgement *j = &row->judgement;

	number_share(j->satisfied, j->valid, (int)row->percent4,
	    page_mark(scope->page), share);
	number_target((int)row->percent4, page_mark(scope->page), target);
	figure_limits(scope, row, lo, hi);
	put_text(doc, "valid", scope_few(scope, j->valid));
	put_words(doc, "share", hidden ? NULL : share);
	put_words(doc, "lo", hidden ? NULL : lo);
	put_words(doc, "hi", hidden ? NULL : hi);
	put_text(doc, "target", target);
	put_text(doc, "verdict", verdict_name(figure_verdict(row)));
	put_flag(doc, "firm", figure_firm(row));
	put_words(doc, "lean", figure_lean(row));
	put_text(doc, "said", figure_said(row));
	put_words(doc, "why", why_words(scope, row));
}

json_t *
figure_document(const struct scope *scope, const struct score *row,
    const char *name, const char *href, bool labels)
{
	json_t *doc = json_object();

	figure_put(doc, scope, row);
	put_text(doc, "name", name);
	put_words(doc, "href", href);
	put_flag(doc, "marked", marked(scope, row));
	put_part(doc, "chart", chart(scope, row, name, labels));
	/* said for every row, lest the words around it answer in its place */
	put_part(doc, "apart", json_false());
	put_part(doc, "places", NULL);
	put_part(doc, "rated", figure_coverage(scope, row));
	put_part(doc, "late", late_percent(scope, row));
	return doc;
}

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
#include "server/core/report/sentence.h"
#include "server/pages/scores/scope.h"
#include "server/view/chart.h"
#include "server/view/number.h"
#include "shared/limits.h"

#define SCALE_FROM 50 /* left edge of the bars; shares below show an arrow */

bool
figure_hidden(const struct score *row)
{
	return row->few;
}

enum verdict
figure_verdict(const struct score *row)
{
	return sentence_shown(row);
}

bool
figure_firm(const struct score *row)
{
	double target = (double)row->percent4 / 1e6;

	if (row->unusual.valid > 0)
		return false;
	switch (figure_verdict(row)) {
	case VERDICT_MET:
		return row->final || row->anytime.lo >= target;
	case VERDICT_NOT_MET:
		return row->final || row->anytime.hi < target;
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

static struct sentence_to
figure_to(const struct scope *scope)
{
	return (struct sentence_to){.arena = scope->page->arena,
	    .lang = scope->page->lang,
	    .least = scope_least(scope)};
}

const char *
figure_sentence(const struct scope *scope, const struct score *row)
{
	struct sentence_to to = figure_to(scope);

	return sentence_verdict(&to, row);
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
	struct sentence_to to = figure_to(scope);
	bool hidden = figure_hidden(row);
	char share[NUMBER_TEXT], target[NUMBER_TEXT], lo[NUMBER_TEXT],
	    hi[NUMBER_TEXT];
	const struct judgement *j = &row->judgement;

	number_share(j->satisfied, j->valid, (int)row->percent4,
	    page_mark(scope->page), share);
	number_target((int)row->percent4, page_mark(scope->page), target);
	figure_limits(scope, row, lo, hi);
	put_text(doc, "valid", sentence_answers(&to, row));
	put_words(doc, "share", hidden ? NULL : share);
	put_words(doc, "lo", hidden ? NULL : lo);
	put_words(doc, "hi", hidden ? NULL : hi);
	put_text(doc, "target", target);
	put_text(doc, "verdict", verdict_name(figure_verdict(row)));
	put_flag(doc, "firm", figure_firm(row));
	put_words(doc, "lean", figure_lean(row));
	put_text(doc, "said", figure_said(row));
	put_words(doc, "why", sentence_why(&to, row));
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

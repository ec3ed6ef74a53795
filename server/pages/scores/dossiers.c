/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each figure has a twin that shows what a rule does to it: coverage with and
 * without the dossiers that another authority decides, the share with and
 * without the answers set aside, the share of the answers and the one weighted
 * by dossiers. Who doubts a rule can see what it changes.
 */
#include "server/pages/scores/dossiers.h"

#include <math.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/pages/scores/figure.h"
#include "server/pages/scores/scope.h"
#include "server/view/number.h"

/* ----------------------------------------------------------------- dossiers */

static json_t *
of_all(const struct scope *scope, int64_t n, int64_t all)
{
	return json_pack("{s:s, s:s}", "count", page_count(scope->page, n),
	    "percent", scope_percent(scope, n, all));
}

/* The dossiers of another authority, and coverage without them. */
static json_t *
elsewhere(const struct scope *scope, const struct score *whole)
{
	int64_t all = whole->dossiers[DOSSIERS_FINISHED];
	int64_t others = whole->dossiers[DOSSIERS_ELSEWHERE];
	json_t *doc;

	if (others == 0)
		return json_null();
	doc = of_all(scope, others, all);
	put_text(doc, "coverage",
	    whole->judgement.valid <= all - others && !figure_hidden(whole)
		? scope_percent(scope, whole->judgement.valid, all - others)
		: NULL);
	return doc;
}

json_t *
dossiers_document(const struct scope *scope, const struct score *whole)
{
	json_t *out;
	const int64_t *n = whole->dossiers;
	int64_t all = n[DOSSIERS_FINISHED];

	if (!whole->has_dossiers || all == 0)
		return json_null();
	out = json_object();
	put_text(out, "finished", page_count(scope->page, all));
	put_part(out, "rated",
	    whole->judgement.valid <= all && !figure_hidden(whole)
		? of_all(scope, whole->judgement.valid, all)
		: NULL);
	put_part(out, "tied",
	    figure_hidden(whole) ? NULL : of_all(scope, whole->tied, all));
	put_part(out, "late", of_all(scope, n[DOSSIERS_LATE], all));
	put_part(out, "refused", of_all(scope, n[DOSSIERS_REFUSED], all));
	put_part(out, "returned", of_all(scope, n[DOSSIERS_RETURNED], all));
	put_part(out, "withdrawn", of_all(scope, n[DOSSIERS_WITHDRAWN], all));
	put_part(out, "elsewhere", elsewhere(scope, whole));
	return out;
}

/* -------------------------------------------------------------------- aside */

json_t *
aside_document(const struct scope *scope, const struct score *whole)
{
	const struct page *page = scope->page;
	const struct judgement *j = &whole->judgement;
	const struct tally_part *part = &whole->aside_part;
	json_t *out = json_object(), *reasons = json_array();

	for (size_t i = 0; i < whole->nasides; i++)
		json_array_append_new(reasons,
		    json_pack("{s:s, s:s}", "reason",
			page_coded(
			    page, "aside.reason", whole->asides[i].reason),
			"answers", page_count(page, whole->asides[i].answers)));
	put_text(out, "count",
	    whole->aside == 0 ? NULL : page_count(page, whole->aside));
	put_part(out, "reasons", reasons);
	put_words(out, "without",
	    figure_hidden(whole)
		? NULL
		: scope_share(scope, j->satisfied, j->valid, whole->percent4));
	put_words(out, "with",
	    figure_hidden(whole)
		? NULL
		: scope_share(scope, j->satisfied + part->satisfied,
		      j->valid + part->valid, whole->percent4));
	return out;
}

/* ----------------------------------------------------------------- adjusted */

struct limits_words {
	char lo[NUMBER_TEXT], hi[NUMBER_TEXT], share[NUMBER_TEXT];
};

static void
dossier_words_of(const struct scope *scope, const struct score *whole,
    const struct judgement *j, struct interval limits, struct limits_words *w)
{
	int target = (int)whole->percent4;

	number_low(100 * limits.lo, target, page_mark(scope->page), w->lo);
	number_high(100 * limits.hi, target, page_mark(scope->page), w->hi);
	number_percent(
	    100 * j->share, target, page_mark(scope->page), w->share);
}

/* Answers of unknown field have no dossiers to weigh by. */
static json_t *
strata(const struct scope *scope, const struct score *whole)
{
	int64_t unknown;
	struct strata_judgement s;
	struct limits_words w;
	size_t n;

	if (!whole->has_dossiers)
		return json_null();
	n = score_strata(whole, true, scope->page->arena, &s);
	if (s.total.verdict == VERDICT_INVALID)
		return json_string(
		    page_text(scope->page, "adjusted.strata.invalid"));
	if (isnan(s.total.share) || !interval_defined(s.total.wilson))
		return json_null();
	dossier_words_of(scope, whole, &s.total, s.total.wilson, &w);
	unknown = whole->judgement.valid - s.total.valid;
	return json_string(page_fill(scope->page,
	    unknown > 0 ? "adjusted.strata.known" : "adjusted.strata", "share",
	    w.share, "lo", w.lo, "hi", w.hi, "count",
	    page_count(scope->page, (int64_t)n), "unknown",
	    page_count(scope->page, unknown)));
}

static json_t *
clusters(const struct scope *scope, const struct score *whole)
{
	const struct cluster_judgement *c = &whole->clusters;
	struct limits_words w;

	if (!whole->clustered || !interval_defined(c->total.wilson))
		return json_null();
	dossier_words_of(scope, whole, &c->total, c->total.wilson, &w);
	return json_string(
	    page_fill(scope->page, "adjusted.clusters", "lo", w.lo, "hi", w.hi,
		"count", page_count(scope->page, (int64_t)c->clusters)));
}

json_t *
adjusted_document(const struct scope *scope, const struct score *whole)
{
	json_t *out;
	json_t *weighted = strata(scope, whole),
	       *alike = clusters(scope, whole);
	struct limits_words w;

	if ((json_is_null(weighted) && json_is_null(alike)) ||
	    figure_hidden(whole)) {
		json_decref(weighted);
		json_decref(alike);
		return json_null();
	}
	dossier_words_of(scope, whole, &whole->judgement, whole->judged, &w);
	out = json_object();
	put_text(out, "plain",
	    page_fill(scope->page, "adjusted.plain", "share", w.share, "lo",
		w.lo, "hi", w.hi));
	put_part(out, "strata", weighted);
	put_part(out, "clusters", alike);
	return out;
}

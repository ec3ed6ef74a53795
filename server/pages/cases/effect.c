/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two rows of the scores of the quarter, before and after, with the targets
 * that `scores` prints (core/score/what_if). Fewer than scope_least() answers
 * have no share here either.
 */
#include "server/pages/cases/effect.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/what_if.h"
#include "server/pages/scores/scope.h"
#include "server/view/number.h"
#include "server/core/words.h"

static const char *
population_of(const struct scope *scope, const char *form)
{
	const struct form *f =
	    catalogue_form(scope->page->ctx->catalogue, form, 0);

	return f == NULL ? "tthc" : f->population;
}

static bool
side_shown(const struct scope *scope, const struct what_if_counts *counts)
{
	return counts->valid >= scope_least(scope);
}

static json_t *
effect_side(const struct scope *scope, const struct what_if_counts *counts,
    const struct tally_part *with, int percent4)
{
	char share[NUMBER_TEXT] = "";
	json_t *side = json_object();

	if (side_shown(scope, counts))
		number_share(counts->satisfied, counts->valid, percent4,
		    page_mark(scope->page), share);
	put_words(side, "share", share);
	put_text(side, "valid", scope_few(scope, counts->valid));
	put_text(side, "aside", page_count(scope->page, counts->aside));
	put_words(side, "with",
	    side_shown(scope, counts) && counts->aside > 0
		? scope_share(scope, with->satisfied, with->valid, percent4)
		: NULL);
	return side;
}

/* The words where the change leads over the target, to whichever side; NULL
 * where it does not, or where a share is not shown. */
static const char *
crossing_words(const struct scope *scope, const struct what_if *w)
{
	char target[NUMBER_TEXT];

	if (w->crossing == CROSSING_NONE ||
	    w->before.valid < scope_least(scope) ||
	    w->after.valid < scope_least(scope))
		return NULL;
	number_target(w->percent4, page_mark(scope->page), target);
	return page_fill(scope->page, "effect.crossing", "target", target);
}

static json_t *
effect_row(const struct scope *scope, const char *name, const struct what_if *w)
{
	json_t *row = json_object();

	put_text(row, "name", name);
	put_part(row, "before",
	    effect_side(scope, &w->before, &w->with, w->percent4));
	put_part(
	    row, "after", effect_side(scope, &w->after, &w->with, w->percent4));
	put_text(row, "crossing", crossing_words(scope, w));
	return row;
}

static struct what_if_answer *
what_if_answers(
    const struct scope *scope, const struct doubt *list, size_t count, bool out)
{
	struct what_if_answer *answers =
	    arena_alloc(scope->page->arena, count * sizeof(*answers));

	for (size_t i = 0; i < count; i++)
		answers[i] =
		    (struct what_if_answer){.key = {.unit = list[i].unit,
						.field = list[i].field,
						.channel = list[i].channel,
						.form = list[i].form},
			.score = needs_person_overall(list[i].scores),
			.deed = out ? WHAT_IF_ASIDE : WHAT_IF_RESTORED};
	return answers;
}

static bool
one_field(const struct doubt *list, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (strcmp(list[i].field, list[0].field) != 0)
			return false;
	return list[0].field[0] != '\0';
}

/* What whoever proposes this must justify, and whoever confirms it judge: how
 * many of the answers are dissatisfied ones, that a share would rise by it, and
 * that the figure says so for good. */
static json_t *
justify(const struct scope *scope, const struct what_if *unit,
    const struct doubt *list, size_t count, bool out)
{
	const struct page *page = scope->page;
	const struct what_if_counts *was = &unit->before, *is = &unit->after;
	json_t *words = json_array();
	int64_t low = 0;

	for (size_t i = 0; i < count; i++)
		low += needs_person_overall(list[i].scores) <= 3;
	json_array_append_new(
	    words, json_string(page_fill(page,
		       out ? "effect.justify.aside" : "effect.justify.restore",
		       "n", page_count(page, (int64_t)count), "low",
		       page_count(page, low))));
	/* by the counts: a share that is not shown does not show here either */
	if (was->valid >= scope_least(scope) &&
	    is->valid >= scope_least(scope) &&
	    is->satisfied * was->valid > was->satisfied * is->valid)
		json_array_append_new(
		    words, json_string(page_text(page, "effect.justify.rise")));
	json_array_append_new(
	    words, json_string(page_text(page, "effect.justify.shown")));
	return words;
}

json_t *
effect_document(
    const struct scope *scope, const struct doubt *list, size_t count, bool out)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	struct period quarter =
	    period_current_quarter(list[0].day, catalogue_cut(c));
	const struct cached_tallies *counts = tally_cache_hold(
	    scope->page->ctx, CACHED_SUM, quarter.first, quarter.last, NULL);
	const struct what_if_answer *answers =
	    what_if_answers(scope, list, count, out);
	struct score_query query = {.unit = list[0].unit,
	    .alone = true,
	    .within = scope->page->req->caller.unit,
	    .population = population_of(scope, list[0].form),
	    .first = quarter.first,
	    .last = quarter.last};
	struct what_if unit, field;
	json_t *rows;

	if (counts == NULL)
		return NULL;
	unit = what_if(&counts->tallies, c, &query, answers, count);
	query.unit = NULL;
	query.field = list[0].field;
	field = what_if(&counts->tallies, c, &query, answers, count);
	tally_cache_release(scope->page->ctx, counts);
	rows = json_array();
	json_array_append_new(rows,
	    effect_row(scope, scope_unit_name(scope, list[0].unit), &unit));
	if (one_field(list, count))
		json_array_append_new(
		    rows, effect_row(scope,
			      scope_field_name(scope, list[0].field), &field));
	return json_pack("{s:s, s:o, s:o}", "quarter",
	    words_period(scope->page->arena, scope->page->lang, &quarter),
	    "rows", rows, "justify", justify(scope, &unit, list, count, out));
}

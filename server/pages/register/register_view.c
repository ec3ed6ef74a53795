/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers of citizens are masked here too: who brings a register has it, but
 * whoever looks over a shoulder does not. */
#include "server/pages/register/register.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/catalogue/catalogue_effect.h"
#include "server/core/dossier/dossier_names.h"
#include "server/core/score/period.h"
#include "server/core/text/mask.h"
#include "server/core/words.h"
#include "server/pages/page.h"
#include "server/store/tallies.h"
#include "server/view/number.h"
#include "shared/civil.h"

/* ------------------------------------------------------------------ columns */

/* A cell as it may be seen. */
static const char *
shown_cell(const struct page *page, enum dossier_cell place, const char *cell)
{
	switch (place) {
	case CELL_CODE:
	case CELL_UNIT:
	case CELL_FIELD:
	case CELL_PROCEDURE:
	case CELL_RECEIVED_AT:
	case CELL_DUE_AT:
	case CELL_FINISHED_AT:
	case CELL_OUTCOME:
		return cell;
	default:
		return mask_text(page->arena, cell);
	}
}

static json_t *
meanings(const struct page *page, enum dossier_cell chosen)
{
	json_t *options = json_array();

	page_option(options, "", page_text(page, "register.column.none"),
	    chosen == COLUMN_NOT_OURS);
	for (int i = 0; i < CELL_COUNT; i++)
		page_option(options, dossier_cells[i],
		    page_text_of(page, "register.column.%s", dossier_cells[i]),
		    (int)chosen == i);
	return options;
}

json_t *
register_columns_document(
    const struct page *page, const struct register_sample *sample)
{
	json_t *doc = json_object(), *columns = json_array(),
	       *rows = json_array();

	for (size_t i = 0; i < sample->ncolumns; i++) {
		json_t *column = json_object();

		put_text(column, "field", arena_printf(page->arena, "c%zu", i));
		put_text(column, "name",
		    sample->head[i][0] == '\0'
			? page_fill(page, "register.column.number", "n",
			      page_count(page, (int64_t)i + 1))
			: mask_text(page->arena, sample->head[i]));
		put_part(column, "options", meanings(page, sample->place[i]));
		json_array_append_new(columns, column);
	}
	for (size_t k = 0; k < sample->nrows; k++) {
		json_t *cells = json_array();

		for (size_t i = 0; i < sample->ncolumns; i++)
			json_array_append_new(
			    cells, json_string(shown_cell(page,
				       sample->place[i], sample->rows[k][i])));
		json_array_append_new(rows, json_pack("{s:o}", "cells", cells));
	}
	put_part(doc, "columns", columns);
	put_part(doc, "rows", rows);
	put_text(doc, "by", sample->by);
	return doc;
}

/* ------------------------------------------------------------------ changes */

static const char *
moment_or_none(const struct page *page, int64_t ms)
{
	return ms == DOSSIER_NEVER ? "–" : page_moment(page, ms);
}

static const char *
words_or_none(const char *words)
{
	return words == NULL || words[0] == '\0' ? "–" : words;
}

static void
add_member(const struct page *page, json_t *members, enum dossier_cell cell,
    const char *before, const char *after)
{
	if (strcmp(before, after) != 0)
		json_array_append_new(
		    members, json_pack("{s:s, s:s, s:s}", "name",
				 page_text_of(page, "register.column.%s",
				     dossier_cells[cell]),
				 "before", before, "after", after));
}

static const char *
outcome_shown(const struct page *page, enum outcome outcome)
{
	return outcome == OUTCOME_NONE
		   ? "–"
		   : page_text_of(
			 page, "register.outcome.%s", outcome_words[outcome]);
}

static json_t *
change_row(const struct page *page, const struct preview_change *c)
{
	const struct dossier *a = &c->before, *b = &c->after;
	json_t *row = json_object(), *members = json_array();

	add_member(page, members, CELL_UNIT, page_unit_name(page, a->unit),
	    page_unit_name(page, b->unit));
	add_member(page, members, CELL_FIELD, words_or_none(a->field),
	    words_or_none(b->field));
	add_member(page, members, CELL_PROCEDURE, words_or_none(a->procedure),
	    words_or_none(b->procedure));
	add_member(page, members, CELL_RECEIVED_AT,
	    moment_or_none(page, a->received_at),
	    moment_or_none(page, b->received_at));
	add_member(page, members, CELL_DUE_AT, moment_or_none(page, a->due_at),
	    moment_or_none(page, b->due_at));
	add_member(page, members, CELL_FINISHED_AT,
	    moment_or_none(page, a->finished_at),
	    moment_or_none(page, b->finished_at));
	add_member(page, members, CELL_OUTCOME, outcome_shown(page, a->outcome),
	    outcome_shown(page, b->outcome));
	add_member(page, members, CELL_DESK, words_or_none(a->desk),
	    words_or_none(b->desk));
	add_member(page, members, CELL_AUTHORITY, words_or_none(a->authority),
	    words_or_none(b->authority));
	put_text(row, "line", page_count(page, c->line));
	put_text(row, "code", b->code);
	put_part(row, "members", members);
	return row;
}

json_t *
register_preview_document(
    const struct page *page, const struct preview *preview)
{
	static const char *const numbers[NUMBER_KINDS] = {
	    "kept", "unwanted", "no_mobile", "none"};
	json_t *doc = json_object(), *changes = json_array(),
	       *bad = json_array(), *counts = json_object();

	for (size_t i = 0; i < preview->nchanges; i++)
		json_array_append_new(
		    changes, change_row(page, &preview->changes[i]));
	for (size_t i = 0; i < preview->nbad; i++)
		json_array_append_new(
		    bad, json_pack("{s:s, s:s}", "line",
			     page_count(page, preview->bad[i].line), "why",
			     register_why(page, preview->bad[i].why)));
	for (int i = 0; i < NUMBER_KINDS; i++)
		put_text(counts, numbers[i],
		    page_count(page, (int64_t)preview->counts.numbers[i]));
	put_text(doc, "new",
	    page_count(page, (int64_t)preview->became[ANNOUNCED_NEW]));
	put_text(doc, "changed",
	    page_count(page, (int64_t)preview->became[ANNOUNCED_CHANGED]));
	put_text(doc, "same",
	    page_count(page, (int64_t)preview->became[ANNOUNCED_SAME]));
	put_text(doc, "left", page_count(page, (int64_t)preview->counts.bad));
	put_part(doc, "numbers", counts);
	put_words(doc, "aside", preview->left_aside);
	put_flag(doc, "differs", preview->nchanges > 0);
	put_part(doc, "changes", changes);
	put_flag(doc, "more_changes",
	    preview->became[ANNOUNCED_CHANGED] > preview->nchanges);
	put_flag(doc, "left_out", preview->nbad > 0);
	put_part(doc, "bad", bad);
	put_flag(doc, "more_bad", preview->counts.bad > preview->nbad);
	return doc;
}

/* ------------------------------------------------------------------- effect */

static const char *
effect_words(const struct page *page, const struct effect_row *row)
{
	const struct catalogue *c = page->ctx->catalogue;
	const struct field *field;
	const char *name = row->name;

	if (row->by == BY_POPULATION)
		return page_text_of(page, "population.%s", name);
	if (row->by == BY_UNIT)
		return row->below ? page_fill(page, "admin.effect.below",
					"name", page_unit_name(page, name))
				  : page_unit_name(page, name);
	field = catalogue_field(c, name);
	return field == NULL ? page_text(page, "field.unknown") : field->name;
}

/* Answers, dossiers and coverage of a side; too few answers are not told. */
static json_t *
effect_side(const struct page *page, const struct score *row)
{
	char coverage[NUMBER_TEXT] = "";
	int64_t all;
	json_t *side;

	if (row == NULL)
		return NULL;
	side = json_object();
	all = row->has_dossiers ? row->dossiers[DOSSIERS_FINISHED] : 0;
	if (row->judgement.valid <= all)
		number_share(
		    row->judgement.valid, all, 0, page_mark(page), coverage);
	put_text(side, "verdict",
	    page_text_of(
		page, "verdict.word.%s", verdict_name(row->judgement.verdict)));
	put_text(side, "answers", page_few(page, row->judgement.valid));
	put_text(
	    side, "dossiers", row->has_dossiers ? page_count(page, all) : "–");
	put_words(side, "coverage", coverage);
	return side;
}

static json_t *
effect_rows_of(const struct page *page, const struct effect *effect)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < effect->count; i++) {
		const struct effect_row *one = &effect->list[i];
		json_t *row = json_object();

		put_text(row, "name", effect_words(page, one));
		put_flag(row, "turns",
		    one->before != NULL && one->after != NULL &&
			one->before->judgement.verdict !=
			    one->after->judgement.verdict);
		put_part(row, "before", effect_side(page, one->before));
		put_part(row, "after", effect_side(page, one->after));
		json_array_append_new(rows, row);
	}
	return rows;
}

/* The counts of the period as they would be: a copy, with what moves in it. */
static struct dossier_counts
counts_after(const struct page *page, const struct dossier_counts *now,
    const struct dossier_counts *moved, const struct period *period)
{
	struct dossier_counts next = {NULL, 0};

	for (size_t i = 0; i < now->count; i++)
		*(struct dossier_count *)arena_append(page->arena, &next.rows,
		    &next.count, sizeof(*next.rows)) = now->rows[i];
	for (size_t i = 0; i < moved->count; i++) {
		struct dossier_count row = moved->rows[i];

		if (row.day < period->first || row.day > period->last)
			continue;
		row.day = 0;
		*(struct dossier_count *)arena_append(page->arena, &next.rows,
		    &next.count, sizeof(*next.rows)) = row;
	}
	dossier_counts_merge(&next);
	return next;
}

json_t *
register_effect_document(const struct page *page, const struct preview *preview)
{
	const struct catalogue *c = page->ctx->catalogue;
	struct period quarter = period_current_quarter(
	    civil_local_day(page->req->now), catalogue_cut(c));
	struct dossier_counts now, next;
	struct effect effect;
	struct tallies tallies;
	json_t *doc = NULL;

	tallies_init(&tallies);
	if (store_tallies_sum(
		page->ctx->db, quarter.first, quarter.last, false, &tallies) &&
	    store_dossier_counts(page->ctx->db, page->arena, quarter.first,
		quarter.last, false, &now)) {
		next = counts_after(page, &now, &preview->moved, &quarter);
		dossiers_effect(page->arena, c, &tallies, &now, &next,
		    quarter.first, quarter.last, &effect);
		doc = json_object();
		put_text(doc, "period",
		    words_period(page->arena, page->lang, &quarter));
		put_flag(doc, "some", effect.count > 0);
		put_part(doc, "rows", effect_rows_of(page, &effect));
	}
	tallies_finish(&tallies);
	return doc;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Section II, 1 to 3: the targets, the units, the fields. A sentence for each
 * target, with its verdict as everywhere; a short table that fits a page (the
 * columns of DOMAIN 5.3 stand in the annex); the picture of the shares.
 */
#include "server/core/report/build_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *
population_name(const struct building *b, const char *population)
{
	char key[64];

	snprintf(key, sizeof(key), "population.%s", population);
	return text(b->lang, key);
}

/* ------------------------------------------------------------------- charts */

static void
add_bar(struct building *b, struct report_chart *c, const char *name,
    const struct score *row)
{
	const struct judgement *j = &row->judgement;
	struct report_bar *bar =
	    arena_append(b->arena, &c->bars, &c->nbars, sizeof(*c->bars));

	bar->name = name;
	bar->target = (double)row->percent4 / 1e4;
	bar->has_share = j->valid > 0 && !row->few;
	bar->has_interval = bar->has_share && interval_defined(row->judged);
	if (bar->has_share)
		bar->share = 100 * j->share;
	if (bar->has_interval) {
		bar->lo = 100 * row->judged.lo;
		bar->hi = 100 * row->judged.hi;
	}
	bar->words = bar->has_share ? figure_words(b, j->satisfied, j->valid,
					  row->percent4)
				    : cell_verdict(b, row).text;
}

/* The scale begins at a multiple of ten below all that is shown, at most at
 * 50: bars that begin at 0 say little of shares around 90. */
static void
end_chart(struct building *b, struct report_chart *c)
{
	double least = 50;
	const char *alt = "";

	for (size_t i = 0; i < c->nbars; i++) {
		if (c->bars[i].has_share)
			least = fmin(least, c->bars[i].share - 2);
		alt = arena_printf(b->arena, "%s%s%s: %s", alt,
		    i == 0 ? "" : "; ", c->bars[i].name, c->bars[i].words);
	}
	c->from = fmax(0, 10 * floor(least / 10));
	c->alt = alt;
	if (c->nbars > 0)
		block_add(b, BLOCK_CHART, c->title)->chart = c;
}

static struct report_chart *
new_chart(struct building *b, const char *key, const char *title)
{
	struct report_chart *c = arena_alloc(b->arena, sizeof(*c));

	c->key = key;
	c->title = title;
	return c;
}

/* ------------------------------------------------------------- short tables */

static void
short_columns(struct building *b, struct report_table *t, const char *what)
{
	table_column(
	    b, t, "no", text(b->lang, "report.column.no"), NULL, 4, false);
	table_column(b, t, "name", what, NULL, 27, true);
	table_column(b, t, "dossiers", text(b->lang, "report.column.dossiers"),
	    NULL, 10, false);
	table_column(b, t, "valid", text(b->lang, "report.column.valid"), NULL,
	    9, false);
	table_column(b, t, "share", text(b->lang, "report.column.share"), NULL,
	    9, false);
	table_column(b, t, "lo", text(b->lang, "report.column.lo"),
	    text(b->lang, "report.column.interval"), 8, false);
	table_column(b, t, "hi", text(b->lang, "report.column.hi"),
	    text(b->lang, "report.column.interval"), 8, false);
	table_column(b, t, "target", text(b->lang, "report.column.target"),
	    NULL, 8, false);
	table_column(b, t, "verdict", text(b->lang, "report.column.verdict"),
	    NULL, 18, false);
}

static void
short_row(struct building *b, struct report_table *t, enum report_row_kind kind,
    const char *code, size_t number, const char *name, const struct score *row)
{
	const struct judgement *j = &row->judgement;
	struct report_cell *cell = table_row(b, t, kind, code);

	if (number > 0)
		cell[0] = cell_count(b, (int64_t)number);
	cell[1] = cell_words(name);
	if (row->has_dossiers)
		cell[2] = cell_count(b, j->dossiers);
	cell[3] = row->few ? cell_words(sentence_answers(&b->to, row))
			   : cell_count(b, j->valid);
	if (!row->few) {
		cell[4] = cell_share(b, j->satisfied, j->valid, row->percent4);
		cell[5] = cell_low(b, 100 * row->judged.lo, row->percent4);
		cell[6] = cell_high(b, 100 * row->judged.hi, row->percent4);
	}
	cell[7] = cell_target(b, row->percent4);
	cell[8] = cell_verdict(b, row);
}

/* ------------------------------------------------------------------- 1. all */

void
build_general(struct building *b)
{
	struct report_table *t = table_new(
	    b, "targets", text(b->lang, "report.table.targets"), false);
	struct report_chart *chart =
	    new_chart(b, "targets", text(b->lang, "report.chart.targets"));

	short_columns(b, t, text(b->lang, "report.column.population"));
	for (size_t i = 0; i < b->populations.count; i++) {
		const struct score *row = &b->populations.rows[i];
		const char *name = population_name(b, row->population);

		short_row(b, t, ROW_PLAIN, row->population, i + 1, name, row);
		if (row->judgement.valid == 0)
			continue;
		add_bar(b, chart, name, row);
		block_add(b, BLOCK_SENTENCE,
		    text_fill(b->arena, b->lang, "report.sentence", "name",
			name, "verdict", sentence_verdict(&b->to, row), NULL));
	}
	if (chart->nbars == 0)
		block_add(b, BLOCK_SENTENCE, text(b->lang, "verdict.no_data"));
	block_table(b, t);
	end_chart(b, chart);
	block_add(b, BLOCK_NOTE, text(b->lang, "note.selfselect"));
	block_add(b, BLOCK_NOTE, text(b->lang, "note.name"));
}

/* ------------------------------------------------------ 2., 3. their parts */

/* "Trong 12 đơn vị có phiếu hợp lệ: 3 đạt chỉ tiêu, 2 chưa đạt …", without what
 * there is none of. */
static void
count_verdicts(
    struct building *b, const struct score_rows *rows, const char *key)
{
	static const struct {
		enum verdict verdict;
		const char *key;
	} parts[] = {{VERDICT_MET, "report.count.met"},
	    {VERDICT_NOT_MET, "report.count.not_met"},
	    {VERDICT_NOT_YET_KNOWN, "report.count.unknown"},
	    {VERDICT_TOO_FEW, "report.count.few"},
	    {VERDICT_INVALID, "report.count.invalid"}};
	int64_t n[VERDICT_COUNT] = {0}, with = 0;
	const char *list = "";

	for (size_t i = 0; i < rows->count; i++) {
		n[sentence_shown(&rows->rows[i])]++;
		with += rows->rows[i].judgement.valid > 0;
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (n[parts[i].verdict] > 0)
			list = arena_printf(b->arena, "%s%s%s", list,
			    list[0] == '\0' ? "" : ", ",
			    text_fill(b->arena, b->lang, parts[i].key, "n",
				figure_number(b, n[parts[i].verdict]), NULL));
	if (list[0] != '\0')
		block_add(b, BLOCK_PARAGRAPH,
		    text_fill(b->arena, b->lang, key, "with",
			figure_number(b, with), "list", list, NULL));
}

void
build_units(struct building *b)
{
	const struct score *all = figure_population(b, "tthc");
	struct report_table *t = table_new(
	    b, "units.short", text(b->lang, "report.table.units"), false);
	struct report_chart *chart =
	    new_chart(b, "units", text(b->lang, "report.chart.units"));

	count_verdicts(b, &b->units, "report.units.count");
	short_columns(b, t, text(b->lang, "report.column.unit"));
	for (size_t i = 0; i < b->units.count; i++) {
		const struct score *row = &b->units.rows[i];
		const char *name = figure_unit(b, row->name);

		short_row(b, t, ROW_PLAIN, row->name, i + 1, name, row);
		if (row->judgement.valid > 0)
			add_bar(b, chart, name, row);
	}
	if (all != NULL)
		short_row(
		    b, t, ROW_TOTAL, "", 0, text(b->lang, "report.total"), all);
	block_table(b, t);
	end_chart(b, chart);
	block_add(b, BLOCK_NOTE, text(b->lang, "report.note.pooled"));
}

void
build_fields(struct building *b)
{
	const struct score *all = figure_population(b, "tthc");
	const struct score *land = figure_population(b, "tthc-land");
	struct report_table *t = table_new(
	    b, "fields.short", text(b->lang, "report.table.fields"), false);
	size_t number = 0, empty = 0;

	count_verdicts(b, &b->fields, "report.fields.count");
	short_columns(b, t, text(b->lang, "report.column.field"));
	for (size_t i = 0; i < b->fields.count; i++) {
		const struct score *row = &b->fields.rows[i];

		if (figure_empty(row))
			empty++;
		else
			short_row(b, t, ROW_PLAIN, row->name, ++number,
			    figure_field(b, row->name), row);
	}
	if (land != NULL && b->source->filter.field[0] == '\0')
		short_row(b, t, ROW_HEAD, "tthc-land", 0,
		    population_name(b, "tthc-land"), land);
	if (all != NULL)
		short_row(
		    b, t, ROW_TOTAL, "", 0, text(b->lang, "report.total"), all);
	if (empty > 0)
		t->note = text_fill(b->arena, b->lang, "report.fields.empty",
		    "n", figure_number(b, (int64_t)empty), NULL);
	block_table(b, t);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables and their cells: the printed words and the number behind them are made
 * side by side, so that paper and spreadsheet cannot disagree.
 */
#include "server/core/report/build_private.h"

#include <math.h>
#include <stdio.h>
#include "server/view/number.h"

struct report_table *
table_new(struct building *b, const char *key, const char *title, bool wide)
{
	struct report_table *t = arena_alloc(b->arena, sizeof(*t));
	struct report_table **place;

	place = arena_append(b->arena, &b->out->tables, &b->out->ntables,
	    sizeof(struct report_table *));
	*place = t;
	t->key = key;
	t->title = text_fill(b->arena, b->lang, "report.table", "number",
	    arena_printf(b->arena, "%zu", b->out->ntables), "title", title,
	    NULL);
	t->wide = wide;
	return t;
}

void
table_column(struct building *b, struct report_table *t, const char *key,
    const char *title, const char *over, int width, bool words)
{
	struct report_column *c = arena_append(
	    b->arena, &t->columns, &t->ncolumns, sizeof(*t->columns));

	*c = (struct report_column){key, title, over, width, words};
}

struct report_cell *
table_row(struct building *b, struct report_table *t, enum report_row_kind kind,
    const char *code)
{
	struct report_row *row =
	    arena_append(b->arena, &t->rows, &t->nrows, sizeof(*t->rows));

	row->kind = kind;
	row->code = code;
	row->cells =
	    arena_alloc(b->arena, (t->ncolumns + 1) * sizeof(*row->cells));
	for (size_t i = 0; i < t->ncolumns; i++)
		row->cells[i].text = "";
	return row->cells;
}

struct report_cell
cell_words(const char *words)
{
	struct report_cell cell = {.kind = REPORT_CELL_TEXT, .text = words};

	if (words == NULL || words[0] == '\0')
		cell = (struct report_cell){.text = ""};
	return cell;
}

struct report_cell
cell_count(const struct building *b, int64_t n)
{
	return (struct report_cell){
	    .kind = REPORT_CELL_COUNT, .text = figure_number(b, n), .count = n};
}

static struct report_cell
percent_of(const struct building *b, double percent, const char *words)
{
	if (isnan(percent))
		return (struct report_cell){.text = ""};
	return (struct report_cell){.kind = REPORT_CELL_PERCENT,
	    .text = arena_strdup(b->arena, words),
	    .number = percent};
}

struct report_cell
cell_share(const struct building *b, int64_t x, int64_t n, int64_t percent4)
{
	char words[NUMBER_TEXT];

	number_share(x, n, (int)percent4, sentence_mark(b->lang), words);
	return percent_of(
	    b, n == 0 ? NAN : 100.0 * (double)x / (double)n, words);
}

struct report_cell
cell_percent(const struct building *b, double percent, int64_t percent4)
{
	char words[NUMBER_TEXT];

	number_percent(percent, (int)percent4, sentence_mark(b->lang), words);
	return percent_of(b, percent, words);
}

struct report_cell
cell_low(const struct building *b, double percent, int64_t percent4)
{
	char words[NUMBER_TEXT] = "";

	if (!isnan(percent))
		number_low(
		    percent, (int)percent4, sentence_mark(b->lang), words);
	return percent_of(b, percent, words);
}

struct report_cell
cell_high(const struct building *b, double percent, int64_t percent4)
{
	char words[NUMBER_TEXT] = "";

	if (!isnan(percent))
		number_high(
		    percent, (int)percent4, sentence_mark(b->lang), words);
	return percent_of(b, percent, words);
}

struct report_cell
cell_target(const struct building *b, int64_t percent4)
{
	char words[NUMBER_TEXT];

	number_target((int)percent4, sentence_mark(b->lang), words);
	return percent_of(b, (double)percent4 / 1e4, words);
}

struct report_cell
cell_verdict(const struct building *b, const struct score *row)
{
	const char *name = verdict_name(sentence_shown(row));
	char key[64];

	snprintf(key, sizeof(key), "verdict.word.%s", name);
	return (struct report_cell){.kind = REPORT_CELL_VERDICT,
	    .text = text(b->lang, key),
	    .code = name};
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report to be recomputed: a sheet for the words, one for each table with
 * its header frozen, one that says how the figures were made. Cells hold the
 * number that is not rounded; their format shows as many decimals as the paper,
 * and two more where the paper rounds a limit outwards, so that no cell seems
 * to stand across a target. Words are written as words: nothing is a formula.
 */
#include "server/core/report/report.h"
#include "server/report/forms.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/report/xlsx_file.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/utf8.h"

#define DECIMALS   12   /* at most, of a format */
#define WORDS_WIDE 80   /* of the column of words, in letters */
#define LINE_HIGH  16.5 /* a line of 12 points */

struct xlsx {
	struct xlsx_file file;
	const struct report *report;
	struct arena *arena;
	lxw_format *title, *plain, *caption, *head, *words, *bold_words, *count,
	    *bold_count, *centre, *bold_centre;
	lxw_format *percent[DECIMALS + 1], *bold_percent[DECIMALS + 1];
	int tables;
};

/* ------------------------------------------------------------------ formats */

static lxw_format *
new_format(struct xlsx *x, bool bold, bool box, uint8_t align)
{
	lxw_format *format = workbook_add_format(x->file.book);

	format_set_font_name(format, "Times New Roman");
	format_set_font_size(format, 12);
	if (bold)
		format_set_bold(format);
	if (box)
		format_set_border(format, LXW_BORDER_THIN);
	format_set_align(format, align);
	format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
	format_set_text_wrap(format);
	return format;
}

static lxw_format *
number_format(struct xlsx *x, bool bold, const char *shown)
{
	lxw_format *format = new_format(x, bold, true, LXW_ALIGN_CENTER);

	format_set_num_format(format, shown);
	return format;
}

static void
make_formats(struct xlsx *x)
{
	x->title = new_format(x, true, false, LXW_ALIGN_LEFT);
	x->plain = new_format(x, false, false, LXW_ALIGN_LEFT);
	x->caption = workbook_add_format(x->file.book);
	format_set_font_name(x->caption, "Times New Roman");
	format_set_font_size(x->caption, 13);
	format_set_bold(x->caption);
	x->head = new_format(x, true, true, LXW_ALIGN_CENTER);
	x->words = new_format(x, false, true, LXW_ALIGN_LEFT);
	x->bold_words = new_format(x, true, true, LXW_ALIGN_LEFT);
	x->centre = new_format(x, false, true, LXW_ALIGN_CENTER);
	x->bold_centre = new_format(x, true, true, LXW_ALIGN_CENTER);
	x->count = number_format(x, false, "#,##0");
	x->bold_count = number_format(x, true, "#,##0");
}

/* Made when first asked for. */
static lxw_format *
percent_format(struct xlsx *x, int decimals, bool bold)
{
	lxw_format **formats = bold ? x->bold_percent : x->percent;
	char shown[DECIMALS + 8] = "0";

	if (decimals > DECIMALS)
		decimals = DECIMALS;
	if (formats[decimals] != NULL)
		return formats[decimals];
	if (decimals > 0)
		snprintf(shown, sizeof(shown), "0.%0*d", decimals, 0);
	formats[decimals] = number_format(x, bold, shown);
	return formats[decimals];
}

/* As many decimals as the printed words have, two more where these are not the
 * number rounded half up. */
static int
percent_decimals(const struct report_cell *cell)
{
	const char *mark = strpbrk(cell->text, ",.");
	int decimals = mark == NULL ? 0 : (int)strlen(mark + 1);
	char rounded[48];

	snprintf(rounded, sizeof(rounded), "%.*f", decimals, cell->number);
	for (char *c = rounded; *c != '\0'; c++)
		if (*c == '.' && mark != NULL)
			*c = *mark;
	return strcmp(rounded, cell->text) == 0 ? decimals : decimals + 2;
}

/* ------------------------------------------------------------------- tables */

static void
xlsx_cell(struct xlsx *x, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
    const struct report_cell *cell, bool left, bool bold)
{
	lxw_format *words = left   ? bold ? x->bold_words : x->words
			    : bold ? x->bold_centre
				   : x->centre;

	switch (cell->kind) {
	case REPORT_CELL_COUNT:
		worksheet_write_number(sheet, row, col, (double)cell->count,
		    bold ? x->bold_count : x->count);
		break;
	case REPORT_CELL_PERCENT:
	case REPORT_CELL_NUMBER:
		worksheet_write_number(sheet, row, col, cell->number,
		    percent_format(x, percent_decimals(cell), bold));
		break;
	case REPORT_CELL_EMPTY:
		worksheet_write_blank(sheet, row, col, words);
		break;
	default:
		worksheet_write_string(sheet, row, col, cell->text, words);
		break;
	}
}

/* How wide a column is, in letters. */
static double
column_letters(const struct report_column *c)
{
	return c->words ? fmax(c->width, 28) : fmax(c->width, 12);
}

/* How many lines the highest cell of a row needs. */
static double
row_lines(const struct report_table *t, const struct report_row *row)
{
	double most = 1;

	for (size_t i = 0; i < t->ncolumns; i++)
		most =
		    fmax(most, ceil((double)utf8_length(row->cells[i].text) /
				    (column_letters(&t->columns[i]) * 0.85)));
	return most;
}

static void
xlsx_heads(struct xlsx *x, lxw_worksheet *sheet, const struct report_table *t)
{
	/* a header of up to four lines */
	worksheet_set_row(sheet, 1, 4 * LINE_HIGH, NULL);
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct report_column *c = &t->columns[i];
		const char *title =
		    c->over == NULL
			? c->title
			: arena_printf(x->arena, "%s: %s", c->over, c->title);

		worksheet_set_column(
		    sheet, (lxw_col_t)i, (lxw_col_t)i, column_letters(c), NULL);
		worksheet_write_string(sheet, 1, (lxw_col_t)i, title, x->head);
	}
}

static lxw_worksheet *
xlsx_sheet(struct xlsx *x, const char *name)
{
	lxw_worksheet *sheet = workbook_add_worksheet(x->file.book, name);

	worksheet_set_paper(sheet, 9); /* A4 */
	worksheet_fit_to_pages(sheet, 1, 0);
	return sheet;
}

static void
xlsx_table(struct xlsx *x, const struct report_table *t)
{
	lxw_row_t row = 2;
	lxw_worksheet *sheet = xlsx_sheet(
	    x, text_fill(x->arena, x->report->lang, "report.sheet.table",
		   "number", arena_printf(x->arena, "%d", ++x->tables), NULL));

	if (t->ncolumns > 8)
		worksheet_set_landscape(sheet);
	worksheet_write_string(sheet, 0, 0, t->title, x->caption);
	xlsx_heads(x, sheet, t);
	for (size_t i = 0; i < t->nrows; i++, row++) {
		worksheet_set_row(
		    sheet, row, row_lines(t, &t->rows[i]) * LINE_HIGH, NULL);
		for (size_t k = 0; k < t->ncolumns; k++)
			xlsx_cell(x, sheet, row, (lxw_col_t)k,
			    &t->rows[i].cells[k], t->columns[k].words,
			    t->rows[i].kind == ROW_TOTAL);
	}
	worksheet_freeze_panes(sheet, 2, t->columns[0].words ? 1 : 2);
	worksheet_repeat_rows(sheet, 1, 1);
	if (t->note != NULL)
		worksheet_write_string(sheet, row, 0, t->note, NULL);
}

/* -------------------------------------------------------------------- words */

static void
xlsx_words(struct xlsx *x, lxw_worksheet *sheet, lxw_row_t *row,
    const char *words, bool bold)
{
	double lines;

	if (words[0] == '\0')
		return;
	/* said, since not every program looks how high wrapped words are; in
	 * capitals and bold fewer letters find room */
	lines = ceil((double)utf8_length(words) / (WORDS_WIDE * 0.85));
	for (const char *c = words; *c != '\0'; c++)
		lines += *c == '\n';
	worksheet_set_row(sheet, *row, lines * LINE_HIGH, NULL);
	worksheet_write_string(
	    sheet, (*row)++, 0, words, bold ? x->title : x->plain);
}

static void
xlsx_text_blocks(struct xlsx *x, lxw_worksheet *sheet, lxw_row_t *row,
    const struct report_block *blocks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool bold = blocks[i].kind == BLOCK_SECTION ||
			    blocks[i].kind == BLOCK_HEADING;

		if (blocks[i].chart != NULL)
			continue;
		xlsx_words(x, sheet, row,
		    blocks[i].table == NULL ? blocks[i].text
					    : blocks[i].table->title,
		    bold);
	}
}

static void
xlsx_paper(struct xlsx *x)
{
	const struct report_head *h = &x->report->head;
	const char *const lines[] = {h->superior, h->agency, h->number,
	    h->place_date, h->kind, h->subject, h->subject_period, h->filter,
	    h->draft, h->addressee};
	lxw_worksheet *sheet =
	    xlsx_sheet(x, text(x->report->lang, "report.sheet.paper"));
	lxw_row_t row = 0;

	worksheet_set_column(sheet, 0, 0, WORDS_WIDE, NULL);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		xlsx_words(x, sheet, &row, lines[i], true);
	worksheet_freeze_panes(sheet, row, 0);
	xlsx_text_blocks(x, sheet, &row, x->report->blocks, x->report->nblocks);
}

static void
xlsx_method(struct xlsx *x)
{
	lxw_worksheet *sheet =
	    xlsx_sheet(x, text(x->report->lang, "report.sheet.method"));
	lxw_row_t row = 0;

	worksheet_set_column(sheet, 0, 0, WORDS_WIDE, NULL);
	xlsx_text_blocks(x, sheet, &row, x->report->annex, x->report->nannex);
}

bool
report_write_xlsx(const struct report *report,
    const struct report_choice *choice, struct buf *out)
{
	struct arena arena;
	struct xlsx x = {.report = report, .arena = &arena};
	bool ok;

	(void)choice;
	if (!xlsx_open(&x.file, NULL, false))
		return false;
	arena_init(&arena);
	xlsx_describe(&x.file, report->head.subject, report->head.agency,
	    report->source->period.day);
	make_formats(&x);
	xlsx_paper(&x);
	for (size_t i = 0; i < report->ntables; i++)
		xlsx_table(&x, report->tables[i]);
	xlsx_method(&x);
	ok = xlsx_close(&x.file) && xlsx_take(&x.file, out);
	xlsx_forget(&x.file);
	arena_finish(&arena);
	return ok;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report as a table of text: in the order of the paper, a line of words has
 * one cell, a table its header and its rows. Numbers are those behind the
 * printed ones. Excel in Vietnamese takes ';' for the mark between cells and
 * ',' for the decimal mark, so both change together; words that would be run as
 * a formula are made words (core/text/csv_cell).
 */
#include "server/core/report/report.h"
#include "server/report/forms.h"

#include <stdio.h>
#include <string.h>
#include "server/core/text/csv_cell.h"
#include "shared/buf.h"

struct csv {
	struct buf *out;
	bool semicolon;
};

static void
mark(const struct csv *csv, size_t i)
{
	if (i > 0)
		buf_putc(csv->out, csv->semicolon ? ';' : ',');
}

static void
end_row(const struct csv *csv)
{
	buf_puts(csv->out, "\r\n");
}

static void
line(const struct csv *csv, const char *words)
{
	if (words[0] == '\0')
		return;
	csv_cell(csv->out, words);
	end_row(csv);
}

static void
percent(const struct csv *csv, double number)
{
	char digits[32];
	char *point;

	snprintf(digits, sizeof(digits), "%.12g", number);
	point = strchr(digits, '.');
	if (point != NULL && csv->semicolon)
		*point = ',';
	/* a decimal comma between commas must be quoted; csv_cell does */
	csv_cell(csv->out, digits);
}

static void
csv_table_cell(const struct csv *csv, const struct report_cell *cell)
{
	switch (cell->kind) {
	case REPORT_CELL_COUNT:
		buf_int(csv->out, cell->count);
		break;
	case REPORT_CELL_PERCENT:
	case REPORT_CELL_NUMBER:
		percent(csv, cell->number);
		break;
	default:
		csv_cell(csv->out, cell->text);
		break;
	}
}

static void
csv_table(const struct csv *csv, const struct report_table *t)
{
	end_row(csv);
	line(csv, t->title);
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct report_column *c = &t->columns[i];
		char title[300];

		snprintf(title, sizeof(title), "%s%s%s",
		    c->over == NULL ? "" : c->over, c->over == NULL ? "" : ": ",
		    c->title);
		mark(csv, i);
		csv_cell(csv->out, title);
	}
	end_row(csv);
	for (size_t i = 0; i < t->nrows; i++) {
		for (size_t k = 0; k < t->ncolumns; k++) {
			mark(csv, k);
			csv_table_cell(csv, &t->rows[i].cells[k]);
		}
		end_row(csv);
	}
	end_row(csv);
}

static void
csv_blocks(const struct csv *csv, const struct report_block *blocks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (blocks[i].table != NULL)
			csv_table(csv, blocks[i].table);
		else if (blocks[i].chart == NULL)
			line(csv, blocks[i].text);
	}
}

bool
report_write_csv(const struct report *report,
    const struct report_choice *choice, struct buf *out)
{
	const struct csv csv = {out, choice->semicolon};
	const struct report_head *h = &report->head;
	const char *const lines[] = {h->agency, h->number, h->place_date,
	    h->kind, h->subject, h->subject_period, h->filter, h->draft};

	buf_puts(out, CSV_BOM);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		line(&csv, lines[i]);
	csv_blocks(&csv, report->blocks, report->nblocks);
	end_row(&csv);
	line(&csv, h->annex_title);
	csv_blocks(&csv, report->annex, report->nannex);
	return true;
}

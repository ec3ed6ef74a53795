/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A row is written when it comes and forgotten: a million answers take no more
 * memory than one. A spreadsheet's sheet has room for a million rows and a
 * header; the next answer begins another one.
 */
#include "server/report/answers_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/text/csv_cell.h"
#include "server/report/xlsx_file.h"
#include "shared/buf.h"
#include "shared/json.h"

#define SHEET_ROWS 1000000
#define CHUNK      65536

struct answers_file {
	FILE *text; /* CSV and JSON */
	struct buf chunk;
	bool json, semicolon, failed;
	struct xlsx_file book; /* XLSX */
	lxw_worksheet *sheet;
	lxw_row_t row;
	size_t count;
};

const char *const answers_columns[ANSWERS_COLUMNS] = {"day", "unit", "desk",
    "field", "channel", "form", "form_version", "overall", "scores", "reasons",
    "assisted", "set_aside"};

bool
answers_number(int column)
{
	return column == 6 || column == 7;
}

/* --------------------------------------------------------------------- text */

static bool
flush_chunk(struct answers_file *f, size_t least)
{
	if (f->chunk.size < least || f->chunk.size == 0)
		return !f->failed;
	f->failed |=
	    fwrite(f->chunk.data, 1, f->chunk.size, f->text) != f->chunk.size;
	buf_clear(&f->chunk);
	return !f->failed;
}

static void
add_csv(struct answers_file *f, const char *const cells[])
{
	for (int i = 0; i < ANSWERS_COLUMNS; i++) {
		if (i > 0)
			buf_putc(&f->chunk, f->semicolon ? ';' : ',');
		csv_cell(&f->chunk, cells[i]);
	}
	buf_puts(&f->chunk, "\r\n");
}

static void
add_json(struct answers_file *f, const char *const cells[])
{
	buf_puts(&f->chunk, f->count == 0 ? "[\n{" : ",\n{");
	for (int i = 0; i < ANSWERS_COLUMNS; i++) {
		buf_puts(&f->chunk, i == 0 ? "\"" : ",\"");
		buf_puts(&f->chunk, answers_columns[i]);
		buf_puts(&f->chunk, "\":");
		if (answers_number(i))
			buf_puts(
			    &f->chunk, cells[i][0] == '\0' ? "null" : cells[i]);
		else
			json_put(&f->chunk, cells[i]);
	}
	buf_putc(&f->chunk, '}');
}

/* -------------------------------------------------------------- spreadsheet */

static void
next_sheet(struct answers_file *f)
{
	f->sheet = workbook_add_worksheet(f->book.book, NULL);
	worksheet_freeze_panes(f->sheet, 1, 0);
	for (int i = 0; i < ANSWERS_COLUMNS; i++)
		worksheet_write_string(
		    f->sheet, 0, (lxw_col_t)i, answers_columns[i], NULL);
	f->row = 1;
}

static void
add_sheet_row(struct answers_file *f, const char *const cells[])
{
	if (f->sheet == NULL || f->row > SHEET_ROWS)
		next_sheet(f);
	for (int i = 0; i < ANSWERS_COLUMNS; i++) {
		lxw_error error = LXW_NO_ERROR;

		if (cells[i][0] == '\0')
			continue;
		error = answers_number(i)
			    ? worksheet_write_number(f->sheet, f->row,
				  (lxw_col_t)i, atof(cells[i]), NULL)
			    : worksheet_write_string(f->sheet, f->row,
				  (lxw_col_t)i, cells[i], NULL);
		f->failed |= error != LXW_NO_ERROR;
	}
	f->row++;
}

/* ----------------------------------------------------------------- the file */

struct answers_file *
answers_open(const char *path, const char *kind, bool semicolon)
{
	struct answers_file *f = calloc(1, sizeof(*f));
	bool sheet = strcmp(kind, "xlsx") == 0;

	if (f == NULL)
		return NULL;
	f->json = strcmp(kind, "json") == 0;
	f->semicolon = semicolon;
	errno = EINVAL;
	if (!sheet && (f->json || strcmp(kind, "csv") == 0))
		f->text = fopen(path, "wb");
	if (sheet ? !xlsx_open(&f->book, path, true) : f->text == NULL) {
		free(f);
		return NULL;
	}
	buf_init(&f->chunk);
	if (!sheet && !f->json) {
		buf_puts(&f->chunk, CSV_BOM);
		add_csv(f, answers_columns);
	}
	return f;
}

bool
answers_add(struct answers_file *f, const char *const cells[ANSWERS_COLUMNS])
{
	if (f->text == NULL)
		add_sheet_row(f, cells);
	else if (f->json)
		add_json(f, cells);
	else
		add_csv(f, cells);
	f->count++;
	return f->text == NULL ? !f->failed : flush_chunk(f, CHUNK);
}

bool
answers_close(struct answers_file *f)
{
	bool ok;

	if (f->text == NULL) {
		if (f->sheet == NULL)
			next_sheet(f);
		ok = xlsx_close(&f->book) && !f->failed;
	} else {
		if (f->json)
			buf_puts(&f->chunk, f->count == 0 ? "[]\n" : "\n]\n");
		flush_chunk(f, 0);
		ok = fclose(f->text) == 0 && !f->failed;
	}
	buf_finish(&f->chunk);
	free(f);
	return ok;
}

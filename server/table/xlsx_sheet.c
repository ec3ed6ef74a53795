/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sheet as it streams by: a cell's text gathers behind those before it, and
 * the row goes to the taker when it ends. Cells name their place, or stand
 * behind the last; rows likewise. A cell without a value is not looked at,
 * wherever it stands: formats reach to the sheet's edge.
 */
#include <stdlib.h>
#include <string.h>
#include "server/table/xlsx_private.h"

#define SERIAL_TEXT 64 /* bytes of a number worth reading */

enum cell_kind { CELL_NUMBER, CELL_SHARED, CELL_PLAIN, CELL_TRUTH };

struct sheet_reading {
	struct xlsx *x;
	struct xml *xml;
	enum table_go go;
	bool stopped;       /* we ended it, all is well unless … */
	const char *failed; /* … this is a sentence */
	int line;           /* of the row */
	size_t column;
	size_t ncells;    /* of the widest row so far: none is shorter */
	struct buf texts; /* of the row's cells, each with its NUL */
	size_t at[TABLE_COLUMNS];
	bool has[TABLE_COLUMNS];
	enum cell_kind kind;
	bool dated, in_value, in_row;
	int phonetic;
	struct buf value; /* of the cell being read */
};

static void
sheet_stops(struct sheet_reading *s, const char *sentence)
{
	s->failed = sentence;
	s->stopped = true;
	xml_stop(s->xml);
}

/* "AB12": 27; SIZE_MAX for what is no place. */
static size_t
column_of(const char *place)
{
	size_t n = 0;

	for (; *place >= 'A' && *place <= 'Z' && n < 100000; place++)
		n = n * 26 + (size_t)(*place - 'A') + 1;
	return n == 0 ? SIZE_MAX : n - 1;
}

static void
begin_sheet_row(struct sheet_reading *s, const char *const *attributes)
{
	const char *line = xml_attribute(attributes, "r");
	long n = line == NULL ? 0 : strtol(line, NULL, 10);

	s->line = n > 0 && n < 10000000 ? (int)n : s->line + 1;
	s->column = SIZE_MAX;
	s->in_row = true;
	memset(s->has, 0, sizeof(s->has));
	buf_clear(&s->texts);
}

static void
begin_sheet_cell(struct sheet_reading *s, const char *const *attributes)
{
	const char *place = xml_attribute(attributes, "r"),
		   *kind = xml_attribute(attributes, "t"),
		   *style = xml_attribute(attributes, "s");
	unsigned long number = style == NULL ? 0 : strtoul(style, NULL, 10);
	size_t column = place == NULL ? SIZE_MAX : column_of(place);

	s->column = column != SIZE_MAX ? column : s->column + 1;
	s->dated = number < s->x->nstyles && s->x->dated[number];
	s->kind = kind == NULL || strcmp(kind, "n") == 0 ? CELL_NUMBER
		  : strcmp(kind, "s") == 0               ? CELL_SHARED
		  : strcmp(kind, "b") == 0               ? CELL_TRUTH
							 : CELL_PLAIN;
	buf_clear(&s->value);
}

/* A value's text; of an error that is what the spreadsheet shows (#N/A). */
static void
end_sheet_cell(struct sheet_reading *s)
{
	const char *value = buf_text(&s->value);

	if (s->value.size == 0)
		return;
	if (s->column >= TABLE_COLUMNS) {
		sheet_stops(s, "it has more than 256 columns with values");
		return;
	}
	s->at[s->column] = s->texts.size;
	s->has[s->column] = true;
	if (s->column >= s->ncells)
		s->ncells = s->column + 1;
	if (s->kind == CELL_SHARED) {
		unsigned long i = strtoul(value, NULL, 10);

		if (i >= s->x->ntexts) {
			sheet_stops(s, "the file is damaged: a cell's text is "
				       "missing; export it again");
			return;
		}
		buf_puts(&s->texts, buf_text(&s->x->texts) + s->x->text_at[i]);
	} else if (s->kind == CELL_NUMBER && s->value.size < SERIAL_TEXT) {
		xlsx_number(value, s->dated, s->x->from_1904, &s->texts);
	} else {
		buf_puts(&s->texts, value);
	}
	buf_putc(&s->texts, '\0');
	if (s->texts.size > TABLE_ROW_BYTES)
		sheet_stops(s, "a row holds more than 1 MB of text");
}

static void
end_sheet_row(struct sheet_reading *s)
{
	const char *cells[TABLE_COLUMNS];
	const struct table_taker *taker = s->x->t->taker;

	s->in_row = false;
	for (size_t i = 0; i < s->ncells; i++)
		cells[i] = s->has[i] ? buf_text(&s->texts) + s->at[i] : "";
	s->go = taker->row(
	    taker->context, &(struct table_row){cells, s->ncells, s->line});
	if (s->go != TABLE_ON)
		sheet_stops(s, NULL);
}

static void
sheet_start(void *context, const char *name, const char *const *attributes)
{
	struct sheet_reading *s = context;

	if (strcmp(name, "row") == 0)
		begin_sheet_row(s, attributes);
	else if (strcmp(name, "c") == 0 && s->in_row)
		begin_sheet_cell(s, attributes);
	else if (strcmp(name, "rPh") == 0)
		s->phonetic++;
	s->in_value = s->in_row && s->phonetic == 0 &&
		      (strcmp(name, "v") == 0 || strcmp(name, "t") == 0);
}

static void
sheet_end(void *context, const char *name)
{
	struct sheet_reading *s = context;

	s->in_value = false;
	if (s->stopped)
		return;
	if (strcmp(name, "rPh") == 0)
		s->phonetic--;
	else if (strcmp(name, "c") == 0 && s->in_row)
		end_sheet_cell(s);
	else if (strcmp(name, "row") == 0 && s->in_row)
		end_sheet_row(s);
}

static void
sheet_text(void *context, const char *text, size_t n)
{
	struct sheet_reading *s = context;

	if (!s->in_value || s->stopped)
		return;
	if (s->value.size + n > TABLE_CELL_BYTES)
		sheet_stops(s, "a cell holds more text than a cell can");
	else
		buf_add(&s->value, text, n);
}

/* Goes to the sheet's part; ZIP_END: it is not there. */
static enum zip_step
find_part(struct zip_parts *zip, const char *part)
{
	enum zip_step step;
	const char *name;

	while ((step = zip_next(zip, &name)) == ZIP_PART)
		if (strcmp(name, part) == 0)
			break;
	return step;
}

bool
xlsx_read_sheet(
    struct xlsx *x, const struct xlsx_sheet *sheet, enum table_go *go)
{
	struct sheet_reading s = {.x = x, .go = TABLE_ON};
	const struct xml_taker taker = {sheet_start, sheet_end, sheet_text, &s};
	struct zip_parts *zip = zip_open(x->t->path, x->t->size);
	enum zip_step step =
	    zip == NULL ? ZIP_BROKEN : find_part(zip, sheet->part);
	bool ok;

	if (step != ZIP_PART) {
		zip_close(zip);
		return xlsx_refuse_zip(x, step == ZIP_END ? ZIP_BROKEN : step);
	}
	s.xml = xml_open(&taker);
	ok = xlsx_feed(x, zip, s.xml, &s.stopped);
	if (s.failed != NULL)
		ok = table_refuse(x->t, "row %d: %s", s.line, s.failed);
	xml_close(s.xml);
	zip_close(zip);
	buf_finish(&s.texts);
	buf_finish(&s.value);
	*go = s.go;
	return ok;
}

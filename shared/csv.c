/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One pass over the text: csv_parse reads records, a record reads cells. All
 * or nothing: the first thing that is not right ends the reading with a
 * sentence that names the line, because a table half understood is worse than
 * none. Own code instead of libcsv, which repairs what it does not understand
 * and does not say on which line a row began.
 *
 * The separator is the one of comma and semicolon that the header line has
 * more of: column names contain neither. Cells are copied once, without their
 * quotes, into the arena.
 */
#include "shared/csv.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "shared/clean_text.h"
#include "shared/utf8.h"

struct reader {
	struct arena *arena;
	const char *at, *end;
	char separator;
	int line; /* of the byte at `at` */
	bool failed;
	char *error;
	size_t error_size;
};

__attribute__((format(printf, 2, 3))) static bool
fail(struct reader *r, const char *format, ...)
{
	va_list args;

	if (!r->failed) {
		va_start(args, format);
		vsnprintf(r->error, r->error_size, format, args);
		va_end(args);
	}
	r->failed = true;
	return false;
}

static bool
at_end_of_record(const struct reader *r)
{
	if (r->at == r->end || *r->at == '\n')
		return true;
	return *r->at == '\r' && r->end - r->at > 1 && r->at[1] == '\n';
}

static void
skip_end_of_record(struct reader *r)
{
	if (r->at < r->end && *r->at == '\r')
		r->at++;
	if (r->at < r->end) {
		r->at++;
		r->line++;
	}
}

/* The text from `from` to `to` must be UTF-8: a table in another encoding, with
 * a NUL in every second byte perhaps, is not to be guessed at. */
static bool
check_csv_text(struct reader *r, int line, const char *from, const char *to)
{
	size_t n = (size_t)(to - from);

	if (utf8_whole(from, n) && memchr(from, '\0', n) == NULL)
		return true;
	return fail(
	    r, "line %d: not UTF-8 text; save the table as CSV UTF-8", line);
}

/* A cell without what is no text; one that is text stays as it is. */
static const char *
clean_csv_cell(struct reader *r, const char *cell)
{
	size_t n = strlen(cell);

	return utf8_valid(cell, n) ? cell : clean_text(r->arena, cell, n, NULL);
}

/* A cell in quotes; at is on the opening quote. Two quotes mean one. */
static bool
read_quoted(struct reader *r, const char **cell)
{
	const char *from = r->at + 1, *to = from;
	int began = r->line;
	size_t size = 0;
	char *out;

	while (to < r->end && (*to != '"' || (r->end - to > 1 && to[1] == '"')))
		to += *to == '"' ? 2 : 1;
	if (to == r->end)
		return fail(
		    r, "line %d: a quote is opened and never closed", began);
	if (!check_csv_text(r, began, from, to))
		return false;
	out = arena_alloc(r->arena, (size_t)(to - from) + 1);
	for (; from < to; from++) {
		out[size++] = *from;
		r->line += *from == '\n';
		from += *from == '"';
	}
	*cell = clean_csv_cell(r, out);
	r->at = to + 1;
	if (at_end_of_record(r) || *r->at == r->separator)
		return true;
	return fail(r, "line %d: text after a closing quote", r->line);
}

static bool
read_plain(struct reader *r, const char **cell)
{
	const char *from = r->at;

	while (!at_end_of_record(r) && *r->at != r->separator) {
		if (*r->at == '"')
			return fail(
			    r, "line %d: a quote inside a cell", r->line);
		if (*r->at == '\r')
			return fail(r,
			    "line %d: a line ends without a line "
			    "feed",
			    r->line);
		r->at++;
	}
	if (!check_csv_text(r, r->line, from, r->at))
		return false;
	*cell = clean_csv_cell(
	    r, arena_strndup(r->arena, from, (size_t)(r->at - from)));
	return true;
}

/* Reads one record into cells; *n counts all of it, also beyond CSV_COLUMNS. */
static bool
read_record(struct reader *r, const char *cells[CSV_COLUMNS], size_t *n)
{
	for (*n = 0;; r->at++) {
		const char *cell = "";
		bool quoted = r->at < r->end && *r->at == '"';

		if (!(quoted ? read_quoted(r, &cell) : read_plain(r, &cell)))
			return false;
		if (*n < CSV_COLUMNS)
			cells[*n] = cell;
		++*n;
		if (at_end_of_record(r))
			break;
	}
	skip_end_of_record(r);
	return true;
}

static void
skip_empty_lines(struct reader *r)
{
	while (r->at < r->end && at_end_of_record(r))
		skip_end_of_record(r);
}

static char
find_separator(const struct reader *r)
{
	size_t commas = 0, semicolons = 0;

	for (const char *c = r->at; c < r->end && *c != '\n'; c++) {
		commas += *c == ',';
		semicolons += *c == ';';
	}
	return semicolons > commas ? ';' : ',';
}

static size_t
find_column(const char *const *columns, const char *name)
{
	size_t i = 0;

	while (columns[i] && strcmp(columns[i], name) != 0)
		i++;
	return i;
}

/* Reads the header: its number of cells, and place[i] is where the i-th cell of
 * the file goes. */
static bool
read_csv_header(struct reader *r, const char *const *columns, size_t ncolumns,
    size_t place[CSV_COLUMNS], size_t *count)
{
	const char *names[CSV_COLUMNS];
	bool seen[CSV_COLUMNS] = {false};
	size_t n;

	if (!read_record(r, names, &n))
		return false;
	*count = n;
	for (size_t i = 0; i < n && i < CSV_COLUMNS; i++) {
		place[i] = find_column(columns, names[i]);
		if (place[i] == ncolumns)
			return fail(r, "unknown column \"%.60s\"", names[i]);
		if (seen[place[i]])
			return fail(
			    r, "column \"%s\" is there twice", names[i]);
		seen[place[i]] = true;
	}
	for (size_t i = 0; i < ncolumns; i++) {
		if (!seen[i])
			return fail(r, "column \"%s\" is missing", columns[i]);
	}
	return true;
}

/* Room for one more row; doubling keeps the arena's waste below the rows. */
static struct csv_row *
add_csv_row(struct arena *a, struct csv *csv, size_t *room)
{
	if (csv->nrows == *room) {
		size_t more = *room ? 2 * *room : 64;
		struct csv_row *rows = arena_alloc(a, more * sizeof(*rows));

		if (csv->nrows)
			memcpy(rows, csv->rows, csv->nrows * sizeof(*rows));
		csv->rows = rows;
		*room = more;
	}
	return &csv->rows[csv->nrows++];
}

static bool
read_csv_rows(struct reader *r, struct csv *csv,
    const size_t place[CSV_COLUMNS], size_t header)
{
	const char *cells[CSV_COLUMNS];
	size_t n, room = 0;

	for (skip_empty_lines(r); r->at < r->end; skip_empty_lines(r)) {
		int line = r->line;
		struct csv_row *row;

		if (!read_record(r, cells, &n))
			return false;
		if (n != header)
			return fail(r, "line %d: %zu cells, the header has %zu",
			    line, n, header);
		row = add_csv_row(r->arena, csv, &room);
		row->line = line;
		row->cells =
		    arena_alloc(r->arena, csv->ncolumns * sizeof(*row->cells));
		for (size_t i = 0; i < n; i++)
			row->cells[place[i]] = cells[i];
	}
	return true;
}

static struct csv *
parse(struct reader *r, size_t size, const char *const *columns)
{
	struct csv *csv = arena_alloc(r->arena, sizeof(*csv));
	size_t place[CSV_COLUMNS] = {0}, header = 0;

	while (columns[csv->ncolumns])
		csv->ncolumns++;
	if (size >= 3 && memcmp(r->at, "\xef\xbb\xbf", 3) == 0)
		r->at += 3;
	skip_empty_lines(r);
	if (r->at == r->end) {
		fail(r, "the table is empty");
		return NULL;
	}
	r->separator = find_separator(r);
	if (!read_csv_header(r, columns, csv->ncolumns, place, &header) ||
	    !read_csv_rows(r, csv, place, header))
		return NULL;
	return csv;
}

struct csv *
csv_parse(struct arena *a, const char *data, size_t size,
    const char *const *columns, char *error, size_t error_size)
{
	struct reader r = {.arena = a,
	    .at = data,
	    .end = data + size,
	    .line = 1,
	    .error = error,
	    .error_size = error_size};

	return parse(&r, size, columns);
}

const char *
csv_record_end(const char *text, size_t n, size_t *seen, bool *quoted)
{
	for (; *seen < n; ++*seen) {
		if (text[*seen] == '"')
			*quoted = !*quoted;
		else if (text[*seen] == '\n' && !*quoted)
			return text + *seen + 1;
	}
	return NULL;
}

bool
csv_record_read(struct arena *a, const char *text, const char *end,
    char separator, int *line, struct csv_record *out, char *error,
    size_t error_size)
{
	struct reader r = {.arena = a,
	    .at = text,
	    .end = end,
	    .separator = separator,
	    .line = *line,
	    .error = error,
	    .error_size = error_size};
	const char *cells[CSV_COLUMNS];
	bool ok = read_record(&r, cells, &out->ncells);

	out->line = *line;
	*line = r.line;
	if (!ok)
		return false;
	if (out->ncells > CSV_COLUMNS)
		return fail(
		    &r, "line %d: more than %d cells", out->line, CSV_COLUMNS);
	/* a carriage return or quote let the record end before its line */
	if (r.at != end)
		return fail(&r, "line %d: a quote inside a cell", out->line);
	out->cells = arena_alloc(a, out->ncells * sizeof(*out->cells));
	memcpy(out->cells, cells, out->ncells * sizeof(*cells));
	return true;
}

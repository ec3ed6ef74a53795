/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table in CSV (RFC 4180), as officials' spreadsheets write it: with or
 * without a byte-order mark, comma or semicolon, LF or CRLF. The first line
 * names the columns, in any order; the caller gets the cells in its own order.
 */
#ifndef HAILONG_SHARED_CSV_H
#define HAILONG_SHARED_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/arena.h"

#define CSV_COLUMNS 256 /* columns a table may have */

struct csv_row {
	const char **cells; /* one for each column asked, in that order; of a
			     * column the file lacks: NULL */
	int line;           /* where the row begins in the file, from 1 */
};

struct csv {
	struct csv_row *rows; /* without the header */
	size_t nrows;
	size_t ncolumns;
};

/* Reads a whole table. columns (closed by NULL, at most CSV_COLUMNS) must all
 * be there, and no others. NULL with one sentence in error when the text is
 * empty, not UTF-8 or not CSV, when a column is missing, unknown or there
 * twice, or a row has another number of cells; the sentence names the line or
 * the column. Rows and cells belong to the arena; empty lines are skipped. */
struct csv *csv_parse(struct arena *a, const char *data, size_t size,
    const char *const *columns, char *error, size_t error_size);

/* One record as it stands, the header like any other. */
struct csv_record {
	const char **cells;
	size_t ncells;
	int line; /* where it begins, from 1 */
};

/* Where the record at the beginning of a text ends, behind its line feed; NULL
 * when that is not in these n bytes. *seen and *quoted (0 and false at first)
 * keep how far was looked, for the next time with more bytes. */
const char *csv_record_end(
    const char *text, size_t n, size_t *seen, bool *quoted);
/* Reads the record that stands from text to end, as csv_record_end has it; an
 * empty line is one of a single empty cell. *line is where it begins, and where
 * the next does. For a table that is not laid out as the caller wishes, or too
 * large to be held. False with one sentence in error when it is not UTF-8 or
 * not CSV, or has more than CSV_COLUMNS cells. */
bool csv_record_read(struct arena *a, const char *text, const char *end,
    char separator, int *line, struct csv_record *out, char *error,
    size_t error_size);

#endif

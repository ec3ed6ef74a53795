/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table in CSV (RFC 4180), as officials' spreadsheets write it: with or
 * without a byte-order mark, comma or semicolon, LF or CRLF. The first line
 * names the columns, in any order; the caller gets the cells in its own order.
 */
#ifndef HAILONG_SHARED_CSV_H
#define HAILONG_SHARED_CSV_H

#include <stddef.h>
#include "shared/arena.h"

#define CSV_COLUMNS 64 /* columns a table may have */

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

/* All records of a table whose separator is known, *count of them, without
 * empty lines: for a table that is not laid out as the caller wishes. NULL with
 * one sentence in error when the text is empty, not UTF-8 or not CSV, or a
 * record has more than CSV_COLUMNS cells. */
struct csv_record *csv_records(struct arena *a, const char *data, size_t size,
    char separator, size_t *count, char *error, size_t error_size);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells of a CSV file (RFC 4180) that people open in a spreadsheet. */
#ifndef HAILONG_SERVER_CORE_TEXT_CSV_CELL_H
#define HAILONG_SERVER_CORE_TEXT_CSV_CELL_H

#include <stddef.h>
#include "shared/buf.h"

#define CSV_BOM "\xef\xbb\xbf" /* else Excel takes UTF-8 for something else */

/* Appends a cell, quoted where it must be; NULL is an empty one. What a
 * spreadsheet would run as a formula (= + - @, a tab or carriage return in
 * front) gets an apostrophe before it; numbers, dates and the like stay as they
 * are. */
void csv_cell(struct buf *out, const char *text);
/* Appends a row of n cells with its CRLF. */
void csv_row(struct buf *out, const char *const *cells, size_t n);

#endif

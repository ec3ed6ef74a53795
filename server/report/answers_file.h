/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers as a file of one row each, written as they come: CSV, JSON or XLSX.
 */
#ifndef HAILONG_SERVER_REPORT_ANSWERS_FILE_H
#define HAILONG_SERVER_REPORT_ANSWERS_FILE_H

#include <stdbool.h>
#include <stdio.h>

#define ANSWERS_COLUMNS 12

struct answers_file;

/* The names of the columns, "day", "unit", …, and whether one holds numbers. */
extern const char *const answers_columns[ANSWERS_COLUMNS];
bool answers_number(int column);

/* Begins a file at a path; kind "csv", "json" or "xlsx". semicolon: CSV for
 * Excel in Vietnamese. NULL, errno set, when it cannot be made or the kind is
 * none. */
struct answers_file *answers_open(
    const char *path, const char *kind, bool semicolon);
/* Adds a row, "" an empty cell. */
bool answers_add(
    struct answers_file *file, const char *const cells[ANSWERS_COLUMNS]);
/* Ends and frees it; false when not all of it is on the disk. */
bool answers_close(struct answers_file *file);

#endif

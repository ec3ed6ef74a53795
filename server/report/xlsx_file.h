/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A workbook that is written to a file: libxlsxwriter knows no other way. The
 * only header that names it.
 */
#ifndef HAILONG_SERVER_REPORT_XLSX_FILE_H
#define HAILONG_SERVER_REPORT_XLSX_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <xlsxwriter.h>

struct buf;

struct xlsx_file {
	lxw_workbook *book; /* NULL: closed */
	char path[300];
	bool ours; /* a file for a moment, to be taken and forgotten */
};

/* Begins a workbook at a path; NULL: in a file of its own that xlsx_forget
 * takes away. streamed: rows go to disk as they come and must come in order.
 * False, logged, when there is no such place. */
bool xlsx_open(struct xlsx_file *file, const char *path, bool streamed);
/* Title, author and local day in its properties, so that the same content gives
 * the same bytes. */
void xlsx_describe(
    struct xlsx_file *file, const char *title, const char *author, int32_t day);
/* Writes it out; false, logged, when that failed. */
bool xlsx_close(struct xlsx_file *file);
/* Appends a closed workbook's bytes. */
bool xlsx_take(struct xlsx_file *file, struct buf *out);
/* Ends with the file, also with one that was not closed. */
void xlsx_forget(struct xlsx_file *file);

#endif

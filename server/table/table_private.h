/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the readers of the kinds of file share. */
#ifndef HAILONG_SERVER_TABLE_TABLE_PRIVATE_H
#define HAILONG_SERVER_TABLE_TABLE_PRIVATE_H

#include <stdint.h>
#include <stdio.h>
#include "server/table/table.h"

#define TABLE_CELL_BYTES (32767 * 4) /* of one cell: as much as Excel's */
#define TABLE_ROW_BYTES  (1024 * 1024)

struct table_reading {
	const char *path;
	const struct table_taker *taker;
	int64_t size; /* bytes of the file */
	char *error;
	size_t error_size;
};

/* Sets the sentence, unless there is one; always false. */
bool table_refuse(struct table_reading *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The readers; each as table_read. */
bool table_read_text(struct table_reading *t, FILE *file);
bool table_read_xlsx(struct table_reading *t);
bool table_read_xls(struct table_reading *t);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows that were left out of a register, as a CSV with its columns and one
 * more, the reason: to be mended and brought in again as it is. The file is for
 * its owner alone; it is not there while nothing was left out.
 */
#ifndef HAILONG_SERVER_REGISTER_BAD_ROWS_H
#define HAILONG_SERVER_REGISTER_BAD_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "server/core/dossier/register.h"
#include "shared/buf.h"

struct bad_rows {
	const char *path;
	const struct register_reading *head;
	FILE *file;      /* NULL: none so far */
	struct buf text; /* of the row at hand */
	bool failed;
};

/* Begins; what it is given must live as long. */
void bad_rows_begin(
    struct bad_rows *b, const char *path, const struct register_reading *head);
/* Adds a row as it stands. False, logged, when it could not be written. */
bool bad_rows_add(
    struct bad_rows *b, const struct table_row *row, const char *why);
/* The same as text, appended to out, where the header stands before the first
 * row. */
void bad_rows_print(struct buf *out, const struct register_reading *head,
    const struct table_row *row, const char *why);
/* Closes. False, logged, as above. */
bool bad_rows_end(struct bad_rows *b);

#endif

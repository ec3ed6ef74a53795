/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PostgreSQL's binary forms of many rows: as arrays, one for each column, and
 * as COPY takes them, row after row. Pure. */
#ifndef HAILONG_SERVER_DB_DB_BINARY_H
#define HAILONG_SERVER_DB_DB_BINARY_H

#include "server/db/db.h"
#include "shared/buf.h"

/* Adds a value, or a null, behind its size. */
void db_binary_add(struct buf *out, const struct db_value *v);

/* Begins an array of elements of this type (PostgreSQL's number of it). */
void db_array_begin(struct buf *array, uint32_t type);
/* Says how many there are. */
void db_array_end(struct buf *array, size_t count);

/* Begins what COPY … (FORMAT binary) takes. */
void db_copy_begin(struct buf *copy);
/* Begins a row of so many values. */
void db_copy_row(struct buf *copy, int values);
void db_copy_end(struct buf *copy);

#endif

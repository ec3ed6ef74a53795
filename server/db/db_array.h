/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PostgreSQL's binary form of an array, one for each column of the statements
 * that take many rows at once. Pure. */
#ifndef HAILONG_SERVER_DB_ARRAY_H
#define HAILONG_SERVER_DB_ARRAY_H

#include "server/db/db.h"
#include "shared/buf.h"

/* Begins an array of elements of this type (PostgreSQL's number of it). */
void db_array_begin(struct buf *array, uint32_t type);
/* Adds an element, or a null. */
void db_array_add(struct buf *array, const struct db_value *v);
/* Says how many there are. */
void db_array_end(struct buf *array, size_t count);

#endif
